import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attacked, ask, look, readAgain, startConversation } from '../../src/testing/hostile/attack.ts';
import type { HostileCase } from '../../src/testing/hostile/cases.ts';
import type { HostileModel } from '../../src/testing/hostile/hostile-model.ts';

type Stage = { url: string; model: HostileModel };

/** A customer who stops the reply after `waitMs`, and asks on: what they have read by then, and what the model reads back. */
export async function stopped(
  { url, model }: Stage,
  one: HostileCase,
  { result, waitMs }: { result: Attacked; waitMs: number },
) {
  result.asked += 2;
  model.play({ ...one, turns: one.turns.map((turn) => ({ ...turn, deltaMs: 10 })) });
  try {
    const started = await startConversation(url);
    const asking = ask(started, 'stream', { text: `What does my cover include? (${one.id})` });
    await sleep(waitMs);
    const { id, token } = started;
    await fetch(`${url}/v1/conversations/${id}/cancel`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    const before = await asking;
    const asked = model.requests.length;
    const after = await ask(started, 'stream', { text: 'And what else?' });
    const next = model.requests.slice(asked).find(({ body }) => JSON.stringify(body).includes(`(${one.id})`));
    if (!next) throw new Error('the model was not asked again');
    const wires = { 'a stopped stream': before, stream: after, 'the next request to the model': saidIn(next.body) };
    look(one, { ...wires, ...(await readAgain(started)) }, result);
  } catch (error) {
    result.breaches.push({ case: one, face: 'a stopped reply', leaks: [], failed: String(error) });
  }
}

/** What the model is shown as its own words. */
function saidIn({ messages }: HostileModel['requests'][number]['body']): string {
  const texts = messages
    .filter(({ role }) => role === 'assistant')
    .flatMap(({ content }) =>
      typeof content === 'string' ? [content] : content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
    );
  return JSON.stringify({ text: texts.join('\n') });
}

export type Inbox = { url: string; bodies: string[]; close(): Promise<void> };

/** Takes what the server tells staff by its webhook. */
export async function openInbox(): Promise<Inbox> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Looks through what the webhook has told of the cases. Waits for the last of it. */
export async function lookThrough({ bodies }: Inbox, cases: Iterable<HostileCase>, result: Attacked): Promise<void> {
  await sleep(QUIET_MS);
  const byId = new Map([...cases].map((one) => [one.id, one]));
  for (const body of bodies) {
    const one = byId.get(/case-\d+-\d+/.exec(body)?.[0] ?? '');
    if (one) look(one, { 'the webhook': body }, result);
  }
}

const QUIET_MS = 1_500;
