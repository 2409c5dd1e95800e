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

/** Headers that have a meaning of their own in OpenAPI, and the key that every write sends anyway. */
const OWN_HEADERS = ['accept', 'content-type', 'authorization', 'idempotency-key'];
const STYLES: Record<string, string> = { path: 'simple', header: 'simple', query: 'form' };
const RESERVED = ['idempotency_key', 'facts'];
const LONGEST_NAME = 64;

type Bare = Omit<InputField, 'name'>;

/** Parameters and body of an operation as one flat list of fields with names of their own. */
export function operationInput({ root }: OpenApiDocument, { item, raw }: Operation): FoundInput {
  const fields: Bare[] = [];
  for (const parameter of parametersOf(root, item, raw)) {
    const place = String(parameter.in);
    const required = parameter.required === true || place === 'path';
    if (place === 'cookie') {
      if (required) return { problem: 'needs a cookie, which is not sent' };
      continue;
    }
    if (place !== 'path' && place !== 'query' && place !== 'header')
      return { problem: `has a parameter in "${place}"` };
    if (place === 'header' && OWN_HEADERS.includes(String(parameter.name).toLowerCase())) continue;
    fields.push(parameterField(root, parameter, place));
  }
  const body = bodyOf(root, raw);
  if (body !== null && 'problem' in body) return body;
  const named = withNames([...fields, ...(body?.fields ?? [])]);
  if (body === null) return { fields: named, body: null };
  return { fields: named, body: { ...body.shape, whole: body.isWhole ? (named.at(-1)?.name ?? null) : null } };
}

/** Those of the path, then those of the operation, which replace others of the same name in the same place. */
function parametersOf(root: Json, item: Json, raw: Json): Json[] {
  const found = new Map<string, Json>();
  for (const list of [item.parameters, raw.parameters]) {
    for (const entry of Array.isArray(list) ? list : []) {
      const parameter = dereference(root, entry);
      if (parameter && typeof parameter.name === 'string') found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
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
  const body = raw.requestBody === undefined ? null : dereference(root, raw.requestBody);
  if (body === null || !isRecord(body.content)) return null;
  const types = Object.keys(body.content);
  const json = types.find((type) => /^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type));
  const mediaType = json ?? types.find((type) => /^application\/x-www-form-urlencoded/i.test(type));
  const required = body.required === true;
  if (mediaType === undefined) {
    return required ? { problem: `takes a body as ${types.join(', ') || 'nothing'}; JSON and forms are sent` } : null;
  }
  const media = body.content[mediaType];
  const { schema: source, encoding } = isRecord(media) ? media : { schema: {}, encoding: undefined };
  const schema = objectOf(simplifySchema(root, source));
  const shape = { type: json ? ('json' as const) : ('form' as const), mediaType, required };
  const properties = isRecord(schema.properties) ? schema.properties : {};
  if (Object.keys(properties).length === 0 || isRecord(schema.additionalProperties)) {
    const plain = { wire: 'body', in: 'body' as const, style: 'form', explode: true, json: true };
    return { shape, isWhole: true, fields: [{ ...plain, required, schema }] };
  }
  const needed = Array.isArray(schema.required) ? schema.required : [];
  const fields = Object.entries(properties).map(
    ([wire, property]): Bare => ({
      ...{ wire, in: 'body', json: false, schema: isRecord(property) ? property : {} },
      required: required && needed.includes(wire),
      ...encodingOf(encoding, wire),
    }),
  );
  return { shape, isWhole: false, fields };
}

/** Forms know styles for each property; without one, objects go as servers of forms take them: `a[b]=c`. */
function encodingOf(encoding: unknown, wire: string): Pick<Bare, 'style' | 'explode'> {
  const own = isRecord(encoding) && Object.hasOwn(encoding, wire) ? encoding[wire] : undefined;
  const { style, explode } = isRecord(own) ? own : {};
  const named = typeof style === 'string' ? style : 'deepObject';
  return {
    style: named,
    explode: typeof explode === 'boolean' ? explode : named !== 'spaceDelimited' && named !== 'pipeDelimited',
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
    const candidates = [
      plain,
      `${field.in}_${plain}`,
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${field.in}_${plain}_${n}`),
    ];
    const name = candidates.map((text) => text.slice(-LONGEST_NAME)).find((text) => !taken.has(text)) ?? plain;
    taken.add(name);
    return { name, ...field };
  });
}
