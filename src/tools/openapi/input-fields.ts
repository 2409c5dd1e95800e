import { HEADER_NAME, isSafe, OWN_HEADERS } from '../http/outgoing.ts';
import { isRecord, type JsonSchema } from '../schema-words.ts';
import { dereference, type Json, type OpenApiDocument, type Operation } from './document.ts';
import { shortened, simplifySchema } from './simplify-schema.ts';

/** A field of a tool's input, and where its value goes. `name` is the model's, `wire` the API's. */
export type InputField = {
  name: string;
  wire: string;
  in: 'path' | 'query' | 'header' | 'body';
  required: boolean;
  schema: JsonSchema;
  style: string;
  explode: boolean;
  /** The value is sent as JSON, whatever its style. */
  json: boolean;
};

/** The body: JSON or a form, made of the fields that go there, or the value of a single one. */
export type BodyShape = { type: 'json' | 'form'; mediaType: string; whole: string | null; required: boolean };

export type OperationInput = { fields: InputField[]; body: BodyShape | null };

/** What a call is made of, or the sentence that says why it cannot be called. */
export type FoundInput = OperationInput | { problem: string };

/** Headers that have a meaning of their own in OpenAPI, and those that the call is made of. */
const SKIPPED_HEADERS = [
  'accept',
  'content-type',
  'authorization',
  'cookie',
  'te',
  'upgrade',
  'expect',
  ...OWN_HEADERS,
];
const STYLES: Record<string, string> = { path: 'simple', header: 'simple', query: 'form' };
const RESERVED = ['idempotency_key', 'facts'];
const LONGEST_NAME = 64;

const JSON_TYPES = [/^application\/json\s*(;|$)/i, /^application\/[\w.-]+\+json\s*(;|$)/i, /^(application|\*)\/\*/];
/** Of a form's field: its lists are repeated, and what is an object goes as JSON. */
export const WITHOUT_STYLE = 'none';

type Bare = Omit<InputField, 'name'>;

/** Parameters and body of an operation as one flat list of fields with names of their own. */
export function operationInput({ root }: OpenApiDocument, { item, raw, method }: Operation): FoundInput {
  const fields: Bare[] = [];
  const parameters = parametersOf(root, item, raw);
  if ('problem' in parameters) return parameters;
  for (const parameter of parameters.all) {
    const place = String(parameter.in);
    const required = parameter.required === true || place === 'path';
    if (place === 'cookie') {
      if (required) return { problem: 'needs a cookie, which is not sent' };
      continue;
    }
    if (place !== 'path' && place !== 'query' && place !== 'header')
      return { problem: `has a parameter in "${place}"` };
    const name = String(parameter.name);
    if (place === 'header' && SKIPPED_HEADERS.includes(name.toLowerCase())) continue;
    if (place === 'header' && !HEADER_NAME.test(name)) return { problem: `has a header "${name}", which is no name` };
    fields.push(parameterField(root, parameter, place));
  }
  const found = bodyOf(root, raw);
  if (found !== null && 'problem' in found) return found;
  if (found?.shape.required && isSafe(method)) return { problem: `needs a body with ${method}, which is not sent` };
  const body = isSafe(method) ? null : found;
  const named = withNames([...fields, ...(body?.fields ?? [])]);
  if (body === null) return { fields: named, body: null };
  return { fields: named, body: { ...body.shape, whole: body.isWhole ? (named.at(-1)?.name ?? null) : null } };
}

