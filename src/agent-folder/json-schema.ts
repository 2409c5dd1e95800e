import { z } from 'zod';
import { isRecord, type JsonSchema } from '../tools/schema-words.ts';

export { inWords, isRecord, type JsonSchema, schemaAt } from '../tools/schema-words.ts';

/** The order in which keywords are written, so that the same schema is always the same bytes; others follow by name. */
const ORDER = ['type', 'title', 'description', 'enum', 'const', 'format', 'pattern', 'minimum', 'exclusiveMinimum']
  .concat(['maximum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'items', 'minItems', 'maxItems'])
  .concat(['default', 'examples', 'properties', 'required', 'additionalProperties']);

/**
 * The JSON schema of what goes into a zod object: descriptions, enums, bounds and examples kept, no `$schema`, no
 * bounds that only say "a safe integer". Objects are closed unless their author opened them (`z.looseObject`).
 * Throws where JSON schema has no words for a type (such as a date).
 */
export function jsonSchemaOf(input: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  return tidy(schema, true);
}

/** `closed`: whether objects here may be closed. Not below `allOf`, whose members each see all fields. */
function tidy(schema: unknown, closed: boolean): JsonSchema {
  const result: JsonSchema = {};
  const source = Object.entries(isRecord(schema) ? schema : {});
  for (const [keyword, value] of source.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    if (Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER && /^(minimum|maximum)$/.test(keyword)) continue;
    result[keyword] = tidyKeyword(keyword, value, closed);
  }
  if (closed && 'properties' in result && !('additionalProperties' in result)) result.additionalProperties = false;
  return result;
}

function tidyKeyword(keyword: string, value: unknown, closed: boolean): unknown {
  if (['properties', '$defs', 'patternProperties'].includes(keyword) && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, tidy(schema, closed)]));
  }
  if (['anyOf', 'oneOf', 'allOf', 'prefixItems'].includes(keyword) && Array.isArray(value)) {
    return value.map((schema) => tidy(schema, closed && keyword !== 'allOf'));
  }
  return ['items', 'additionalProperties', 'not'].includes(keyword) && isRecord(value) ? tidy(value, closed) : value;
}

function rank(keyword: string): number {
  const index = ORDER.indexOf(keyword);
  return index < 0 ? ORDER.length : index;
}
