import { isDeepStrictEqual } from 'node:util';
import type { Check } from '../graded.ts';

/** A piece of a text; `isMarked` where it is what must not be there. */
export type Piece = { text: string; isMarked: boolean };

/** A field of what was wanted and of what there is. `differs`: it was asked for and is not so, or nobody asked for it where all counts. */
export type Field = { path: string; wanted: string | null; found: string | null; differs: boolean };

export type NamedCall = { tool: string; with: Record<string, unknown> };

const QUOTED = /"([^"]+)"|“([^”]+)”|'([^']+)'|`([^`]+)`/g;
const SHORTEST = 2;
/** Of what a check says, so that no text takes long however it is made. */
const READ = 4_000;

/** The reply in pieces, with the texts marked that the check forbids and that occur in it; case and white space make no difference. */
export function markForbidden(reply: string, checks: readonly Check[]): Piece[] {
  const spans = checks
    .filter((check) => check.kind === 'never' && check.passed === false)
    .flatMap((check) => textsOf(check).flatMap((text) => occurrences(reply, text)))
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

/** Calls that a text names with their arguments as JSON: `get_quote {"make":"Tesla"}`, a list, or an object keyed by tool. */
export function callsIn(said: string): NamedCall[] {
  const text = said.slice(0, READ);
  const whole = parsed(text);
  if (Array.isArray(whole))
    return whole.flatMap((one) => (isNamedCall(one) ? [{ tool: one.tool, with: one.with ?? {} }] : []));
  if (isObject(whole)) {
    if (isNamedCall(whole)) return [{ tool: whole.tool, with: whole.with ?? {} }];
    return Object.entries(whole).flatMap(([tool, input]) => (isObject(input) ? [{ tool, with: input }] : []));
  }
  return [...text.matchAll(/([A-Za-z_][\w.-]*)[\s:(]*(?=\{)/g)].flatMap((match) => {
    const input = objectAt(text, match.index + match[0].length);
    return input && match[1] ? [{ tool: match[1], with: input }] : [];
  });
}

/** The first JSON object in a text; null where there is none. */
export function objectIn(said: string): Record<string, unknown> | null {
  const text = said.slice(0, READ);
  const at = text.indexOf('{');
  return at === -1 ? null : objectAt(text, at);
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
      differs: isWanted ? !isFound || !isAlike(wanted[path], found[path]) : all,
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

function textsOf(check: Check): string[] {
  const said = [check.wanted.slice(0, READ), check.found.slice(0, READ)];
  const quoted = said.flatMap((text) => [...text.matchAll(QUOTED)].map((match) => match.slice(1).join('')));
  return [...said, ...quoted].map((text) => text.trim()).filter((text) => text.length >= SHORTEST);
}

function occurrences(reply: string, text: string): { start: number; end: number }[] {
  const words = text.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  // Plain words only: nothing here can take long.
  const expression = new RegExp(words.join('\\s+'), 'giu');
  return [...reply.matchAll(expression)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
}

function isAlike(wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'string' && typeof found === 'string') {
    return wanted.trim().replace(/\s+/g, ' ').toLowerCase() === found.trim().replace(/\s+/g, ' ').toLowerCase();
  }
  return isDeepStrictEqual(wanted, found);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
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

function isNamedCall(value: unknown): value is { tool: string; with?: Record<string, unknown> } {
  return isObject(value) && typeof value.tool === 'string' && (value.with === undefined || isObject(value.with));
}
