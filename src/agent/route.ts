/** The desk without a specialty: where every conversation begins. */
export const GENERAL = 'general';

/** The label of what the company has nothing to do with. */
export const OFF_TOPIC = 'off-topic';

/** A specialised desk of an agent. */
export type Route = {
  /** Lower-case words joined by `-`; never `general` or `off-topic`. */
  name: string;
  /** One sentence for the model: when a customer belongs here. */
  when: string;
  /** What it adds to the prompt, compiled, as one block of text that opens with `<route name="…">`. */
  brief: string;
  /** Null where it replies with the agent's model. */
  modelId: string | null;
  /** Null where the agent's counts. */
  maxTokens: number | null;
};

/** `unknown` where nothing can tell, such as another language than English. */
export type Mood = {
  sentiment: 'negative' | 'neutral' | 'positive' | 'unknown';
  urgency: 'high' | 'normal' | 'unknown';
};

/** What the router says of one message. Probabilities are 0 to 1 and calibrated on the folder's own examples. */
export type Verdict = {
  /** BCP 47, such as `es`; null where it cannot tell. */
  language: string | null;
  /** The likeliest desk, `general` included. */
  route: string;
  /** The likeliest intent within it; null where it has none. */
  intent: string | null;
  /** How probable it is that `route` is right, given that the message is for any desk. */
  confidence: number;
  /** How probable it is that the message is for no desk at all. */
  outOfScope: number;
  /** The likeliest desks and their probabilities, best first, at most three. */
  scores: readonly { route: string; probability: number }[];
  mood: Mood;
};

/** Says which desk a message is for. `version` changes with what it learned from. Never throws on odd text. */
export type Router = {
  readonly version: string;
  /** Milliseconds that a turn waits for it; missing for as long as a customer should. */
  readonly patienceMs?: number;
  classify(text: string): Promise<Verdict>;
};
