import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import Papa from 'papaparse';
import { seeded, shuffle } from '../../src/routing/random.ts';
import type { Example } from '../../src/routing/train.ts';
import { DataError } from '../command.ts';

/** What a file has: messages with their labels, and messages that are out of scope. */
export type Data = { examples: Example[]; outside: string[] };

const OUTSIDE = /^(?:oos|out[-_ ]of[-_ ]scope)/i;
/** Which lists of a JSON object belong to which part; all of them where it has none of these. */
const LISTS = { train: ['train', 'val', 'oos_train', 'oos_val'], test: ['test', 'oos_test'] };
const TEXTS = ['text', 'utterance', 'query', 'message', 'sentence'];
const LABELS = ['label', 'category', 'intent', 'class'];

/**
 * Reads labelled messages. CSV or TSV: columns `text` and `category` or `label`, by a header, or else the first two. JSON: lists of
 * `[text, label]`, by name (`train`, `val`, `oos_train`, `oos_val` to train, `test`, `oos_test` to test) or one list alone, whose rows may
 * be objects too. The label `oos` and lists whose name begins so are out of scope. Throws `DataError`.
 */
export function readData(file: string, part: 'train' | 'test'): Data {
  const rows = extname(file).toLowerCase() === '.json' ? jsonRows(file, read(file), part) : tableRows(read(file));
  const data: Data = { examples: [], outside: [] };
  for (const [at, [text, label]] of rows.entries()) {
    if (typeof text !== 'string' || typeof label !== 'string' || label === '') {
      throw new DataError(`${file}: row ${at + 1} is not a text and its label.`);
    }
    if (OUTSIDE.test(label)) data.outside.push(text);
    else data.examples.push({ text, label });
  }
  if (rows.length === 0) throw new DataError(`${file}: there is nothing in it.`);
  return data;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new DataError(`${file} cannot be read.`);
  }
}

function tableRows(text: string): unknown[][] {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', delimitersToGuess: ['\t', ',', ';'] });
  const head = data[0]?.map((name) => name.trim().toLowerCase()) ?? [];
  const at = [TEXTS, LABELS].map((names) => head.findIndex((name) => names.includes(name)));
  if (at.includes(-1)) return data.map((row) => row.slice(0, 2));
  return data.slice(1).map((row) => at.map((column) => row[column]?.trim()));
}

function jsonRows(file: string, text: string, part: 'train' | 'test'): unknown[][] {
  const value = parse(file, text);
  if (Array.isArray(value)) return value.map(pairOf);
  const lists = Object.entries(value ?? {}).filter(([, list]) => Array.isArray(list)) as [string, unknown[]][];
  const own = lists.filter(([name]) => LISTS[part].includes(name));
  return (own.length > 0 ? own : lists).flatMap(([name, list]) =>
    list.map((row) => (OUTSIDE.test(name) ? [pairOf(row)[0], 'oos'] : pairOf(row))),
  );
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DataError(`${file} is not JSON.`);
  }
}

function pairOf(row: unknown): unknown[] {
  if (Array.isArray(row)) return row.slice(0, 2);
  const fields = (row ?? {}) as Record<string, unknown>;
  return [TEXTS, LABELS].map((names) => names.map((name) => fields[name]).find((value) => value !== undefined));
}

/** At most `shots` messages of each label (and out of scope): the first in an order that depends on the seed alone. */
export function takeShots({ examples, outside }: Data, shots: number, seed: number): Data {
  const taken = new Map<string, number>();
  const first = shuffle([...examples], seeded(seed)).filter(({ label }) => {
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return before < shots;
  });
  return { examples: first, outside: shuffle([...outside], seeded(seed)).slice(0, shots) };
}

/** The name of a label in words: `card_arrival` is "card arrival". */
export function nameOf(label: string): string {
  return label
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[_\-\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
