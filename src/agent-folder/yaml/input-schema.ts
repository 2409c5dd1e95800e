import { didYouMean } from '../../language/did-you-mean.ts';
import { isRecord, type JsonSchema } from '../json-schema.ts';
import type { YamlFile } from './yaml-file.ts';

const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object'];
const KEYS = [
  'type',
  'description',
  'required',
  'enum',
  'pattern',
  'format',
  'min',
  'max',
  'default',
  'examples',
].concat(['items', 'properties', 'message']);
const FORMATS = ['date', 'time', 'date-time', 'email', 'uri', 'uuid'];
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
/** Names that the places of a request and of a sentence have already. */
const RESERVED = ['idempotency_key', 'facts'];
/** What `min` and `max` bound. */
const BOUNDS: Record<string, readonly [string, string]> = {
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
  integer: ['minimum', 'maximum'],
  number: ['minimum', 'maximum'],
};

export type InputSchema = { schema: JsonSchema; messages: Record<string, string> };

type Place = { file: YamlFile; at: readonly PropertyKey[] };

/** The JSON schema of `input`: a field is required, and text, unless it says otherwise. Null where it is not sound. */
export function inputSchema(fields: Record<string, unknown>, place: Place): InputSchema | null {
  const messages: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (isRecord(field) && typeof field.message === 'string') messages[name] = field.message;
  }
  const schema = objectSchema(fields, place);
  const reserved = Object.keys(fields).filter((name) => RESERVED.includes(name));
  for (const name of reserved) complain(inner(place, name), 'this name means something else here');
  return reserved.length > 0 ? null : schema && { schema, messages };
}

function objectSchema(fields: Record<string, unknown>, { file, at }: Place): JsonSchema | null {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  let sound = true;
  for (const [name, field] of Object.entries(fields)) {
    const place = { file, at: [...at, name] };
    if (!FIELD_NAME.test(name)) complain(place, 'a name has letters, digits, "_" and "-" only');
    // The short form: nothing but its description.
    const written = typeof field === 'string' ? { description: field } : field;
    const schema = FIELD_NAME.test(name) ? fieldSchema(written, place) : null;
    sound &&= schema !== null;
    if (schema === null) continue;
    properties[name] = schema;
    if (isRecord(written) && written.required !== false && !('default' in written)) required.push(name);
  }
  if (!sound) return null;
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function fieldSchema(field: unknown, place: Place): JsonSchema | null {
  if (!isRecord(field)) return complain(place, 'expected a description, or fields such as type and description');
  const unknown = Object.keys(field).filter((key) => !KEYS.includes(key));
  for (const key of unknown) complain(inner(place, key), `${key}: unknown field${didYouMean(key, KEYS)}`);
  const type = field.type ?? (Array.isArray(field.enum) && typeof field.enum[0] === 'number' ? 'number' : 'string');
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    return complain(inner(place, 'type'), `type: expected one of ${TYPES.join(', ')}`);
  }
  const schema: JsonSchema = { type };
  const problem = plainKeywords(field, type, schema) ?? boundsProblem(field, type, schema);
  if (problem) return complain(inner(place, problem.key), `${problem.key}: ${problem.message}`);
  if (type === 'array') {
    const items = fieldSchema(
      typeof field.items === 'string' ? { description: field.items } : field.items,
      inner(place, 'items'),
    );
    if (items === null) return null;
    schema.items = items;
  }
  if (type === 'object') {
    if (!isRecord(field.properties)) return complain(place, 'properties: missing, an object has fields of its own');
    const object = objectSchema(field.properties, inner(place, 'properties'));
    if (object === null) return null;
    Object.assign(schema, object);
  }
  return unknown.length > 0 ? null : schema;
}

type KeyProblem = { key: string; message: string };

function plainKeywords(field: Record<string, unknown>, type: string, schema: JsonSchema): KeyProblem | null {
  const { description, pattern, format, required } = field;
  const wrong = (key: string, message: string) => ({ key, message });
  if (description !== undefined && typeof description !== 'string') return wrong('description', 'expected text');
  if (field.message !== undefined && typeof field.message !== 'string') return wrong('message', 'expected text');
  if (required !== undefined && typeof required !== 'boolean') return wrong('required', 'expected true or false');
  if (field.enum !== undefined && (!Array.isArray(field.enum) || field.enum.length === 0)) {
    return wrong('enum', 'expected a list of values');
  }
  if (field.examples !== undefined && !Array.isArray(field.examples)) return wrong('examples', 'expected a list');
  if (pattern !== undefined && (type !== 'string' || !isPattern(pattern))) {
    return wrong('pattern', 'expected a regular expression, for text');
  }
  if (format !== undefined && !FORMATS.includes(String(format))) {
    return wrong('format', `expected one of ${FORMATS.join(', ')}`);
  }
  for (const key of ['description', 'enum', 'format', 'pattern', 'default', 'examples']) {
    if (field[key] !== undefined) schema[key] = field[key];
  }
  return null;
}

function boundsProblem(field: Record<string, unknown>, type: string, schema: JsonSchema): KeyProblem | null {
  for (const [index, key] of ['min', 'max'].entries()) {
    const value = field[key];
    if (value === undefined) continue;
    const keyword = BOUNDS[type]?.[index];
    if (keyword === undefined) return { key, message: `has no meaning for ${type}` };
    if (typeof value !== 'number') return { key, message: 'expected a number' };
    schema[keyword] = value;
  }
  return null;
}

function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function inner({ file, at }: Place, key: string): Place {
  return { file, at: [...at, key] };
}

function complain({ file, at }: Place, message: string): null {
  const name = at
    .filter((key) => key !== 'properties')
    .slice(0, 2)
    .map(String)
    .join('.');
  file.complain(at, `${name}: ${message}`);
  return null;
}
