import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { Customer } from './customer.ts';
import { createProcesses } from './processes.ts';

const SECRET = 'a-secret-between-the-two-of-us';
const OPERATOR = 'the-token-of-our-operators';
const SLOW = { timeout: 40_000, interval: 100 };

type Call = { headers: IncomingHttpHeaders; body: string };

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

test('a handoff is told to the webhook, signed, again after a failure, and operators see how it stands', {
  timeout: 240_000,
}, async () => {
  const { url, calls } = await receiver([500, 204]);
  const server = await processes.start({
    FRONTDESK_DATA: processes.folder(),
    FRONTDESK_ENCODER: 'off',
    FRONTDESK_OPERATOR_TOKEN: OPERATOR,
    FRONTDESK_WEBHOOK_URL: url,
    FRONTDESK_WEBHOOK_SECRET: SECRET,
    FRONTDESK_LOG: 'error',
  });
  const customer = await Customer.start(server);
  await customer.say('Let me talk to a person, please.');
  const webhook = async () => {
    const response = await fetch(`${server.url}/v1/operator/conversations?status=waiting_for_human`, {
      headers: { Authorization: `Bearer ${OPERATOR}` },
    });
    const { conversations } = (await response.json()) as {
      conversations: { id: string; handoff: { webhook: unknown } }[];
    };
    return conversations.find(({ id }) => id === customer.id)?.handoff.webhook;
  };
  await vi.waitFor(async () => {
    expect(await webhook()).toEqual({ state: 'pending', attempts: 1, lastError: 'the receiver answered 500' });
  }, SLOW);
  await vi.waitFor(async () => {
    expect(await webhook()).toEqual({ state: 'delivered', attempts: 2, lastError: null });
  }, SLOW);

  expect(calls).toHaveLength(2);
  for (const call of calls) expect(call.headers['webhook-signature']).toBe(signatureOf(call));
  const [first, second] = calls as [Call, Call];
  // The receiver can tell that it is the same one again.
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  expect(second.body).toBe(first.body);
  expect(Math.abs(Date.now() / 1000 - Number(second.headers['webhook-timestamp']))).toBeLessThan(60);
  const { type, data } = JSON.parse(first.body);
  expect(type).toBe('handoff.requested');
  expect(data).toMatchObject({ conversationId: customer.id, by: 'agent', reason: expect.stringMatching(/\S/) });
  const { messages } = await customer.read();
  expect(data.messages.slice(0, 2)).toMatchObject(messages.slice(0, 2).map(({ role, text }) => ({ role, text })));
  expect((await server.stop()).code).toBe(0);
});

/** Answers with these statuses, one after the other. */
async function receiver(statuses: number[]): Promise<{ url: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      response.writeHead(statuses[calls.length] ?? 410).end();
      calls.push({ headers: request.headers, body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, calls };
}

/** As standardwebhooks.com says it. */
function signatureOf({ headers, body }: Call): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`;
}
