import type { PlacedCitation } from './conversation-view.ts';
import { withoutBreaks } from './open-end.ts';

/**
 * Marks stand in the Markdown source where a citation's chip belongs, so that they travel through the lexer to the
 * right node. The sentinel is U+FFFC: a symbol for Markdown's emphasis rules (so `**bold.**` before a mark still
 * closes), and no character of real text.
 */
const SENTINEL = '\uFFFC';
const MARK = /\uFFFC(\d+)\uFFFC/;

/** The text with a mark at the end of every cited range. A number is marked once at one place. */
export function markCitations(text: string, citations: PlacedCitation[]): string {
  const clean = text.replaceAll(SENTINEL, ' ');
  const marks = new Map<number, Set<number>>();
  for (const citation of citations) {
    const position = safePosition(clean, Math.min(Math.max(citation.end, 0), clean.length));
    if (position === 0) continue;
    marks.set(position, (marks.get(position) ?? new Set()).add(citation.number));
  }
  let marked = '';
  let from = 0;
  for (const position of [...marks.keys()].sort((a, b) => a - b)) {
    const numbers = [...(marks.get(position) ?? [])].sort((a, b) => a - b);
    marked += clean.slice(from, position) + numbers.map((number) => SENTINEL + number + SENTINEL).join('');
    from = position;
  }
  return marked + clean.slice(from);
}

/** Splits text at its marks: strings and numbers, in order. */
export function splitMarks(text: string): (string | number)[] {
  return withoutBreaks(text)
    .split(MARK)
    .map((part, index) => (index % 2 === 1 ? Number(part) : part.replaceAll(SENTINEL, '')))
    .filter((part) => part !== '');
}

/** The text without marks, and the numbers that they carried: for places where a chip cannot stand. */
export function liftMarks(text: string): { text: string; numbers: number[] } {
  const parts = splitMarks(text);
  return {
    text: parts.filter((part) => typeof part === 'string').join(''),
    numbers: parts.filter((part) => typeof part === 'number'),
  };
}

/** Moves a position to where a mark does not break the Markdown around it; 0 where there is no such place. */
function safePosition(text: string, end: number): number {
  let position = end;
  while (position > 0) {
    position = text.slice(0, position).trimEnd().length;
    if (position === 0) return 0;
    const lineStart = text.lastIndexOf('\n', position - 1) + 1;
    const lineEnd = text.indexOf('\n', position);
    const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
    if (isProse(line, position - lineStart)) return lineStart + placeInLine(line, position - lineStart);
    position = lineStart;
  }
  return 0;
}

/** False for rules, fences, definitions, table delimiters and empty lines, and before the first word of a line. */
function isProse(line: string, place: number): boolean {
  const written = line.slice(0, place).replace(/^(?:[\s>#*+-]|\d{1,9}[.)]?(?=\s|$)|\[[ x]\])+/i, '');
  return /[\p{L}\p{N}\p{ExtPict}]/u.test(written) && !/^[\s>*+-]*(```|~~~|\[[^\]]*\]:)/.test(line);
}

/** What a mark must not split: links, code, tags, entities, escapes, mail addresses, joined characters. */
const WHOLE = [
  /!?\[[^[\]]*\](?:\([^()]*\)|\[[^[\]]*\])?/u,
  /`[^`]*`|<[^<>]*>|&#?\w+;|\\./u,
  /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*/u,
  /(?:\p{ExtPict}?\S[\u200c\u200d])+\S\ufe0f?|\S(?:\p{EMod}|\ufe0e|\ufe0f)\u20e3?/u,
];
/** A bare address and the signs behind it: a mark after them would make them a part of it. */
const ADDRESS = /(?<address>(?:https?:\/\/|www\.)[^\s<>)]*[^\s<>)?!.,:*_~'"])[?!.,:*_~'")]*/u;
const UNITS = new RegExp([...WHOLE, ADDRESS].map(({ source }) => source).join('|'), 'giu');

function placeInLine(line: string, position: number): number {
  let place = position;
  for (const match of line.matchAll(UNITS)) {
    if (match.index >= place) break;
    const end = match.index + match[0].length;
    const address = match.groups?.address;
    if (address !== undefined && place <= end) place = match.index + address.length;
    else if (place < end) place = end;
  }
  if (/^\][([]$/.test(line.slice(place - 1, place + 1))) place -= 1;
  while (place > 0 && place < line.length && /[*_~`]/.test(line.charAt(place)) && line[place] === line[place - 1]) {
    place += 1;
  }
  if (/[\uDC00-\uDFFF]/.test(line.charAt(place))) place += 1;
  const before = line.slice(0, place);
  if (/^\s*\|/.test(line) && /\|\s*$/.test(before) && before.trim() !== '|')
    return before.slice(0, before.lastIndexOf('|')).trimEnd().length;
  return place;
}
