import { isRecord, type JsonSchema } from '../schema-words.ts';
import { dereference, type Json } from './document.ts';

/** Levels of objects and lists, tried one after the other until the whole is small enough for a prompt. */
const DEPTHS = [6, 4, 3, 2, 1] as const;
const LARGEST = 12_000;
const MOST_NODES = 2_000;
const LONGEST_TEXT = 300;
const LONGEST_VALUE = 100;
const MOST_CHOICES = 8;
const MOST_ENUM = 100;
const FORMATS = ['date', 'time', 'date-time', 'email', 'uri', 'uuid', 'ipv4', 'ipv6', 'hostname'];
const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];
const KEPT = ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems'];

/**
 * A schema of OpenAPI 3.0 or 3.1 as one that stands alone: references in place, also where they go round in circles,
 * `allOf` as one, what only an answer has left out. What is too deep or too much for a prompt becomes an open object.
 */
export function simplifySchema(root: Json, schema: unknown): JsonSchema {
  for (const depth of DEPTHS) {
    const simple = new Simplifier(root).visit(schema, { depth, trail: [] });
    if (simple !== null && JSON.stringify(simple).length <= LARGEST) return simple;
  }
  return new Simplifier(root).visit(schema, { depth: 1, trail: [], bare: true }) ?? {};
}

type Way = {
  /** Levels that are left. */
  depth: number;
  /** References that are being followed. */
  trail: readonly string[];
  /** Schemas around this one that have `$defs` of their own, innermost first. */
  scopes?: readonly Json[];
  /** Without descriptions and examples. */
  bare?: boolean;
};

class Simplifier {
  private readonly root: Json;
  private nodes = 0;

  constructor(root: Json) {
    this.root = root;
  }

  /** Null where it is more than can be gone through. */
  visit(schema: unknown, way: Way): JsonSchema | null {
    if (++this.nodes > MOST_NODES) return null;
    if (!isRecord(schema)) return {};
    const { $ref } = schema;
    if (typeof $ref === 'string') {
      if (way.trail.includes($ref)) return {};
      const target = dereference(this.root, schema, way.scopes);
      return target ? this.visit(target, { ...way, trail: [...way.trail, $ref] }) : {};
    }
    if (isRecord(schema.$defs) || isRecord(schema.definitions)) {
      return this.whole(schema, { ...way, scopes: [schema, ...(way.scopes ?? [])] });
    }
    return this.whole(schema, way);
  }

  private whole(schema: Json, way: Way): JsonSchema | null {
    const parts = Array.isArray(schema.allOf) ? schema.allOf.map((part) => this.visit(part, way)) : [];
    const choice = this.choice(schema, way);
    if (choice === null || parts.includes(null)) return null;
    const own = this.own(schema, way);
    if (own === null) return null;
    const all = possible(merged([own, ...(parts as JsonSchema[]), choice]));
    return schema.nullable === true ? orNull(all) : all;
  }

  private own(schema: Json, way: Way): JsonSchema | null {
    const simple: JsonSchema = { ...typeOf(schema), ...values(schema), ...(way.bare ? {} : texts(schema)) };
    const types = [simple.type].flat();
    if (types.includes('object')) {
      const object = way.depth > 0 ? this.object(schema, way) : {};
      if (object === null) return null;
      Object.assign(simple, object);
    }
    if (types.includes('array')) {
      const items = way.depth > 0 ? this.visit(schema.items, { ...way, depth: way.depth - 1 }) : {};
      if (items === null) return null;
      simple.items = items;
    }
    return simple;
  }

  private object(schema: Json, way: Way): JsonSchema | null {
    const inner = { ...way, depth: way.depth - 1 };
    const properties: [string, JsonSchema][] = [];
    for (const [name, property] of Object.entries(isRecord(schema.properties) ? schema.properties : {})) {
      if (dereference(this.root, property, way.scopes)?.readOnly === true) continue;
      const simple = this.visit(property, inner);
      if (simple === null) return null;
      properties.push([name, simple]);
    }
    const named = properties.length > 0;
    const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
    const others = isRecord(schema.additionalProperties) ? this.visit(schema.additionalProperties, inner) : null;
    return {
      ...(named && { properties: Object.fromEntries(properties) }),
      ...(required.length > 0 && { required }),
      ...(others && { additionalProperties: others }),
      ...(named && schema.additionalProperties !== true && !others && { additionalProperties: false }),
    };
  }

  /** `oneOf` and `anyOf` as `anyOf`, or as the only choice that there is; null where it is too much. */
  private choice(schema: Json, way: Way): JsonSchema | null {
    const choices = [schema.oneOf, schema.anyOf].find(Array.isArray) as unknown[] | undefined;
    if (!choices) return {};
    const simple = choices.map((choice) => this.visit(choice, way));
    if (simple.includes(null)) return null;
    const telling = (simple as JsonSchema[]).filter(
      (choice) => 'type' in choice || 'enum' in choice || 'const' in choice || 'anyOf' in choice,
    );
    // Choices of what is required say nothing that a single schema can.
    if (telling.length < simple.length || telling.length > MOST_CHOICES) return {};
    const [only] = telling;
    return telling.length === 1 && only ? only : { anyOf: telling };
  }
}

