import { SignJWT } from 'jose';
import type { NewCustomer } from './seed.ts';

/** As Frontdesk's variables FRONTDESK_JWT_SECRET, _ISSUER and _AUDIENCE say it; empty ones count as unset. */
export type TokenSettings = { secret?: string | undefined; issuer?: string | undefined; audience?: string | undefined };

/** By which Frontdesk and the shop know each other's tokens. */
export function tokenSettings(): TokenSettings {
  const { FRONTDESK_JWT_SECRET: secret, FRONTDESK_JWT_ISSUER: issuer, FRONTDESK_JWT_AUDIENCE: audience } = process.env;
  return { secret, issuer, audience };
}

/** A token that says who a customer of the shop is, for an hour; null without a secret. */
export async function customerToken(
  { id, name, email }: NewCustomer,
  { secret, issuer, audience }: TokenSettings,
): Promise<string | null> {
  if (!secret) return null;
  const token = new SignJWT({ name, email })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime('1h');
  if (issuer) token.setIssuer(issuer);
  if (audience) token.setAudience(audience);
  return token.sign(new TextEncoder().encode(secret));
}
