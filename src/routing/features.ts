import { ASCII } from '../language/ascii.ts';
import { detectLanguage } from '../language/detect.ts';
import { termsIn } from '../language/tokens.ts';

/** Characters of a text that are read. What a message is about stands in its beginning, and time must be bounded. */
const LONGEST = 2_000;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 4;
/** How many content words further on a word's partner may stand. */
const REACH = 3;

const WORD = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu;
/** Accents of scripts where people leave them out when they type; elsewhere a mark is a letter of its own. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{Mn}*)\p{Mn}/gu;

/**
 * The kinds of terms, by the letter that stands before each, and what they count for: words, pairs of neighbouring words, n-grams
 * of 2 to 4 characters within `' word '`, the stems of content words, and two of these that stand near each other, in any order.
 */
const KINDS = { word: 'w', pair: 'p', gram: 'c', stem: 's', company: 'k' } as const;
const WEIGHTS: Record<string, number> = { w: 1.8, p: 1, c: 1, s: 1.5, k: 1.5 };

/** How often a text has each term that is known, by ascending id, and how many words it has, known or not. */
export type Counted = { ids: Uint32Array; times: Uint32Array; words: number };

/** Features of a text: which, and how much. Of unit length, or empty where nothing is known. */
export type Row = { ids: Uint32Array; values: Float32Array };

/** Collects the terms of texts, one text after the other. */
export class Terms {
  readonly #having = new Map<string, number>();

  add(text: string): void {
    for (const term of timesOf(wordsOf(text), stemsOf(text)).keys()) {
      this.#having.set(term, (this.#having.get(term) ?? 0) + 1);
    }
  }

  /** Those that at least `fewest` of the texts have. */
  vocabulary(fewest: number): Vocabulary {
    return new Vocabulary([...this.#having].filter(([, times]) => times >= fewest).map(([term]) => term));
  }
}

/** The terms of the examples, each with a number. */
export class Vocabulary {
  readonly terms: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(terms: readonly string[]) {
    this.terms = terms;
    this.#ids = new Map(terms.map((term, id) => [term, id]));
  }

  count(text: string): Counted {
    const words = wordsOf(text);
    const found: [id: number, times: number][] = [];
    for (const [term, times] of timesOf(words, stemsOf(text))) {
      const id = this.#ids.get(term);
      if (id !== undefined) found.push([id, times]);
    }
    found.sort((a, b) => a[0] - b[0]);
    return {
      ids: Uint32Array.from(found, ([id]) => id),
      times: Uint32Array.from(found, ([, times]) => times),
      words: words.length,
    };
  }

  isWord(id: number): boolean {
    return this.terms[id]?.startsWith(KINDS.word) ?? false;
  }
}

/** What each term counts for: how rare it is, `ln((1 + n) / (1 + df)) + 1`, times the weight of its kind; 0 where no text has it. */
export function raritiesOf(texts: readonly Counted[], terms: readonly string[]): Float32Array {
  const having = new Uint32Array(terms.length);
  for (const { ids } of texts) for (const id of ids) having[id] = (having[id] ?? 0) + 1;
  return Float32Array.from(having, (times, id) =>
    times === 0 ? 0 : (WEIGHTS[terms[id]?.[0] ?? ''] ?? 1) * (Math.log((1 + texts.length) / (1 + times)) + 1),
  );
}

/** TF-IDF: `(1 + ln tf) · rarity`, to unit length. */
export function weigh({ ids, times }: Counted, rarities: Float32Array): Row {
  const known = ids.filter((id) => (rarities[id] ?? 0) > 0);
  const values = new Float32Array(known.length);
  let square = 0;
  let at = 0;
  for (const [place, id] of ids.entries()) {
    const rarity = rarities[id] ?? 0;
    if (rarity === 0) continue;
    const value = (1 + Math.log(times[place] ?? 1)) * rarity;
    square += value * value;
    values[at++] = value;
  }
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  return { ids: known, values: values.map((value) => value * scale) };
}

/** The words of a text: NFKC, lower case, accents kept. */
export function wordsOf(text: string): string[] {
  const start = text.slice(0, LONGEST);
  const normal = ASCII.test(start) ? start : start.normalize('NFKC').replace(/[\u2018\u2019\u02bc]/g, "'");
  return normal.toLowerCase().match(WORD) ?? [];
}

/** The stems of a text's content words, by its language; English where it does not tell. */
function stemsOf(text: string): string[] {
  const start = text.slice(0, LONGEST);
  return termsIn(detectLanguage(start, 'question') ?? 'en', start);
}

function timesOf(words: readonly string[], stems: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  const add = (term: string) => times.set(term, (times.get(term) ?? 0) + 1);
  for (const [at, word] of words.entries()) {
    add(KINDS.word + word);
    if (at > 0) add(`${KINDS.pair}${words[at - 1]} ${word}`);
    addGrams(` ${withoutAccents(word)} `, add);
  }
  for (const [at, stem] of stems.entries()) {
    add(KINDS.stem + stem);
    for (const other of stems.slice(at + 1, at + 1 + REACH)) {
      add(KINDS.company + (stem < other ? `${stem} ${other}` : `${other} ${stem}`));
    }
  }
  return times;
}

function addGrams(padded: string, add: (term: string) => void): void {
  for (let from = 0; from < padded.length; from++) {
    const longest = Math.min(LONGEST_GRAM, padded.length - from);
    for (let length = SHORTEST_GRAM; length <= longest; length++) add(KINDS.gram + padded.slice(from, from + length));
  }
}

function withoutAccents(word: string): string {
  return ASCII.test(word) ? word : word.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
}
