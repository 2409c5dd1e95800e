import { type OutputUnit, Validator } from '@cfworker/json-schema';
import type { Tool } from '../agent/tool.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import { atField, inWords, isRecord, type JsonSchema, schemaAt, shown, valueAt } from './schema-words.ts';

/** Keywords whose error only says that something further in is wrong. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'properties',
  'items',
  'prefixItems',
  'additionalProperties',
  'allOf',
]);
const MOST_PROBLEMS = 20;

/**
 * `Tool.parse` by a JSON schema without references: every problem is in words that the model can mend it by. `messages`:
 * an author's own sentence for a field of the input, said in place of ours.
 */
export function checkInput(schema: JsonSchema, messages: Readonly<Record<string, string>> = {}): Tool['parse'] {
  // Made at the first call: an agent may have hundreds of tools, and a conversation calls few.
  let validator: Validator | null = null;
  return (input) => {
    try {
      validator ??= new Validator(schema, '2020-12', false);
      const { valid, errors } = validator.validate(input);
      if (valid) return { ok: true, value: input };
      const problems = [...new Set(leaves(errors).flatMap((error) => inSentences(error, { schema, input, messages })))];
      return { ok: false, problems: problems.length > 0 ? problems.slice(0, MOST_PROBLEMS) : ['is not valid'] };
    } catch {
      return { ok: false, problems: ['could not be checked'] };
    }
  };
}

/** The errors to tell: what is wrong within the branches of a choice is told as the choice. */
function leaves(errors: readonly OutputUnit[]): OutputUnit[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instanceLocation }) => instanceLocation);
  const within = (at: string) => choices.some((choice) => at === choice || at.startsWith(`${choice}/`));
  return errors.filter(({ keyword, instanceLocation }) =>
    keyword === 'anyOf' ? true : !CONTAINERS.has(keyword) && !within(instanceLocation),
  );
}

type Checked = { schema: JsonSchema; input: unknown; messages: Readonly<Record<string, string>> };

function inSentences({ keyword, instanceLocation }: OutputUnit, { schema, input, messages }: Checked): string[] {
  const path = pathOf(instanceLocation, input);
  const own = Object.hasOwn(messages, String(path[0])) ? messages[String(path[0])] : undefined;
  const expected = schemaAt(schema, path);
  const value = valueAt(input, path);
  if (keyword === 'false') {
    const known = Object.keys((schemaAt(schema, path.slice(0, -1)).properties as object | undefined) ?? {});
    return [atField(path, `unknown field${didYouMean(String(path.at(-1)), known)}`)];
  }
  if (keyword === 'required') {
    const names = Array.isArray(expected.required) ? expected.required.map(String) : [];
    const missing = names.filter((name) => !isRecord(value) || !Object.hasOwn(value, name));
    return missing.map((name) => atField([...path, name], `missing, expected ${inWords(schemaAt(expected, [name]))}`));
  }
  if (own !== undefined) return [atField(path.slice(0, 1), own)];
  if (keyword === 'uniqueItems') return [atField(path, 'has the same entry twice')];
  if (keyword === 'multipleOf')
    return [atField(path, `expected a multiple of ${expected.multipleOf}, got ${shown(value)}`)];
  return [atField(path, `expected ${inWords(expected)}, got ${shown(value)}`)];
}

/** `#/lines/0/sku` as a path; a number is an index only where the value is a list. */
function pathOf(location: string, input: unknown): PropertyKey[] {
  const path: PropertyKey[] = [];
  for (const part of location.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(input, path)) ? Number(key) : key);
  }
  return path;
}
