import { type ErrorCode, FrontdeskError } from '../protocol/errors.ts';
import type { HttpContext } from './face.ts';

export type Slots = {
  /**
   * Takes a slot of `key`, such as an address, until the request's connection ends or the function that it gives is
   * called. Throws the error of these slots where `key` has none left.
   */
  take(context: HttpContext, key: string | undefined): () => void;
};

/** What one client may have running at once on this node. `most` null: any number. `retryAfter` in seconds. */
export function createSlots({
  most,
  code,
  retryAfter,
}: {
  most: number | null;
  code: ErrorCode;
  retryAfter: number;
}): Slots {
  const open = new Map<string, number>();

  return {
    take(context, key) {
      // The answer to HEAD has no body that would end.
      if (most === null || key === undefined || context.req.method === 'HEAD') return () => {};
      const count = open.get(key) ?? 0;
      if (count >= most) throw new FrontdeskError(code, undefined, { retryAfter });
      open.set(key, count + 1);
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        const left = (open.get(key) ?? 1) - 1;
        if (left > 0) open.set(key, left);
        else open.delete(key);
      };
      // Also where the client goes away before the request is done.
      context.env?.outgoing?.once('close', release);
      return release;
    },
  };
}
