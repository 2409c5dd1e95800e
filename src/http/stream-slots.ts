import { FrontdeskError } from '../protocol/errors.ts';
import type { HttpContext } from './face.ts';

/** Seconds after which a stream may have ended; another tab must be closed for it. */
const RETRY_AFTER = 30;

export type StreamSlots = {
  /**
   * Takes a slot of the address for the request's stream, until its connection ends or the function that it gives is
   * called. Throws `too_many_streams` where the address has no slot left.
   */
  take(context: HttpContext, address: string | undefined): () => void;
};

/** Event streams that an address may have open at once on this node; null: any number. */
export function createStreamSlots(most: number | null): StreamSlots {
  const open = new Map<string, number>();

  return {
    take(context, address) {
      // The answer to HEAD has no body that would end.
      if (most === null || address === undefined || context.req.method === 'HEAD') return () => {};
      const count = open.get(address) ?? 0;
      if (count >= most) throw new FrontdeskError('too_many_streams', undefined, { retryAfter: RETRY_AFTER });
      open.set(address, count + 1);
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        const left = (open.get(address) ?? 1) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
      };
      // Also where the client goes away before the stream has begun.
      context.env?.outgoing?.once('close', release);
      return release;
    },
  };
}
