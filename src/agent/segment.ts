import { splitSentences } from '../language/sentences.ts';

/** Characters after which held text is cut at the next safe place, even in the middle of a sentence. */
const FORCED_CUT = 240;
/** Characters after which held text is cut at any white space, and at last anywhere. */
const HARD_CUT = 2_000;
/** Characters beside a cut that are looked at; a longer word than this counts as one without digits. */
const LOOK = 100;

const ENDS_SENTENCE = /[\n…｡\p{Sentence_Terminal}]/u;

/**
 * Cuts streamed text into segments: sentences and lines. What `push`, `cut` and `flush` give back, joined, is exactly
 * what was pushed. A forced cut never splits a number, a link, an address or an identifier.
 */
export class Segmenter {
  #held = '';

  /** Takes the next piece of text; gives back the segments that are complete now. */
  push(delta: string): string[] {
    this.#held += delta;
    const segments = this.#takeSentences();
    while (this.#held.length >= FORCED_CUT) {
      const forced = this.cut();
      if (forced === null) break;
      segments.push(forced);
    }
    return segments;
  }

  /** True while text waits for the end of its sentence. */
  get holding(): boolean {
    return this.#held.trim() !== '';
  }

  /** Gives back as much held text as can be cut safely, or null: for when the customer has waited long enough. */
  cut(): string | null {
    const at = safeCut(this.#held);
    if (at === 0) return null;
    return this.#take(at);
  }

  /** Gives back all that is left. */
  flush(): string | null {
    return this.#held === '' ? null : this.#take(this.#held.length);
  }

  #takeSentences(): string[] {
    if (!ENDS_SENTENCE.test(this.#held)) return [];
    const sentences = splitSentences(this.#held);
    // The last sentence may still grow; only a line end closes it.
    if (!this.#held.endsWith('\n')) sentences.pop();
    const segments: string[] = [];
    let open = '';
    for (const sentence of sentences) {
      open += sentence;
      if (hasOpenBracket(open)) continue;
      segments.push(this.#take(open.length));
      open = '';
    }
    return segments;
  }

  #take(length: number): string {
    const segment = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return segment;
  }
}

/** True where a Markdown link or code span has begun and not ended on this line. */
function hasOpenBracket(text: string): boolean {
  if (text.endsWith('\n')) return false;
  const line = text.slice(text.trimEnd().lastIndexOf('\n') + 1);
  const opened = line.lastIndexOf('[');
  if (opened > line.lastIndexOf(']')) return true;
  if (/\]\([^)]*$/.test(line)) return true;
  return (line.split('`').length - 1) % 2 === 1;
}

/** The last position at which `text` can be cut without splitting something that belongs together; 0 for none. */
function safeCut(text: string): number {
  for (let at = text.length - 1; at > 0; at--) {
    if (!/\s/.test(text[at - 1] ?? '') || /\s/.test(text[at] ?? '')) continue;
    if (isSafe(text, at) || (text.length > HARD_CUT && at < HARD_CUT)) return at;
  }
  if (text.length <= HARD_CUT) return 0;
  // Not through the middle of a character of two code units.
  return /[\udc00-\udfff]/.test(text[HARD_CUT] ?? '') ? HARD_CUT - 1 : HARD_CUT;
}

function isSafe(text: string, at: number): boolean {
  const before = /\S*\s*$/.exec(text.slice(Math.max(0, at - LOOK), at))?.[0] ?? '';
  const after = /^\S*/.exec(text.slice(at, at + LOOK))?.[0] ?? '';
  // Phone and card numbers and sums have spaces inside: never cut beside a digit. Nor between two words of a name.
  if (/\d/.test(before) || /\d/.test(after)) return false;
  if (/^\p{Lu}[\p{L}'’-]*\s*$/u.test(before) && /^\p{Lu}/u.test(after)) return false;
  return !hasOpenBracket(text.slice(0, at));
}
