import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type IdentitySettings, identityVerifier } from '../../src/adapters/identity.ts';
import type { Logger } from '../../src/conversations/desk.ts';
import { BAD_FOR_KEY_SET, BAD_FOR_SECRET, KEY_SET, KEYS } from './bad-tokens.ts';
import { startOne } from './requests.ts';
import { type TestDesk, testDesk } from './test-desk.ts';
import { AUDIENCE, byPair, bySecret, claims, ISSUER, jwkOf, rsa, SECRET, seconds, serveKeys } from './tokens.ts';

const RULES = { issuer: ISSUER, audience: AUDIENCE };
const logger: Pick<Logger, 'warn'> = { warn() {} };

async function deskWith(keys: IdentitySettings['keys']): Promise<TestDesk> {
  const opened = await testDesk();
  opened.desk.identity = identityVerifier({ keys, ...RULES }, { logger: opened.desk.logger });
  return opened;
}

/** Starts a conversation with the token: what is answered, and the code of a refusal. */
async function startWith({ app }: Pick<TestDesk, 'app'>, customerToken: string) {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ customerToken });
  const response = await app.request('/v1/conversations', { method: 'POST', headers, body });
  const answer = (await response.json()) as { id?: string; error?: { code: string; message: string } };
  return { status: response.status, code: answer.error?.code ?? null, answer };
}

const REFUSED = { status: 401, code: 'invalid_customer_token' };
const outcomes = async (desk: TestDesk, tokens: Record<string, string>) => {
  const entries = Object.entries(tokens).map(async ([name, token]) => {
    const { status, code } = await startWith(desk, token);
    return [name, { status, code }];
  });
  return Object.fromEntries(await Promise.all(entries));
};
const allRefused = (tokens: Record<string, string>) =>
  Object.fromEntries(Object.keys(tokens).map((name) => [name, REFUSED]));

test('a hundred tokens that show nobody are refused, and no conversation starts', async () => {
  const opened = await deskWith({ secret: SECRET });
  expect(Object.keys(BAD_FOR_SECRET).length + Object.keys(BAD_FOR_KEY_SET).length).toBeGreaterThan(120);
  expect(await outcomes(opened, BAD_FOR_SECRET)).toEqual(allRefused(BAD_FOR_SECRET));
  expect(await opened.store.conversations.list({ limit: 10 })).toEqual([]);
  expect(opened.logged).toEqual([]);
});

test('tokens that a key set does not bear out are refused, whoever the header names', async () => {
  const served = await serveKeys(KEY_SET);
  const opened = await deskWith({ jwksUrl: served.url });
  expect((await startWith(opened, byPair(KEYS.rsa, 'RS256'))).status).toBe(201);
  expect(await outcomes(opened, BAD_FOR_KEY_SET)).toEqual(allRefused(BAD_FOR_KEY_SET));
  expect(await opened.store.conversations.list({ limit: 10 })).toHaveLength(1);
  expect(served.asked).toBe(1);
});

test('a good token by the secret starts a conversation', async () => {
  const opened = await deskWith({ secret: SECRET });
  const good = {
    plain: bySecret(),
    'without a type': bySecret({ header: { typ: undefined } }),
    'an access token': bySecret({ header: { typ: 'application/at+jwt' } }),
    'with a kid that nobody looks up': bySecret({ header: { kid: '../../etc/passwd' } }),
    'one of several audiences': bySecret({ payload: { aud: ['billing', AUDIENCE] } }),
    'expired within the skew': bySecret({ payload: { exp: seconds(-30) } }),
    'not before, within the skew': bySecret({ payload: { nbf: seconds(30), iat: seconds(30) } }),
    'any script': bySecret({ payload: { sub: 'kunde|näçhste-客' } }),
    'claims of any depth': bySecret({ payload: { plan: { names: ['gold', { since: 2020 }] }, admin: null } }),
    'the longest life that is meant': bySecret({ payload: { exp: seconds(50 * 365 * 86_400) } }),
  };
  const created = Object.fromEntries(Object.keys(good).map((name) => [name, { status: 201, code: null }]));
  expect(await outcomes(opened, good)).toEqual(created);
});

test('each kind of key pair is good for its algorithms', async () => {
  const served = await serveKeys(KEY_SET);
  const opened = await deskWith({ jwksUrl: served.url });
  const algorithms = {
    rsa: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    ...{ p256: ['ES256'], p384: ['ES384'], p521: ['ES512'], ed: ['EdDSA', 'Ed25519'] },
  };
  const tokens = Object.entries(algorithms).flatMap(([kind, names]) =>
    names.map((alg) => [alg, byPair(KEYS[kind as keyof typeof algorithms], alg)]),
  );
  const created = Object.fromEntries(tokens.map(([alg]) => [alg, { status: 201, code: null }]));
  expect(await outcomes(opened, Object.fromEntries(tokens))).toEqual(created);
  expect(served.asked).toBe(1);
});

test('what is wrong is said in words for the developer of the site', async () => {
  const opened = await deskWith({ secret: SECRET });
  const message = async (token: string) => (await startWith(opened, token)).answer.error?.message;
  expect(await message(bySecret({ payload: { exp: seconds(-120) } }))).toMatch(/It has expired\.$/);
  expect(await message(bySecret({ payload: { aud: 'x' } }))).toMatch(/Its claim "aud" is missing or wrong\.$/);
  expect(await message(bySecret({ secret: 'x' }))).toMatch(/Its signature is not valid\.$/);
  expect(await message('x')).toMatch(/It is no signed JWT\.$/);
});

