import type { ActionStore } from '../../conversations/action-store.ts';

/** Actions over SQL. */
export function createActionStore(): ActionStore {
  return {
    async get() {
      return null;
    },
    async of() {
      return [];
    },
    async forOperators() {
      return [];
    },
  };
}
