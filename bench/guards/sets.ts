import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../../src/agent/guard.ts';
import { structureOf } from '../../src/guards/structure.ts';
import { DataError } from '../command.ts';
import type { Marked } from './personal-data.ts';

const OWN = join(import.meta.dirname, 'sets');

/** The marked messages of this folder: `Call [[PHONE_NUMBER|555 0100]] please`, one a line. */
export function ownMarked(): Marked[] {
  return readLines(join(OWN, 'personal-data.txt')).map(marked);
}

/** Ordinary talk of customers and of who answers them, one a line, without personal data. */
export function ownBenign(): string[] {
  return readLines(join(OWN, 'ordinary.txt'));
}

function marked(line: string): Marked {
  const spans: Marked['spans'] = [];
  let text = '';
  let at = 0;
  for (const { 0: mark, 1: kind = '', 2: value = '', index } of line.matchAll(/\[\[([A-Z_]+)\|(.+?)\]\](?!\])/g)) {
    text += line.slice(at, index);
    spans.push({ kind, start: text.length, end: text.length + value.length });
    text += value;
    at = index + mark.length;
  }
  return { text: text + line.slice(at), spans };
}

/** The lines of a file that say something. Throws `DataError`. */
export function readLines(file: string): string[] {
  return read(file)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
}

/**
 * Marked messages of a JSON file: `[{ full_text, spans: [{ entity_type, start_position, end_position }] }]`, positions in Unicode
 * code points. Throws `DataError`.
 */
export function readMarked(file: string): Marked[] {
  return listOf(file).map((row, at) => {
    const { full_text: text, spans } = (row ?? {}) as Record<string, unknown>;
    const marks = Array.isArray(spans) ? spans.map(spanOf) : [null];
    if (typeof text !== 'string' || marks.includes(null)) {
      throw new DataError(`${file}: row ${at + 1} is not a text and its spans.`);
    }
    const units = (points: number) => [...text].slice(0, points).join('').length;
    const inUnits = (marks as Marked['spans']).map((mark) => ({
      ...mark,
      start: units(mark.start),
      end: units(mark.end),
    }));
    return { text, spans: inUnits };
  });
}

function spanOf(span: unknown): Marked['spans'][number] | null {
  const { entity_type: kind, start_position: start, end_position: end } = (span ?? {}) as Record<string, unknown>;
  return typeof kind === 'string' && typeof start === 'number' && typeof end === 'number' ? { kind, start, end } : null;
}

/** The rows of a JSON file. Throws `DataError`. */
export function listOf(file: string): unknown[] {
  const text = read(file);
  try {
    const value = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch {}
  throw new DataError(`${file} is not a list in JSON.`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new DataError(`${file} cannot be read.`);
  }
}

/** A text of a file of examples, whether its guard is to act on it, and the row that it stands in. */
export type LabelledRow = { text: string; label: boolean; row: Record<string, unknown> };

/** The rows of a JSON file of examples, `[{ text, label, … }]`; a label is true or false, 1 or 0, or a word of `LABELS`. Throws `DataError`. */
export function labelledRows(file: string): LabelledRow[] {
  return listOf(file).map((one, at) => {
    const row = (one ?? {}) as Record<string, unknown>;
    const label = LABELS.get(String(row.label).toLowerCase());
    if (typeof row.text !== 'string' || label === undefined) {
      throw new DataError(`${file}: row ${at + 1} is not a text and its label, true or false.`);
    }
    return { text: row.text, label, row };
  });
}

/** Words for a text that a guard is to act on, and for one that it is to leave. */
const LABELS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'positive', 'unsupported', 'competitor', 'bad'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'negative', 'supported', 'none', 'ok', 'benign'].map((word) => [word, false] as const),
]);

/**
 * What a row's conversation has shown: a text, an object with a `text` or `content`, or a list of those. JSON is what a tool gave
 * back, and what stands around it a passage; an object without a `text` or `content` is a tool's, too.
 */
export function sourcesOf(evidence: unknown): Source[] {
  return [evidence].flat().flatMap((one) => (one === undefined || one === null ? [] : sourcesIn(one)));
}

function sourcesIn(evidence: unknown): Source[] {
  const { text, content } = (typeof evidence === 'object' ? evidence : {}) as Record<string, unknown>;
  const said = String([evidence, text, content].find((one) => typeof one === 'string') ?? JSON.stringify(evidence));
  const { values, rest } = /[{[]\s*["{[]/.test(said) ? structureOf(said) : { values: [], rest: said };
  const source = (kind: 'tool' | 'passage', of: string): Source => ({ kind, from: 'evidence', version: '1', text: of });
  return [
    ...values.map((value) => source('tool', JSON.stringify(value))),
    ...(rest.trim() === '' ? [] : [source('passage', rest.trim())]),
  ];
}

/** A message, and whether it attacks the model that answers. */
export type LabelledMessage = { text: string; isAttack: boolean };

/**
 * Messages of a JSON file, `[{ t, y }]` or such lists by name, `y` 1 for an attack. Throws `DataError`.
 */
export function readInjections(file: string): LabelledMessage[] {
  return rowsOf(file).map((row, at) => {
    const { t: text, y } = (row ?? {}) as Record<string, unknown>;
    if (typeof text !== 'string' || (y !== 0 && y !== 1)) throw new DataError(`${file}: row ${at + 1} is not t and y.`);
    return { text, isAttack: y === 1 };
  });
}

/** The rows of a JSON file, a list or lists by name. Throws `DataError`. */
function rowsOf(file: string): unknown[] {
  const text = read(file);
  try {
    const value: unknown = JSON.parse(text);
    const lists = Array.isArray(value) ? [value] : Object.values(value as object);
    if (lists.every(Array.isArray)) return lists.flat();
  } catch {}
  throw new DataError(`${file} has no lists in JSON.`);
}

/** The messages of a screen's own set: `+ text` where it is to find something, `- text` where not. */
export function ownScreened(screen: 'injection' | 'abuse' | 'self-harm'): LabelledMessage[] {
  return readLines(join(OWN, `${screen}.txt`)).map((line) => ({ text: line.slice(2), isAttack: line.startsWith('+') }));
}

/** Harmless messages that look like attacks to a machine: code, many languages, trigger words, pasted texts. `\n` stands for a line end. */
export function ownHarmless(): LabelledMessage[] {
  return readLines(join(OWN, 'harmless.txt'))
    .filter((line) => !line.startsWith('# '))
    .map((line) => ({ text: line.replaceAll('\\n', '\n').replaceAll('\\t', '\t'), isAttack: false }));
}
