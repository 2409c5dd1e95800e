import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/*
 * Tokens made by hand, with nothing of the library that verifies them.
 */

export const SECRET = 'the-secret-that-signs-for-the-site-0123456789';
export const ISSUER = 'https://login.example';
export const AUDIENCE = 'frontdesk';

type Json = Record<string, unknown>;

/** Seconds since 1970, so many from now. */
export const seconds = (from = 0) => Math.floor(Date.now() / 1000) + from;

/** What a good token says, but for `more`; a field that is undefined is left out. */
export function claims(more: Json = {}): Json {
  return { iss: ISSUER, aud: AUDIENCE, sub: 'customer-42', exp: seconds(300), iat: seconds(), ...more };
}

/** Text and bytes as they are, all else as JSON. */
export function encode(part: unknown): string {
  const bytes = typeof part === 'string' || Buffer.isBuffer(part) ? part : JSON.stringify(part);
  return Buffer.from(bytes).toString('base64url');
}

export type Signature = (input: string) => Buffer;

/** Header and payload, joined and signed. Text is taken as the raw part's text. */
export function join(header: unknown, payload: unknown, signature: Signature): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signature(input).toString('base64url')}`;
}

export const hmac =
  (secret: string | Buffer, hash = 'sha256'): Signature =>
  (input) =>
    createHmac(hash, secret).update(input).digest();

/** A good token by the secret, but for what is said. */
export function bySecret({ header = {}, payload = {}, secret = SECRET }: TokenParts = {}): string {
  return join({ alg: 'HS256', typ: 'JWT', ...header }, claims(payload), hmac(secret));
}

type TokenParts = { header?: Json; payload?: Json; secret?: string | Buffer };

/** A signature by a private key, as the algorithm says. */
export function byKey(algorithm: string, key: KeyObject): Signature {
  const hash = algorithm.startsWith('Ed') ? null : `sha${algorithm.slice(-3)}`;
  const kind = algorithm.slice(0, 2);
  const padding = { PS: { padding: 6, saltLength: -1 }, ES: { dsaEncoding: 'ieee-p1363' as const } };
  return (input) => sign(hash, Buffer.from(input), { key, ...(kind === 'PS' || kind === 'ES' ? padding[kind] : {}) });
}

export type Pair = { kid: string; publicKey: KeyObject; privateKey: KeyObject };

export const rsa = (kid: string, modulusLength = 2048): Pair => ({
  kid,
  ...generateKeyPairSync('rsa', { modulusLength }),
});
export const curve = (kid: string, namedCurve: string): Pair => ({ kid, ...generateKeyPairSync('ec', { namedCurve }) });
export const edwards = (kid: string): Pair => ({ kid, ...generateKeyPairSync('ed25519') });

/** A good token by a key pair. */
export function byPair(pair: Pair, alg: string, { header = {}, payload = {} }: TokenParts = {}): string {
  return join({ alg, kid: pair.kid, typ: 'JWT', ...header }, claims(payload), byKey(alg, pair.privateKey));
}

export function jwkOf({ kid, publicKey }: Pair, more: Json = {}): Json {
  return { ...publicKey.export({ format: 'jwk' }), kid, ...more };
}

/** A real server of a key set; `answer` may be changed while it runs, and `asked` counts. */
export async function serveKeys(keys: Json[]) {
  const state = { keys, asked: 0, status: 200, body: null as string | null };
  const server = createServer((_request, response) => {
    state.asked += 1;
    response.writeHead(state.status, { 'content-type': 'application/json', location: '/elsewhere' });
    response.end(state.body ?? JSON.stringify({ keys: state.keys }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` });
}
