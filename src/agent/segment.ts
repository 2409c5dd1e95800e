import { splitSentences } from '../language/sentences.ts';

/** Characters after which held text is cut at the next safe place, even in the middle of a sentence. */
const FORCED_CUT = 240;
/** Characters after which held text is cut even where no place is safe: as far from a number or address as can be. */
const HARD_CUT = 2_000;
/** Characters beside a cut that are looked at. */
const LOOK = 100;

const ENDS_SENTENCE = /[\n…｡\p{Sentence_Terminal}]/u;
/** The end of a sentence or line after which a number or an address may go on, and how it does: not as a list item. */
const MAY_GO_ON = /[\d@][^\p{L}\p{N}\s]{0,3}\s*$/u;
const GOES_ON = /^(?!\d{1,3}[.)]\s)[^\p{L}\p{N}\s|#>]{0,3}[\d@]/u;
/**
 * A line of nothing but digits and a few capitals: several may be one number, a piece on each, whatever marks them as a list.
 */
const BARE_LINE = /^(?=[^\p{L}\p{N}\n]*[\p{Lu}\p{N}])(?:[^\p{L}\n]|(?<!\p{L})\p{Lu}{1,4}(?!\p{L}))*\n\s*$/u;
const BARE_START = /^(?!\s*\d{1,3}[.)][ \t]+[^\p{N}\s])[^\p{L}\p{N}\n]*(?:\p{N}|\p{Lu}{1,4}(?!\p{L})|\n|$)/u;

/**
 * Cuts streamed text into segments: sentences and lines. What `push`, `cut` and `flush` give back, joined, is exactly
 * what was pushed. A forced cut never splits a number, a link, an address or an identifier.
 */
export class Segmenter {
  #held = '';
  /** Up to here no sentence of what is held ends, and up to here it cannot be cut, whatever follows: neither is looked at again. */
  #unended = 0;
  #uncut = 0;

  /** Takes the next piece of text; gives back the segments that are complete now. */
  push(delta: string): string[] {
    this.#held += delta;
    const segments = this.#takeSentences();
    this.#unended = Math.max(this.#unended, this.#held.length - LOOK);
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
    const at = safeCut(this.#held, this.#uncut);
    if (at > 0) return this.#take(at);
    this.#uncut = Math.max(0, this.#held.length - LOOK);
    return null;
  }

  /** Gives back all that is left. */
  flush(): string | null {
    return this.#held === '' ? null : this.#take(this.#held.length);
  }

  #takeSentences(): string[] {
    if (!ENDS_SENTENCE.test(this.#held)) return [];
    const sentences = splitSentences(this.#held);
    // The last sentence may still grow; only a line end closes it, and not after a number.
    if (!this.#held.endsWith('\n') || mayGoOn(this.#held) || BARE_LINE.test(lastLine(this.#held))) sentences.pop();
    const segments: string[] = [];
    let open = '';
    for (const sentence of sentences) {
      open += sentence;
      if (open.length <= this.#unended) continue;
      if (hasOpenBracket(open) || goesOn(this.#held, open.length) || isWithinBareLines(this.#held, open.length))
        continue;
      segments.push(this.#take(open.length));
      open = '';
    }
    return segments;
  }

  #take(length: number): string {
    const segment = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.#unended = 0;
    this.#uncut = 0;
    return segment;
  }
}

function mayGoOn(text: string): boolean {
  return MAY_GO_ON.test(text.slice(-LOOK));
}

/** True where a number or an address that stands at the end of a sentence goes on in the next one. */
function goesOn(text: string, at: number): boolean {
  return GOES_ON.test(text.slice(at, at + LOOK)) && mayGoOn(text.slice(Math.max(0, at - LOOK), at));
}

/** True after a line that has no words, where the next one begins with a digit, or may do so yet. */
function isWithinBareLines(text: string, at: number): boolean {
  return BARE_LINE.test(lastLine(text.slice(0, at))) && BARE_START.test(text.slice(at, at + LOOK));
}

/** The last line that is not empty, with what ends it. */
function lastLine(text: string): string {
  const near = text.slice(-2 * LOOK);
  return near.slice(near.trimEnd().lastIndexOf('\n') + 1);
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

/** The last position behind `from` at which `text` can be cut without splitting something that belongs together; 0 for none. */
function safeCut(text: string, from: number): number {
  for (let at = text.length - 1; at > from; at--) {
    if (isGap(text, at) && isSafe(text, at)) return at;
  }
  return text.length > HARD_CUT + LOOK ? hardCut(text) : 0;
}

/** True before a word. */
function isGap(text: string, at: number): boolean {
  return /\s/.test(text[at - 1] ?? '') && !/\s/.test(text[at] ?? '');
}

function isSafe(text: string, at: number): boolean {
  // Phone and card numbers and sums have spaces inside: never cut beside a digit. Nor between two words of a name.
  if (isBesideNumber(text, at)) return false;
  const before = /\S*\s*$/.exec(text.slice(Math.max(0, at - LOOK), at))?.[0] ?? '';
  if (/^\p{Lu}[\p{L}'’.-]*,?\s*$/u.test(before) && /^\p{Lu}/u.test(text.slice(at, at + 2))) return false;
  return !hasOpenBracket(text.slice(0, at));
}

/** True where the words on both sides, or the signs between them, have a digit or an @. */
function isBesideNumber(text: string, at: number): boolean {
  return reaches(text, at - 1, -1) || reaches(text, at, 1);
}

/** Walks over signs and spaces to the next word and through it: true where a digit or an @ is met on the way. */
function reaches(text: string, from: number, step: 1 | -1): boolean {
  let inWord = false;
  for (let at = from; Math.abs(at - from) < LOOK; at += step) {
    const sign = text[at];
    if (sign === undefined || (inWord && /\s/.test(sign))) return false;
    if (/[\p{N}@]/u.test(sign)) return true;
    inWord ||= /\p{L}/u.test(sign);
  }
  return false;
}

/**
 * Where to cut what has no safe place: before a word, else anywhere, but if it can be not beside a number or an address,
 * nor within one; never through the middle of a character of two code units.
 */
function hardCut(text: string): number {
  const places = Array.from({ length: HARD_CUT - 1 }, (_, index) => HARD_CUT - index);
  const whole = places.filter((at) => !/[\udc00-\udfff]/.test(text[at] ?? ''));
  return (
    whole.find((at) => isGap(text, at) && !isBesideNumber(text, at)) ??
    whole.find((at) => !isBesideNumber(text, at)) ??
    whole.find((at) => isGap(text, at) && !isBetweenDigits(text, at)) ??
    whole[0] ??
    HARD_CUT
  );
}

function isBetweenDigits(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LOOK), at);
  return /\p{N}[^\p{L}\p{N}]*$/u.test(before) && /^[^\p{L}\p{N}]*\p{N}/u.test(text.slice(at, at + LOOK));
}
