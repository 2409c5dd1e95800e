import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelEvent, ModelFailure, ModelRequest } from '../agent/model.ts';
import { PromptCache } from './mock-claude-cache.ts';
import { type MockTurn, parseMockTurn } from './mock-claude-script.ts';
import { eventsOf, hijacked } from './mock-claude-turn.ts';

/** A step of a script: a turn of mock Claude, a failure, events as they are, or a function of the request. */
export type ScriptedStep =
  | MockTurn
  | ModelFailure
  | ModelEvent[]
  | ((request: ModelRequest) => MockTurn | ModelFailure | ModelEvent[]);

export type ScriptedModel = {
  model: Model;
  /** Every request so far, as it was made. */
  requests: ModelRequest[];
  /** Throws when steps are left over or a call was not in the script. */
  assertDone(): void;
};

/**
 * A model in process that plays a script, one step a call. A call beyond the script fails with `rejected`; what was
 * not used is found by `assertDone`. For the same script over a real socket see `startMockClaude`.
 */
export function scriptedModel(script: readonly ScriptedStep[]): ScriptedModel {
  const requests: ModelRequest[] = [];
  let unscripted = 0;
  const model: Model = async function* (request, signal) {
    const step = script[requests.length];
    requests.push(structuredClone(request));
    if (step === undefined) {
      unscripted += 1;
      yield { type: 'failed', code: 'rejected', detail: `call ${requests.length} is not in the script` };
      return;
    }
    for (const event of toEvents(typeof step === 'function' ? step(request) : step, request, requests.length)) {
      if (signal.aborted) return;
      await Promise.resolve();
      yield event;
    }
  };
  return {
    model,
    requests,
    assertDone() {
      const unused = script.length - requests.length;
      if (unscripted > 0) throw new Error(`${unscripted} model call(s) were not in the script.`);
      if (unused > 0) throw new Error(`${unused} step(s) of the script were not used.`);
    },
  };
}

function toEvents(
  step: Exclude<ScriptedStep, (r: ModelRequest) => unknown>,
  request: ModelRequest,
  n: number,
): ModelEvent[] {
  if (Array.isArray(step)) return step;
  if ('type' in step && step.type === 'failed') return [step];
  const params = { ...request } as Anthropic.MessageCreateParams;
  // There is no cache in process: every request is new.
  const cache = new PromptCache().take(params, 0);
  return eventsOf(hijacked(parseMockTurn(step), params, n - 1), params, {
    id: `msg_scripted_${n}`,
    cache,
  }) as ModelEvent[];
}
