import { cleanText } from '../language/invisible.ts';
import type { Citation } from '../protocol/conversation.ts';
import type { EventBody, Span } from '../protocol/events.ts';
import { Asking } from './asking.ts';
import type { Correction, Guard, Read, Seen } from './guard.ts';
import { looseEnds, looseFigures } from './loose-ends.ts';
import type { Model } from './model.ts';
import { type Acted, type Guarded, type Remark, readAhead, runGuards } from './run-guards.ts';

/** A citation whose text may not have been released yet; positions count in the model's text of this step. */
type PendingCitation = Span & { found: Omit<Citation, 'number'> };
/** What looks at the end of a text that breaks off, by the guard that has to be on: the beginning of a value is of its kind. */
const LAST: Readonly<Record<string, Guard>> = { 'personal-data': looseEnds, commitments: looseFigures };
/** Ends without the end of a sentence. */
const BROKEN_OFF = /[^\p{Sentence_Terminal}…:;]/u;
type Screened = { text: string | null; events: EventBody[] };
type Releasing = { joined?: boolean; breaksOff?: boolean; looked?: Guarded };
/** `aside`: who is asked about what the guards doubt; `text` and `citations`: what there is of the reply. */
type ReplyInit = { turnId: string; guards: readonly Guard[]; aside: Model; text: string; citations: Citation[] };

/** Text that was released as the model wrote it: `raw` in the model's text of the step, `start` in the reply. */
type Kept = { raw: number; start: number; length: number };

/**
 * The reply as it grows: guards each segment, gives it its place, and adds citations once their text is out.
 * The single place where text becomes visible.
 */
export class Reply {
  readonly #turnId: string;
  readonly #aside: Model;
  readonly #guards: readonly Guard[];
  readonly #last: readonly Guard[];
  readonly #ofArguments: readonly Guard[];
  #seen: Seen | null = null;
  #text: string;
  /** The text, without the paragraph breaks before steps that go on in the middle of a sentence; where the step began in it. */
  #joined: string;
  #stepJoined = 0;
  #citations: Citation[];
  #citationsBefore: Citation[];
  #step = 0;
  /** Where the current step began in the reply, with the separator, and how far the model's text was taken. */
  #stepStart = 0;
  #rawLength = 0;
  #spans: Kept[] = [];
  #pending: PendingCitation[] = [];
  /** What the current step has cited where: the model may say the same twice. */
  #placed = new Set<string>();

  /** What the guards did in the current step. */
  #acts: Acted[] = [];

  readonly #asking: Asking;
  /** What waits to be released before the segment that the guards look at. */
  #before = '';

  /** What a guard ended the reply with, and the events of that; null while none has. */
  ended: { by: Acted; events: EventBody[] } | null = null;

