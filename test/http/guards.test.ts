import { describe, expect, test } from 'vitest';
import { ALLOW, type Guard } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import { closed, opened, SENTENCES } from '../agent/play-turn.ts';
import { customer, operator, readEvents, startOne, withoutOwnDigits } from './requests.ts';
import { testDesk } from './test-desk.ts';
import { post } from './ui-clients.ts';

const CARD = '4111-1111 1111 1111';
const SECRET = 'ZX-SECRET';
/** Any part of them. */
const LEAK = /1111|4111|ZX|SECRET/;
const REPLY = `Card ${CARD}. Now ${SECRET}. Bye.`;

/** Takes out the card, and ends the reply at the secret. */
const guards = (action: 'stop' | 'hand_off'): Guard[] => [
  {
    name: 'cards',
    check: (text) =>
      text.includes(CARD) ? { action: 'redact', text: text.replace(CARD, '[card]'), found: ['card'] } : ALLOW,
  },
  { name: 'secrets', check: (text) => (text.includes(SECRET) ? { action, reason: 'leaked' } : ALLOW) },
];

/** Says the reply in two deltas, cut at another place with each call. */
function cutting(): Model {
  let at = 0;
  return async function* () {
    yield* [...opened(REPLY.slice(0, at), REPLY.slice(at)), ...closed()];
    at += 1;
  };
}

async function desk(action: 'stop' | 'hand_off' = 'stop') {
  const opened = await testDesk({ agent: { guards: guards(action) }, webhook: true });
  opened.desk.model = cutting();
  return opened;
}

type Face = (at: Awaited<ReturnType<typeof desk>>) => Promise<string>;

/** What comes over the wire to a customer who asks. */
const FACES: Record<string, Face> = {
  'server-sent events': async (at) => {
    const asked = customer(await startOne(at), { text: 'Hello' }, { Accept: 'text/event-stream' });
    return (await readEvents(await at.app.request(...asked.at('/messages')))).raw;
  },
  JSON: async (at) => {
    const response = await at.app.request(...customer(await startOne(at), { text: 'Hello' }).at('/messages'));
    return response.text();
  },
  'the AI SDK': async (at) => {
    const started = await startOne(at);
    const message = { id: 'm', role: 'user', parts: [{ type: 'text', text: 'Hello' }] };
    return (await post(at, started, { id: started.id, messages: [message] })).text();
  },
};

describe.each(Object.entries(FACES))('what a guard withholds, by %s', (name, ask) => {
  test('is nowhere on the wire, wherever the deltas are cut', async () => {
    const at = await desk();
    for (let cut = 0; cut <= REPLY.length; cut++) {
      const raw = await ask(at);
      expect(withoutOwnDigits(raw), `cut at ${cut}`).not.toMatch(LEAK);
      expect(raw).toContain('[card]');
      expect(raw).toContain(SENTENCES.cutShort.slice(0, 30));
      expect(raw).not.toContain('Bye.');
      if (name !== 'server-sent events') expect(raw).not.toContain('guard.acted');
    }
  });
});

test('the log tells what guards did; only the private record has what they withheld', async () => {
  const at = await desk();
  const started = await startOne(at);
  await at.app.request(...customer(started, { text: 'Hello' }).at('/messages'));
  const events = await at.store.log.events(started.id);
  expect(events.filter(({ type }) => type === 'guard.acted')).toMatchObject([
    { guard: 'cards', action: 'redact', reason: 'card', step: 0 },
    { guard: 'secrets', action: 'stop', reason: 'leaked', step: 0 },
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'completed', code: 'guarded' });
  expect(withoutOwnDigits(JSON.stringify(events))).not.toMatch(LEAK);
  const [record] = await at.store.log.steps(started.id);
  expect(record).toMatchObject({ kind: 'guarded', output: [] });
  expect(record?.guarded?.map(({ of }) => of).join('')).toMatch(LEAK);
});

test('a hand-off by a guard reaches the inbox and the webhook, once', async () => {
  const at = await desk('hand_off');
  const started = await startOne(at);
  await at.app.request(...customer(started, { text: 'Hello' }).at('/messages'));
  const inbox = await (await at.app.request(...operator().at(''))).text();
  expect(JSON.parse(inbox).conversations).toHaveLength(1);
  expect(inbox).toContain('secrets, leaked');
  expect(withoutOwnDigits(inbox)).not.toMatch(LEAK);
  const events = await at.store.log.events(started.id);
  expect(events.filter(({ type }) => type === 'handoff.requested')).toHaveLength(1);
});

test('a guard that fails is logged by its name, without a word of the reply', async () => {
  const broken: Guard = {
    name: 'broken',
    check(text) {
      throw new Error(text);
    },
  };
  const at = await testDesk({ agent: { guards: [broken] } });
  at.desk.model = cutting();
  await at.app.request(...customer(await startOne(at), { text: 'Hello' }).at('/messages'));
  const failed = at.logged.filter(({ level }) => level === 'error');
  expect(failed[0]).toMatchObject({ facts: { guard: 'broken', reason: 'threw' }, message: 'a guard failed' });
  expect(JSON.stringify(at.logged)).not.toMatch(LEAK);
});
