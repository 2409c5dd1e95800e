import type { Commitment, Span } from '../protocol/events.ts';
import type { Customer } from './customer.ts';
import type { Model } from './model.ts';
import type { Contact } from './sentences.ts';

/**
 * What a guard decides about a candidate segment before it is released. `reason`: a stable code, never text of the model's.
 * `evidence`: for the private record, why, in words. `doubts`: sentences of which a finding would decide whether it lets
 * them pass; `upheld`: for the private record, sentences that it let pass for that reason, with the quotations.
 */
export type Verdict = { evidence?: string; doubts?: readonly string[]; upheld?: string } & Judgement;

type Judgement =
  | { action: 'allow'; commitments?: readonly Committed[] }
  /** Release the candidate as it is; of `places` in it something is to be said. */
  | { action: 'mark'; places: readonly Span[]; reason: string }
  /** Release `text` in place of the candidate: the same without what it must not say. `found`: kinds, such as `email`. */
  | { action: 'redact'; text: string; found: readonly string[] }
  /** Release `text` in place of the candidate: another sentence. */
  | { action: 'replace'; text: string; reason: string; commitments?: readonly Committed[] }
  /** Release nothing of it. The reply ends here, with a sentence of the runtime's. */
  | { action: 'stop'; reason: string }
  /** The same, and a person is asked for. */
  | { action: 'hand_off'; reason: string };

/** A commitment, and where it stands in the text that the verdict releases. */
export type Committed = Span & { commitment: Commitment };

/** A text that this conversation rests on. */
export type Source = {
  /** `passage` of the knowledge; result of a `tool`; `context` of the agent folder; words of a human `colleague`. */
  kind: 'passage' | 'tool' | 'context' | 'colleague';
  /** The passage's source, the tool's name, the name of the context; empty for a colleague. */
  from: string;
  /** What it was then: the version of the knowledge, the id of the call, the prompt's hash; empty for a colleague. */
  version: string;
  text: string;
};

/**
 * What a guard may weigh. One object a step, of which only `released` changes; `sources`, each of them, `prompt`, `contact`
 * stay the same objects for at least as long: what a guard works out from one of them, it keeps in a `WeakMap` by it.
 */
export type Seen = {
  /** The reply so far, as the customer reads it; a sentence that two steps have said stands in one piece. */
  readonly released: string;
  /** The customer's newest messages; empty where the turn takes up decisions only. */
  readonly question: string;
  /** All that the customer has said, oldest first, the newest included. */
  readonly said: readonly string[];
  /** What the model has been shown to answer from, oldest first. */
  readonly sources: readonly Source[];
  /** The sentences of the prompt that are not for customers: role, rules. */
  readonly prompt: readonly string[];
  /** Sentences of the descriptions of tools: for the model, but with facts in them that customers are told. Missing for none. */
  readonly descriptions?: readonly string[];
  readonly contact: Contact;
  /** Who the customer is, as a token that still holds has shown; null for anybody else. */
  readonly customer: Customer | null;
  readonly company: string;
  /** BCP 47, where it is known. */
  readonly language: string | null;
};

/**
 * Looks at what is about to be released. Pure and fast: it runs on every segment, well below a millisecond. One that throws,
 * or takes too long, withholds the segment.
 */
export type Guard = {
  /** Lower-case words joined by `-`; the key of `guards.yaml` that sets it. */
  name: string;
  /** `findings`: what a second opinion has found for sentences that it doubted. */
  check(candidate: string, seen: Seen, findings?: Findings): Verdict;
  /** Who is asked before it decides of a segment with doubts; missing where nobody is. */
  opinion?: Opinion;
  /** Works out ahead what `check` needs of one of the sources, and keeps it by that object; `check` does so itself where nobody has. */
  read?(source: Source, seen: Seen): void;
  /** The same for the model's own words in the arguments of an action: missing where it looks at them alike, null where not at all. */
  checkArguments?: Guard['check'] | null;
  /** Whether it looks at values of records in arguments as well: they may be somebody else's. */
  ofRecords?: boolean;
};

/** What a source says, word for word. */
export type Quotation = { source: Source; words: string };

/**
 * What together says the same as a sentence; no quotation where nothing was found. `sums`: how its figures are worked out that
 * stand in no source, such as `3 * 12.50 + 4 = 41.50`. `commits`: false where it is read as saying nothing that anybody would be held to.
 */
export type Finding = { quotations: readonly Quotation[]; sums: readonly string[]; commits: boolean };

/** Where somebody has looked and found nothing. */
export const NOTHING_FOUND: Finding = { quotations: [], sums: [], commits: true };

/** By sentence, as `doubts` has them. */
export type Findings = ReadonlyMap<string, Finding>;

/**
 * Somebody who reads meaning looks in the sources for what says a sentence in other words. Slow, and not to be trusted: it can only
 * point at words that are there, and reckon with their figures; the guard weighs both. Rejects where nobody answers; nothing is found then.
 */
export type Opinion = (sentences: readonly string[], read: Read, signal: AbortSignal) => Promise<Findings>;

/** What an opinion is formed on, and by whom; `released` ends with the segment that has the sentences. */
export type Read = Pick<Seen, 'sources' | 'said' | 'released'> & { model: Model };

/** Lets a candidate pass as it is. */
export const ALLOW: Verdict = { action: 'allow' };

/** A whole reply, as the customer reads it by now. `seen.released` is the same text. */
export type Answer = { text: string; seen: Seen; conversationId: string; turnId: string };

/** A sentence that sets a reply right, in the customer's language, to be added to it. */
export type Correction = { sentence: string; reason: string; evidence?: string };

/**
 * Looks at a whole reply once it is out, before its turn ends: all that is left is to add a sentence. May call a model. One
 * that rejects, or takes longer than `timeoutMs`, adds nothing, and is logged.
 */
export type AnswerCheck = {
  /** As a guard's. */
  name: string;
  timeoutMs: number;
  check(answer: Answer, signal: AbortSignal): Promise<Correction | null>;
};