/** Those of the path, then those of the operation, which replace others of the same name in the same place. */
function parametersOf(root: Json, item: Json, raw: Json): { all: Json[] } | { problem: string } {
  const found = new Map<string, Json>();
  for (const list of [item.parameters, raw.parameters]) {
    for (const entry of Array.isArray(list) ? list : []) {
      const parameter = dereference(root, entry);
      if (parameter === null) return { problem: `has a parameter ${leadsNowhere(entry)}` };
      if (typeof parameter.name === 'string') found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return { all: [...found.values()] };
}

function leadsNowhere(entry: unknown): string {
  return isRecord(entry) ? `whose $ref ${String(entry.$ref)} leads nowhere in the description` : 'that is no object';
}

function parameterField(root: Json, parameter: Json, place: 'path' | 'query' | 'header'): Bare {
  const content = isRecord(parameter.content) ? Object.values(parameter.content)[0] : undefined;
  const schema = simplifySchema(root, isRecord(content) ? content.schema : parameter.schema);
  const { description } = parameter;
  const style = String(parameter.style ?? STYLES[place]);
  return {
    wire: String(parameter.name),
    in: place,
    required: parameter.required === true || place === 'path',
    schema: typeof description === 'string' ? { ...schema, description: shortened(description) } : schema,
    style,
    explode: typeof parameter.explode === 'boolean' ? parameter.explode : style === 'form',
    json: content !== undefined,
  };
}

type FoundBody = { shape: Omit<BodyShape, 'whole'>; isWhole: boolean; fields: Bare[] };

function bodyOf(root: Json, raw: Json): FoundBody | { problem: string } | null {
  if (raw.requestBody === undefined) return null;
  const body = dereference(root, raw.requestBody);
  if (body === null) return { problem: `has a body ${leadsNowhere(raw.requestBody)}` };
  if (!isRecord(body.content)) return null;
  const types = Object.keys(body.content);
  const json = JSON_TYPES.map((wanted) => types.find((type) => wanted.test(type))).find((type) => type !== undefined);
  const form = types.find((type) => /^application\/x-www-form-urlencoded/i.test(type));
  const found = json !== undefined && !(json.includes('*') && form) ? json : form;
  if (found === undefined) {
    const { required } = body;
    return required === true
      ? { problem: `takes a body as ${types.join(', ') || 'nothing'}; JSON and forms are sent` }
      : null;
  }
  const media = body.content[found];
  const { schema: source, encoding } = isRecord(media) ? media : { schema: {}, encoding: undefined };
  const schema = objectOf(simplifySchema(root, source));
  const needed = Array.isArray(schema.required) ? schema.required : [];
  // Many descriptions forget to say that a body is required whose fields are.
  const required = body.required === true || (body.required === undefined && needed.length > 0);
  const mediaType = found.includes('*') ? 'application/json' : found;
  const shape = { type: found === json ? ('json' as const) : ('form' as const), mediaType, required };
  const properties = isRecord(schema.properties) ? schema.properties : {};
  if (Object.keys(properties).length === 0 || isRecord(schema.additionalProperties)) {
    const plain = { wire: 'body', in: 'body' as const, style: 'form', explode: true, json: true };
    return { shape, isWhole: true, fields: [{ ...plain, required, schema }] };
  }
  const fields = Object.entries(properties).map(
    ([wire, property]): Bare => ({
      ...{ wire, in: 'body', schema: isRecord(property) ? property : {} },
      required: required && needed.includes(wire),
      ...encodingOf(encoding, wire),
    }),
  );
  return { shape, isWhole: false, fields };
}

/** Forms know styles for each property; without one, lists are repeated and objects are JSON, as OpenAPI says. */
function encodingOf(encoding: unknown, wire: string): Pick<Bare, 'style' | 'explode' | 'json'> {
  const own = isRecord(encoding) && Object.hasOwn(encoding, wire) ? encoding[wire] : undefined;
  const { style, explode, contentType } = isRecord(own) ? own : {};
  const isStyled = style !== undefined || explode !== undefined;
  const named = isStyled ? String(style ?? 'form') : WITHOUT_STYLE;
  return {
    style: named,
    explode: typeof explode === 'boolean' ? explode : named === 'form' || named === WITHOUT_STYLE,
    json: !isStyled && typeof contentType === 'string' && JSON_TYPES.some((type) => type.test(contentType)),
  };
}

/** A choice between objects as one object in which nothing is required but what all of them require. */
function objectOf(schema: JsonSchema): JsonSchema {
  const { anyOf: choices, ...rest } = schema;
  if (!Array.isArray(choices) || !choices.every((choice) => isRecord(choice) && isRecord(choice.properties)))
    return schema;
  const all = [...choices.toReversed(), rest] as JsonSchema[];
  const lists = choices.map((choice: JsonSchema) => (Array.isArray(choice.required) ? choice.required : []));
  const shared = (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)));
  const required = [...new Set([...shared, ...(Array.isArray(rest.required) ? rest.required : [])])];
  const properties = Object.assign({}, ...all.map((choice) => choice.properties ?? {}));
  return { ...rest, type: 'object', properties, required };
}

/** Names as the Messages API takes them, each once: what clashes says where it goes, `query_id`. */
function withNames(fields: readonly Bare[]): InputField[] {
  const taken = new Set(RESERVED);
  return fields.map((field) => {
    const plain =
      field.wire
        .replace(/[^A-Za-z0-9_-]+/g, '_')
        .replace(/^[_-]+|_+$/g, '')
        .slice(0, LONGEST_NAME) || 'value';
    let name = plain;
    for (let n = 1; taken.has(name); n++) {
      name = `${field.in}_${plain}${n === 1 ? '' : `_${n}`}`.slice(-LONGEST_NAME);
    }
    taken.add(name);
    return { name, ...field };
  });
}
