/** What may be about to be interrupted. */
export const MOMENTS = [
  'acknowledged',
  'asked',
  'streaming',
  'proposed',
  'deciding',
  'decided',
  'arrived',
  'effected',
  'answered',
] as const;

/**
 * `acknowledged`: a message; `asked`: the model; `streaming`: a client has read a segment; `proposed`: a client has read of
 * a proposal; `deciding`: a decision was sent; `decided`: it was acknowledged; `arrived`, `effected`, `answered`: a write
 * has reached the shop, has had its effect there, has been answered.
 */
export type Moment = (typeof MOMENTS)[number];

/** Tells whoever waits for a moment that it is there, in the very call in which it happens. */
export class Moments {
  #armed: { moment: Moment; skip: number; strike: (node: number | null) => void } | null = null;

  /** `node`: the server that it concerns, where that is known. */
  happened(moment: Moment, node: number | null): void {
    const armed = this.#armed;
    if (armed?.moment !== moment) return;
    armed.skip -= 1;
    if (armed.skip >= 0) return;
    this.#armed = null;
    armed.strike(node);
  }

  /**
   * Calls `strike` at the moment that comes after `skip` others of its kind; without one after `patienceMs`, when it does
   * not come. Resolves to whether it came.
   */
  strikeAt(
    { moment, skip, patienceMs }: { moment: Moment; skip: number; patienceMs: number },
    strike: (node: number | null) => void,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (came: boolean, node: number | null) => {
        clearTimeout(late);
        this.#armed = null;
        strike(node);
        resolve(came);
      };
      const late = setTimeout(() => end(false, null), patienceMs);
      this.#armed = { moment, skip, strike: (node) => end(true, node) };
    });
  }
}
