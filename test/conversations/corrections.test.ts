import { expect, test } from 'vitest';
import type { AnswerCheck } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import { cancelTurn } from '../../src/conversations/conversation.ts';
import { policyCheck } from '../../src/guards/policies.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { leftBehind, prefixes, recording } from './crashes.ts';
import { checkLog, newCustomer, openDesk, settled } from './test-desk.ts';

const REPLY = 'The refund period is 60 days.';
const WHOLE = `${REPLY}\n\nCorrection: the refund period is 30 days.`;
const policies = policyCheck([{ subject: 'Refund period', value: '30 days', also: [] }]);
const model: Model = (request, signal) => scriptedModel([{ text: [REPLY] }]).model(request, signal);

test('whatever crashes when, a reply is set right, and once', async () => {
  const desk = await openDesk({ model, agent: { checks: [policies] } });
  const entries = recording(desk);
  const customer = await newCustomer(desk);
  expect(await customer.ask('How long?')).toBe(WHOLE);
  const all = prefixes([...entries]);
  expect(all.length).toBeGreaterThan(5);
  for (const prefix of all) {
    const id = await leftBehind(desk, prefix);
    desk.turns.wake(id);
    await settled(desk);
    const title = `cut after ${prefix.at(-1)?.events.at(-1)?.type}`;
    const log = await desk.store.log.events(id);
    // No crash leaves that: the correction is written with the end, in one append.
    if (prefix.at(-1)?.events.at(-1)?.type === 'segment.released' && prefix.length === entries.length) continue;
    expect(checkLog(log), title).toMatchObject([{ text: WHOLE, outcome: 'completed' }]);
  }
});

test('a cancel ends the check, too', async () => {
  let asked: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let silenced = false;
  const hangs: AnswerCheck = {
    name: 'hangs',
    timeoutMs: 60_000,
    check: (_, signal) =>
      new Promise(() => {
        asked();
        signal.addEventListener('abort', () => {
          silenced = true;
        });
      }),
  };
  const desk = await openDesk({ model, agent: { checks: [hangs, policies] } });
  const customer = await newCustomer(desk);
  const sent = await customer.send('How long?');
  await begun;
  expect(await cancelTurn(desk.desk, customer.id)).toBe(true);
  await customer.wait(sent);
  expect(silenced).toBe(true);
  expect(checkLog(await customer.log())).toMatchObject([{ text: REPLY, outcome: 'stopped' }]);
});

test('a check that hangs or fails holds nothing up for long, is logged, and the next one is asked', async () => {
  const hangs: AnswerCheck = { name: 'hangs', timeoutMs: 30, check: () => new Promise(() => undefined) };
  const fails: AnswerCheck = { name: 'fails', timeoutMs: 30, check: () => Promise.reject(new Error('down')) };
  const desk = await openDesk({ model, agent: { checks: [hangs, fails, policies] } });
  const customer = await newCustomer(desk);
  expect(await customer.ask('How long?')).toBe(WHOLE);
  expect(JSON.stringify(desk.logged)).toMatch(/hangs.*fails/s);
});
