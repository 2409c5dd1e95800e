/** What a folder's tools change, as `evals/world.ts` tells it to the evals. It runs in the process in which the tools run. */
export type WorldDefinition = {
  /** Puts everything back as it was at the beginning. Called before each case. */
  reset(): Promise<void>;
  /** What there is now: plain JSON, keyed so that paths read well. Called before and after each case. */
  state(): Promise<unknown>;
  /** Who a customer's id is. */
  customer?(id: string): { email: string | null; name: string | null };
};

/** Says what the evals may look at and put back. */
export function defineWorld(world: WorldDefinition): WorldDefinition {
  return world;
}
