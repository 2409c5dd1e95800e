import { describe, expect, test } from 'vitest';
import type { ToolOutcome } from '../../src/agent/tool.ts';
import { closeConversation } from '../../src/conversations/conversation.ts';
import { requestHandoff } from '../../src/conversations/handoff.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { calls, decide, proposed, until, type Writing, writeTool } from './action-stage.ts';
import { newCustomer, openDesk, settled } from './test-desk.ts';

const HOUR = 3_600_000;

/** A desk whose agent calls the tool whatever it is told, and says a word once there is an outcome. */
async function willing(writing: Writing = {}) {
  const { tool, effects } = writeTool(writing);
  const script = (told: string) =>
    told.includes('"tool_result"') ? { text: 'Noted.' } : calls(/Refund (\d+)/.exec(told)?.[1] ?? '10');
  const at = await openDesk({
    model: (request, signal) =>
      scriptedModel([script(JSON.stringify(request.messages.at(-1)?.content))]).model(request, signal),
    agent: { tools: [tool] },
  });
  const asked = async (text = 'Refund 10') => {
    const customer = await newCustomer(at);
    await customer.ask(text);
    return customer;
  };
  return { ...at, effects, asked };
}

describe('a decision', () => {
  test('by a hash of other characters is none, also where they look or are kept alike', async () => {
    const at = await willing();
    const customer = await at.asked();
    const { hash } = await proposed(customer);
    const shifted = (by: number) => String.fromCharCode(...Array.from(hash, (letter) => letter.charCodeAt(0) + by));
    const forged = [shifted(0x100), shifted(0xfee0), shifted(0xff00), ` ${hash}`, `${hash}\0`, hash.slice(1), '', 'é'];
    for (const altered of forged) {
      await expect(decide(at, customer, { hash: altered })).rejects.toMatchObject({ code: 'action_changed' });
    }
    expect(at.effects.keys).toEqual([]);
  });

  test('that comes while the conversation is being closed is before it or refused', async () => {
    const at = await willing();
    const customer = await at.asked();
    const { get } = at.store.actions;
    // The moment between the look and the append, in which the customer closes.
    at.store.actions.get = async (...ids) => {
      at.store.actions.get = get;
      const action = await get(...ids);
      await closeConversation(at.desk, customer.id);
      return action;
    };
    const late = decide(at, customer);
    await expect(late).rejects.toMatchObject({ code: 'conversation_closed' });
    await settled(at);
    expect([at.effects.keys, (await customer.log()).filter(({ type }) => type === 'action.decided')]).toEqual([[], []]);
  });
});

test('what is closed is not opened again by a wish for a person that crosses with it', async () => {
  const at = await willing();
  const customer = await at.asked();
  const { get } = at.store.conversations;
  at.store.conversations.get = async (id) => {
    at.store.conversations.get = get;
    const conversation = await get(id);
    await closeConversation(at.desk, customer.id);
    return conversation;
  };
  await requestHandoff(at.desk, customer.id, 'Please.');
  expect((await at.store.conversations.get(customer.id))?.status).toBe('closed');
  await expect(decide(at, customer)).rejects.toMatchObject({ code: 'conversation_closed' });
});

test('a yes is not for what was asked before the last question, though that has lapsed', async () => {
  const { tool, effects } = writeTool({ fields: { confirmByMessage: true } });
  const confirm = () => ({ summary: 'Pay 2?', by: 'operator' as const });
  const { tool: pay } = writeTool({ more: { name: 'pay' }, fields: { confirm, expiresMinutes: 1 } });
  const { model } = scriptedModel([calls('1'), calls('2', 'pay'), { text: 'Yes to what?' }]);
  const at = await openDesk({ model, agent: { tools: [tool, pay] } });
  const customer = await newCustomer(at);
  await customer.ask('Refund 1');
  await customer.ask('And pay 2');
  at.desk.now = () => Date.now() + 2 * 60_000;
  expect(await customer.ask('yes')).toBe('Yes to what?');
  expect([effects.words, (await at.store.actions.of(customer.id)).map(({ state }) => state)]).toEqual([
    [],
    ['proposed', 'proposed'],
  ]);
});

test('a refusal gives nothing back to a later period', async () => {
  const held = Promise.withResolvers<ToolOutcome>();
  const run = async (input: unknown) =>
    (input as { word: string }).word === '1' ? held.promise : { content: 'Refunded.' };
  const at = await willing({ run, fields: { limits: [{ per: 'agent', most: 1, hours: 1 }] } });
  const first = await at.asked('Refund 1');
  await decide(at, first);
  await until(first, 'action.started');
  // The period of the first is over while its call still runs.
  at.desk.now = () => Date.now() + HOUR + 1;
  const done = async (text: string) => {
    const customer = await at.asked(text);
    await decide(at, customer);
    return (await until(customer, 'action.finished')).outcome;
  };
  expect(await done('Refund 2')).toBe('done');
  held.resolve({ content: 'Refused.', isError: true });
  await until(first, 'action.finished');
  await settled(at);
  expect([await done('Refund 3'), at.effects.words]).toEqual(['failed', ['1', '2']]);
});
