import type Anthropic from '@anthropic-ai/sdk';
import type { SpokenReply } from '../agent/replay.ts';
import type { Usage } from '../agent/step.ts';

/** A reply that can be given again. */
export type KnownReply = {
  spoken: SpokenReply;
  /** What the model was shown, for the citations and for the conversation that follows. */
  passages: Anthropic.SearchResultBlockParam[];
  /** What it cost to make: milliseconds of the turn, and tokens by model. */
  tookMs: number;
  usage: { model: string; usage: Usage }[];
};

/** A question that was answered once, and its answer. */
export type KnownAnswer = {
  id: string;
  /** Where it was made, so that it can be erased with that conversation. */
  conversationId: string;
  agent: string;
  knowledgeVersion: string;
  /** Stands for everything that the answer rests on besides the question: only under the same scope is it given again. */
  scope: string;
  /** The question's exact wording, as a key. */
  wording: string;
  /** What the question says, as a key that other wordings of it share; null where that cannot be told. */
  content: string | null;
  question: string;
  reply: KnownReply;
  /** Epoch ms; from `until` on the answer is not given any more. */
  createdAt: number;
  until: number;
};

/**
 * Answers that may be given again, shared by all nodes.
 * `find` gives the one with this wording; `alike` those with this content, newest first, at most `limit`. Neither gives
 * one whose time is over. `put` keeps an answer unless its scope has one with the same wording that lasts; it throws away
 * what is over, and the oldest beyond `most`. `erase` throws away those of an agent, all or all but those of one version
 * of its knowledge, and gives their number.
 */
export type AnswerStore = {
  find(scope: string, wording: string, now: number): Promise<KnownAnswer | null>;
  alike(scope: string, content: string, options: { now: number; limit: number }): Promise<KnownAnswer[]>;
  put(answer: KnownAnswer, most: number): Promise<void>;
  erase(agent: string, keep?: { knowledgeVersion: string }): Promise<number>;
};

/** Questions of one wording, or of one meaning, for which the knowledge has no good passage. */
export type Gap = {
  id: string;
  agent: string;
  language: string | null;
  /** Of the question that began it, as a key. */
  wording: string;
  /** That question. */
  example: string;
  count: number;
  /** How probable it was, 0 to 1, that what was found answers it: the newest time. */
  relevance: number;
  firstAt: number;
  lastAt: number;
};

/** Where a gap stands in the list. */
export type GapPosition = Pick<Gap, 'count' | 'id'>;

/**
 * Gaps, shared by all nodes.
 * `note` begins one, or counts once more the one of the same agent, language and wording; beyond `most` of an agent those that
 * were asked least go, the longest ago first, never the one just noted. `newest` gives those last asked, in that order.
 * `list` gives them by count, the most first, equal counts by id, only what comes after `before`. `erase` gives whether
 * there was one.
 */
export type GapStore = {
  note(gap: Omit<Gap, 'count' | 'firstAt'>, most: number): Promise<void>;
  newest(of: Pick<Gap, 'agent' | 'language'>, limit: number): Promise<Gap[]>;
  list(options: { before?: GapPosition; limit: number }): Promise<Gap[]>;
  erase(id: string): Promise<boolean>;
};
