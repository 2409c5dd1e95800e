import { createHash } from 'node:crypto';
import { ERRORS } from '../protocol/errors.ts';
import { EVENT_DESCRIPTIONS } from './event-types.ts';

/** As much of an OpenAPI document as the page shows. */
type Document = {
  info: { title: string; version: string; description?: string };
  paths?: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, unknown> };
};
type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  allOf?: Schema[];
  oneOf?: Schema[];
};
type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
type Content = Record<string, { schema?: Schema }>;
type Operation = {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, unknown>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #363c46); --soft: light-dark(#f4f5f7, #1c2027); --dim: light-dark(#59626f, #a3acb9); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 56rem; background: light-dark(#fff, #14171c); color: light-dark(#1b1f24, #e6e9ee); }
code { font: 0.875em ui-monospace, monospace; overflow-wrap: anywhere; }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
h3 { margin: 0; font-size: 1rem; }
h3 b { display: inline-block; min-width: 3.25rem; }
h3 + p { margin: 0.25rem 0; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.875rem; color: var(--dim); }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
td { border-top: 1px solid var(--line); padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; }
td:first-child { width: 12rem; overflow-wrap: anywhere; }
nav { background: var(--soft); padding: 0.75rem 1rem; border-radius: 0.5rem; }
nav ul { margin: 0; padding: 0; list-style: none; }
`;

/** The document as a page that needs no script and asks nothing of any other server, and the policy that says so. */
export function docsPage(document: object): { html: string; policy: string } {
  const api = document as Document;
  const operations = listOperations(api);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(api.info.title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(api.info.title)} API <small>${escaped(api.info.version)}</small></h1>
<p>${prose(api.info.description)} The same as a document for programs: <a href="openapi.json">openapi.json</a>.</p>
<nav><ul>${operations.map(({ method, path }) => `<li><a href="#${anchor(method, path)}"><code>${method} ${escaped(path)}</code></a></li>`).join('')}</ul></nav>
${groups(operations)}
<h2>Data</h2>
${Object.entries(api.components?.schemas ?? {})
  .map(schemaSection)
  .join('\n')}
<h2>Events</h2>
${table(Object.entries(EVENT_DESCRIPTIONS).map(([type, text]) => [code(type), escaped(text)]))}
<h2>Errors</h2>
${table(Object.entries(ERRORS).map(([name, [status, text]]) => [`${code(name)} ${status}`, escaped(text)]))}
</body>
</html>
`;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { html, policy };
}

type Listed = { method: string; path: string; operation: Operation };

function listOperations(api: Document): Listed[] {
  return Object.entries(api.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation as Operation,
    })),
  );
}

function groups(operations: Listed[]): string {
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? '');
  return [...byTag].map(([tag, listed]) => `<h2>${escaped(tag)}</h2>\n${listed.map(section).join('\n')}`).join('\n');
}

function section({ method, path, operation }: Listed): string {
  const { summary, description, security, parameters = [], requestBody, responses } = operation;
  const opens = Object.keys(security?.[0] ?? {})[0];
  const parts = [
    `<h3><b>${method}</b> <code>${escaped(path)}</code></h3>`,
    `<p>${prose(summary)}. ${prose(description)}</p>`,
    opens ? `<p>Needs <code>Authorization: Bearer</code> with the ${code(opens)}.</p>` : '',
    parameters.length > 0 ? `<h4>Parameters</h4>${table(parameters.map(parameterRow))}` : '',
    requestBody
      ? `<h4>Body${requestBody.required ? '' : ' (may be left out)'}</h4><p>${contents(requestBody.content)}</p>`
      : '',
    `<h4>Answers</h4>${table(Object.entries(responses).map(([status, answer]) => [status, `${prose(answer.description)} ${answer.content && Number(status) < 400 ? contents(answer.content) : ''}`]))}`,
  ];
  return `<article id="${anchor(method, path)}">${parts.filter(Boolean).join('\n')}</article>`;
}

function parameterRow({ name, in: where, required, schema }: Parameter): [string, string] {
  const more = schema?.description ? ` ${prose(schema.description)}` : '';
  return [`${code(name)} ${required ? '' : 'optional'}`, `${where}, ${typeOf(schema)}.${more}`];
}

function contents(content: Content): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `${code(type)}: ${typeOf(schema)}`)
    .join('; ');
}

function schemaSection([name, value]: [string, unknown]): string {
  const schema = value as Schema;
  const parts = [schema, ...(schema.allOf ?? [])];
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const rows = parts
    .flatMap((part) => Object.entries(part.properties ?? {}))
    .map(([field, of]): [string, string] => [
      `${code(field)} ${required.has(field) ? '' : 'optional'}`,
      `${typeOf(of)} ${prose(of.description)}`,
    ]);
  const bases = (schema.allOf ?? []).flatMap(({ $ref }) => ($ref ? [`All of ${typeOf({ $ref })}, and:`] : []));
  const values = rows.length === 0 ? `<p>${typeOf(schema)}</p>` : '';
  const about = name === 'Event' ? 'See the events below.' : prose(schema.description);
  return `<article id="${escaped(name)}"><h3>${escaped(name)}</h3><p>${about} ${bases.join(' ')}</p>${values}${table(rows)}</article>`;
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'anything';
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#${escaped(name)}">${escaped(name)}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return choices.map(typeOf).join(schema.allOf ? ' and ' : ' or ');
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, of]) => `${code(name)}: ${typeOf(of)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return escaped([schema.type ?? 'anything'].flat().join(' or '));
}

function table(rows: [string, string][]): string {
  if (rows.length === 0) return '';
  return `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
}

function anchor(method: string, path: string): string {
  return `${method}${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** Plain words, with `code` in back-ticks. */
function prose(text: string | undefined): string {
  return escaped(text ?? '').replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
