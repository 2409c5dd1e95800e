import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { webhookSender } from '../../src/adapters/webhook.ts';
import { readConversation } from '../../src/conversations/conversation.ts';
import { deliverWebhooks } from '../../src/conversations/deliver-webhooks.ts';
import { reconcileHandoffs, requestHandoff } from '../../src/conversations/handoff.ts';
import { listInbox } from '../../src/conversations/operator.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';
import { handOffTool } from '../../src/tools/hand-off.ts';
import { CONTACT } from '../agent/play-turn.ts';
import { checkLog, eventually, newCustomer, openDesk, settled } from './test-desk.ts';

const SECRET = 'whsec-of-the-tests';
const HAND_OFF: ScriptedStep = {
  tools: [{ name: 'hand_off', input: { reason: 'asked for a person', summary: 'Wants a refund of 20 dollars.' } }],
};

type Call = { headers: IncomingMessage['headers']; body: string };

/** A receiver on loopback that answers with these statuses, the last one over and over. */
async function receiver(statuses: number[]): Promise<{ url: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>);
    response.statusCode = statuses[Math.min(calls.length, statuses.length - 1)] ?? 200;
    calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, calls };
}

async function deskWithWebhook(script: ScriptedStep[]) {
  const clock = { now: Date.now() };
  const { model, requests } = scriptedModel(script);
  const desk = await openDesk({
    model,
    agent: { tools: [handOffTool(CONTACT)] },
    desk: { webhook: true, now: () => clock.now },
  });
  return { ...desk, clock, requests, customer: await newCustomer(desk) };
}

/** A signature as the receiver checks it. */
function expectSigned({ headers, body }: Call): void {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  const signature = createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
}

