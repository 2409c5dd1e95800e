import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/agent/model.ts';
import { answerMessage } from '../../src/conversations/answer-message.ts';
import { rateConversation, startConversation } from '../../src/conversations/conversation.ts';
import { NO_LIMITS, type Rates } from '../../src/conversations/limits.ts';
import { returnToAgent, sendAsOperator } from '../../src/conversations/operator.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { openDesk, settled } from './test-desk.ts';

const RATES: Rates = { visitorMessages: 3, addressMessages: 5, addressConversations: 2 };
const answers: Model = (request, signal) => scriptedModel([{ text: 'Yes.' }]).model(request, signal);

/** A desk with few messages for everybody, and a clock that the test moves on. */
async function limitedDesk(rates: Partial<Rates> = {}) {
  const clock = { now: 1_795_341_600_000 };
  const limits = { ...NO_LIMITS, rates: { ...RATES, ...rates } };
  const opened = await openDesk({ model: answers, desk: { limits, now: () => clock.now } });
  const send = (conversationId: string, text: string, more: { address?: string; idempotencyKey?: string } = {}) =>
    answerMessage(opened, { conversationId, text, ...more });
  return { ...opened, clock, send };
}

const refused = (code: string, retryAfter: number) => ({ code, status: 429, retryAfter });

describe('limits of rate', () => {
  test('a visitor may send so many messages in an hour, in all conversations together', async () => {
    const { desk, clock, send } = await limitedDesk();
    const one = await startConversation(desk, {});
    const two = await startConversation(desk, { visitor: one.visitor });
    expect(two.visitor).toBe(one.visitor);
    for (const id of [one.id, two.id, one.id]) await send(id, 'Hello');
    clock.now += 600_000;
    await expect(send(two.id, 'More')).rejects.toMatchObject(refused('too_many_messages', 3_000));
    const stranger = await startConversation(desk, {});
    await send(stranger.id, 'I am somebody else');
    clock.now += 3_000_000;
    await send(two.id, 'An hour later');
    const texts = (await desk.store.log.events(two.id)).flatMap((event) =>
      event.type === 'message.received' ? [event.text] : [],
    );
    expect(texts).toEqual(['Hello', 'An hour later']);
  });

  test('a message that was taken is not counted again, and not refused', async () => {
    const { desk, send } = await limitedDesk();
    const { id } = await startConversation(desk, {});
    const first = await send(id, 'One', { idempotencyKey: 'a' });
    for (let n = 0; n < 5; n++) expect(await send(id, 'One', { idempotencyKey: 'a' })).toEqual(first);
    const second = await send(id, 'Two', { idempotencyKey: 'b' });
    await send(id, 'Three');
    await expect(send(id, 'Four', { idempotencyKey: 'c' })).rejects.toMatchObject({ code: 'too_many_messages' });
    expect(await send(id, 'Two', { idempotencyKey: 'b' })).toEqual(second);
    await expect(send(id, 'Other', { idempotencyKey: 'b' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('what is no message is not counted', async () => {
    const { desk, send } = await limitedDesk();
    const { id } = await startConversation(desk, {});
    for (let n = 0; n < 5; n++) {
      await expect(send(id, ' ')).rejects.toMatchObject({ code: 'empty_message' });
      await expect(send(id, 'x'.repeat(8_001))).rejects.toMatchObject({ code: 'message_too_long' });
    }
    for (let n = 0; n < 3; n++) await send(id, 'Hello');
  });

  test('a human is reached whatever the visitor has sent before; the address counts all the same', async () => {
    const { desk, send, ...rest } = await limitedDesk();
    const { id } = await startConversation(desk, {});
    const address = '192.0.2.1';
    for (let n = 0; n < 3; n++) await send(id, 'Hello', { address });
    await settled({ ...rest });
    await sendAsOperator(desk, id, 'I am here.');
    for (let n = 0; n < 2; n++) await send(id, 'To the human', { address });
    await expect(send(id, 'Again', { address })).rejects.toMatchObject(refused('too_many_messages', 3_600));
    await send(id, 'From elsewhere', { address: '192.0.2.2' });
    await returnToAgent(desk, id);
    await expect(send(id, 'To the agent')).rejects.toMatchObject({ code: 'too_many_messages' });
  });

  test('an address may send and start only so much, whoever its visitors say they are', async () => {
    const { desk, send } = await limitedDesk();
    const address = '192.0.2.1';
    const starts = [await startConversation(desk, { address }), await startConversation(desk, { address })];
    await expect(startConversation(desk, { address })).rejects.toMatchObject(refused('too_many_conversations', 3_600));
    await startConversation(desk, { address: '192.0.2.2' });
    const sent = starts.flatMap(({ id }) => [1, 2, 3].map((n) => send(id, `Hello ${n}`, { address })));
    const outcomes = await Promise.allSettled(sent);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  test('a conversation is rated a hundred times in an hour at most', async () => {
    const { desk } = await limitedDesk();
    const { id } = await startConversation(desk, {});
    const rate = () => rateConversation(desk, id, { score: 5, comment: null });
    for (let n = 0; n < 100; n++) await rate();
    await expect(rate()).rejects.toMatchObject(refused('too_many_messages', 3_600));
  });

  test('of a flood at once no more pass than may', async () => {
    const { desk, send } = await limitedDesk();
    const { id } = await startConversation(desk, {});
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => send(id, `Hello ${n}`)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const received = (await desk.store.log.events(id)).filter(({ type }) => type === 'message.received');
    expect(received).toHaveLength(3);
  });
});
