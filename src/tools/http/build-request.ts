import { ToolProblem } from '../../agent/tool.ts';
import { isRecord } from '../schema-words.ts';
import type { BuildRequest } from './outgoing.ts';
import { headerPiece, pathPiece, queryPiece, scalar } from './safe-values.ts';
import { fieldsOf, fill, loneField, type Template, type Values, valueAtPath, withSecrets } from './template.ts';

/** A call as its author wrote it, its texts read as templates. */
export type RequestTemplate = {
  method: string;
  /** `http://host…`, the host without places. */
  url: Template;
  query: Readonly<Record<string, Template>>;
  headers: Readonly<Record<string, Template>>;
  body: { json: JsonTemplate } | { form: Readonly<Record<string, Template>> } | null;
};

/** JSON in which texts are templates; a text that is nothing but `{field}` becomes the field's value as it is. */
export type JsonTemplate =
  | { template: Template }
  | { value: number | boolean | null }
  | { list: readonly JsonTemplate[] }
  | { fields: Readonly<Record<string, JsonTemplate>> };

/** What fills a template in. Entries of query, headers, form and body whose field has no value are left out. */
export function requestBuilder(request: RequestTemplate, secrets: Readonly<Record<string, string>>): BuildRequest {
  const filledIn = (templates: Readonly<Record<string, Template>>) =>
    Object.entries(templates).map(([name, template]) => [name, withSecrets(template, secrets)] as const);
  const [query, headers] = [filledIn(request.query), filledIn(request.headers)];
  return (values) => {
    const url = fillUrl(request.url, values);
    const pairs = query.flatMap(([name, template]) => pairsOf(name, template, values));
    if (pairs.length > 0) url.search = [url.search.slice(1), ...pairs].filter(Boolean).join('&');
    const sent: Record<string, string> = {};
    for (const [name, template] of headers) {
      const value = fill(template, values, headerPiece);
      if (value !== null) sent[name.toLowerCase()] = value;
    }
    const body = bodyOf(request.body, values);
    if (body === null) return { method: request.method, url, headers: sent };
    return { method: request.method, url, headers: { 'content-type': body.type, ...sent }, body: body.text };
  };
}

/** The same host and the same number of segments, whatever the values are. */
function fillUrl(template: Template, values: Values): URL {
  let inQuery = false;
  let address = '';
  for (const part of template) {
    const piece = fill([part], values, inQuery ? queryPiece : pathPiece);
    if (piece === null) throw new ToolProblem(`${fieldsOf([part])[0]}: missing.`);
    address += piece;
    inQuery ||= address.includes('?');
  }
  const url = new URL(address);
  const written = address.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  if (written !== '' && written.split('/').length !== url.pathname.split('/').length) {
    throw new ToolProblem('These values make an address of another shape.');
  }
  return url;
}

function pairsOf(name: string, template: Template, values: Values): string[] {
  const lone = loneField(template);
  const value = lone === null ? null : valueAtPath(values, lone);
  const pair = (text: string) => `${encodeURIComponent(name)}=${text}`;
  if (lone !== null && Array.isArray(value)) return value.map((entry) => pair(queryPiece(lone, entry)));
  // Only filled-in values are encoded above, so what the author wrote is encoded here, with the secrets.
  const text = fill(template, values, scalar);
  return text === null ? [] : [pair(queryPiece(name, text))];
}

function bodyOf(body: RequestTemplate['body'], values: Values): { type: string; text: string } | null {
  if (body === null) return null;
  if ('json' in body) return { type: 'application/json', text: JSON.stringify(fillJson(body.json, values) ?? null) };
  const pairs = Object.entries(body.form).flatMap(([name, template]) => pairsOf(name, template, values));
  return { type: 'application/x-www-form-urlencoded', text: pairs.join('&') };
}

/** Undefined where a field has no value: then its entry is left out. */
function fillJson(template: JsonTemplate, values: Values): unknown {
  if ('value' in template) return template.value;
  if ('list' in template) {
    return template.list.map((entry) => fillJson(entry, values)).filter((entry) => entry !== undefined);
  }
  if ('fields' in template) {
    const filled = Object.entries(template.fields).map(([name, entry]) => [name, fillJson(entry, values)]);
    return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
  }
  const lone = loneField(template.template);
  if (lone !== null) return valueAtPath(values, lone);
  return fill(template.template, values, scalar) ?? undefined;
}

export function parseJsonTemplate(value: unknown, parse: (text: string) => Template): JsonTemplate {
  if (typeof value === 'string') return { template: parse(value) };
  if (Array.isArray(value)) return { list: value.map((entry) => parseJsonTemplate(entry, parse)) };
  if (!isRecord(value)) return { value: value as number | boolean | null };
  const fields = Object.entries(value).map(([name, entry]) => [name, parseJsonTemplate(entry, parse)]);
  return { fields: Object.fromEntries(fields) as Record<string, JsonTemplate> };
}
