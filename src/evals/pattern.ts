import { plainText } from './match-text.ts';
import type { Pattern } from './suite.ts';

const EXPRESSION = /^\/(.+)\/([a-z]*)$/s;
const FLAGS = /^[imsu]*$/;

/** Whether a suite's text is `/…/` and so an expression. */
export function isExpression(text: string): boolean {
  return EXPRESSION.test(text);
}

/**
 * What a suite's text asks for; a sentence where it cannot be used. An expression without flags does not look at case; with flags, they
 * are all it has.
 */
export function patternOf(text: string): Pattern | string {
  const [, source, flags = ''] = EXPRESSION.exec(text) ?? [];
  if (source === undefined) {
    return plainText(text) === '' ? `"${text}" is nothing but marks, which make no difference` : { kind: 'text', text };
  }
  if (!FLAGS.test(flags)) return `${text} has flags that are not of i, m, s and u`;
  if (mayRunAway(source)) return `${text} repeats what repeats itself, which may never end: write it without`;
  try {
    return { kind: 'expression', expression: new RegExp(source, flags === '' ? 'i' : flags) };
  } catch (error) {
    return `${text} is no regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const MANY = /^(?:[*+]|\{\d+,(\d*)\})/;
/** Up to so many repetitions count as few. */
const FEW = 10;

/**
 * Whether a group that repeats holds something that repeats, `(a+)+`: the known way to take exponential time. What this
 * does not see, such as `(a|a)*`, `matches` ends after a second.
 */
function mayRunAway(source: string): boolean {
  /** For each open group, whether something repeats in it. */
  const open: boolean[] = [false];
  const bare = source.replace(/\\[\s\S]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
  for (let at = 0; at < bare.length; at++) {
    const sign = bare[at];
    let repeats = false;
    if (sign === '(') open.push(false);
    else if (sign === ')') repeats = (open.length > 1 && open.pop()) || false;
    const isMany = sign !== '(' && repeatsOften(bare.slice(at + 1, at + 12));
    if (repeats && isMany) return true;
    if (repeats || isMany) open[open.length - 1] = true;
  }
  return false;
}

function repeatsOften(following: string): boolean {
  const [found, most] = MANY.exec(following) ?? [];
  return found !== undefined && (!most || Number(most) > FEW);
}
