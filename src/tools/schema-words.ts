export type JsonSchema = { [keyword: string]: unknown };

/** The part of `schema` that describes the value at `path`; empty where it cannot be told. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  let at: unknown = schema;
  for (const key of path) {
    if (!isRecord(at)) return {};
    const properties = isRecord(at.properties) ? at.properties : {};
    at = typeof key === 'number' ? at.items : (properties[String(key)] ?? at.additionalProperties);
  }
  return isRecord(at) ? at : {};
}

/** What a schema asks for, as words that follow "expected": "an integer from 1950 to 2027", `one of "a", "b"`. */
export function inWords(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if ('const' in schema) return JSON.stringify(schema.const);
  const choices =
    schema.anyOf ??
    schema.oneOf ??
    (Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : null);
  if (Array.isArray(choices)) return choices.map((choice) => inWords(isRecord(choice) ? choice : {})).join(' or ');
  switch (schema.type) {
    case 'integer':
      return `an integer${bounds(schema)}`;
    case 'number':
      return `a number${bounds(schema)}`;
    case 'string':
      return textInWords(schema);
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${inWords(isRecord(schema.items) ? schema.items : {})}${sizes(schema, 'Items', 'entries')}`;
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return 'another value';
  }
}

const FORMATS: Record<string, string> = {
  email: 'an e-mail address',
  uri: 'a URL',
  uuid: 'a UUID',
  date: 'a date as YYYY-MM-DD',
  time: 'a time as HH:MM:SS',
  'date-time': 'a date and time as YYYY-MM-DDTHH:MM:SSZ',
};

function textInWords(schema: JsonSchema): string {
  const format = FORMATS[String(schema.format)];
  if (format) return format;
  if (schema.pattern !== undefined) return `text that matches ${schema.pattern}`;
  if (schema.minLength === 1 && schema.maxLength === undefined) return 'text that is not empty';
  return `text${sizes(schema, 'Length', 'characters')}`;
}

function bounds(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const low =
    minimum !== undefined ? `of at least ${minimum}` : exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`;
  const high =
    maximum !== undefined ? `of at most ${maximum}` : exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`;
  const both = [low, high].filter(Boolean).join(' and ');
  return both && ` ${both}`;
}

function sizes(schema: JsonSchema, what: 'Length' | 'Items', unit: string): string {
  const [least, most] = [schema[`min${what}`], schema[`max${what}`]];
  if (least !== undefined && most !== undefined) return ` of ${least} to ${most} ${unit}`;
  if (least !== undefined) return ` of at least ${least} ${unit}`;
  return most === undefined ? '' : ` of at most ${most} ${unit}`;
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies at a path, by own fields only; undefined where nothing does. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.getOwnPropertyDescriptor(at, key)?.value;
  }
  return at;
}

const LONGEST_SHOWN = 60;

/** A value as a problem quotes it: JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).toWellFormed()}…` : text;
}

/** `lines[0].sku: expected …`; a problem of the whole value has no field before it. */
export function atField(path: readonly PropertyKey[], message: string): string {
  const place = path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at ? '.' : ''}${String(key)}`))
    .join('');
  return place === '' ? message : `${place}: ${message}`;
}