test('keys are changed while both are good, and one that was taken back is not known', async () => {
  const [older, newer] = [rsa('older'), rsa('newer')];
  const served = await serveKeys([jwkOf(older)]);
  const verify = identityVerifier({ keys: { jwksUrl: served.url }, ...RULES }, { logger, cooldownMs: 0 });
  const shows = (pair: typeof older) =>
    verify(byPair(pair, 'RS256')).then(
      ({ customer }) => customer.id,
      ({ code }) => code,
    );
  expect(await shows(older)).toBe('customer-42');
  served.keys = [jwkOf(older), jwkOf(newer)];
  expect([await shows(newer), await shows(older)]).toEqual(['customer-42', 'customer-42']);
  served.keys = [jwkOf(newer)];
  // A key that nobody knows has the set fetched again.
  expect(await shows(rsa('unknown'))).toBe('invalid_customer_token');
  expect([await shows(older), await shows(newer)]).toEqual(['invalid_customer_token', 'customer-42']);
});

test('keys that nobody knows do not make the server ask again and again', async () => {
  const served = await serveKeys([jwkOf(KEYS.rsa)]);
  const verify = identityVerifier({ keys: { jwksUrl: served.url }, ...RULES }, { logger });
  const tokens = Array.from({ length: 20 }, (_, n) => byPair({ ...KEYS.foreign, kid: `k${n}` }, 'RS256'));
  const codes = await Promise.all(tokens.map((token) => verify(token).catch(({ code }) => code)));
  expect(codes).toEqual(tokens.map(() => 'invalid_customer_token'));
  expect(served.asked).toBe(1);
});

test.each([
  ['an error', { status: 500 }],
  ['a redirect', { status: 302 }],
  ['a page', { body: '<html>' }],
  ['no key set', { body: '{"keys":"none"}' }],
  ['too much', { body: `{"keys":[],"x":"${'x'.repeat(300_000)}"}` }],
])('where the keys cannot be had (%s) it is said so, asked once, and logged without the token', async (_, wrong) => {
  const served = Object.assign(await serveKeys([jwkOf(KEYS.rsa)]), wrong);
  const opened = await deskWith({ jwksUrl: served.url });
  const token = byPair(KEYS.rsa, 'RS256');
  for (let n = 0; n < 3; n++) {
    expect(await startWith(opened, token)).toMatchObject({ status: 503, code: 'unavailable' });
  }
  expect(served.asked).toBe(1);
  expect(opened.logged).toHaveLength(1);
  expect(opened.logged[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('FRONTDESK_JWKS_URL') });
  expect(JSON.stringify(opened.logged)).not.toContain(token.slice(-40));
});

test('who the customer is comes from the claims, made fit to be kept and shown', async () => {
  const verify = identityVerifier({ keys: { secret: SECRET }, issuer: null, audience: null }, { logger });
  const exp = seconds(300);
  const given = { sub: '7', email: ' ada@example.com ', name: 'Ada\u202e\nLovelace', plan: 'gold', exp };
  expect(await verify(bySecret({ payload: given }))).toEqual({
    customer: {
      id: '7',
      email: 'ada@example.com',
      name: 'Ada\nLovelace',
      claims: claims({ ...given, iat: expect.anything() }),
    },
    verifiedUntil: exp * 1000,
  });
  const facts = async (payload: Record<string, unknown>) => (await verify(bySecret({ payload }))).customer;
  // Anybody can write another's address into an account where nobody checks it.
  expect(await facts({ email: 'ada@example.com', email_verified: false })).toMatchObject({ email: null });
  expect(await facts({ email: 'ada@example.com', email_verified: 'false' })).toMatchObject({ email: null });
  expect(await facts({ email: 'ada@example.com', email_verified: true })).toMatchObject({ email: 'ada@example.com' });
  expect(await facts({ email: ['a@b.c'], name: { first: 'Ada' } })).toMatchObject({ email: null, name: null });
  expect(await facts({ email: 'x'.repeat(400), name: ' \u200b ' })).toMatchObject({ email: null, name: null });
});

test('without a key there is nothing to verify by', async () => {
  const opened = await testDesk();
  expect(await startWith(opened, bySecret())).toMatchObject({ status: 409, code: 'identity_disabled' });
  const { id } = await startOne(opened);
  expect(await opened.store.conversations.get(id)).toMatchObject({ customer: null, verifiedUntil: 0 });
});

test('the token itself is kept nowhere', async () => {
  const opened = await deskWith({ secret: SECRET });
  const token = bySecret({ payload: { jti: 'in-the-claims-and-so-in-the-store' } });
  expect((await startWith(opened, token)).status).toBe(201);
  await startWith(opened, `${token}x`);
  const folder = opened.folder;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('');
  expect(bytes).toContain('conversation.started');
  for (const part of token.split('.').slice(1)) {
    expect(bytes).not.toContain(part);
    expect(JSON.stringify(opened.logged)).not.toContain(part);
  }
});
