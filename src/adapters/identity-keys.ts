import { createRemoteJWKSet, customFetch, errors, type JWTHeaderParameters } from 'jose';
import type { Logger } from '../conversations/desk.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { readText } from './bounded-text.ts';

/**
 * The key that a token of this header must be signed with. Throws jose's error where there is none, and
 * `FrontdeskError` `unavailable` where the keys cannot be had.
 */
export type KeyFinder = (header: JWTHeaderParameters) => Promise<CryptoKey>;

export type RemoteKeysOptions = {
  logger: Pick<Logger, 'warn'>;
  /** Milliseconds after which a key that is not known is looked for again. */
  cooldownMs?: number;
};

const COOLDOWN_MS = 30_000;
/** After this the keys are fetched again, and one that was taken back is not known any more. */
const MAX_AGE_MS = 600_000;
const TIMEOUT_MS = 5_000;
/** After keys could not be had, for so long nobody waits for another try. */
const PAUSE_MS = 5_000;
const LARGEST_SET = 262_144;

/** The one key that tokens are signed with by HS256. */
export function secretKey(secret: string): KeyFinder {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = crypto.subtle.importKey('raw', Buffer.from(secret), algorithm, false, ['verify']);
  return () => imported;
}

/**
 * The keys of a JSON Web Key Set. The set is fetched when a token needs it, kept for ten minutes, and fetched anew for
 * a key that it does not have, at most once in the cool-down.
 */
export function remoteKeys(url: string, { logger, cooldownMs = COOLDOWN_MS }: RemoteKeysOptions): KeyFinder {
  let failedAt = Number.NEGATIVE_INFINITY;
  const set = createRemoteJWKSet(new URL(url), {
    ...{ cooldownDuration: cooldownMs, cacheMaxAge: MAX_AGE_MS, timeoutDuration: TIMEOUT_MS },
    [customFetch]: async (address, init) => {
      if (performance.now() - failedAt < PAUSE_MS) throw new PauseError();
      return fetchSet(address, init);
    },
  });
  return async (header) => {
    try {
      return await set(header);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (!(error instanceof PauseError)) {
        failedAt = performance.now();
        logger.warn({ error: String(error) }, 'the keys of FRONTDESK_JWKS_URL cannot be had');
      }
      throw new FrontdeskError('unavailable');
    }
  };
}

/** The keys could not be had a moment ago. */
class PauseError extends Error {}

/** An answer that is whole, of bounded size and JSON. */
async function fetchSet(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init);
  const text = await readText(response, LARGEST_SET);
  if (response.status !== 200) throw new Error(`the answer was ${response.status}`);
  JSON.parse(text);
  return new Response(text);
}
