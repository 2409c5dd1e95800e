import type { Screen, ScreenAction } from '../protocol/events.ts';
import type { Screened } from './turn.ts';

/** What a screen has found in a customer's message. `facts`: for whoever runs the server; never text of the customer's. */
export type Finding = { screen: Screen; action: ScreenAction; facts: Readonly<Record<string, unknown>> };

/** Whether a message attacks, where it is near the threshold. Rejects where nobody answers; the local judgement then counts. */
export type SecondOpinion = (text: string, signal: AbortSignal) => Promise<boolean>;

/** What looks at a customer's message before a turn answers it. */
export type Screens = {
  /** Milliseconds that a turn waits for `look`. */
  patienceMs: number;
  /** The gravest finding, or null. Rejects where a screen fails: then nothing is known of the message. */
  look(text: string): Promise<Finding | null>;
  /** What answers a message of the customer's in place of the model. `language`: BCP 47, where known; the message's own counts more. */
  answer(screen: Screen, message: { text: string; language: string | null }): Screened;
};
