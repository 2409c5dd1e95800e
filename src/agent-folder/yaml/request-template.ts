import { didYouMean } from '../../language/did-you-mean.ts';
import { parseJsonTemplate, type RequestTemplate } from '../../tools/http/build-request.ts';
import { HEADER_NAME, OWN_HEADERS } from '../../tools/http/outgoing.ts';
import { fieldsOf, parseTemplate, secretsOf, type Template } from '../../tools/http/template.ts';
import type { RequestFields } from './tool-fields.ts';
import type { YamlFile } from './yaml-file.ts';

export type Places = {
  file: YamlFile;
  at: readonly PropertyKey[];
  /** Fields that have places, and those of them that always have a value. */
  known: readonly string[];
  certain: readonly string[];
  secrets: Readonly<Record<string, string>>;
};

/** A call as templates; null, and problems in the file's lines, where it is not sound. */
export function requestTemplate(fields: RequestFields, places: Places): RequestTemplate | null {
  const reader = new TemplateReader(places);
  const { method = 'GET', url, query = {}, headers = {}, body, form } = fields;
  if (body !== undefined && form !== undefined) reader.complain(['form'], 'form: there is a body already');
  if (method === 'GET' || method === 'HEAD') {
    for (const [field, value] of Object.entries({ body, form })) {
      if (value !== undefined) reader.complain([field], `${field}: ${method} has none; say method: POST`);
    }
  }
  for (const name of Object.keys(headers)) {
    if (!HEADER_NAME.test(name)) reader.complain(['headers', name], `headers: "${name}" is no name of a header`);
    if (!OWN_HEADERS.includes(name.toLowerCase())) continue;
    reader.complain(['headers', name], `headers: ${name} is sent by Frontdesk itself`);
  }
  const template: RequestTemplate = {
    method,
    url: reader.url(url),
    query: reader.record('query', query),
    headers: reader.record('headers', headers),
    body: bodyOf({ body, form }, reader),
  };
  return reader.isSound ? template : null;
}

function bodyOf({ body, form }: Pick<RequestFields, 'body' | 'form'>, reader: TemplateReader): RequestTemplate['body'] {
  if (form !== undefined) return { form: reader.record('form', form, { secret: false }) };
  if (body === undefined) return null;
  return { json: parseJsonTemplate(body, (text) => reader.text(['body'], text, { secret: false })) };
}

/** The template of a sentence; null where a place of it means nothing. */
export function sentenceTemplate(text: string, places: Places): Template | null {
  const reader = new TemplateReader(places);
  const template = reader.text([], text, { secret: false });
  return reader.isSound ? template : null;
}

class TemplateReader {
  isSound = true;
  private readonly places: Places;

  constructor(places: Places) {
    this.places = places;
  }

  complain(path: readonly PropertyKey[], message: string): void {
    this.isSound = false;
    this.places.file.complain([...this.places.at, ...path], message);
  }

  record(
    field: string,
    values: Record<string, string | number | boolean>,
    allowed = { secret: true },
  ): Record<string, Template> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, this.text([field, name], String(value), allowed)]),
    );
  }

  text(path: readonly PropertyKey[], text: string, { secret }: { secret: boolean }): Template {
    const template = parseTemplate(text);
    const { known, secrets } = this.places;
    for (const field of fieldsOf(template).filter((name) => !isKnown(name, known))) {
      this.complain(path, `{${field}} is no field of input${didYouMean(field, known)}`);
    }
    for (const name of secretsOf(template)) {
      if (!secret) this.complain(path, `\${secret:${name}}: secrets go into headers and query only`);
      else if (!Object.hasOwn(secrets, name)) this.complain(path, `FRONTDESK_SECRET_${name} is not set`);
    }
    if (text.includes('${') && secretsOf(template).length === 0) {
      this.complain(path, `write \${secret:NAME}, with A-Z, 0-9 and _`);
    }
    return template;
  }

  /** Values fill in pieces of path and query; scheme, host and port are the author's. */
  url(url: string): Template {
    const template = this.text(['url'], url, { secret: false });
    const [first] = template;
    const start = first && 'text' in first ? first.text : '';
    if (!/^https?:\/\/[^/?#{}\\@\s]+([/?]|$)/i.test(start) || !URL.canParse(start)) {
      this.complain(
        ['url'],
        'url: expected an http or https address whose host has no places, such as https://api.shop.example/orders/{id}',
      );
    } else if (template.length > 1 && !/^https?:\/\/[^/?#]+[/?]/i.test(start)) {
      this.complain(['url'], 'url: a place may stand in the path and the query only, not in the host');
    } else if (url.includes('#')) this.complain(['url'], 'url: has a fragment, which is never sent');
    const path = parseTemplate(url.split('?', 1)[0] ?? '');
    for (const field of fieldsOf(path).filter((name) => !this.places.certain.includes(name))) {
      if (isKnown(field, this.places.known))
        this.complain(['url'], `url: {${field}} may be missing, and the path needs it`);
    }
    return template;
  }
}

/** A field itself, or something within it: `{facts.total}`. */
function isKnown(field: string, known: readonly string[]): boolean {
  return known.includes(field.split('.', 1)[0] ?? '');
}
