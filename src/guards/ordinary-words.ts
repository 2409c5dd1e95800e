import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '../language/languages.ts';
import { stopWordsOf } from '../language/stop-words.ts';
import { Bloom } from './bloom.ts';
import { foldWord } from './fold.ts';

type Known = Exclude<Language, 'und'>;

/** Made by `bench/fit-ordinary-words.ts`. */
const FILE = new URL('../../src/guards/ordinary-words.bin', import.meta.url);

let words: ReadonlyMap<Known, Bloom> | null = null;

/**
 * The languages of the chat in which a word is an ordinary one. English has nearly all its words, the others a few hundred
 * or thousand frequent ones. One in a hundred other words is taken for one of some language by chance. Case and accents
 * do not count. Throws where the file of words is missing.
 */
export function languagesOf(word: string): Known[] {
  const plain = foldWord(word);
  return LANGUAGES.filter((language) => has(plain, language) || stopWordsOf(language).has(word.toLowerCase()));
}

/** True where some language has all the words. A letter alone is one of every language. */
export function areOrdinary(all: readonly string[]): boolean {
  const long = all.map(foldWord).filter((word) => word.length > 1);
  return LANGUAGES.some((language) =>
    long.every((word) => has(word, language) || stopWordsOf(language).has(word.toLowerCase())),
  );
}

/** The file: how long the filter of each language is, in their order, then the filters. */
export function packWords(filters: ReadonlyMap<Known, Bloom>): Uint8Array {
  const all = LANGUAGES.map((language) => filters.get(language as Known)?.bytes ?? new Uint8Array(1));
  const lengths = Buffer.alloc(4 * all.length);
  for (const [at, { length }] of all.entries()) lengths.writeUInt32LE(length, 4 * at);
  return Buffer.concat([lengths, ...all]);
}

function unpackWords(bytes: Buffer): ReadonlyMap<Known, Bloom> {
  let start = 4 * LANGUAGES.length;
  return new Map(
    LANGUAGES.map((language, at) => {
      const end = start + bytes.readUInt32LE(4 * at);
      const filter = new Bloom(bytes.subarray(start, end));
      start = end;
      return [language, filter] as const;
    }),
  );
}

function has(plain: string, language: Known): boolean {
  words ??= unpackWords(readFileSync(FILE));
  const filter = words.get(language);
  return filter !== undefined && (filter.has(plain) || basesOf(plain, language).some((base) => filter.has(base)));
}

const INFLECTIONS = ['s', 'es', 'd', 'ed', 'ing', 'er', 'ness', 'less'];

/** What a word may be a form of; of other languages than English the file has the forms themselves. */
export function basesOf(plain: string, language: Known): string[] {
  if (language !== 'en') return [];
  return INFLECTIONS.filter((end) => plain.endsWith(end) && plain.length - end.length > 2).map((end) =>
    plain.slice(0, -end.length),
  );
}