  constructor(init: ReplyInit) {
    this.#turnId = init.turnId;
    this.#aside = init.aside;
    this.#guards = init.guards;
    this.#last = init.guards.flatMap(({ name }) => LAST[name] ?? []);
    this.#ofArguments = init.guards.flatMap(({ name, check, checkArguments = check }) =>
      checkArguments ? [{ name, check: checkArguments }] : [],
    );
    this.#asking = new Asking(init.guards);
    this.#text = init.text;
    this.#joined = init.text;
    this.#citations = [...init.citations];
    this.#citationsBefore = this.#citations;
  }

  /** What the guards of the next segments weigh. They begin to read it, until `signal`. */
  show(seen: Seen, signal?: AbortSignal): void {
    this.#seen = seen;
    if (signal) void readAhead(this.#guards, seen, signal);
  }

  get text(): string {
    return this.#text;
  }

  /** The same for guards: what one sentence says in two steps is one sentence, also what was kept back where the first one ends. */
  get joinedText(): string {
    return this.#joined + this.#before;
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
    this.#stepJoined = this.#joined.length;
    this.#rawLength = 0;
    this.#spans = [];
    this.#pending = [];
    this.#placed.clear();
    this.#asking.beginStep();
    this.#acts = [];
  }

  /** What the guards did in the current step, for its private record. */
  get acts(): readonly Acted[] {
    return this.#acts;
  }

  /** Takes down, for the step's record, what was decided of it elsewhere. */
  note(acts: readonly Acted[]): void {
    this.#acts.push(...acts);
  }

  /** Adds a sentence that sets the reply right, and says which check asked for it. */
  correct(check: string, { sentence, reason, evidence }: Correction): EventBody[] {
    this.#acts.push({ guard: check, action: 'correct', reason, of: '', ...(evidence !== undefined && { evidence }) });
    const acted = { type: 'guard.acted', turnId: this.#turnId, step: this.#step, guard: check } as const;
    return [{ ...acted, action: 'correct', reason }, ...this.say(sentence)];
  }

  /** Whether `consult` may ask somebody. */
  get mayAsk(): boolean {
    return this.#asking.mayAsk;
  }

  /**
   * What the guards make of a segment that follows `before`, text that waits to be released. Where one has doubts, somebody is asked:
   * `asked` resolves once they have answered, or have not in time, and then another look is worth it; null where nobody is waited for.
   */
  consult(segment: string, signal: AbortSignal, before = ''): { looked: Guarded; asked: Promise<unknown> | null } {
    this.#before = before;
    const looked = this.#lookedAt(segment);
    const asked = looked.doubts.size === 0 ? null : this.#asking.about(looked.doubts, this.#readWith(segment), signal);
    this.#before = '';
    return { looked, asked };
  }

  /**
   * Releases a segment of the model's text, as far as the guards let it. A step begins a paragraph, without the model's
   * own white space before it; `joined` goes on where the step before stopped, `breaksOff`: another step follows this text.
   * `looked`: what `consult` gave for it. Nothing after a guard has ended the reply.
   */
  release(segment: string, { joined = false, breaksOff = false, looked }: Releasing = {}): EventBody[] {
    if (this.ended) return [];
    const { text: whole, acted, remarks, ends } = this.#noted(looked ?? this.#lookedAt(segment));
    // A mark is told with its place, after its text.
    const events = acted.filter(({ action }) => action !== 'mark').map((did) => this.#acted(did));
    if (ends) {
      this.ended = { by: ends, events };
      return [];
    }
    const loose = breaksOff && this.#last.length > 0 ? this.#noted(this.#looked(whole, this.#last)) : null;
    const guarded = loose?.text ?? whole;
    const kept = guarded === whole ? remarks : remarks.filter(({ place }) => place.end < guarded.length);
    events.push(...(loose?.acted ?? []).map((did) => this.#acted(did)));
    const text = this.#stepIsEmpty && !joined ? guarded.trimStart() : guarded;
    const raw = this.#rawLength;
    this.#rawLength += segment.length;
    // Of a word that goes on in this step, guards see that it does not: a space is trimmed only for the customer.
    const led = text.length < guarded.length ? ` ${text}` : text;
    if (text === '' && guarded === segment) {
      this.#joined += led;
      return events;
    }
    const separator = text === '' || joined ? '' : this.#separator();
    const left = guarded.length - text.length;
    const start = this.#text.length + separator.length - left;
    for (const part of unchangedParts(segment, guarded)) {
      const skipped = Math.max(0, left - part.to);
      const length = part.length - skipped;
      if (length > 0) this.#spans.push({ raw: raw + part.from + skipped, start: start + part.to + skipped, length });
    }
    const released = this.#append(text, separator, led);
    // Of a value that goes on in the next step, that one has to be seen with what was taken out of this one.
    const toGuards = breaksOff && acted.some(({ action }) => action === 'redact') ? segment : whole;
    if (guarded !== toGuards) this.#joined = this.#joined.slice(0, -text.length || undefined) + toGuards.slice(left);
    return [...events, ...released, ...this.#remarked(kept, start), ...this.#settleCitations()];
  }

  /** Takes note of text that is not released: the next step begins its sentence again, or goes on with it all the same. */
  leaveOut(text: string): void {
    this.#joined += text;
  }

  /**
   * What may be shown of a text of the model's that is no part of the reply but goes into a public event: null where a guard
   * keeps it back. It may break off anywhere: nothing follows that would show what its end is.
   */
  screen(text: string): Screened {
    return this.#screened(text, [...this.#guards, ...this.#last]);
  }

  /** The same of the arguments of an action: they ask for something, and state nothing of their own. `isRecord`: values of records. */
  screenArguments(text: string, { isRecord = false } = {}): Screened {
    return this.#screened(text, isRecord ? this.#guards.filter(({ ofRecords }) => ofRecords) : this.#ofArguments);
  }

  #screened(text: string, guards: readonly Guard[]): Screened {
    const { text: guarded, acted, ends } = this.#noted(this.#looked(text, guards));
    // Here is no reply to end.
    const changed = acted.filter(({ action }) => action !== 'mark');
    const events = changed.map((did) => this.#acted(did === ends ? { ...did, action: 'replace' } : did));
    return { text: guarded.trim() === '' ? null : guarded, events };
  }

  /** Releases a sentence of our own: no guard looks at it. */
  say(sentence: string): EventBody[] {
    return this.#append(sentence, this.#separator());
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
    this.#joined = this.#joined.slice(0, this.#stepJoined);
    this.#citations = this.#citationsBefore;
    this.beginStep(step);
    return visible ? [{ type: 'segments.superseded', turnId: this.#turnId, step, start }] : [];
  }

  get #shown(): Seen {
    if (!this.#seen) throw new Error('nothing was shown to the guards');
    return this.#seen;
  }

  #readWith(segment: string): Read {
    const { sources, said, released } = this.#shown;
    return { sources, said, released: released + segment, model: this.#aside };
  }

  /** Of a segment as it is shown and kept: what shows nothing could hide anything from the guards. */
  #lookedAt(segment: string): Guarded {
    return this.#looked(cleanText(segment));
  }

  #looked(text: string, guards = this.#guards): Guarded {
    return runGuards(text, guards, this.#shown, this.#asking.findings);
  }

  #noted(guarded: Guarded): Guarded {
    this.#acts.push(...guarded.acted);
    return guarded;
  }

  #acted({ guard, action, reason }: Acted): EventBody {
    return { type: 'guard.acted', turnId: this.#turnId, step: this.#step, guard, action, reason };
  }

  /** What is to be said of the text that was released from `start` on. */
  #remarked(remarks: readonly Remark[], start: number): EventBody[] {
    const of = { turnId: this.#turnId, step: this.#step };
    return remarks.flatMap((remark): EventBody[] => {
      const place = this.#trimmed({ start: start + remark.place.start, end: start + remark.place.end });
      if (place.start >= place.end) return [];
      if ('commitment' in remark) return [{ type: 'commitment.made', ...of, ...place, commitment: remark.commitment }];
      const { guard, reason } = remark;
      return [{ type: 'guard.acted', ...of, guard, action: 'mark', reason, ...place }];
    });
  }

  /** `led`: the words with the space before them, where the model has set one. */
  #append(words: string, separator: string, led = words): EventBody[] {
    const text = separator + words;
    if (text === '') return [];
    const start = this.#text.length;
    this.#joined += separator !== '' && BROKEN_OFF.test(this.#joined.trimEnd().slice(-1)) ? led : text;
    this.#text += text;
    return [{ type: 'segment.released', turnId: this.#turnId, step: this.#step, start, text }];
  }

  /** The events for citations whose text has been released whole. */
  #settleCitations(): EventBody[] {
    const events: EventBody[] = [];
    this.#pending = this.#pending.filter((pending) => {
      if (pending.end > this.#rawLength) return true;
      for (const range of this.#releasedRanges(pending)) events.push(...this.#place(range, pending.found));
      return false;
    });
    return events;
  }

  /** What sets a step apart from the one before it. */
  #separator(): string {
    if (!this.#stepIsEmpty || this.#text === '' || this.#text.endsWith('\n\n')) return '';
    return this.#text.endsWith('\n') ? '\n' : '\n\n';
  }

  /**
   * The ranges in the reply, without white space around them. What a guard has changed is not the model's and rests on no
   * source: it is left out, and what stands on both sides of it is a range each.
   */
  #releasedRanges({ start, end }: PendingCitation): Span[] {
    const ranges: Span[] = [];
    for (const span of this.#spans) {
      if (span.raw >= end || span.raw + span.length <= start) continue;
      const from = span.start + Math.max(0, start - span.raw);
      const to = span.start + Math.min(span.length, end - span.raw);
      const last = ranges.at(-1);
      if (last?.end === from) last.end = to;
      else ranges.push({ start: from, end: to });
    }
    return ranges.map((range) => this.#trimmed(range)).filter((range) => range.start < range.end);
  }

  #trimmed({ start, end }: Span): Span {
    const text = this.#text.slice(start, end);
    return { start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length };
  }

  #place(range: Span, found: Omit<Citation, 'number'>): EventBody[] {
    const known = this.#citations.find((one) => one.passageId === found.passageId && one.quote === found.quote);
    const citation = known ?? { number: this.#citations.length + 1, ...found };
    if (!known) this.#citations.push(citation);
    const place = `${citation.number} ${range.start} ${range.end}`;
    if (this.#placed.has(place)) return [];
    this.#placed.add(place);
    return [{ type: 'citation.added', turnId: this.#turnId, step: this.#step, ...range, citation }];
  }
}

/**
 * What a guard has left as it was, `from` in the segment and `to` in what it made of it: whole words at both ends. Nothing
 * where it has written more than half anew: that is a sentence of its own.
 */
function unchangedParts(segment: string, guarded: string): { from: number; to: number; length: number }[] {
  if (guarded === segment) return [{ from: 0, to: 0, length: segment.length }];
  const most = Math.min(segment.length, guarded.length);
  let before = 0;
  while (before < most && segment[before] === guarded[before]) before += 1;
  if (isWithinWord(segment, before) || isWithinWord(guarded, before)) before = segment.slice(0, before).search(/\S*$/);
  let after = 0;
  while (after < most - before && segment.at(-after - 1) === guarded.at(-after - 1)) after += 1;
  const end = segment.length - after;
  if (isWithinWord(segment, end) || isWithinWord(guarded, guarded.length - after)) {
    after -= /^\S*/.exec(segment.slice(end))?.[0].length ?? 0;
  }
  if (2 * (before + after) < segment.length) return [];
  return [
    { from: 0, to: 0, length: before },
    { from: segment.length - after, to: guarded.length - after, length: after },
  ];
}

function isWithinWord(text: string, at: number): boolean {
  return /^\S\S/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0;
}
