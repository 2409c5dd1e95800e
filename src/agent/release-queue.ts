import type { EventBody } from '../protocol/events.ts';
import type { Reply } from './reply.ts';
import type { Guarded } from './run-guards.ts';

/** `asked`: until somebody has said what there is to say of it. */
type Waiting = { segment: string; breaksOff: boolean; asked: Promise<void> | null };

type ReleaseQueueInit = {
  reply: Reply;
  /** True where the step goes on with text that the token limit cut off. */
  joined: boolean;
  signal: AbortSignal;
  /** Called when `advance` may release more. */
  wake(): void;
};

/**
 * The segments of a model call on their way into the reply, in the model's order. One that a guard doubts waits until somebody was
 * asked of it, and those behind it for their turn; of them is asked meanwhile, so that a reply waits for the slowest answer, not for each.
 */
export class ReleaseQueue {
  readonly #init: ReleaseQueueInit;
  readonly #dropped = new AbortController();
  readonly #signal: AbortSignal;
  #waiting: Waiting[] = [];

  constructor(init: ReleaseQueueInit) {
    this.#init = init;
    this.#signal = AbortSignal.any([init.signal, this.#dropped.signal]);
  }

  /** Takes the next segments; the events of what is released now. `breaksOff`: another step follows their text. */
  push(segments: readonly string[], breaksOff = false): EventBody[] {
    const events: EventBody[] = [];
    for (const segment of segments) {
      const before = this.#waiting.map((one) => one.segment).join('');
      const last: Waiting = { segment, breaksOff, asked: null };
      this.#waiting.push(last);
      if (before === '') events.push(...this.advance());
      else if (this.#init.reply.mayAsk) this.#look(last, before);
    }
    return events;
  }

  /** Releases what there is nothing to wait for; the events of it. */
  advance(): EventBody[] {
    const { reply, joined, signal } = this.#init;
    const events: EventBody[] = [];
    for (let [first] = this.#waiting; first && !first.asked && !signal.aborted; [first] = this.#waiting) {
      const looked = this.#look(first);
      if (first.asked) break;
      this.#waiting.shift();
      events.push(...reply.release(first.segment, { joined, breaksOff: first.breaksOff, looked }));
      if (reply.ended) this.drop();
    }
    return events;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** What `advance` gives once there is nothing to wait for at the front. */
  async next(): Promise<EventBody[]> {
    await this.#waiting[0]?.asked;
    return this.advance();
  }

  /** Forgets what waits, and waits for no answer. */
  drop(): void {
    this.#waiting = [];
    this.#dropped.abort();
  }

  #look(one: Waiting, before = ''): Guarded {
    const { looked, asked } = this.#init.reply.consult(one.segment, this.#signal, before);
    const answered = () => {
      one.asked = null;
      this.#init.wake();
    };
    one.asked = asked?.then(answered) ?? null;
    return looked;
  }
}
