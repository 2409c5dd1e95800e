import { ASCII } from '../language/ascii.ts';

/** An apostrophe parts words, so that it does not matter whether somebody types it with a space. */
const WORD = /[\p{L}\p{M}\p{N}]+|[.!?;:]+|\n/gu;
const MARKS = /\p{Mn}/gu;
/** Scripts in which a mark is an accent that people leave out; elsewhere it is a letter. */
const ACCENTED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Letters of other scripts that look like a Latin one, each before it. */
const ALIKE = new Map(
  'аa еe оo рp сc хx уy іi јj ѕs ԁd һh кk мm тt вb нh αa οo εe ιi κk νv ρp τt υu χx'
    .split(' ')
    .map(([foreign = '', latin = '']) => [foreign, latin]),
);
const HAS_LATIN = /[a-z]/;
const FOREIGN = /[\u0370-\u052f]/;

/** The words of a text as rules compare them, and what ends a sentence: lower case, without accents, look-alikes made Latin. */
export function plainWords(text: string): string[] {
  const found = (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase().match(WORD) ?? [];
  return found.map((word) => (ASCII.test(word) ? word : plain(word)));
}

function plain(word: string): string {
  if (!ACCENTED.test(word)) return word;
  const bare = word.replaceAll('ß', 'ss').replaceAll('ł', 'l').normalize('NFD').replace(MARKS, '');
  if (!HAS_LATIN.test(bare) || !FOREIGN.test(bare)) return bare;
  return [...bare].map((letter) => ALIKE.get(letter) ?? letter).join('');
}

/** Words and turns of phrase that mean one thing. Says how many words stand for it at a place: 0 where none do. */
export type Slot = (words: readonly string[], at: number) => number;

/** A slot of phrases with commas between them. A word that ends in `*` stands for all that begin so. The longest phrase counts. */
export function slot(...lines: string[]): Slot {
  const whole = new Map<string, string[][]>();
  const begun = new Map<string, string[][]>();
  for (const phrase of lines.join(',').split(',')) {
    const words = phrase.trim().split(/\s+/).flatMap(pattern);
    const first = words[0] ?? '';
    if (first === '') continue;
    const [table, key] = first.endsWith('*') ? [begun, first.slice(0, -1)] : [whole, first];
    table.set(key, [...(table.get(key) ?? []), words]);
  }
  const lengths = [...new Set([...begun.keys()].map((key) => key.length))];
  return (words, at) => {
    const word = words[at] ?? '';
    let longest = 0;
    const look = (phrases: readonly string[][] | undefined) => {
      for (const phrase of phrases ?? []) {
        if (phrase.length > longest && phrase.every((part, more) => more === 0 || fits(part, words[at + more]))) {
          longest = phrase.length;
        }
      }
    };
    look(whole.get(word));
    for (const length of lengths) if (word.length >= length) look(begun.get(word.slice(0, length)));
    return longest;
  };
}

/** A word of a phrase as texts have it, which may be two: `don't`. */
function pattern(word: string): string[] {
  const parts = plainWords(word);
  return word.endsWith('*') ? parts.map((part, at) => (at === parts.length - 1 ? `${part}*` : part)) : parts;
}

function fits(part: string, word: string | undefined): boolean {
  if (word === undefined) return false;
  return part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : word === part;
}

/** Several slots as one. */
export function either(...slots: readonly Slot[]): Slot {
  return (words, at) => slots.reduce((longest, one) => Math.max(longest, one(words, at)), 0);
}

export type Rule = {
  /** A stable code. */
  name: string;
  /** What has to stand there, all of it. */
  slots: readonly Slot[];
  /** Words between the first and the last of them at most. */
  within: number;
  /** True where the slots follow one another in their order. */
  ordered?: boolean;
  /** True where they may stand in two sentences. */
  across?: boolean;
  /** What must not stand among them or right beside them. */
  unless?: Slot;
  /** Words behind them in which that still counts, where a thing named later spoils it: `no way out of this contract`. */
  behind?: number;
};

const STOP = /^[.!?;\n]/;

/** True where the rule applies to the words. Linear in their number. */
export function applies(rule: Rule, words: readonly string[]): boolean {
  const { slots, within, ordered = false, across = false } = rule;
  const [first, ...rest] = slots;
  if (!first) return false;
  for (let at = 0; at < words.length; at++) {
    const length = first(words, at);
    if (length === 0) continue;
    const from = ordered ? at : windowStart(words, at, within, across);
    const to = windowEnd(words, at + length, within, across);
    const end = ordered ? inOrder(rest, words, at + length, to) : anywhere(rest, words, from, to, at, length);
    if (end !== null && !spoilt(rule, words, ordered ? at : from, end)) return true;
  }
  return false;
}

function windowStart(words: readonly string[], at: number, within: number, across: boolean): number {
  let from = at;
  while (from > 0 && at - from < within && (across || !STOP.test(words[from - 1] ?? ''))) from--;
  return from;
}

function windowEnd(words: readonly string[], at: number, within: number, across: boolean): number {
  let to = at;
  while (to < words.length && to - at < within && (across || !STOP.test(words[to] ?? ''))) to++;
  return to;
}

/** Where the last slot ends; null where one is missing. */
function inOrder(rest: readonly Slot[], words: readonly string[], from: number, to: number): number | null {
  let at = from;
  for (const one of rest) {
    while (at < to && one(words, at) === 0) at++;
    if (at >= to) return null;
    at += one(words, at);
  }
  return at;
}

function anywhere(
  rest: readonly Slot[],
  words: readonly string[],
  from: number,
  to: number,
  own: number,
  length: number,
): number | null {
  let end = own + length;
  for (const one of rest) {
    let found = -1;
    for (let at = from; at < to && found < 0; at++) {
      const long = at >= own && at < own + length ? 0 : one(words, at);
      if (long > 0) found = at + long;
    }
    if (found < 0) return null;
    end = Math.max(end, found);
  }
  return end;
}

/** Words before and behind a find in which what spoils it still counts, those behind in the same sentence. */
const BEFORE = 3;
const BEHIND = 2;

function spoilt({ unless, behind = BEHIND }: Rule, words: readonly string[], from: number, to: number): boolean {
  if (!unless) return false;
  const end = windowEnd(words, to, behind, false);
  for (let at = Math.max(0, from - BEFORE); at < end; at++) if (unless(words, at) > 0) return true;
  return false;
}

/** The names of the rules that apply, in their order. */
export function found(rules: readonly Rule[], words: readonly string[]): string[] {
  return rules.filter((rule) => applies(rule, words)).map(({ name }) => name);
}
