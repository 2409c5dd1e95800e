import type { CustomerSide } from './customer-side.ts';
import type { Turn } from './suite.ts';

/** A customer who does what a script says, whatever the agent replies. */
export function scriptSide(turns: readonly Turn[]): CustomerSide {
  return {
    async next({ length: at }) {
      const turn = turns[at];
      return turn ? { kind: 'act', act: turn.act, modelSays: turn.modelSays } : { kind: 'leave', left: null };
    },
  };
}
