import { literal } from '../../language/literal.ts';
import type { Check } from '../graded.ts';
import { isLike } from '../graders/expectations.ts';
import { patternOf } from '../pattern.ts';

/** A piece of a text; `isMarked` where it is what must not be there. */
export type Piece = { text: string; isMarked: boolean };

/** A field of what was wanted and of what there is. `differs`: it was asked for and is not so, or nobody asked for it where all counts. */
export type Field = { path: string; wanted: string | null; found: string | null; differs: boolean };

export type NamedCall = { tool: string; with: Record<string, unknown> };

/** Of what a check says, and of a reply, so that no text takes long however it is made. */
const READ = 20_000;
const LONGEST_CALLS = 4_000;
const LONGEST_TEXT = 500;
/** What a text is compared without regard to: see `match-text.ts`. */
const ALIKE = [/['\u2018\u2019\u201a\u02bc]/, /["\u201c-\u201e\u00ab\u00bb]/, /[-\u2010-\u2015\u2212]/];

/** The reply in pieces, with the texts marked that the check forbids and that occur in it; case and white space make no difference. */
export function markForbidden(reply: string, checks: readonly Check[]): Piece[] {
  const spans = checks
    .filter((check) => check.kind === 'never' && check.passed === false)
    .flatMap((check) => occurrences(reply, check.wanted))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end <= at) continue;
    if (start > at) pieces.push({ text: reply.slice(at, start), isMarked: false });
    pieces.push({ text: reply.slice(Math.max(start, at), end), isMarked: true });
    at = end;
  }
  return at < reply.length ? [...pieces, { text: reply.slice(at), isMarked: false }] : pieces;
}

/** Calls that a text names, each with its arguments as JSON: `calls get_quote {"make":"Tesla"}`. */
export function callsIn(said: string): NamedCall[] {
  const text = said.slice(0, LONGEST_CALLS);
  return [...text.matchAll(/([A-Za-z_][\w.-]*)[\s:(]*(?=\{)/g)].flatMap((match) => {
    const input = objectAt(text, match.index + match[0].length);
    return input && match[1] ? [{ tool: match[1], with: input }] : [];
  });
}

function sourceOf(character: string): string {
  const alike = ALIKE.find((one) => one.test(character));
  return alike?.source ?? literal(character);
}

/** What a text says of changes: `changes orders.A-1.status: "cancelled"; orders.A-1.fee: 3, and nothing else`. Null where it cannot be read. */
export function changesIn(said: string): Record<string, unknown> | null {
  let rest = said
    .slice(0, READ)
    .replace(/^changes /, '')
    .replace(/, and nothing else$/, '');
  if (/^nothing change[sd]$/.test(rest)) return {};
  const changes: [string, unknown][] = [];
  while (rest !== '') {
    const colon = rest.indexOf(': ');
    const value = colon === -1 ? null : valueAt(rest, colon + 2);
    if (value === null) return null;
    changes.push([rest.slice(0, colon), value.value]);
    rest = rest.slice(value.end);
  }
  return Object.fromEntries(changes);
}

/** Field by field, those first that differ and those last that nobody asked for. `all`: what nobody asked for differs, too. */
export function fieldsOf(wanted: Record<string, unknown>, found: Record<string, unknown>, all: boolean): Field[] {
  const paths = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort();
  const fields = paths.map((path) => {
    const isWanted = Object.hasOwn(wanted, path);
    const isFound = Object.hasOwn(found, path);
    return {
      path,
      wanted: isWanted ? shown(wanted[path]) : null,
      found: isFound ? shown(found[path]) : null,
      differs: isWanted ? !isFound || !isLike(wanted[path], found[path]) : all,
    };
  });
  const rank = (field: Field) => (field.wanted === null ? 2 : 0) + (field.differs ? 0 : 1);
  return fields.sort((a, b) => rank(a) - rank(b));
}

/** The call that is nearest to the wanted one: of the same tool, with the fewest fields that differ. */
export function nearestCall<C extends { tool: string; input: Record<string, unknown> }>(
  wanted: NamedCall,
  calls: readonly C[],
): C | null {
  const differing = ({ input }: C) => fieldsOf(wanted.with, input, false).filter((field) => field.differs).length;
  const same = calls.filter((call) => call.tool === wanted.tool);
  return same.toSorted((a, b) => differing(a) - differing(b))[0] ?? null;
}

/** Where what must never be said stands in the reply: `never says “a guarantee”`, `never says /guarantee[ds]?/i`. */
function occurrences(reply: string, wanted: string): { start: number; end: number }[] {
  const said = /^never says (.+)$/s.exec(wanted)?.[1] ?? wanted;
  const pattern = patternOf(/^“(.*)”$/s.exec(said)?.[1] ?? said);
  if (typeof pattern === 'string') return [];
  const expression = pattern.kind === 'text' ? expressionOf(pattern.text) : pattern.expression;
  if (expression === null) return [];
  const all = new RegExp(expression.source, `${expression.flags.replace('g', '')}g`);
  return [...reply.slice(0, READ).matchAll(all)]
    .map(({ index, 0: found }) => ({ start: index, end: index + found.length }))
    .filter(({ start, end }) => end > start);
}

/** A text, whatever its case, white space, kinds of quotes and dashes, and whatever Markdown stands between its words. */
function expressionOf(text: string): RegExp | null {
  const words = text.split(/[\s*_`]+/).filter((word) => word !== '');
  if (words.length === 0 || text.length > LONGEST_TEXT) return null;
  const escaped = words.map((word) => word.replace(/./gsu, sourceOf));
  return new RegExp(escaped.join('[\\s*_`]+'), 'iu');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** The JSON from `start` to a semicolon that is none of its own, or to the end. */
function valueAt(text: string, start: number): { value: unknown; end: number } | null {
  for (let tries = 0, end = start; tries < 50 && end < text.length; tries += 1) {
    const semicolon = text.indexOf('; ', end);
    end = semicolon === -1 ? text.length : semicolon + 2;
    const value = parsed(semicolon === -1 ? text.slice(start) : text.slice(start, semicolon));
    if (value !== undefined) return { value, end };
  }
  return null;
}

/** The object whose brace stands at `start`, up to the brace that closes it. */
function objectAt(text: string, start: number): Record<string, unknown> | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '{') depth += 1;
    else if (!inString && character === '}') depth -= 1;
    if (depth > 0) continue;
    const value = parsed(text.slice(start, at + 1));
    return isObject(value) ? value : null;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
