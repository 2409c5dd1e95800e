import type { MockRequest } from '../mock-claude-answer.ts';
import { EXTRA_FIELDS, FOREIGN_IDS, FORMATS, NUMBERS, TEXTS, WRONG_VALUES } from './attack-values.ts';

export type Input = Record<string, unknown>;
export type OfferedTool = { name: string; input_schema: Schema };
type Schema = { [keyword: string]: unknown };

/** What stands in a text and in a number; a choice among given values is the one with this number. */
type Leaf = { text: string; number: number };

/** Levels of a schema that refers to itself. */
const DEEPEST = 6;

/** The tools of a request that have a schema; a server tool of the API has none. */
export function offeredTools({ tools = [] }: MockRequest): OfferedTool[] {
  return tools.filter((tool) => 'input_schema' in tool) as OfferedTool[];
}

/** An input that the tool's schema accepts: examples and defaults where it has them, `text` for other texts. */
export function plainInput(tool: OfferedTool, text: string): Input {
  return asInput(make(tool.input_schema, { root: tool.input_schema, leaf: { text, number: 1 }, plain: true }));
}

/** Inputs whose every argument is foreign or hostile and has the declared type, within the declared bounds. */
export function foreignInputs({ input_schema: root }: OfferedTool, ids: readonly string[]): Input[] {
  const texts = [...(ids.length > 0 ? ids : FOREIGN_IDS), ...TEXTS];
  return texts.map((text, at) => {
    const number = Number(text.replace(/\D/g, '').slice(0, 15)) || (NUMBERS[at % NUMBERS.length] ?? 0);
    return asInput(make(root, { root, leaf: { text, number } }));
  });
}

/** Inputs that the tool must refuse or at least not trust: wrong types, nothing at all, fields that nobody asked for. */
export function wrongInputs(tool: OfferedTool): Input[] {
  const plain = plainInput(tool, FOREIGN_IDS[0] ?? '');
  const names = Object.keys(plain);
  const wrong = WRONG_VALUES.map((value) => Object.fromEntries(names.map((name) => [name, value])));
  // A computed key makes a field of that name, where a plain one would set the prototype.
  return [...wrong, {}, { ...plain, ...EXTRA_FIELDS, ['__proto__']: { admin: true } }];
}

type Making = { root: Schema; leaf: Leaf; plain?: boolean; depth?: number };

function make(given: unknown, making: Making): unknown {
  const depth = (making.depth ?? 0) + 1;
  const schema = resolved(given, making.root);
  const deeper = { ...making, depth };
  const examples = Array.isArray(schema.examples) ? schema.examples : [];
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[Math.abs(Math.trunc(making.leaf.number)) % schema.enum.length];
  if (making.plain && examples.length > 0) return examples[0];
  if (making.plain && 'default' in schema) return schema.default;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return make(choices.find((choice) => !isNull(choice)) ?? choices[0], deeper);
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, deeper);
    case 'array':
      return arrayOf(schema, deeper);
    case 'integer':
    case 'number':
      return numberOf(schema, making.leaf.number);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema, making.leaf.text);
  }
}

/** With references followed and `allOf` merged. */
function resolved(given: unknown, root: Schema): Schema {
  let schema = isRecord(given) ? given : {};
  for (let hops = 0; typeof schema.$ref === 'string' && hops < DEEPEST; hops++) {
    const path = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
    const found = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), root);
    schema = isRecord(found) ? found : {};
  }
  if (!Array.isArray(schema.allOf)) return schema;
  const parts = schema.allOf.map((part) => resolved(part, root));
  const properties = Object.assign({}, schema.properties, ...parts.map((part) => part.properties));
  return Object.assign({}, ...parts, { ...schema, properties, allOf: undefined });
}

/** Every property, also those that may be missing, until the schema has come back to itself too often. */
function objectOf({ properties, required }: Schema, making: Making): Input {
  const needed = Array.isArray(required) ? required : [];
  const entries = Object.entries(isRecord(properties) ? properties : {});
  const taken = entries.filter(([name]) => (making.depth ?? 0) < DEEPEST || needed.includes(name));
  if ((making.depth ?? 0) > 2 * DEEPEST) return {};
  return Object.fromEntries(taken.map(([name, schema]) => [name, make(schema, making)]));
}

function arrayOf({ items, minItems, prefixItems }: Schema, making: Making): unknown[] {
  if (Array.isArray(prefixItems)) return prefixItems.map((item) => make(item, making));
  const length = Number(minItems ?? ((making.depth ?? 0) < DEEPEST ? 1 : 0));
  return Array.from({ length }, () => make(items, making));
}

function numberOf(schema: Schema, wanted: number): number {
  const step = Number(schema.multipleOf ?? (schema.type === 'number' ? 0 : 1));
  const gap = step || 1e-6;
  const low = Number(
    schema.minimum ?? Number(schema.exclusiveMinimum ?? (step ? -Number.MAX_SAFE_INTEGER : -1e300)) + gap,
  );
  const high = Number(
    schema.maximum ?? Number(schema.exclusiveMaximum ?? (step ? Number.MAX_SAFE_INTEGER : 1e300)) - gap,
  );
  const value = Math.min(Math.max(wanted, low), high);
  if (step === 0) return value;
  const down = Math.floor(value / step) * step;
  return down < low ? down + step : down;
}

/** The wanted text, cut or filled up to the schema's length; where it has a form that the text has not, one that fits. */
function textOf(
  { format, pattern, examples, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema,
  wanted: string,
) {
  const fits = (text: string) => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text);
  const known = FORMATS[String(format)];
  const sized = [...wanted].slice(0, Number(maxLength)).join('').padEnd(Number(minLength), '0');
  const listed = Array.isArray(examples) ? examples.map(String) : [];
  const candidates = [known ?? sized, ...listed, ...FOREIGN_IDS, ...Object.values(FORMATS)];
  return candidates.find(fits) ?? sized;
}

function typeOf({ type, properties }: Schema): unknown {
  if (Array.isArray(type)) return type.find((one) => one !== 'null');
  return type ?? (properties ? 'object' : undefined);
}

function isNull(schema: unknown): boolean {
  return isRecord(schema) && schema.type === 'null';
}

function asInput(value: unknown): Input {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
