import { describe, expect, test } from 'vitest';
import type { ActionView } from '../../src/protocol/conversation.ts';
import { type Writing, writeTool } from '../conversations/action-stage.ts';
import { customer, eventually, operator, readEvents, type Started, startOne } from './requests.ts';
import { OPERATOR_TOKEN, testDesk } from './test-desk.ts';

const CUSTOMER = { id: 'c1', email: null, name: null, claims: {} };

/** A server whose agent asks whether to refund 10, and a conversation in which it has. */
async function asked(writing: Writing = {}, signedIn = false) {
  const { tool, effects } = writeTool(writing);
  const desk = await testDesk({ answers: [{ tool: 'refund', input: { word: '10' } }, 'It is done.'] });
  desk.desk.defaultAgent.tools.push(tool);
  const started = await startOne(desk);
  if (signedIn) {
    const entry = { customer: { customer: CUSTOMER, verifiedUntil: Date.now() + 60_000 } };
    await desk.store.log.append(started.id, { ...entry, events: [{ type: 'customer.identified' }] });
  }
  const post = async (body: unknown, path: string, headers = {}, who: Started = started) => {
    const response = await desk.app.request(...customer({ ...who, id: started.id }, body, headers).at(path));
    return { status: response.status, body: await response.json() };
  };
  const reply = await post({ text: 'Refund 10' }, '/messages');
  const [action] = reply.body.actions as [ActionView];
  const decide = (wish: object = {}, who?: Started) =>
    post({ decision: 'confirm', hash: action.hash, ...wish }, `/actions/${action.id}`, {}, who);
  return { ...desk, started, effects, action, reply, post, decide };
}

describe('an action over the API', () => {
  test('is data in the reply, is confirmed by its hash, and the answer is the reply that tells of it', async () => {
    const { action, reply, decide, effects, app, started } = await asked();
    expect(reply.body.message.text).toContain('confirm it or cancel it');
    expect(action).toEqual({
      ...{ id: expect.stringMatching(/^act_/), callId: expect.any(String), tool: 'refund', summary: 'Refund 10?' },
      ...{ input: { word: '10' }, hash: expect.stringMatching(/^[0-9a-f]{64}$/), by: 'customer' },
      ...{ expiresAt: expect.any(Number), state: 'proposed' },
    });
    const { status, body } = await decide();
    expect([status, body.action.state, body.message.text]).toEqual([200, 'done', 'It is done.']);
    expect(effects.keys).toEqual([action.id]);
    const read = await (await app.request(...customer(started).at(''))).json();
    expect(read.actions).toEqual([{ ...action, state: 'done' }]);
    expect(JSON.stringify(read)).not.toContain('Refunded 10');
  });

  test('streams what follows the decision where that is asked for', async () => {
    const { action, app, started } = await asked();
    const body = { decision: 'decline', hash: action.hash };
    const { at } = customer(started, body, { Accept: 'text/event-stream' });
    const { events } = await readEvents(await app.request(...at(`/actions/${action.id}`)));
    expect(events[0]).toMatchObject({ type: 'action.decided', decision: 'decline', by: 'customer' });
    expect(events.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'completed' });
  });

  test('is refused when it is replayed, altered, foreign, late or nonsense, each with its code', async () => {
    const { decide, post, desk, effects, action, app } = await asked();
    const stranger = await startOne({ app });
    const code = async (wish: object, who?: Started) => {
      const { status, body } = await decide(wish, who);
      return [status, body.error.code];
    };
    expect(await code({ hash: 'f'.repeat(64) })).toEqual([409, 'action_changed']);
    expect(await code({}, stranger)).toEqual([404, 'conversation_not_found']);
    expect(await code({ decision: 'yes' })).toEqual([400, 'invalid_request']);
    expect(await code({ more: 1 })).toEqual([400, 'invalid_request']);
    const unknown = await post({ decision: 'confirm', hash: action.hash }, '/actions/act_none');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'action_not_found']);
    const now = desk.now;
    desk.now = () => Date.now() + 15 * 60_000 + 1;
    expect(await code({})).toEqual([410, 'action_expired']);
    desk.now = now;
    expect(effects.keys).toEqual([]);
    expect((await decide()).status).toBe(200);
    for (const decision of ['confirm', 'decline']) expect(await code({ decision })).toEqual([409, 'action_decided']);
    expect(effects.keys).toHaveLength(1);
  });

  test('for an operator waits in their list, and is not the customer’s to decide', async () => {
    const confirm = () => ({ summary: 'Pay 10 back?', by: 'operator' as const });
    const { action, decide, app, started, effects, reply, store } = await asked({ fields: { confirm } });
    expect(reply.body.message.text).toContain('colleague');
    expect((await decide()).body.error.code).toBe('action_not_yours');
    const headers = { Authorization: `Bearer ${OPERATOR_TOKEN}` };
    const list = async () => (await app.request('/v1/operator/actions', { headers })).json();
    const waiting = { ...action, conversationId: started.id, customerId: null, proposedAt: expect.any(Number) };
    expect(await list()).toEqual({ actions: [waiting], next: null });
    expect((await app.request('/v1/operator/actions')).status).toBe(401);
    const body = { decision: 'confirm', hash: action.hash };
    const approved = await app.request(...operator(body).at(`/${started.id}/actions/${action.id}`));
    expect([approved.status, (await approved.json()).action.id]).toEqual([200, action.id]);
    await eventually(async () => (await store.actions.get(started.id, action.id))?.state === 'done');
    expect([effects.keys, await list()]).toEqual([[action.id], { actions: [], next: null }]);
  });

  test('of a signed-in customer is confirmed while that holds, and no longer; declined at any time', async () => {
    const writing = { more: { needsCustomer: true, fromCustomer: { customer_id: 'id' } } };
    const { decide, desk, effects } = await asked(writing, true);
    const now = desk.now;
    desk.now = () => Date.now() + 61_000;
    expect((await decide()).body.error.code).toBe('sign_in_required');
    desk.now = now;
    expect((await decide()).body.action.state).toBe('done');
    expect(effects.keys).toHaveLength(1);
    const other = await asked(writing, true);
    other.desk.now = () => Date.now() + 61_000;
    expect((await other.decide({ decision: 'decline' })).body.action.state).toBe('declined');
  });
});

