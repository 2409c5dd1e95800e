import { v7 as uuid } from 'uuid';
import type { Model } from '../src/agent/model.ts';
import { DEFAULT_BOUNDS } from '../src/agent/turn.ts';
import type { Desk, DeskAgent } from '../src/conversations/desk.ts';
import { NO_LIMITS } from '../src/conversations/limits.ts';
import type { Store } from '../src/conversations/log.ts';

/** A desk for a measurement: one agent, nothing is compacted, only warnings are printed. */
export function benchDesk({ store, agent, model }: { store: Store; agent: DeskAgent; model: Model }): Desk {
  return {
    store,
    agents: new Map([[agent.id, agent]]),
    defaultAgent: agent,
    model,
    offline: true,
    bounds: DEFAULT_BOUNDS,
    answers: null,
    embedder: null,
    limits: NO_LIMITS,
    identity: null,
    paused: null,
    compactAfterTokens: Number.POSITIVE_INFINITY,
    staffed: true,
    webhook: false,
    logger: { info() {}, warn: console.warn, error: console.error },
    now: Date.now,
    newId: (kind) => `${kind}_${uuid()}`,
  };
}
