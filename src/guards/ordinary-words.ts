import { readFileSync } from 'node:fs';
import { LANGUAGES } from '../language/languages.ts';
import { stopWordsOf } from '../language/stop-words.ts';
import { Bloom } from './bloom.ts';

/** Those of the chat, and two more of which only these words are known. */
export const WORD_LANGUAGES = [...LANGUAGES, 'pl', 'sv'] as const;
export type Known = (typeof WORD_LANGUAGES)[number];

/** Made by `bench/fit-ordinary-words.ts`. */
const FILE = new URL('../../src/guards/ordinary-words.bin', import.meta.url);

let words: ReadonlyMap<Known, Bloom> | null = null;

/**
 * The languages in which a word is an ordinary one. English has nearly all its words, the others a few thousand frequent ones. One
 * in some thousand other words is taken for one of some language by chance. Case
 * does not count, accents do. Throws where the file of words is missing.
 */
export function languagesOf(word: string): Known[] {
  const plain = asListed(word);
  return WORD_LANGUAGES.filter((language) => has(plain, language) || isStopWord(word, language));
}

/** True where one of the languages has all the words. A letter alone is one of every language, and so is a number. */
export function areOrdinary(all: readonly string[], languages: readonly Known[] = WORD_LANGUAGES): boolean {
  const long = all.map(asListed).filter((word) => word.length > 1 && !/^\d+$/.test(word));
  return languages.some((language) => long.every((word) => has(word, language) || isStopWord(word, language)));
}

/** With its marks: `Utilita` is not `utilità`, nor `Uber` `über`. */
function asListed(word: string): string {
  return word.toLowerCase().normalize('NFC');
}

function isStopWord(word: string, language: Known): boolean {
  return language !== 'pl' && language !== 'sv' && stopWordsOf(language).has(word.toLowerCase());
}

/** Whether a word says that a text is of a language: one of its stop words, or of its words where those are not known. */
export function isSignOf(language: Known, word: string): boolean {
  return language === 'pl' || language === 'sv' ? has(asListed(word), language) : isStopWord(word, language);
}

/** The file: how long the filter of each language is, in their order, then the filters. */
export function packWords(filters: ReadonlyMap<Known, Bloom>): Uint8Array {
  const all = WORD_LANGUAGES.map((language) => filters.get(language)?.bytes ?? new Uint8Array(1));
  const lengths = Buffer.alloc(4 * all.length);
  for (const [at, { length }] of all.entries()) lengths.writeUInt32LE(length, 4 * at);
  return Buffer.concat([lengths, ...all]);
}

function unpackWords(bytes: Buffer): ReadonlyMap<Known, Bloom> {
  let start = 4 * WORD_LANGUAGES.length;
  return new Map(
    WORD_LANGUAGES.map((language, at) => {
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
  return INFLECTIONS.filter((end) => plain.endsWith(end) && plain.length - end.length > 2)
    .map((end) => plain.slice(0, -end.length))
    .filter((base) => !(base.endsWith('s') && plain === `${base}s`));
}
