import { FrontdeskError } from '../protocol/errors.ts';

/** Bytes of bodies that one address may be sending at once: many messages, but no memory full of half-sent ones. */
const MOST = 4 * 1024 * 1024;
/** Seconds; what is sent so slowly is given up after about as many. */
const RETRY_AFTER = 10;

/** Room for what is being received. `take` counts bytes for an address until `free`; throws `too_many_requests`. */
export type BodyRoom = {
  take(address: string | undefined, bytes: number): void;
  free(address: string | undefined, bytes: number): void;
};

export function createBodyRoom(): BodyRoom {
  const taken = new Map<string, number>();
  return {
    take(address, bytes) {
      if (address === undefined) return;
      const all = (taken.get(address) ?? 0) + bytes;
      if (all > MOST) throw new FrontdeskError('too_many_requests', undefined, { retryAfter: RETRY_AFTER });
      taken.set(address, all);
    },
    free(address, bytes) {
      if (address === undefined) return;
      const left = (taken.get(address) ?? 0) - bytes;
      if (left > 0) taken.set(address, left);
      else taken.delete(address);
    },
  };
}
