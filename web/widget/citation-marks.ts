import type { PlacedCitation } from './conversation-view.ts';

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
  const marks = citations
    .map(({ end, number }) => ({ number, at: safePosition(clean, Math.min(Math.max(end, 0), clean.length)) }))
    .filter(({ at }) => at > 0)
    .sort((a, b) => a.at - b.at || a.number - b.number);
  let marked = '';
  let from = 0;
  for (const { number, at } of marks) {
    const mark = SENTINEL + number + SENTINEL;
    marked += clean.slice(from, at);
    if (!marked.endsWith(mark)) marked += mark;
    from = at;
  }
  return marked + clean.slice(from);
}

/** Splits text at its marks: strings and numbers, in order. */
export function splitMarks(text: string): (string | number)[] {
  return text
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

/** What a mark must not split: links, tags, entities, escapes, addresses. The reader itself moves it out of code. */
const UNITS = /!?\[[^[\]]*\]\([^()]*\)|<[^<>]*>|&#?\w+;|\\.|(?:https?:\/\/|www\.)[^\s<>]+|[\w.+-]{1,64}@[\w.-]+/gi;
const CHARACTERS = new Intl.Segmenter();

function placeInLine(line: string, position: number): number {
  const last = CHARACTERS.segment(line).containing(position - 1);
  let place = last ? last.index + last.segment.length : position;
  for (const match of line.matchAll(UNITS)) {
    const end = match.index + match[0].length;
    if (match.index < place && place < end) place = end;
  }
  if (line.slice(place - 1, place + 1) === '](') place -= 1;
  while (/[*_~`]/.test(line.charAt(place)) && line[place] === line[place - 1]) place += 1;
  const before = line.slice(0, place);
  if (/^\s*\|/.test(line) && /\|\s*$/.test(before) && before.trim() !== '|')
    return before.slice(0, before.lastIndexOf('|')).trimEnd().length;
  return place;
}
