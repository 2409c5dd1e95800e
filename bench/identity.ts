/**
 * What it costs to verify a customer's token, one after the other, by algorithm: microseconds, beside the bare HMAC.
 *
 *   npm run bench:identity -- [--tokens 5000] [--json]
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { type IdentitySettings, identityVerifier } from '../src/adapters/identity.ts';
import { byPair, bySecret, curve, edwards, hmac, jwkOf, rsa, SECRET } from '../test/http/tokens.ts';

const { values } = parseArgs({
  options: { tokens: { type: 'string', default: '5000' }, json: { type: 'boolean', default: false } },
});
const count = Number(values.tokens);
const pairs = { RS256: rsa('r'), PS256: rsa('p'), ES256: curve('e', 'P-256'), EdDSA: edwards('d') };
const server = createServer((_request, response) => {
  response.end(JSON.stringify({ keys: Object.values(pairs).map((pair) => jwkOf(pair)) }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

const verifier = (keys: IdentitySettings['keys']) =>
  identityVerifier({ keys, issuer: 'https://login.example', audience: 'frontdesk' }, { logger: console });
const bySet = verifier({ jwksUrl: `http://127.0.0.1:${port}/` });
const bySharedSecret = verifier({ secret: SECRET });
const sign = hmac(SECRET);
const token = bySecret();
const results: Record<string, { p50: number; p99: number }> = {
  'HMAC alone': await measure(async () => sign(token)),
  HS256: await measure(() => bySharedSecret(token)),
};
for (const [alg, pair] of Object.entries(pairs)) {
  const signed = byPair(pair, alg);
  results[alg] = await measure(() => bySet(signed));
}
server.close();

if (values.json) console.log(JSON.stringify({ tokens: count, us: results }));
else
  for (const [name, { p50, p99 }] of Object.entries(results))
    console.log(`${name.padEnd(12)} p50 ${p50} µs  p99 ${p99} µs`);

/** Microseconds, after a warm-up. */
async function measure(verify: () => Promise<unknown>): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let n = 0; n < count * 1.2; n++) {
    const start = performance.now();
    await verify();
    times.push((performance.now() - start) * 1000);
  }
  const sorted = times.slice(-count).sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(count * share)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99) };
}
