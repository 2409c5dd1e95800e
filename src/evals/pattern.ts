import type { Pattern } from './suite.ts';

const EXPRESSION = /^\/(.+)\/([a-z]*)$/s;
const FLAGS = /^[imsu]*$/;
/** A repeated group that holds a repetition itself may take longer than the world has: `(a+)+`. */
const NESTED = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,\d*\})/;

/** What a suite's text asks for; a sentence where it is an expression that cannot be used. `/…/` without flags does not look at case. */
export function patternOf(text: string): Pattern | string {
  const [, source, flags = ''] = EXPRESSION.exec(text) ?? [];
  if (source === undefined) return { kind: 'text', text };
  if (!FLAGS.test(flags)) return `${text} has flags that are not of i, m, s and u`;
  if (NESTED.test(source)) return `${text} repeats what repeats itself, which may never end: write it without`;
  try {
    return { kind: 'expression', expression: new RegExp(source, flags === '' ? 'i' : flags) };
  } catch (error) {
    return `${text} is no regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}
