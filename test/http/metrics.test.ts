import { expect, test } from 'vitest';
import type { AnswerCheck, Guard } from '../../src/agent/guard.ts';
import { wordTool } from '../agent/play-turn.ts';
import { customer, operator, startOne } from './requests.ts';
import { OPERATOR_TOKEN, type TestDesk, testDesk } from './test-desk.ts';

const guards: Guard[] = [
  {
    name: 'redacting',
    check: (text) =>
      text.includes('4111')
        ? { action: 'redact', text: text.replace('4111', '[card]'), found: ['card', 'phone'] }
        : { action: 'allow' },
  },
  {
    name: 'broken',
    check(text) {
      if (text.includes('break')) throw new Error('SECRET');
      return { action: 'allow' };
    },
  },
];
const checks: AnswerCheck[] = [
  {
    name: 'failing',
    timeoutMs: 1_000,
    async check({ text }) {
      if (text.includes('Card')) throw new Error('SECRET');
      return null;
    },
  },
];

async function scrape({ app }: Pick<TestDesk, 'app'>, token = OPERATOR_TOKEN): Promise<Response> {
  return app.request('/metrics', { headers: { Authorization: `Bearer ${token}` } });
}

/** The samples of a scrape that are the server's own, by name and labels. */
async function samples(desk: Pick<TestDesk, 'app'>): Promise<Record<string, number>> {
  const text = await (await scrape(desk)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('frontdesk_'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

test('what the server did is counted by code, and nothing of a customer’s is in it', async () => {
  const look = wordTool('look', async () => ({ content: 'Found.' }));
  const fail = wordTool('fail', async () => ({ content: 'SECRET', isError: true }));
  const desk = await testDesk({
    answers: [
      { tool: 'look', input: { word: 'SECRET' } },
      'Card 4111 is it.',
      { tool: 'fail', input: { word: 'SECRET' } },
      { tool: 'hand_off', input: { reason: 'SECRET', summary: 'SECRET' } },
      'Please do not break it.',
    ],
    tools: [look, fail],
    agent: { guards, checks },
  });
  expect((await samples(desk)).frontdesk_conversations_total).toBe(0);
  const started = await startOne(desk, { language: 'de' });
  for (const text of ['SECRET one', 'SECRET two'])
    await desk.app.request(...customer(started, { text }).at('/messages'));
  await desk.app.request(...customer(started, { score: 5 }).at('/rating'));
  await desk.app.request(...operator({ text: 'SECRET' }).at(`/${started.id}/messages`));
  const counted = await samples(desk);
  expect(counted).toMatchObject({
    'frontdesk_info{version="1.2.3"}': 1,
    frontdesk_conversations_total: 1,
    'frontdesk_messages_total{role="customer"}': 2,
    'frontdesk_messages_total{role="operator"}': 1,
    'frontdesk_tool_calls_total{tool="look",ok="true"}': 1,
    'frontdesk_tool_calls_total{tool="fail",ok="false"}': 1,
    'frontdesk_guard_verdicts_total{guard="redacting",action="redact",reason="card"}': 1,
    'frontdesk_guard_verdicts_total{guard="redacting",action="redact",reason="phone"}': 1,
    'frontdesk_guard_verdicts_total{guard="broken",action="withheld",reason="threw"}': expect.any(Number),
    'frontdesk_check_failures_total{check="failing"}': 1,
    'frontdesk_handoffs_total{by="agent"}': 1,
    'frontdesk_turns_total{outcome="handed_off",code="",cached="false"}': 1,
  });
  expect(counted['frontdesk_guard_checks_total{guard="redacting"}']).toBeGreaterThan(2);
  expect(counted['frontdesk_guard_seconds_total{guard="redacting"}']).toBeGreaterThanOrEqual(0);
  const text = await (await scrape(desk)).text();
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toMatch(/SECRET|conv_/);
});

test('a second scrape counts nothing twice', async () => {
  const desk = await testDesk({ answers: ['Yes.'] });
  const started = await startOne(desk);
  const send = () =>
    desk.app.request(...customer(started, { text: 'Hello' }, { 'Idempotency-Key': 'once' }).at('/messages'));
  await send();
  await send();
  const first = await samples(desk);
  expect(first['frontdesk_messages_total{role="customer"}']).toBe(1);
  expect(await samples(desk)).toEqual(first);
});

test('they are for operators only', async () => {
  const desk = await testDesk();
  expect((await scrape(desk)).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect((await desk.app.request('/metrics')).status).toBe(401);
  expect((await scrape(desk, 'wrong')).status).toBe(401);
  const closed = await testDesk({ settings: { operatorToken: null } });
  expect((await scrape(closed)).status).toBe(403);
});
