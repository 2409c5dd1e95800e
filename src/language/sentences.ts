import { ASCII } from './ascii.ts';
import { MONTHS } from './figure-words.ts';

const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `mr mrs ms mx messrs dr prof sr jr st ave blvd rd hwy apt ste dept est approx eg ie vs cf etc viz incl excl
  tel fig figs vol pp inc ltd co corp llc plc bros rev col capt lt sgt gov sen
  jan feb apr jun jul aug sept oct nov dec tue tues thu thur thurs
  sq lb lbs oz hr hrs yr yrs acct amt avg misc min max ext
  mon wed fri Sat Sun Mar Sep`.split(/\s+/),
);
/** These are words as well, so the full stop belongs to them only before a number: "No. 5", but "No. We do not." */
const BEFORE_NUMBERS: ReadonlySet<string> = new Set('no nos nr art sec par p ch ca'.split(' '));

const STRUCTURAL_LINE = /^[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|#{1,6}[ \t]|\|)/;
const LIST_ITEM = /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]/;
/** A line at least this long that ends without a full stop was wrapped, so the sentence goes on below it. */
const WRAPPED_LINE = 60;

/**
 * Cuts a text into sentences; a list item, heading or table row is one of its own. The parts joined are the text
 * exactly: white space belongs to the sentence before it. Never cuts inside a number, link or address, nor after a
 * common English abbreviation.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const block of lineBlocks(text)) {
    if (STRUCTURAL_LINE.test(block)) sentences.push(block);
    else sentences.push(...splitParagraph(block));
  }
  return mergeBlank(sentences);
}

/** Structural lines one by one (a list item with its indented lines), plain lines joined into paragraphs. */
function lineBlocks(text: string): string[] {
  if (text === '') return [];
  const lineEnd = text.indexOf('\n');
  if (lineEnd < 0 || lineEnd === text.length - 1) return [text];
  const blocks: string[] = [];
  let current = '';
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const blank = line.trim() === '';
    if (current !== '' && !blank && startsBlock(line, current)) {
      blocks.push(current);
      current = '';
    }
    current += line;
  }
  if (current !== '') blocks.push(current);
  return blocks;
}

function startsBlock(line: string, current: string): boolean {
  if (STRUCTURAL_LINE.test(line)) return true;
  if (/[\n \t]\n$/.test(current.slice(-2)) && /\n[ \t]*\n$/.test(current.slice(-200))) return true;
  if (!STRUCTURAL_LINE.test(current)) return false;
  return !(LIST_ITEM.test(current) && /^[ \t]{2,}/.test(line));
}

function splitParagraph(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  // One pass over runs of marks; what follows each run is read with sticky expressions, so hostile runs stay linear.
  const marks = ASCII.test(paragraph) ? ASCII_MARKS : MARKS;
  marks.lastIndex = 0;
  for (let match = marks.exec(paragraph); match; match = marks.exec(paragraph)) {
    const end = endAfter(paragraph, match[0], match.index);
    if (end === null || end.at <= start || !isBoundary(paragraph, start, end)) continue;
    sentences.push(paragraph.slice(start, end.at));
    start = end.at;
  }
  if (start < paragraph.length) sentences.push(paragraph.slice(start));
  return sentences;
}

const ASCII_MARKS = /[.!?]+|\n+/g;
const MARKS = /[\p{Sentence_Terminal}…｡]+|\n+/gu;
const CLOSERS = /[\p{Pe}\p{Pf}"'*_]*/uy;
const SPACES = /\s*/y;

/** A place where a sentence may end: `mark` is the punctuation (empty for a line's end), `at` is after its white space. */
type Candidate = { markStart: number; mark: string; at: number };

function endAfter(paragraph: string, mark: string, markStart: number): Candidate | null {
  const afterMark = markStart + mark.length;
  if (mark.startsWith('\n')) return { markStart, mark: '', at: skip(SPACES, paragraph, afterMark) };
  // `4.90`
  if (isWordCharacter(paragraph.charCodeAt(afterMark)) && mark.charCodeAt(mark.length - 1) < 128) return null;
  const afterClosers = skip(CLOSERS, paragraph, afterMark);
  const at = skip(SPACES, paragraph, afterClosers);
  return at > afterClosers || /[。！？｡]$/u.test(mark) ? { markStart, mark, at } : null;
}

/** Of ASCII. */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

function skip(sticky: RegExp, text: string, from: number): number {
  sticky.lastIndex = from;
  sticky.test(text);
  return sticky.lastIndex;
}

function isBoundary(text: string, start: number, { markStart, mark, at }: Candidate): boolean {
  const next = text.slice(at, at + 2);
  if (mark === '') return !isWrapped(text, start, { lineEnd: markStart, next });
  if (mark !== '.') return !(/^(?:\.{2,}|…)$/.test(mark) && /^\p{Ll}/u.test(next));
  const word = wordBefore(text, Math.max(start, markStart - 24), markStart);
  if (/^\d{1,3}$/.test(word)) {
    if (text.slice(start, markStart).trim() === word) return false;
    if (isMonth(text, at)) return false;
  }
  if (/^\p{L}(?:\.\p{L})*$/u.test(word) && word !== 'I') return false;
  if (ABBREVIATIONS.has(word) || ABBREVIATIONS.has(word.toLowerCase())) return false;
  return !(BEFORE_NUMBERS.has(word.toLowerCase()) && /^[\d#]/.test(next));
}

/**
 * Whether the name of a month begins here, as behind the day in German: `am 20. August`; at the end of a text that may go on, so much
 * of one. Those that begin English sentences do not count.
 */
function isMonth(text: string, at: number): boolean {
  const name = /^\p{L}{1,12}/u.exec(text.slice(at, at + 12))?.[0].toLowerCase() ?? '';
  if (name !== '' && at + name.length === text.length) return MONTH_NAMES.some((month) => month.startsWith(name));
  return MONTH_NAMES.includes(name);
}

const MONTH_NAMES = [...MONTHS.keys()].filter((name) => !/^(?:may|march|mar)$/.test(name));

const OF_WORD = /[\p{L}\p{N}.]/u;

/** The letters, digits and full stops in front of a place, from the first that is no full stop. */
function wordBefore(text: string, from: number, to: number): string {
  let start = to;
  while (start > from && OF_WORD.test(characterBefore(text, start))) start -= characterBefore(text, start).length;
  while (start < to && text[start] === '.') start += 1;
  return text.slice(start, to);
}

function characterBefore(text: string, at: number): string {
  const last = text[at - 1] ?? '';
  return last >= '\udc00' && last <= '\udfff' ? text.slice(at - 2, at) : last;
}

function isWrapped(text: string, start: number, { lineEnd, next }: { lineEnd: number; next: string }): boolean {
  if (/^\p{Ll}/u.test(next)) return true;
  const lineStart = Math.max(start, text.lastIndexOf('\n', lineEnd - 1) + 1);
  return lineEnd - lineStart >= WRAPPED_LINE;
}

/** Joins parts of nothing but white space to a neighbour. */
function mergeBlank(parts: string[]): string[] {
  const merged: string[] = [];
  for (const part of parts) {
    const last = merged.length - 1;
    const previous = merged[last];
    if (previous !== undefined && (part.trim() === '' || previous.trim() === '')) merged[last] = previous + part;
    else merged.push(part);
  }
  return merged;
}
