import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelEvent, ModelFailure, ModelRequest } from '../../src/agent/model.ts';
import { closed, opened } from '../agent/play-turn.ts';

/** One call of the model, answered by the test, piece by piece. */
export type StageCall = {
  request: ModelRequest;
  say(text: string): void;
  end(stopReason?: Anthropic.StopReason): void;
  fail(code: ModelFailure['code']): void;
  /** Resolves when the caller has hung up, or has heard the end. */
  over: Promise<void>;
};

export type Stage = { model: Model; calls: StageCall[]; call(number: number): Promise<StageCall> };

/** A model whose answers the test gives while they are heard: it waits for the next piece until then. */
export function stage(): Stage {
  const calls: StageCall[] = [];
  let wake = Promise.withResolvers<void>();
  const model: Model = async function* (request, signal) {
    const script: ModelEvent[] = [...opened()];
    const over = Promise.withResolvers<void>();
    let heard = Promise.withResolvers<void>();
    const add = (...events: ModelEvent[]) => {
      script.push(...events);
      heard.resolve();
    };
    calls.push({
      request: structuredClone(request),
      say: (text) => add({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
      end: (stopReason = 'end_turn') => add(...closed(stopReason)),
      fail: (code) => add({ type: 'failed', code, detail: '' }),
      over: over.promise,
    });
    wake.resolve();
    wake = Promise.withResolvers();
    const onAbort = () => heard.resolve();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const event = script.shift();
        if (event) yield event;
        else await heard.promise;
        heard = Promise.withResolvers();
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      over.resolve();
    }
  };
  return {
    model,
    calls,
    async call(number) {
      for (;;) {
        const found = calls[number];
        if (found) return found;
        await wake.promise;
      }
    },
  };
}
