export type JsonSchema = { [keyword: string]: unknown };

/** The part of `schema` that describes the value at `path`; empty where it cannot be told. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  let at: unknown = schema;
  for (const key of path) at = within(at, key);
  return isRecord(at) ? at : {};
}

/** The schema of one entry or field; of several choices that of the first which has one. */
function within(schema: unknown, key: PropertyKey): unknown {
  if (!isRecord(schema)) return undefined;
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const own = typeof key === 'number' ? schema.items : (properties[String(key)] ?? schema.additionalProperties);
  if (isRecord(own)) return own;
  const choices = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(choices)) return undefined;
  return choices.map((choice) => within(choice, key)).find((found) => found !== undefined);
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
      return `a list of ${entriesInWords(schema)}`;
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return 'another value';
  }
}

/** What a list asks for: "objects", "one or more URLs", "at most 2 texts of at most 3 characters". */
function entriesInWords(schema: JsonSchema): string {
  const entries = inWordsOfMany(isRecord(schema.items) ? schema.items : {});
  const { minItems: least, maxItems: most } = schema;
  if (least === 1 && most === undefined) return `one or more ${entries}`;
  return `${sizes(schema, 'Items')}${entries}`;
}

/** The same as `inWords`, of several: "integers from 1 to 5", "URLs". */
function inWordsOfMany(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return inWords(schema).replace(/^one/, 'any');
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    return choices.map((choice) => inWordsOfMany(isRecord(choice) ? choice : {})).join(' or ');
  }
  switch (schema.type) {
    case 'integer':
      return `integers${bounds(schema)}`;
    case 'number':
      return `numbers${bounds(schema)}`;
    case 'string':
      return textInWords(schema, true);
    case 'array':
      return `lists of ${entriesInWords(schema)}`;
    case 'object':
      return 'objects';
    case undefined:
      return 'values';
    default:
      return inWords(schema);
  }
}

/** One, and several. */
const FORMATS: Record<string, readonly [string, string]> = {
  email: ['an e-mail address', 'e-mail addresses'],
  uri: ['a URL', 'URLs'],
  uuid: ['a UUID', 'UUIDs'],
  date: ['a date as YYYY-MM-DD', 'dates as YYYY-MM-DD'],
  time: ['a time as HH:MM:SS', 'times as HH:MM:SS'],
  'date-time': ['a date and time as YYYY-MM-DDTHH:MM:SSZ', 'dates and times as YYYY-MM-DDTHH:MM:SSZ'],
};

function textInWords(schema: JsonSchema, many = false): string {
  const format = FORMATS[String(schema.format)];
  if (format) return format[many ? 1 : 0];
  const [text, verb] = many ? ['texts', ['match', 'are']] : ['text', ['matches', 'is']];
  if (schema.pattern !== undefined) return `${text} that ${verb[0]} ${schema.pattern}`;
  if (schema.minLength === 1 && schema.maxLength === undefined) return `${text} that ${verb[1]} not empty`;
  const length = sizes(schema, 'Length');
  return length === '' ? text : `${text} of ${length}characters`;
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

/** What stands before what is counted; empty where any number will do. */
function sizes(schema: JsonSchema, what: 'Length' | 'Items'): string {
  const [least, most] = [schema[`min${what}`], schema[`max${what}`]];
  if (least !== undefined && most !== undefined) return `${least} to ${most} `;
  if (least !== undefined) return `at least ${least} `;
  return most === undefined ? '' : `at most ${most} `;
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