describe('a typed answer', () => {
  test('counts where the tool allows it, and the message and the decision are one', async () => {
    const { post, effects, action, store, started } = await asked({ fields: { confirmByMessage: true } });
    const { body } = await post({ text: 'Yes, please!', idempotencyKey: 'k' }, '/messages');
    expect([body.message.text, body.actions[0].state]).toEqual(['It is done.', 'done']);
    await post({ text: 'Yes, please!', idempotencyKey: 'k' }, '/messages');
    expect(effects.keys).toEqual([action.id]);
    const log = await store.log.events(started.id);
    const said = log.findLast((event) => event.type === 'message.received');
    const turn = log.findLast((event) => event.type === 'turn.started');
    expect(log.find(({ seq }) => seq === (said?.seq ?? 0) + 1)).toMatchObject({ type: 'action.decided' });
    expect(turn?.answers).toEqual([action.id, said?.messageId]);
  });

  test.each<[string, Writing, string[], string]>([
    ['where the tool does not allow it', {}, ['yes'], 'proposed'],
    ['where it says more', { fields: { confirmByMessage: true } }, ['yes, but only 5'], 'proposed'],
    [
      'where something else was said in between',
      { fields: { confirmByMessage: true } },
      ['What is it?', 'yes'],
      'proposed',
    ],
    ['as a no', { fields: { confirmByMessage: true } }, ['no, thanks'], 'declined'],
  ])('counts not as a yes %s', async (_, writing, texts, state) => {
    const { post, effects } = await asked(writing);
    let body: { actions: ActionView[] } = { actions: [] };
    for (const text of texts) body = (await post({ text }, '/messages')).body;
    expect([body.actions[0]?.state, effects.keys]).toEqual([state, []]);
  });
});