describe('a handoff', () => {
  test('asked for by several calls at once is one, with the summary of the call that counted', async () => {
    const ask = (reason: unknown, summary: string) => ({ name: 'hand_off', input: { reason, summary } });
    const calls = [ask(7, 'Not valid.'), ask('a refund', 'Wants 20 dollars.'), ask('upset', 'Is upset.')];
    const { customer, desk, store } = await deskWithWebhook([{ tools: calls }, { text: 'A colleague was asked.' }]);
    await customer.ask('A person, please');
    expect((await customer.log()).filter(({ type }) => type === 'handoff.requested')).toHaveLength(1);
    const { handoff } = (await listInbox(desk, { status: 'waiting_for_human', limit: 10 })).conversations[0] ?? {};
    expect(handoff).toMatchObject({ reason: 'a refund', summary: 'Wants 20 dollars.' });
    expect(await store.deliveries.of([customer.id])).toHaveLength(1);
  });

  test('tells the customer the truth, and calls the webhook until it is taken, for all to see', async () => {
    const { url, calls } = await receiver([500, 204]);
    const { customer, clock, desk, requests } = await deskWithWebhook([HAND_OFF, { text: 'A colleague was asked.' }]);
    const inbox = async () =>
      (await listInbox(desk, { status: 'waiting_for_human', limit: 10 })).conversations[0]?.handoff;
    expect(await customer.ask('A person, please')).toBe('A colleague was asked.');
    expect(JSON.stringify(requests[1])).toContain('555-0100');
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'handed_off' }]);
    expect(await inbox()).toMatchObject({
      by: 'agent',
      reason: 'asked for a person',
      summary: 'Wants a refund of 20 dollars.',
      webhook: { state: 'pending', attempts: 0 },
    });

    const deliveries = deliverWebhooks(desk, webhookSender({ url, secret: SECRET }));
    await eventually(async () => (await inbox())?.webhook?.attempts === 1);
    expect((await inbox())?.webhook).toEqual({
      state: 'pending',
      attempts: 1,
      lastError: 'the receiver answered 500',
    });
    clock.now += 60_000;
    await eventually(async () => (await inbox())?.webhook?.state === 'delivered');
    await deliveries.close();
    expect(calls).toHaveLength(2);
    for (const call of calls) expectSigned(call);
    expect(calls[0]?.headers['webhook-id']).toBe(calls[1]?.headers['webhook-id']);
    expect(JSON.parse(calls[1]?.body ?? '')).toMatchObject({
      type: 'handoff.requested',
      data: {
        conversationId: customer.id,
        reason: 'asked for a person',
        summary: 'Wants a refund of 20 dollars.',
        mood: { sentiment: 'unknown', urgency: 'unknown' },
        messages: [{ role: 'agent' }, { role: 'customer', text: 'A person, please' }],
      },
    });
  });

  test('is given up after the last of its attempts, visibly', async () => {
    const { url } = await receiver([500]);
    const { customer, desk } = await deskWithWebhook([]);
    await requestHandoff(desk, customer.id, 'asked');
    const delivery = async () => (await desk.store.deliveries.of([customer.id]))[0];
    const noted = await eventually(delivery);
    await desk.store.deliveries.update({ ...noted, attempts: 16 });
    const deliveries = deliverWebhooks(desk, webhookSender({ url, secret: SECRET }));
    await eventually(async () => (await delivery())?.state === 'failed');
    await deliveries.close();
    expect(await delivery()).toMatchObject({ attempts: 17, lastError: 'the receiver answered 500' });
  });

  test('whose server died between the log and the outbox is found, once', async () => {
    const { customer, desk } = await deskWithWebhook([]);
    await desk.store.log.append(customer.id, {
      events: [
        { type: 'handoff.requested', by: 'customer', reason: 'asked' },
        { type: 'status.changed', status: 'waiting_for_human' },
      ],
    });
    expect(await desk.store.deliveries.of([customer.id])).toHaveLength(0);
    await reconcileHandoffs(desk);
    await reconcileHandoffs(desk);
    await requestHandoff(desk, customer.id, 'asked again');
    expect(await desk.store.deliveries.of([customer.id])).toHaveLength(1);
  });

  test('of a conversation that is closed is found as well, for a day', async () => {
    const { customer, desk, turns, clock } = await deskWithWebhook([]);
    const late = await newCustomer({ desk, turns });
    const reason = 'It is not known whether a confirmed action was done.';
    const closed = { type: 'status.changed', status: 'closed' } as const;
    const ask = (id: string) =>
      desk.store.log.append(id, { events: [{ type: 'handoff.requested', by: 'agent', reason }, closed] });
    await ask(customer.id);
    await reconcileHandoffs(desk);
    expect(await desk.store.deliveries.of([customer.id])).toHaveLength(1);
    await ask(late.id);
    clock.now += 25 * 3_600_000;
    await reconcileHandoffs(desk);
    expect(await desk.store.deliveries.of([late.id])).toHaveLength(0);
  });

  test('whose webhook could not be noted down is noted when the customer asks again', async () => {
    const { customer, desk } = await deskWithWebhook([]);
    const { deliveries } = desk.store;
    desk.store = { ...desk.store, deliveries: { ...deliveries, add: () => Promise.reject(new Error('disk full')) } };
    await expect(requestHandoff(desk, customer.id, 'asked')).rejects.toThrow('disk full');
    desk.store = { ...desk.store, deliveries };
    await requestHandoff(desk, customer.id, 'asked');
    expect(await deliveries.of([customer.id])).toHaveLength(1);
    const said = (await readConversation(desk, customer.id)).messages.filter(({ role }) => role === 'agent');
    expect(said).toHaveLength(2);
    expect(said[1]?.text).toContain('555-0100');
  });

  test('in a turn whose outbox failed is noted when the turn is resumed, and the reply goes on', async () => {
    const desk = await deskWithWebhook([HAND_OFF, { text: 'A colleague was asked.' }]);
    const { customer } = desk;
    const { deliveries } = desk.desk.store;
    let broken = true;
    desk.desk.store = {
      ...desk.desk.store,
      deliveries: {
        ...deliveries,
        add: (delivery) => (broken ? Promise.reject(new Error('disk full')) : deliveries.add(delivery)),
      },
    };
    const message = await customer.send('A person, please');
    await settled({ ...desk, store: desk.store });
    expect(await deliveries.of([customer.id])).toHaveLength(0);
    broken = false;
    desk.turns.wake(customer.id);
    await customer.wait(message);
    expect(await deliveries.of([customer.id])).toHaveLength(1);
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'handed_off', text: 'A colleague was asked.' }]);
  });

  test('by the customer while a reply streams does not end the reply as handed off', async () => {
    const { customer, desk } = await deskWithWebhook([() => ({ text: 'Yes.', delayMs: 0 })]);
    const message = await customer.send('Hello');
    await requestHandoff(desk, customer.id, 'asked');
    await customer.wait(message);
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'completed' }]);
    expect((await readConversation(desk, customer.id)).status).toBe('waiting_for_human');
  });
});
