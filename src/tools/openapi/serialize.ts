import { ToolProblem } from '../../agent/tool.ts';
import type { BuildRequest } from '../http/outgoing.ts';
import { headerPiece, pathPiece, queryPiece, scalar } from '../http/safe-values.ts';
import { fieldValue, type Values } from '../http/template.ts';
import { isRecord } from '../schema-words.ts';
import { type InputField, type OperationInput, WITHOUT_STYLE } from './input-fields.ts';
import type { Credentials } from './security.ts';

const DELIMITERS: Record<string, string> = { form: ',', simple: ',', spaceDelimited: '%20', pipeDelimited: '%7C' };
const DEEPEST = 5;

type Target = OperationInput & { method: string; base: string; path: string; credentials: Credentials };

/** What makes the call of an operation from values by the names of its fields. */
export function operationBuilder(target: Target): BuildRequest {
  const { method, base, credentials } = target;
  const inPath = target.fields.filter((field) => field.in === 'path');
  const isJson = target.body?.type === 'json';
  return (values) => {
    const given = target.fields.flatMap((field) => {
      const value = fieldValue(values, field.name);
      // Outside of JSON there is no null.
      const isNothing = value === undefined || (value === null && !(field.in === 'body' && isJson));
      return isNothing ? [] : [{ field, value }];
    });
    const url = new URL(base + fillPath(target.path, inPath, values));
    if (url.pathname.split('/').length !== new URL(base + target.path).pathname.split('/').length) {
      throw new ToolProblem('These values make an address of another shape.');
    }
    const query = given.filter(({ field }) => field.in === 'query').flatMap(({ field, value }) => pairs(field, value));
    const fixed = credentials.query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    url.search = [url.search.slice(1), ...query, ...fixed].filter(Boolean).join('&');
    const headers: Record<string, string> = {};
    for (const { field, value } of given.filter(({ field: { in: place } }) => place === 'header')) {
      headers[field.wire.toLowerCase()] = headerPiece(field.name, simple(field, value));
    }
    const body = bodyOf(target, given);
    const sent = { ...headers, ...credentials.headers };
    if (body === null) return { method, url, headers: sent };
    return { method, url, headers: { ...sent, 'content-type': body.type }, body: body.body };
  };
}

type Given = { field: InputField; value: unknown };

type Body = { body: string; type: string };

/** Null where the operation has none, or one that is not required and of which nothing is given. */
function bodyOf({ body: shape }: Target, given: readonly Given[]): Body | null {
  if (shape === null) return null;
  const own = given.filter(({ field }) => field.in === 'body');
  if (own.length === 0 && !shape.required) return null;
  const type = shape.mediaType;
  if (shape.whole !== null) {
    const value = own[0]?.value;
    return { type, body: shape.type === 'json' ? JSON.stringify(value ?? null) : formOf(value) };
  }
  if (shape.type === 'form') return { type, body: own.flatMap(({ field, value }) => pairs(field, value)).join('&') };
  return { type, body: JSON.stringify(Object.fromEntries(own.map(({ field, value }) => [field.wire, value]))) };
}

/** An object whose fields nobody described. */
function formOf(value: unknown): string {
  const plain = { name: 'body', in: 'body', required: false, schema: {}, explode: true, json: false } as const;
  const entries = Object.entries(isRecord(value) ? value : {});
  return entries.flatMap(([wire, part]) => pairs({ ...plain, wire, style: WITHOUT_STYLE }, part)).join('&');
}

function fillPath(path: string, fields: readonly InputField[], values: Values): string {
  return path.replace(/\{([^{}]+)\}/g, (_, wire: string) => {
    const field = fields.find((known) => known.wire === wire);
    const value = field && fieldValue(values, field.name);
    const isEmpty = typeof value === 'object' && Object.keys(value ?? {}).length === 0;
    if (!field || value === undefined || isEmpty) throw new ToolProblem(`${wire}: missing.`);
    return pathValue(field, value);
  });
}

/** `simple`, `label` and `matrix`, each piece on its own so that none ends the segment. */
function pathValue(field: InputField, value: unknown): string {
  const piece = (part: unknown) => pathPiece(field.name, part);
  const parts = flatParts(field, value).map(([name, part]) =>
    name === null ? piece(part) : `${piece(name)}=${piece(part)}`,
  );
  if (field.style === 'label') return `.${parts.join(field.explode ? '.' : ',')}`;
  if (field.style !== 'matrix') return parts.join(',');
  const named = encodeURIComponent(field.wire);
  if (isRecord(value) && field.explode) return parts.map((part) => `;${part}`).join('');
  return field.explode ? parts.map((part) => `;${named}=${part}`).join('') : `;${named}=${parts.join(',')}`;
}

/** Entries of lists and objects; an object that is not exploded is its names and values in turn. */
function flatParts(field: InputField, value: unknown): (readonly [string | null, unknown])[] {
  if (field.json) return [[null, JSON.stringify(value)]];
  if (Array.isArray(value)) return value.map((entry) => [null, entry] as const);
  if (!isRecord(value)) return [[null, value]];
  if (field.explode) return entriesOf(value);
  return entriesOf(value)
    .flat()
    .map((part) => [null, part] as const);
}

function entriesOf(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, entry]) => entry !== null);
}

function simple(field: InputField, value: unknown): string {
  const parts = flatParts(field, value).map(([name, part]) => {
    const text = scalar(field.name, part);
    return name === null ? text : `${name}=${text}`;
  });
  return parts.join(',');
}

/** A field as pairs of a query or a form. */
function pairs(field: InputField, value: unknown): string[] {
  const { name, wire, style, explode } = field;
  const pair = (key: string, part: unknown) => `${queryPiece(name, key)}=${queryPiece(name, part)}`;
  if (field.json) return [pair(wire, JSON.stringify(value))];
  if (style === 'deepObject') return deepPairs(field, { key: wire, value, depth: 0 });
  if (explode && Array.isArray(value)) return value.map((entry) => pair(wire, entry));
  if (style === WITHOUT_STYLE) return [pair(wire, value)];
  if (explode && isRecord(value)) return entriesOf(value).map(([key, entry]) => pair(key, entry));
  if (typeof value === 'object' && Object.keys(value ?? {}).length === 0) return [];
  const parts = flatParts(field, value).map(([, part]) => queryPiece(name, part));
  return [`${queryPiece(name, wire)}=${parts.join(DELIMITERS[style] ?? ',')}`];
}

/** `a[b][c]=d`, lists as `a[]=b`, or `a[0][b]=c` where they are of objects: how servers read them. */
function deepPairs(field: InputField, at: { key: string; value: unknown; depth: number }): string[] {
  const { key, value, depth } = at;
  if (depth > DEEPEST) throw new ToolProblem(`${field.name}: is nested too deeply.`);
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) => {
      const place = typeof entry === 'object' ? String(index) : '';
      return deepPairs(field, { key: `${key}[${place}]`, value: entry, depth: depth + 1 });
    });
  }
  if (isRecord(value)) {
    return entriesOf(value).flatMap(([name, entry]) =>
      deepPairs(field, { key: `${key}[${name}]`, value: entry, depth: depth + 1 }),
    );
  }
  return [`${queryPiece(field.name, key)}=${queryPiece(field.name, value)}`];
}
