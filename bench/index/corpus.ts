import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { STOP_WORDS } from '../../src/language/stop-words.ts';
import { seeded } from '../../src/routing/random.ts';

/** Of written English, so much is stop words. */
const STOP_SHARE = 0.45;
const VOCABULARY = 60_000;
const PASSAGE_WORDS = 100;
export const PASSAGES_PER_DOCUMENT = 4;

const STARTS =
  'b br c ch cl cr d dr f fl fr g gl gr h j k l m n p ph pl pr qu r s sc sh sl sp st str t th tr v w'.split(' ');
const MIDDLES = 'a e i o u ai ea ee ie oa oo ou'.split(' ');
const ENDS = 'b ck d ft g l ll lt m mp n nd ng nt p r rd rt s sk ss st t th x'.split(' ');
const FORMS = ['', 's', 'ed', 'ing', 'er', 'ers', 'ment', 'ation', 'ations', 'able', 'ly', 'ness'];

/**
 * Text that looks like English to a search engine: words of one to three syllables with endings that stemming takes off,
 * as often as Zipf's law has it, among stop words.
 */
export class Corpus {
  readonly #random: () => number;
  readonly #words: string[];
  readonly #stops = [...STOP_WORDS].filter((word) => !word.includes("'"));
  readonly #upTo: Float64Array;

  constructor(seed: number) {
    this.#random = seeded(seed);
    const words = new Set<string>();
    while (words.size < VOCABULARY) words.add(this.#newWord());
    this.#words = [...words];
    this.#upTo = new Float64Array(VOCABULARY);
    let sum = 0;
    for (let rank = 0; rank < VOCABULARY; rank++) {
      sum += 1 / (rank + 2.7);
      this.#upTo[rank] = sum;
    }
  }

  document(number: number): SourceDocument {
    const sections = Array.from(
      { length: PASSAGES_PER_DOCUMENT },
      () => `## ${capital(this.#phrase(3))}\n\n${this.#paragraph()}`,
    );
    return {
      id: `article-${String(number).padStart(7, '0')}`,
      title: capital(this.#phrase(4)),
      url: `https://help.example/articles/${number}`,
      text: sections.join('\n\n'),
    };
  }

  /** Questions that some of these documents could answer: eight neighbouring words of one of them, two of them at least not stop words. */
  questions(documents: readonly SourceDocument[], count: number): string[] {
    const question = (): string => {
      const text = documents[Math.floor(this.#random() * documents.length)]?.text ?? '';
      const words = text.match(/[a-z]+/g) ?? [];
      const from = Math.floor(this.#random() * (words.length - 8));
      const asked = words.slice(from, from + 8);
      const content = asked.filter((word) => !STOP_WORDS.has(word));
      return content.length < 2 ? question() : `${asked.join(' ')}?`;
    };
    return Array.from({ length: count }, question);
  }

  #newWord(): string {
    const pick = (from: readonly string[]) => from[Math.floor(this.#random() * from.length)] ?? '';
    const syllables = 1 + Math.floor(this.#random() * 2.5);
    let word = '';
    for (let n = 0; n < syllables; n++) word += pick(STARTS) + pick(MIDDLES);
    return word + pick(ENDS) + pick(FORMS);
  }

  #paragraph(): string {
    const sentences: string[] = [];
    for (let left = PASSAGE_WORDS; left > 0; ) {
      const size = Math.min(left, 8 + Math.floor(this.#random() * 12));
      const words = Array.from({ length: size }, () =>
        this.#random() < STOP_SHARE
          ? (this.#stops[Math.floor(this.#random() ** 2 * this.#stops.length)] ?? 'the')
          : this.#content(),
      );
      sentences.push(`${capital(words.join(' '))}.`);
      left -= size;
    }
    return sentences.join(' ');
  }

  #phrase(words: number): string {
    return Array.from({ length: words }, () => this.#content()).join(' ');
  }

  #content(): string {
    const drawn = this.#random() * (this.#upTo[VOCABULARY - 1] ?? 0);
    let [from, to] = [0, VOCABULARY - 1];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#upTo[middle] ?? 0) < drawn) from = middle + 1;
      else to = middle;
    }
    return this.#words[from] ?? '';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
