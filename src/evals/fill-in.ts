import { isExpression } from './pattern.ts';

/** Values by name, as `vars` and the rows of a table give them. */
export type Values = Record<string, string | number | boolean>;

/** Told of a name without a value; `isBare` where it has one, and stands without quotes, so that YAML took it for a list of keys. */
export type Complain = (name: string, isBare: boolean) => void;

const WORD = '[\\p{L}_][\\p{L}\\p{N}_ -]*';
const WHOLE = new RegExp(`^\\{(${WORD})\\}$`, 'u');
const IN_TEXT = new RegExp(`\\{\\{(${WORD})\\}\\}|\\{\\{|\\{(${WORD})\\}`, 'gu');
/** Not `\p{Letter}`, `\k<name>` and the like. */
const IN_EXPRESSION = new RegExp(`(?<!\\\\[pPu])\\{(${WORD})\\}`, 'gu');

/**
 * The value with every `{name}` in its texts replaced, also in keys; one that is nothing but `{name}` keeps its type. `{{` is a brace,
 * and `{{name}}` is `{name}`. In an expression (`/…/`) a value stands for exactly its characters, and `{{` for itself.
 */
export function fillIn(value: unknown, values: Values, complain: Complain): unknown {
  if (typeof value === 'string') return textOf(value, values, complain);
  if (Array.isArray(value)) return value.map((one) => fillIn(one, values, complain));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [[only, first] = ['', '']] = entries;
  if (entries.length === 1 && first === null && Object.hasOwn(values, only)) complain(only, true);
  return Object.fromEntries(
    entries.map(([key, one]) => [String(textOf(key, values, complain)), fillIn(one, values, complain)]),
  );
}

function textOf(text: string, values: Values, complain: Complain): string | number | boolean {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && Object.hasOwn(values, whole)) return values[whole] ?? '';
  const given = (name: string, found: string) => {
    if (Object.hasOwn(values, name)) return String(values[name]);
    complain(name, false);
    return found;
  };
  if (isExpression(text)) {
    return text.replace(IN_EXPRESSION, (found, name: string) => escaped(given(name, found)));
  }
  return text.replace(IN_TEXT, (found, doubled?: string, name?: string) => {
    if (doubled !== undefined) return `{${doubled}}`;
    return name === undefined ? '{' : given(name, found);
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
