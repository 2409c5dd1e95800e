import { ALLOW, type Guard, type Seen, type Source } from '../agent/guard.ts';
import { ASCII } from '../language/ascii.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import { BySource } from './by-source.ts';
import { type Folded, fold } from './fold.ts';
import { LOOK_BACK, sayInstead } from './instead.ts';

const MOST_INDEXES = 32;
/** Words by which a place in the prompt is found. */
const KEY = 4;
/** What is the prompt's own wording and no chance: words and characters of a run, or a whole sentence of it. */
const LONG_RUN = { words: 8, characters: 40 };
const WIDE_RUN = { words: 5, characters: 50 };
const SENTENCE = { words: 5, characters: 24 };

/** How much more of a tool's description it takes. */
const DESCRIBED = 2;

const SORRY = {
  en: 'I am sorry, I cannot share how I am set up.',
  es: 'Lo siento, no puedo compartir cómo estoy configurado.',
  de: 'Es tut mir leid, wie ich eingerichtet bin, kann ich nicht mitteilen.',
  fr: 'Je suis désolé, je ne peux pas dire comment je suis configuré.',
  pt: 'Lamento, não posso partilhar como estou configurado.',
  it: 'Mi dispiace, non posso dire come sono configurato.',
  nl: 'Het spijt me, ik kan niet delen hoe ik ben ingesteld.',
};

type Word = { text: string; start: number; end: number };
type Size = { words: number; characters: number };

/** The prompt word by word: where each run of `KEY` words stands, where sentences begin and end, and what marks it. */
type Index = {
  words: string[];
  vocabulary: ReadonlySet<string>;
  at: Map<string, number[]>;
  begins: Set<number>;
  ends: Set<number>;
  /** In lower case; which of them are names of tools, that context names too, for the model. */
  codes: ReadonlyMap<string, 'tool' | 'word'>;
};

/** A run of words that the candidate and the prompt share; positions in both by words. */
type Run = { from: number; to: number; inPrompt: number };

/**
 * Withholds what is the prompt's own wording: role, rules and descriptions of tools, as runs of words whatever stands between
 * them, and the names of its tools and other codes. What the customer may read anyway, in the sources of the conversation, is
 * none. `name` is the agent's: a sentence about itself may be told in its own words, so it takes twice as many of them.
 */
export function leaksGuard({ name, tools, say }: { name: string; tools: readonly string[]; say?: Wording }): Guard {
  // One for the agent and for each route that was taken, whose brief follows the agent's own and is made anew for each step.
  const known: { prompt: readonly string[]; indexes: readonly Index[] }[] = [];
  const indexesFor = (prompt: readonly string[]) => {
    const same = known.find((one) => one.prompt.length === prompt.length && isBeginning(one.prompt, prompt));
    if (same) return same.indexes;
    const [own] = known
      .filter((one) => isBeginning(one.prompt, prompt))
      .sort((a, b) => b.prompt.length - a.prompt.length);
    const indexes = [...(own?.indexes ?? []), indexOf(prompt.slice(own?.prompt.length ?? 0), tools)];
    known.unshift({ prompt, indexes });
    known.length = Math.min(known.length, MOST_INDEXES);
    return indexes;
  };
  return {
    name: 'leaks',
    check(candidate, seen) {
      const sorry = inLanguage(SORRY, seen.language, say);
      // Who has begun to tell it goes on: what follows is measured by half.
      const scale = seen.released.trimEnd().endsWith(sorry) ? 0.5 : 1;
      const tail = seen.released.slice(-LOOK_BACK);
      const said = readingOf(tail + candidate);
      const leaks = (prompt: readonly string[], weight: number) =>
        indexesFor(prompt).flatMap((index) => leaked(said, index, { seen, scale: weight * scale, name }));
      // A tool's description has facts that a customer may be told: only much of its very words is a leak.
      const places = [...leaks(seen.prompt, 1), ...leaks(seen.descriptions ?? [], DESCRIBED)]
        .sort((a, b) => a.start - b.start)
        .map(({ start, end }) => ({ start: start - tail.length, end: end - tail.length }))
        .filter(({ end }) => end > 0);
      if (places.length === 0) return ALLOW;
      return { action: 'replace', text: sayInstead(candidate, seen.released, places, sorry), reason: 'prompt_leaked' };
    },
  };
}

