import type { Source } from '../agent/guard.ts';

/** Characters of the texts for which something is kept. The index of groundedness takes 45 bytes a character. */
const MOST_CHARACTERS = 500_000;

/**
 * Keeps what is made of sources: of each for as long as it is there, of passages and contexts also by their text, since each conversation
 * is shown the same ones anew. Of these the longest unused go first.
 */
export class BySource<Made> {
  readonly #bySource = new WeakMap<Source, Made>();
  readonly #byText = new Map<string, Made>();
  #characters = 0;

  /** What was made of the source, else what `make` gives. `way`: where its text can be read in several, in which. */
  get(source: Source, make: (source: Source) => Made, way = ''): Made {
    const known = this.#bySource.get(source);
    if (known) return known;
    const isShared = source.kind === 'passage' || source.kind === 'context';
    const made = isShared ? this.#shared(`${way}\n${source.text}`, () => make(source)) : make(source);
    this.#bySource.set(source, made);
    return made;
  }

  #shared(key: string, make: () => Made): Made {
    const known = this.#byText.get(key);
    const made = known ?? make();
    if (known) this.#byText.delete(key);
    else this.#characters += key.length;
    this.#byText.set(key, made);
    for (const oldest of this.#byText.keys()) {
      if (this.#characters <= MOST_CHARACTERS) break;
      this.#byText.delete(oldest);
      this.#characters -= oldest.length;
    }
    return made;
  }
}
