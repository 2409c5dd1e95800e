/** Values by name, as `vars` and the rows of a table give them: within a text only what is text, a number, true or false. */
export type Values = Record<string, Value>;
type Value = string | number | boolean | readonly Value[];

const NAME = /\{\{|\}\}|\{([A-Za-z_][\w -]*)\}/g;
const WHOLE = /^\{([A-Za-z_][\w -]*)\}$/;

/**
 * The value with every `{name}` in its texts replaced, also in keys; one that is nothing but `{name}` keeps its type, also a list. `{{` and `}}` are
 * braces. Names that there are no values for are told to `unknown`. Expressions (`/…/`) stay as they are but for names that are known:
 * braces mean something else there.
 */
export function fillIn(value: unknown, values: Values, unknown: (name: string) => void): unknown {
  if (typeof value === 'string') return textOf(value, values, unknown);
  if (Array.isArray(value)) return value.map((one) => fillIn(one, values, unknown));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, one]) => [
    String(textOf(key, values, unknown)),
    fillIn(one, values, unknown),
  ]);
  return Object.fromEntries(entries);
}

function textOf(text: string, values: Values, unknown: (name: string) => void): Value {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && Object.hasOwn(values, whole)) return values[whole] ?? '';
  const isExpression = /^\/.+\/[a-z]*$/s.test(text);
  return text.replace(NAME, (found, name?: string) => {
    if (name === undefined) return isExpression ? found : found.slice(1);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined && typeof value !== 'object') return String(value);
    if (!isExpression) unknown(name);
    return found;
  });
}
