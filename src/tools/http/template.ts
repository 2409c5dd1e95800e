/** A text with places to fill: `{field}` or `{facts.total}` from values, `${secret:NAME}` from the configuration. */
export type Template = readonly TemplatePart[];
type TemplatePart = { text: string } | { field: string } | { secret: string };

/** What the places are filled from. */
export type Values = Readonly<Record<string, unknown>>;

const PLACES =
  /\$\{secret:(?<secret>[A-Z][A-Z0-9_]*)\}|\{\{(?<literal>[A-Za-z_][\w.-]*)\}\}|\{(?<field>[A-Za-z_][\w-]*(?:\.[\w-]+)*)\}/g;

/** Parts of `text`. `{{field}}` stands for the text `{field}`; other braces are text. */
export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACES)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    const { secret, literal, field = '' } = match.groups ?? {};
    parts.push(secret ? { secret } : literal ? { text: `{${literal}}` } : { field });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

export function fieldsOf(template: Template): string[] {
  return template.flatMap((part) => ('field' in part ? [part.field] : []));
}

export function secretsOf(template: Template): string[] {
  return template.flatMap((part) => ('secret' in part ? [part.secret] : []));
}

/** The one field of a template that is nothing else; null for others. */
export function loneField(template: Template): string | null {
  const [part] = template;
  return template.length === 1 && part && 'field' in part ? part.field : null;
}

/** The template with its secrets in place. Those that are not in `secrets` are left as they are. */
export function withSecrets(template: Template, secrets: Readonly<Record<string, string>>): Template {
  return template.map((part) => {
    const value = 'secret' in part && Object.hasOwn(secrets, part.secret) ? secrets[part.secret] : undefined;
    return value === undefined ? part : { text: value };
  });
}

/** The text, each field as `write` gives it; null where a field has no value. */
export function fill(
  template: Template,
  values: Values,
  write: (field: string, value: unknown) => string,
): string | null {
  let text = '';
  for (const part of template) {
    if ('text' in part) text += part.text;
    else if ('field' in part) {
      const value = valueAtPath(values, part.field);
      if (value === undefined) return null;
      text += write(part.field, value);
    } else throw new Error(`the secret ${part.secret} is not set`);
  }
  return text;
}

/** The value of `a.b.0`, of own properties only; undefined where there is none. */
export function valueAtPath(values: unknown, path: string): unknown {
  let at = values;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** The value of the field of exactly that name; undefined where there is none. */
export function fieldValue(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
