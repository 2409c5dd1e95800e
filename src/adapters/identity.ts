import { errors, type JWTHeaderParameters, jwtVerify } from 'jose';
import type { Customer } from '../agent/customer.ts';
import type { IdentityVerifier } from '../conversations/identity.ts';
import { cleanText } from '../language/invisible.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { type KeyFinder, type RemoteKeysOptions, remoteKeys, secretKey } from './identity-keys.ts';

/** By what the tokens of the company's site are verified. Null: whoever holds the key may name any. */
export type IdentitySettings = {
  readonly keys: { readonly secret: string } | { readonly jwksUrl: string };
  readonly issuer: string | null;
  readonly audience: string | null;
};

/** Seconds by which two clocks may differ. */
const SKEW = 60;
const LONGEST_TOKEN = 8_192;
const LONGEST_SUBJECT = 200;
/** Seconds. What ends later was meant in milliseconds, or is no time at all. */
const LONGEST_LIFE = 100 * 365 * 86_400;
/** Signatures by a key pair. What is signed with a secret is never verified by what the world may know. */
const PAIR_ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((kind) => [`${kind}256`, `${kind}384`, `${kind}512`]);
/** Headers by which a token would bring its own key, or ask for rules that we do not have. */
const REFUSED_HEADERS = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip'];
const TYPES = ['jwt', 'at+jwt'];

/**
 * Verifies tokens (JWT, compact) by one kind of key. A token must be signed by it, be in time, have `exp` and a `sub` of
 * 1 to 200 plain characters, and name issuer and audience where they are configured. The e-mail address is the
 * customer's only where the token does not say that it is unverified.
 */
export function identityVerifier(settings: IdentitySettings, options: RemoteKeysOptions): IdentityVerifier {
  const { keys, issuer, audience } = settings;
  const bySecret = 'secret' in keys;
  const findKey: KeyFinder = bySecret ? secretKey(keys.secret) : remoteKeys(keys.jwksUrl, options);
  const rules = {
    algorithms: bySecret ? ['HS256'] : [...PAIR_ALGORITHMS, 'EdDSA', 'Ed25519'],
    clockTolerance: SKEW,
    ...(issuer !== null && { issuer }),
    ...(audience !== null && { audience }),
  };
  return async (token) => {
    if (token.length > LONGEST_TOKEN || !isCanonical(token)) throw refused('It is no signed JWT.');
    const { payload } = await jwtVerify(
      token,
      async (header: JWTHeaderParameters) => {
        checkHeader(header);
        return findKey(header);
      },
      rules,
    ).catch((error: unknown) => {
      throw error instanceof FrontdeskError ? error : refused(reasonOf(error));
    });
    const verifiedUntil = checkTimes(payload.exp, payload.iat) * 1000;
    return { customer: customerOf(payload), verifiedUntil };
  };
}

function refused(detail?: string): FrontdeskError {
  return new FrontdeskError('invalid_customer_token', detail);
}

/** A second spelling of the same bytes is another token. */
function isCanonical(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

function checkHeader(header: JWTHeaderParameters): void {
  if (REFUSED_HEADERS.some((name) => Object.hasOwn(header, name))) throw refused('Its header asks for too much.');
  const { typ, kid } = header as { typ?: unknown; kid?: unknown };
  const type = typ === undefined ? 'jwt' : String(typ).toLowerCase();
  if (!TYPES.includes(type.replace(/^application\//, ''))) throw refused('Its type is another.');
  if (kid !== undefined && typeof kid !== 'string') throw refused('Its header is not valid.');
}

/** What the site's developer has to mend; nothing that helps to guess a key or tells what is configured. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return 'It has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return `Its claim "${error.claim}" is missing or wrong.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'Its signature is not valid.';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'Its algorithm is another than the configured.';
  if (error instanceof errors.JWKSNoMatchingKey) return 'Its key is not known.';
  return undefined;
}

/** The token's end, in whole seconds. */
function checkTimes(exp: unknown, iat: unknown): number {
  const now = Date.now() / 1000;
  if (typeof exp !== 'number' || exp > now + LONGEST_LIFE) throw refused('Its claim "exp" is missing or wrong.');
  if (typeof iat === 'number' && iat > now + SKEW) throw refused('Its claim "iat" is missing or wrong.');
  return Math.floor(exp);
}

function customerOf(claims: Record<string, unknown>): Customer {
  const { sub, email, email_verified: verified, name } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT || !isPlain(sub)) {
    throw refused('Its claim "sub" is missing or wrong.');
  }
  if (!isStorable(claims)) throw refused('It has a claim that cannot be kept.');
  return {
    id: sub,
    email: verified === false || verified === 'false' ? null : shortText(email, 320),
    name: shortText(name, 200),
    claims,
  };
}

/** As it is compared and kept: nothing at its ends or in it that a store or a person would take for another id. */
function isPlain(text: string): boolean {
  return (
    text === text.trim() && text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(text)
  );
}

function shortText(value: unknown, most: number): string | null {
  if (typeof value !== 'string' || value.length > most) return null;
  return cleanText(value).trim() || null;
}

/** Whether every store keeps it as it is: no half characters, no NUL. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, entry]) => isStorable(key) && isStorable(entry));
}
