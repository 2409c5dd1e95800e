import type { Citation } from '../protocol/conversation.ts';
import type { EventBody } from '../protocol/events.ts';
import type { Guard } from './guard.ts';

/** A citation whose text may not have been released yet; positions count in the model's text of this step. */
type PendingCitation = { start: number; end: number; found: Omit<Citation, 'number'> };

/**
 * The reply as it grows: guards each segment, gives it its place, and adds citations once their text is out.
 * The single place where text becomes visible.
 */
export class Reply {
  readonly #turnId: string;
  readonly #guards: Guard[];
  readonly #question: string;
  #text: string;
  #citations: Citation[];
  #citationsBefore: Citation[];
  #step = 0;
  /** Where the current step began in the reply, with the separator, and how far the model's text was taken. */
  #stepStart = 0;
  #rawLength = 0;
  #spans: { raw: number; length: number; start: number; same: boolean }[] = [];
  #pending: PendingCitation[] = [];

  constructor(init: { turnId: string; guards: Guard[]; question: string; text: string; citations: Citation[] }) {
    this.#turnId = init.turnId;
    this.#guards = init.guards;
    this.#question = init.question;
    this.#text = init.text;
    this.#citations = [...init.citations];
    this.#citationsBefore = this.#citations;
  }

  get text(): string {
    return this.#text;
  }

  /** What the current step has released so far. */
  get stepText(): string {
    return this.#text.slice(this.#stepStart);
  }

  /** Asked for each segment: to cut the step's text out would copy the reply each time. */
  get #stepIsEmpty(): boolean {
    return this.#text.length === this.#stepStart;
  }

  beginStep(step: number): void {
    this.#step = step;
    this.#citationsBefore = [...this.#citations];
    this.#stepStart = this.#text.length;
    this.#rawLength = 0;
    this.#spans = [];
    this.#pending = [];
  }

  /**
   * Releases a segment of the model's text, as far as the guards let it. A step begins a paragraph, without the model's
   * own white space before it; `joined` goes on where the step before stopped.
   */
  release(segment: string, joined = false): EventBody[] {
    const guarded = this.#guarded(segment);
    const text = this.#stepIsEmpty && !joined ? guarded.trimStart() : guarded;
    const raw = this.#rawLength + guarded.length - text.length;
    const length = segment.length - (guarded.length - text.length);
    this.#rawLength += segment.length;
    if (text === '' && guarded === segment) return [];
    const separator = text === '' || joined ? '' : this.#separator();
    this.#spans.push({ raw, length, start: this.#text.length + separator.length, same: guarded === segment });
    return [...this.#append(separator + text), ...this.#settleCitations()];
  }

  /** Releases a sentence of our own: no guard looks at it. */
  say(sentence: string): EventBody[] {
    return this.#append(this.#separator() + sentence);
  }

  /** Takes note of a citation of the model's text from `start` to `end` (in this step). */
  cite(start: number, end: number, found: Omit<Citation, 'number'>): EventBody[] {
    this.#pending.push({ start, end, found });
    return this.#settleCitations();
  }

  /** No more text of this step will come: the citations that wait for some are settled with what was released. */
  endStep(): EventBody[] {
    this.#rawLength = Number.POSITIVE_INFINITY;
    return this.#settleCitations();
  }

  /** Withdraws what the current step has released; empty when it has released nothing. */
  withdrawStep(): EventBody[] {
    const start = this.#stepStart;
    const step = this.#step;
    const visible = this.#text.length > start;
    this.#text = this.#text.slice(0, start);
    this.#citations = this.#citationsBefore;
    this.beginStep(step);
    return visible ? [{ type: 'segments.superseded', turnId: this.#turnId, step, start }] : [];
  }

  #guarded(segment: string): string {
    let text = segment;
    for (const guard of this.#guards) {
      try {
        const verdict = guard.check(text, { released: this.#text, question: this.#question });
        if (verdict.action === 'replace') text = verdict.text;
      } catch {
        return '';
      }
    }
    return text;
  }

  #append(text: string): EventBody[] {
    if (text === '') return [];
    const start = this.#text.length;
    this.#text += text;
    return [{ type: 'segment.released', turnId: this.#turnId, step: this.#step, start, text }];
  }

  /** The events for citations whose text has been released whole. */
  #settleCitations(): EventBody[] {
    const events: EventBody[] = [];
    this.#pending = this.#pending.filter((pending) => {
      if (pending.end > this.#rawLength) return true;
      const range = this.#releasedRange(pending);
      if (range) events.push(this.#citationAdded(range, pending.found));
      return false;
    });
    return events;
  }

  /** What sets a step apart from the one before it. */
  #separator(): string {
    if (!this.#stepIsEmpty || this.#text === '' || this.#text.endsWith('\n\n')) return '';
    return this.#text.endsWith('\n') ? '\n' : '\n\n';
  }

  /** The range in the reply, or null where a guard has changed the text under it or nothing of it was released. */
  #releasedRange({ start, end }: PendingCitation): { start: number; end: number } | null {
    const spans = this.#spans.filter((span) => span.raw < end && span.raw + span.length > start);
    const first = spans[0];
    const last = spans.at(-1);
    if (!first || !last || spans.some((span) => !span.same)) return null;
    return {
      start: first.start + Math.max(0, start - first.raw),
      end: last.start + Math.min(last.length, end - last.raw),
    };
  }

  #citationAdded(range: { start: number; end: number }, found: Omit<Citation, 'number'>): EventBody {
    const known = this.#citations.find((one) => one.passageId === found.passageId && one.quote === found.quote);
    const citation = known ?? { number: this.#citations.length + 1, ...found };
    if (!known) this.#citations.push(citation);
    return { type: 'citation.added', turnId: this.#turnId, step: this.#step, ...range, citation };
  }
}