function isBeginning(one: readonly string[], of: readonly string[]): boolean {
  return one === of || (one.length <= of.length && one.every((sentence, at) => sentence === of[at]));
}

type Measure = { seen: Seen; scale: number; name: string };

/** A text as each part of the prompt is looked for in it. `squeezed`: its letters and digits, where it has digits. */
type Reading = { folded: Folded; plain: string; said: Word[]; unsigned: string; squeezed: string };

function readingOf(text: string): Reading {
  const folded = fold(text);
  const plain = folded.text.toLowerCase();
  const squeezed = /\d/.test(plain) ? plain.replace(NO_WORD, '') : '';
  return { folded, plain, said: wordsIn(plain), unsigned: plain.replace(SIGNS, ''), squeezed };
}

function leaked(reading: Reading, index: Index, measure: Measure): { start: number; end: number }[] {
  const { folded, plain, said, unsigned, squeezed } = reading;
  const runs = runsIn(said, index).filter((run) => isLeak(run, said, index, measure));
  const places = runs.map(({ from, to }) => ({ start: said[from]?.start ?? 0, end: said[to - 1]?.end ?? 0 }));
  for (const [code, kind] of index.codes) {
    // Letters with digits are no words, however they are set apart; a tool's name with spaces is ordinary talk.
    const isThere = /\d/.test(code) ? squeezed.includes(code.replace(NO_WORD, '')) : unsigned.includes(code);
    const found = isThere ? [...plain.matchAll(spelt(code))] : [];
    if (found.length === 0) continue;
    const { seen } = measure;
    const sources = kind === 'tool' ? seen.sources.filter((source) => source.kind !== 'context') : seen.sources;
    if (isOpen(code, seen, sources)) continue;
    places.push(...found.map(({ 0: { length }, index: start }) => ({ start, end: start + length })));
  }
  return places.map(({ start, end }) => ({
    start: folded.at[start] ?? 0,
    end: folded.at[end] ?? (folded.at.at(-1) as number),
  }));
}

function indexOf(sentences: readonly string[], tools: readonly string[]): Index {
  const codes = new Map<string, 'tool' | 'word'>();
  const vocabulary = new Set<string>();
  const index: Index = { words: [], vocabulary, at: new Map(), begins: new Set(), ends: new Set(), codes };
  // An item of a list may be several sentences.
  for (const sentence of sentences.flatMap((item) => item.split(/(?<=[.!?])\s+/))) {
    index.begins.add(index.words.length);
    for (const { text } of wordsIn(fold(sentence).text.toLowerCase())) index.words.push(text);
    index.ends.add(index.words.length);
  }
  for (const word of index.words) vocabulary.add(word);
  for (let at = 0; at + KEY <= index.words.length; at += 1) {
    const key = index.words.slice(at, at + KEY).join(' ');
    const known = index.at.get(key);
    if (known) known.push(at);
    else index.at.set(key, [at]);
  }
  const written = sentences.flatMap((sentence) => sentence.match(CODE) ?? []);
  for (const code of [...written, ...tools].filter(isCode).map((one) => one.toLowerCase())) {
    const kind = tools.some((tool) => tool.toLowerCase() === code) ? 'tool' : 'word';
    codes.set(code, kind);
  }
  return index;
}

/** What formats and shows nothing of itself. */
const SIGNS = /[*`~\\]+/g;
const NO_WORD = /[^\p{L}\p{N}]+/gu;

/** A code with what may stand between its characters. */
function spelt(code: string): RegExp {
  const [characters, between] = /\d/.test(code)
    ? [code.replace(NO_WORD, ''), '[^\\p{L}\\p{N}]*']
    : [code, '[*`~\\\\]*'];
  return new RegExp([...characters].join(between), 'gu');
}

const CODE = /[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*/g;

/** Written as no word is: `get_quote`, `getQuote`, `BLUEBIRD-7`. */
function isCode(word: string): boolean {
  if (word.length < 6) return false;
  return /[a-z0-9]_[a-z0-9]|[a-z][A-Z]/.test(word) || (/[A-Z]/.test(word) && /\d/.test(word));
}

const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u;
const WORD =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]|[^\P{L}\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]+|\p{N}+/gu;

function wordsIn(plain: string): Word[] {
  const words = ASCII.test(plain) ? /[a-z]+|[0-9]+/g : WORD;
  let from = 0;
  return (plain.match(words) ?? []).map((text) => {
    const start = plain.indexOf(text, from);
    from = start + text.length;
    return { text, start, end: from };
  });
}

