import { type Finding, type Findings, type Guard, NOTHING_FOUND, type Opinion, type Read } from './guard.ts';
import type { Guarded } from './run-guards.ts';
import { orAborted } from './tool-outcome.ts';

/** How often a reply asks for a second opinion: more doubts are of a reply that goes wrong as a whole, or is made to. */
const MOST_ASKED = 12;
/** Milliseconds that it waits for one. */
const LONGEST_ASK_MS = 2_500;

/**
 * The second opinions of a reply: of which sentences somebody was asked, and what was found for them. Several may be asked for at
 * once. Where one fails, or does not come in time, the guards' word stands, and the reply asks no more.
 */
export class Asking {
  #left: number;
  #findings = new Map<string, Finding>();
  /** By sentence, what resolves once nobody looks for it any more. */
  #awaited = new Map<string, Promise<void>>();

  constructor(guards: readonly Guard[]) {
    this.#left = guards.some(({ opinion }) => opinion) ? MOST_ASKED : 0;
  }

  /** Of sentences of the current step. */
  get findings(): Findings {
    return this.#findings;
  }

  get mayAsk(): boolean {
    return this.#left > 0;
  }

  /** Forgets what was found: the next step rests on other sources. */
  beginStep(): void {
    this.#findings = new Map();
    this.#awaited = new Map();
  }

  /** Asks of each sentence that nobody was asked of. Resolves once there is nothing left to wait for; null where there is nothing now. */
  about(doubts: Guarded['doubts'], read: Read, signal: AbortSignal): Promise<unknown> | null {
    const awaited: Promise<void>[] = [];
    for (const [{ opinion }, sentences] of doubts) {
      const unasked = sentences.filter((sentence) => !this.#findings.has(sentence) && !this.#awaited.has(sentence));
      if (opinion && unasked.length > 0 && this.#left > 0) {
        this.#left -= 1;
        const asked = this.#ask(opinion, unasked, read, signal);
        for (const sentence of unasked) this.#awaited.set(sentence, asked);
      }
      awaited.push(...sentences.flatMap((sentence) => this.#awaited.get(sentence) ?? []));
    }
    return awaited.length === 0 ? null : Promise.all(awaited);
  }

  async #ask(opinion: Opinion, sentences: readonly string[], read: Read, signal: AbortSignal): Promise<void> {
    const [findings, awaited] = [this.#findings, this.#awaited];
    const found = await answerOf(opinion, sentences, read, signal);
    for (const sentence of sentences) {
      awaited.delete(sentence);
      if (found) findings.set(sentence, found.get(sentence) ?? NOTHING_FOUND);
    }
    // What a step that was withdrawn asked for says nothing of the next one.
    if (!found && findings === this.#findings) this.#left = 0;
  }
}

/** Null where there is no answer in time. */
async function answerOf(opinion: Opinion, sentences: readonly string[], read: Read, signal: AbortSignal) {
  const either = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ASK_MS)]);
  try {
    return await orAborted(opinion(sentences, read, either), either);
  } catch {
    return null;
  }
}
