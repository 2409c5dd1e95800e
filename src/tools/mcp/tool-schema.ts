import { cleanText } from '../../language/invisible.ts';
import { isRecord, type JsonSchema } from '../schema-words.ts';

/** `shown` goes to the model, `checked` to the validator: a server's regular expressions are never run here. */
export type ToolSchema = { ok: true; shown: JsonSchema; checked: JsonSchema } | { ok: false; problem: string };

const DEEPEST = 12;
const MOST_SCHEMAS = 1_000;
const LONGEST = 20_000;
const LONGEST_TEXT = 1_000;
/** As the Messages API takes them. */
const FIELD_NAME = /^[A-Za-z0-9_.-]{1,64}$/;

const NUMBERS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
].concat(['minItems', 'maxItems', 'minProperties', 'maxProperties']);
const VALUES = ['enum', 'const', 'default', 'examples'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const SINGLE = ['items', 'additionalProperties', 'not'];
/** What the Messages API does not take in the outermost schema; the server itself still looks at it. */
const NOT_OUTERMOST: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'not', 'enum', 'const']);

type Walk = { root: JsonSchema; patterns: boolean; schemas: number };
type Place = { depth: number; refs: readonly string[] };

class Unusable extends Error {}

/**
 * The input schema of a server's tool, made safe: bounded in size and depth, local references put in place (a schema
 * within itself is any value there), only keywords that are known, texts without what nobody can see.
 */
export function toolSchema(given: Record<string, unknown>): ToolSchema {
  try {
    if (given.type !== 'object') throw new Unusable('its input is no object');
    const shown = outermost(given, true);
    if (JSON.stringify(shown).length > LONGEST) throw new Unusable(`its schema is longer than ${LONGEST} characters`);
    return { ok: true, shown, checked: outermost(given, false) };
  } catch (error) {
    return { ok: false, problem: error instanceof Unusable ? error.message : 'its schema cannot be read' };
  }
}

function outermost(given: Record<string, unknown>, patterns: boolean): JsonSchema {
  const entries = Object.entries(given).filter(([keyword]) => !NOT_OUTERMOST.has(keyword));
  const schema = tidy(Object.fromEntries(entries), { depth: 0, refs: [] }, { root: given, patterns, schemas: 0 });
  return { ...schema, type: 'object', properties: schema.properties ?? {} };
}

function tidy(given: unknown, place: Place, walk: Walk): JsonSchema {
  if (given === true) return {};
  if (given === false) return { not: {} };
  if (!isRecord(given)) throw new Unusable('its schema is no JSON schema');
  walk.schemas += 1;
  if (place.depth > DEEPEST) throw new Unusable(`its schema is nested more than ${DEEPEST} deep`);
  if (walk.schemas > MOST_SCHEMAS) throw new Unusable(`its schema has more than ${MOST_SCHEMAS} parts`);
  if (typeof given.$ref === 'string') return referenced(given, { ...place, ref: given.$ref }, walk);
  const inner = { ...place, depth: place.depth + 1 };
  const result: JsonSchema = {};
  for (const [keyword, value] of Object.entries(given)) {
    const kept = keyword === 'properties' ? properties(value, inner, walk) : keywordOf(keyword, value, { inner, walk });
    if (kept !== undefined) result[keyword] = kept;
  }
  return result;
}

/** What stands beside a reference is kept, such as a description of its own. */
function referenced(given: Record<string, unknown>, at: Place & { ref: string }, walk: Walk): JsonSchema {
  const { $ref: _, ...beside } = given;
  const { ref, refs, depth } = at;
  const own = tidy(beside, { depth: depth + 1, refs }, walk);
  if (refs.includes(ref)) return own;
  return { ...tidy(pointedAt(walk.root, ref), { depth: depth + 1, refs: [...refs, ref] }, walk), ...own };
}

function pointedAt(root: JsonSchema, ref: string): unknown {
  if (!ref.startsWith('#')) throw new Unusable('its schema refers to another document');
  let at: unknown = root;
  for (const part of ref.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isRecord(at) || !Object.hasOwn(at, key)) throw new Unusable('its schema refers to a part that is not there');
    at = at[key];
  }
  return at;
}

function properties(value: unknown, inner: Place, walk: Walk): JsonSchema | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).map(([name, schema]) => {
    if (!FIELD_NAME.test(name)) throw new Unusable('a field of its input has a name that cannot be used');
    return [name, tidy(schema, inner, walk)];
  });
  return Object.fromEntries(entries);
}

function keywordOf(keyword: string, value: unknown, { inner, walk }: { inner: Place; walk: Walk }): unknown {
  if (keyword === 'type') return typeOf(value);
  if (keyword === 'required')
    return Array.isArray(value) ? value.map(String).filter((name) => FIELD_NAME.test(name)) : undefined;
  if (keyword === 'description' || keyword === 'title') return textOf(value);
  if (keyword === 'uniqueItems') return value === true ? true : undefined;
  if (keyword === 'pattern') return walk.patterns && typeof value === 'string' ? visible(value) : undefined;
  if (keyword === 'format') return typeof value === 'string' && /^[a-z-]{1,30}$/.test(value) ? value : undefined;
  if (NUMBERS.includes(keyword)) return typeof value === 'number' ? value : undefined;
  if (VALUES.includes(keyword)) return visible(value);
  if (SINGLE.includes(keyword)) return value === false ? false : tidy(value, inner, walk);
  if (LISTS.includes(keyword))
    return Array.isArray(value) ? value.map((schema) => tidy(schema, inner, walk)) : undefined;
  return undefined;
}

const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];

function typeOf(value: unknown): unknown {
  const types = Array.isArray(value) ? value : [value];
  return types.length > 0 && types.every((type) => TYPES.includes(String(type))) ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? cleanText(value.slice(0, LONGEST_TEXT)).trim() : undefined;
}

/** Exact values: one that a person could not see whole cannot be mended, only refused. */
function visible(value: unknown): unknown {
  const texts = [value];
  while (texts.length > 0) {
    const text = texts.pop();
    if (typeof text === 'string' && cleanText(text) !== text) throw new Unusable('its schema has hidden characters');
    if (isRecord(text)) texts.push(...Object.keys(text), ...Object.values(text));
    if (Array.isArray(text)) texts.push(...text);
  }
  return value;
}