/** The longest shared runs, one after the other. */
function runsIn(said: readonly Word[], index: Index): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from + KEY <= said.length; ) {
    const strange = strangeIn(said, from, index);
    const longest = strange < 0 ? longestAt(said, from, index) : null;
    if (longest) runs.push(longest);
    from = longest ? longest.to - KEY + 1 : Math.max(from, strange) + 1;
  }
  return runs;
}

/** The last of the next `KEY` words that the prompt does not have; -1 where it has all. */
function strangeIn(said: readonly Word[], from: number, { vocabulary }: Index): number {
  let at = from + KEY - 1;
  while (at >= from && vocabulary.has(said[at]?.text ?? '')) at -= 1;
  return at < from ? -1 : at;
}

function longestAt(said: readonly Word[], from: number, index: Index): Run | null {
  const key = `${said[from]?.text} ${said[from + 1]?.text} ${said[from + 2]?.text} ${said[from + 3]?.text}`;
  let longest: Run | null = null;
  // A prompt that says the same a hundred times says it the first few times already.
  for (const inPrompt of index.at.get(key)?.slice(0, 8) ?? []) {
    let length = KEY;
    while (from + length < said.length && said[from + length]?.text === index.words[inPrompt + length]) length += 1;
    if (!longest || length > longest.to - longest.from) longest = { from, to: from + length, inPrompt };
  }
  return longest;
}

function isLeak(run: Run, said: readonly Word[], index: Index, { seen, scale, name }: Measure): boolean {
  const words = said.slice(run.from, run.to).map(({ text }) => text);
  const isWhole = index.begins.has(run.inPrompt) && index.ends.has(run.inPrompt + words.length);
  const limit = ofItself(run, index, name) ? 2 * scale : scale;
  const told = uncovered(words, seen);
  if (isWhole && told.length === words.length && reaches(sizeOf(words), SENTENCE, scale)) return true;
  return reaches(sizeOf(told), LONG_RUN, limit) || reaches(sizeOf(told), WIDE_RUN, limit);
}

/** Whether the agent's name stands in the sentence where the run begins, or in the run. */
function ofItself({ inPrompt, from, to }: Run, { words, begins }: Index, name: string): boolean {
  let start = inPrompt;
  while (start > 0 && !begins.has(start)) start -= 1;
  return words.slice(start, inPrompt + to - from).includes(fold(name).text.toLowerCase());
}

/** What of a run is left when the words are left out that a source says just so: its longest part. */
function uncovered(words: readonly string[], seen: Seen): readonly string[] {
  if (!reaches(sizeOf(words), SENTENCE, 0.5)) return [];
  let [start, longest] = [0, words.slice(0, 0) as readonly string[]];
  for (let at = 0; at <= words.length; at += 1) {
    const ends = at === words.length;
    if (!ends && (at + KEY > words.length || !isOpen(words.slice(at, at + KEY).join(' '), seen, seen.sources)))
      continue;
    if (at - start > longest.length) longest = words.slice(start, at);
    start = at + KEY - 1;
  }
  return longest;
}

const PLAIN = new BySource<string>();
/** How a company is reached; a contact is one company's. */
const OWN = new WeakMap<Seen['contact'], string>();

/** Whether a source, or how the company is reached, has the words as they are. */
function isOpen(words: string, { contact, company }: Seen, sources: readonly Source[]): boolean {
  const looked = ` ${wordsIn(words)
    .map(({ text }) => text)
    .join(' ')} `;
  const own = OWN.get(contact) ?? plainOf([company, ...Object.values(contact)].join(' '));
  OWN.set(contact, own);
  return (
    own.includes(looked) || sources.some((source) => PLAIN.get(source, ({ text }) => plainOf(text)).includes(looked))
  );
}

function plainOf(text: string): string {
  return ` ${wordsIn(fold(text).text.toLowerCase())
    .map((word) => word.text)
    .join(' ')} `;
}

function sizeOf(words: readonly string[]): Size {
  const size = { words: 0, characters: -1 };
  for (const word of words) {
    const unspaced = UNSPACED.test(word);
    size.words += unspaced ? 0.5 : 1;
    size.characters += unspaced ? 3 : word.length + 1;
  }
  return size;
}

function reaches(size: Size, limit: Size, scale: number): boolean {
  return size.words >= limit.words * scale && size.characters >= limit.characters * scale;
}
