import type { Model, ModelEvent, ModelFailure, ModelRequest } from '../agent/model.ts';
import type { Desk } from './desk.ts';
import type { Conversation } from './log.ts';
import { watchPause } from './pause.ts';
import { type Bill, type HouseBudget, openBill, openHouseBill } from './spending.ts';

/**
 * The desk's model for a turn: asked only while the agent is on and the budgets have room, silenced where it is
 * switched off meanwhile, and paid. What goes wrong is logged, since the customer is told no more than that it did.
 */
export function modelFor(desk: Desk, { conversation, turnId, hear = () => {} }: CallsOfTurn): Model {
  const log = logger(desk, { conversationId: conversation.id, turnId });
  return (request, signal) => ({
    [Symbol.asyncIterator]: () =>
      modelCall({ desk, bill: () => openBill(desk, conversation, request), request, signal, log, hear }),
  });
}

/** The desk's model for work that belongs to no conversation, such as putting passages in order; paused and paid alike. */
export function houseModel(desk: Desk, purpose: string, budget: HouseBudget | null = null): Model {
  const log = logger(desk, { purpose });
  return (request, signal) => ({
    [Symbol.asyncIterator]: () =>
      modelCall({ desk, bill: () => openHouseBill(desk, budget, request), request, signal, log, hear() {} }),
  });
}

/** `hear` is told every event that comes. */
type CallsOfTurn = { conversation: Conversation; turnId: string; hear?: (event: ModelEvent) => void };

function logger({ logger }: Desk, ids: Record<string, string>): (event: ModelEvent) => void {
  return (event) => {
    if (event.type === 'failed') {
      logger.error({ ...ids, code: event.code, detail: event.detail }, 'a model call failed');
    }
    if (event.type === 'retrying') {
      logger.warn({ ...ids, attempt: event.attempt, detail: event.detail }, 'a model call is tried again');
    }
  };
}

type Call = {
  desk: Desk;
  bill(): Promise<Bill | ModelFailure>;
  request: ModelRequest;
  signal: AbortSignal;
  log(event: ModelEvent): void;
  hear(event: ModelEvent): void;
};

/** By hand, not as generators one within the other: each of them would cost every delta three promises. */
function modelCall({ desk, bill: open, request, signal, log, hear }: Call): AsyncIterator<ModelEvent, undefined> {
  const stop = new AbortController();
  let events: AsyncIterator<ModelEvent> | null = null;
  let bill: Bill | null = null;
  let pause: { stop(): void } | null = null;
  let over = false;

  async function begin(): Promise<ModelFailure | null> {
    const watch = await watchPause(desk, () => stop.abort());
    pause = watch;
    if (stop.signal.aborted) return PAUSED;
    const opened = await open();
    if ('type' in opened) return opened;
    bill = opened;
    events = desk.model(request, AbortSignal.any([signal, stop.signal]))[Symbol.asyncIterator]();
    return null;
  }

  async function end(): Promise<void> {
    over = true;
    pause?.stop();
    const unpaid = bill;
    bill = null;
    await unpaid?.settle();
  }

  async function fail(failure: ModelFailure): Promise<IteratorResult<ModelEvent, undefined>> {
    await end();
    log(failure);
    return { done: false, value: failure };
  }

  return {
    async next() {
      if (over) return { done: true, value: undefined };
      const refused = events ? null : await begin();
      if (refused) return fail(refused);
      const result = await (events as unknown as AsyncIterator<ModelEvent>).next();
      if (stop.signal.aborted) {
        await events?.return?.();
        return fail(PAUSED);
      }
      if (result.done) {
        await end();
        return { done: true, value: undefined };
      }
      bill?.take(result.value);
      log(result.value);
      hear(result.value);
      return result;
    },
    async return() {
      await events?.return?.();
      await end();
      return { done: true, value: undefined };
    },
  };
}

const PAUSED: ModelFailure = { type: 'failed', code: 'paused', detail: 'The agent was switched off.' };