/** One schema for what all of them say. */
function merged(schemas: readonly JsonSchema[]): JsonSchema {
  return schemas.filter((schema) => Object.keys(schema).length > 0).reduce(both, {});
}

function both(all: JsonSchema, schema: JsonSchema): JsonSchema {
  const objects = isRecord(all.properties) || isRecord(schema.properties);
  const required = [...new Set([...listOf(all.required), ...listOf(schema.required)])];
  // An open part says nothing of what the others name.
  const closed = all.additionalProperties === false || schema.additionalProperties === false;
  const [before, after] = [asRecord(all.properties), asRecord(schema.properties)];
  const properties = { ...before, ...after, ...before };
  return {
    ...schema,
    ...all,
    ...(objects && { type: 'object', properties }),
    ...(required.length > 0 && { required }),
    ...(objects && closed && { additionalProperties: false }),
  };
}

/** Nothing is required that a closed object does not have, such as what only answers have. */
function possible(schema: JsonSchema): JsonSchema {
  const { properties, required, ...rest } = schema;
  if (!isRecord(properties) || schema.additionalProperties !== false) return schema;
  const needed = listOf(required).filter((name) => Object.hasOwn(properties, String(name)));
  return { ...rest, properties, ...(needed.length > 0 && { required: needed }) };
}

function typeOf(schema: Json): JsonSchema {
  const { type, properties, items } = schema;
  const known = type ?? (isRecord(properties) ? 'object' : items === undefined ? [] : 'array');
  const types = [...new Set([known].flat().map(String))].filter((name) => TYPES.includes(name));
  return types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types };
}

/** `nullable` of 3.0, which may stand beside a reference in `allOf`. */
function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: choices, anyOf } = schema;
  return {
    ...schema,
    ...(type !== undefined && { type: [...new Set([type, 'null'].flat())] }),
    ...(Array.isArray(choices) && !choices.includes(null) && { enum: [...choices, null] }),
    ...(Array.isArray(anyOf) && { anyOf: [...anyOf, { type: 'null' }] }),
  };
}

/** What values may be. Bounds that are a switch in 3.0 are numbers in JSON schema. */
function values(schema: Json): JsonSchema {
  const { enum: choices, format, pattern, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  const simple: JsonSchema = {};
  for (const key of KEPT.filter((name) => typeof schema[name] === 'number' || schema[name] === true)) {
    simple[key] = schema[key];
  }
  if (Array.isArray(choices) && choices.length <= MOST_ENUM) {
    simple.enum = choices;
  }
  if ('const' in schema) simple.const = schema.const;
  if (FORMATS.includes(String(format))) simple.format = format;
  if (isPattern(pattern)) simple.pattern = pattern;
  for (const [key, bound, plain] of [
    ['exclusiveMinimum', above, 'minimum'],
    ['exclusiveMaximum', below, 'maximum'],
  ] as const) {
    if (typeof bound === 'number') simple[key] = bound;
    if (bound !== true || typeof schema[plain] !== 'number') continue;
    simple[key] = schema[plain];
    delete simple[plain];
  }
  return simple;
}

function texts(schema: Json): JsonSchema {
  const { description, default: usual, example, examples } = schema;
  const shown = example ?? (Array.isArray(examples) ? examples[0] : undefined);
  return {
    ...(typeof description === 'string' && description.trim() !== '' && { description: shortened(description) }),
    ...(isShort(usual) && { default: usual }),
    ...(isShort(shown) && { examples: [shown] }),
  };
}

/** One line of bounded length. */
export function shortened(text: string, most = LONGEST_TEXT): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}

function isShort(value: unknown): boolean {
  return value !== undefined && value !== null && JSON.stringify(value).length <= LONGEST_VALUE;
}

const REPEATED = /^(?:[*+]|\{\d+,)/;

/** A repeated group in which something is repeated, or that is a choice: some texts keep such a pattern busy for ever. */
function isSlow(pattern: string): boolean {
  const opened: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === '(') opened.push(at);
    else if (pattern[at] === ')') {
      const group = pattern.slice((opened.pop() ?? 0) + 1, at);
      if (REPEATED.test(pattern.slice(at + 1)) && /[*+|]|\{\d+,/.test(group)) return true;
    }
  }
  return false;
}

function isPattern(pattern: unknown): boolean {
  try {
    if (typeof pattern !== 'string' || pattern.length > LONGEST_TEXT || isSlow(pattern)) return false;
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}
