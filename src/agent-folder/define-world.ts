/** What `evals/world.ts` exports: the part of the world that the agent's tools change, as evals put it back and look at it. */
export type WorldDefinition = {
  /** Makes everything as it was at the beginning. Called before each case, in the process in which the tools run. */
  reset(): Promise<void>;
  /** How everything is: plain JSON, its keys chosen so that a path such as `orders.A-1042.status` reads well. */
  state(): Promise<unknown>;
  /** What the token of a customer of this id says beside it. Default: nothing. */
  customer?(id: string): { email?: string | null; name?: string | null };
};

/** Types a world; gives it back as it is. */
export function defineWorld(world: WorldDefinition): WorldDefinition {
  return world;
}
