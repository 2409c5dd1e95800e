import { literal } from '../language/literal.ts';
import { isExpression } from './pattern.ts';

/** Values by name, as `vars` and the rows of a table give them. A list can only stand alone, not within a text. */
export type Values = Record<string, Value>;
type Value = string | number | boolean | readonly Value[];

/**
 * What is wrong with a name: there is no value; it stands without quotes, so that YAML took it for a list of keys; it has a list for
 * value and stands within a text.
 */
export type Misuse = 'missing' | 'bare' | 'list';
export type Complain = (name: string, misuse: Misuse) => void;

const WORD = '[\\p{L}_][\\p{L}\\p{N}_ -]*';
const WHOLE = new RegExp(`^\\{(${WORD})\\}$`, 'u');
const IN_TEXT = new RegExp(`\\{\\{(${WORD})\\}\\}|\\{\\{|\\{(${WORD})\\}`, 'gu');
/** Not `\p{Letter}`, `\k<name>` and the like. */
const IN_EXPRESSION = new RegExp(`(?<!\\\\[pPu])\\{(${WORD})\\}`, 'gu');

/**
 * The value with every `{name}` in its texts replaced, also in keys; one that is nothing but `{name}` keeps its type, also a list. `{{`
 * is a brace, and `{{name}}` is `{name}`. In an expression (`/…/`) a value stands for exactly its characters, and `{{` for itself.
 */
export function fillIn(value: unknown, values: Values, complain: Complain): unknown {
  if (typeof value === 'string') return filledText(value, values, complain);
  if (Array.isArray(value)) return value.map((one) => fillIn(one, values, complain));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [[only, first] = ['', '']] = entries;
  if (entries.length === 1 && first === null && Object.hasOwn(values, only)) complain(only, 'bare');
  return Object.fromEntries(
    entries.map(([key, one]) => [textOf(key, values, complain), fillIn(one, values, complain)]),
  );
}

function filledText(text: string, values: Values, complain: Complain): Value {
  const whole = WHOLE.exec(text)?.[1];
  const value = whole !== undefined && Object.hasOwn(values, whole) ? values[whole] : undefined;
  return value ?? textOf(text, values, complain);
}

function textOf(text: string, values: Values, complain: Complain): string {
  const inText = (name: string, found: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined && typeof value !== 'object') return String(value);
    complain(name, value === undefined ? 'missing' : 'list');
    return found;
  };
  if (isExpression(text)) {
    return text.replace(IN_EXPRESSION, (found, name: string) => literal(inText(name, found)));
  }
  return text.replace(IN_TEXT, (found, doubled?: string, name?: string) => {
    if (doubled !== undefined) return `{${doubled}}`;
    return name === undefined ? '{' : inText(name, found);
  });
}
