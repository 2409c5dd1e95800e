/** Who wrote a message. The greeting and every generated reply are `agent`; `operator` is a human of the company. */
export type Role = 'customer' | 'agent' | 'operator';

/**
 * Where a conversation stands.
 * `open`: the agent answers. `waiting_for_human`: a person was asked for, the agent still answers meanwhile.
 * `with_human`: an operator answers, the agent is silent. `resolved`: done, a new message opens it again.
 * `closed`: over, no more messages.
 */
export type Status = 'open' | 'waiting_for_human' | 'with_human' | 'resolved' | 'closed';

export const STATUSES: readonly Status[] = ['open', 'waiting_for_human', 'with_human', 'resolved', 'closed'];

/** A pointer to exact characters of a passage. `quote` is the source's own text, never the model's wording. */
export type Citation = {
  /** 1, 2, 3… in order of first appearance in the reply. */
  number: number;
  title: string;
  /** The public address of the source, or null where the source has none. */
  url: string | null;
  quote: string;
  passageId: string;
  /** Null in what was logged before there were locations. */
  location: Location | null;
};

/** Where in its source a quote stands: what a client needs to open the source at the right place. */
export type Location = {
  /** The page of the original, counted from 1; null where it has no pages, or the passage has changed since. */
  page: number | null;
  /** The headings above the passage, outermost first. */
  headings: string[];
  /** The passage's sentences that are quoted, counted from 0, `end` excluded. */
  start: number;
  end: number;
};

/** A cited passage whole, as it was shown when it was cited. Its sentences joined are the exact text around the quote. */
export type CitedPassage = Omit<Citation, 'number' | 'location'> & {
  location: Location;
  sentences: string[];
  /** `url` at the page or the words of the quote, as far as browsers can be told. */
  link: string | null;
  /** True where the knowledge has this passage no longer, or with another text. */
  changed: boolean;
};

/** What a participant said, whole. A reply that is still streaming is a message with the text released so far. */
export type Message = {
  id: string;
  role: Role;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  citations: Citation[];
};

/** Who has to say yes to an action: the customer in the chat, or a human of the company. */
export type Decider = 'customer' | 'operator';

export type Decision = 'confirm' | 'decline';

/** What a customer or an operator is asked to confirm. */
export type ProposedAction = {
  id: string;
  /** The tool call that it came from. */
  callId: string;
  tool: string;
  /** One sentence, made by the tool from the exact arguments, never the model's wording. */
  summary: string;
  /** The arguments as the model gave them, validated. What is filled in from the customer's identity is not among them. */
  input: Record<string, unknown>;
  /** SHA-256, hex, over tool, arguments and customer: a decision names it, and so concerns exactly this. */
  hash: string;
  by: Decider;
  /** Milliseconds since 1970; after it the action cannot be decided any more and is not done. */
  expiresAt: number;
};

/**
 * Where an action stands. `proposed` -> `confirmed` or `declined` (or never decided, once `expiresAt` has passed);
 * `confirmed` -> `running` -> `done`, `failed` (it certainly did not happen) or `unknown`.
 */
export type ActionState = 'proposed' | 'confirmed' | 'declined' | 'running' | 'done' | 'failed' | 'unknown';

/** An action as the API shows it; `expired` where it was not decided in time. */
export type ActionView = ProposedAction & { state: ActionState | 'expired' };
