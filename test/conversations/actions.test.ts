import { describe, expect, test } from 'vitest';
import type { ToolOutcome } from '../../src/agent/tool.ts';
import { actionView } from '../../src/conversations/decide-action.ts';
import type { LogEntry } from '../../src/conversations/log.ts';
import { RunningTurns } from '../../src/conversations/running-turns.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';
import { type Target, testDatabaseUrl } from '../contracts/databases.ts';
import { calls, decide, proposed, until, type Writing, writeTool } from './action-stage.ts';
import { checkLog, newCustomer, openDesk, settled, testTargets } from './test-desk.ts';

const TARGETS: [string, () => Target][] = [
  ['SQLite', () => testTargets().folder()],
  ...(testDatabaseUrl() ? [['PostgreSQL', () => testTargets().schema()] as [string, () => Target]] : []),
];

const NOBODY = { wake() {} };
const LOST = () => Promise.reject(new Error('the connection was lost'));

/** A conversation in which the agent has asked whether to refund 10. `later`: what the model says after that. */
async function asked(
  target: Target,
  { later = [{ text: 'Noted.' }], ...writing }: Writing & { later?: ScriptedStep[] },
) {
  const { tool, effects } = writeTool(writing);
  const { model, requests } = scriptedModel([calls('10'), ...later]);
  const at = await openDesk({ target, model, agent: { tools: [tool] } });
  const customer = await newCustomer(at);
  await customer.ask('Refund 10');
  const { id } = await proposed(customer);
  await settled(at);
  return {
    ...{ ...at, customer, effects, requests, id },
    state: async () => (await at.store.actions.get(customer.id, id))?.state,
    /** The last thing that the model was told of the action. */
    told: () => JSON.stringify(requests.at(-1)?.messages.at(-1)?.content),
    /** Appends as an owner that then dies. */
    async dies(...entries: LogEntry[]) {
      const lease = await at.store.leases.claim(customer.id, 'who dies', 60_000);
      if (!lease) throw new Error('the lease is taken');
      for (const entry of entries) expect((await at.store.log.append(customer.id, { ...entry, lease })).ok).toBe(true);
      await at.store.leases.release(lease);
    },
    /** Another server looks for what was left behind, and ends it. */
    async restarts() {
      const other = new RunningTurns(at.desk, 'other');
      other.start();
      await until(customer, 'turn.ended', 2);
      await other.close();
      return checkLog(await customer.log());
    },
  };
}

describe.each(TARGETS)('actions on %s', (_, target) => {
  test('are asked for, done once after a yes, and told in a turn that answers the decision', async () => {
    const at = await asked(target(), {});
    expect([at.effects.words, await at.state()]).toEqual([[], 'proposed']);
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 2);
    await settled(at);
    expect(at.effects).toEqual({ keys: [at.id], words: ['10'] });
    const turns = checkLog(await at.customer.log());
    expect(turns.map(({ outcome }) => outcome)).toEqual(['awaiting_decision', 'completed']);
    expect(turns[1]).toMatchObject({ answers: [at.id], text: 'Noted.' });
    const [call, result] = at.requests.at(-1)?.messages.slice(-2) ?? [];
    expect(call?.content).toContainEqual({ type: 'tool_use', id: at.id, name: 'refund', input: { word: '10' } });
    expect(result?.content).toEqual([
      { type: 'tool_result', tool_use_id: at.id, content: '[Data from refund]\nRefunded 10.' },
    ]);
  });

  test('that are declined are not done, and that is told', async () => {
    const at = await asked(target(), {});
    await decide(at, at.customer, { decision: 'decline' });
    await until(at.customer, 'turn.ended', 2);
    expect([at.effects.words, await at.state()]).toEqual([[], 'declined']);
    expect(at.told()).toContain('The customer declined. It was NOT done.');
  });

  test('are decided once: of many decisions at once one wins', async () => {
    const at = await asked(target(), {});
    const wishes = Array.from({ length: 8 }, (_, n) =>
      decide(at, at.customer, { decision: n % 2 ? 'decline' : 'confirm' }),
    );
    const outcomes = await Promise.allSettled(wishes);
    const refused = outcomes.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    expect(refused).toEqual(Array(7).fill('action_decided'));
    await until(at.customer, 'turn.ended', 2);
    const { decision } = await until(at.customer, 'action.decided');
    expect(at.effects.words).toHaveLength(decision === 'confirm' ? 1 : 0);
  });

  describe('of a server that died', () => {
    const started = (id: string) => ({ events: [{ type: 'action.started', actionId: id, attempt: 1 } as const] });

    test('between the yes and the call are done', async () => {
      const at = await asked(target(), {});
      await decide({ desk: at.desk, turns: NOBODY }, at.customer);
      const [, turn] = await at.restarts();
      expect([at.effects.keys, turn?.answers]).toEqual([[at.id], [at.id]]);
    });

    test.each<[string, Writing['fields'], string, number]>([
      ['whose tool is idempotent are called again', { idempotent: true }, 'done', 1],
      ['that are not found are called', { lookup: async () => null }, 'done', 1],
      ['that are found are not called', { lookup: async () => ({ content: 'Was refunded.' }) }, 'done', 0],
      ['of which nobody can know are handed to a human', {}, 'unknown', 0],
    ])('while it called: %s', async (_case, fields, state, times) => {
      const at = await asked(target(), { fields: fields ?? {} });
      await decide({ desk: at.desk, turns: NOBODY }, at.customer);
      await at.dies(started(at.id));
      await at.restarts();
      expect([await at.state(), at.effects.keys]).toEqual([state, Array(times).fill(at.id)]);
      const conversation = await at.store.conversations.get(at.customer.id);
      expect(conversation?.status).toBe(state === 'unknown' ? 'waiting_for_human' : 'open');
      if (state !== 'unknown') return;
      expect(at.told()).toContain('NOT known whether this was done');
      expect(conversation?.handoff?.summary).toContain(at.id);
      expect(conversation?.handoff?.summary).toContain('{"word":"10"}');
      expect(JSON.stringify(await at.customer.log())).not.toContain('Idempotency key');
    });

    test('before it told are told, and not done again', async () => {
      const at = await asked(target(), { fields: { idempotent: true } });
      await decide({ desk: at.desk, turns: NOBODY }, at.customer);
      const finished = { type: 'action.finished', actionId: at.id, outcome: 'done' } as const;
      const results = { [at.id]: { content: 'Refunded by the one that died.', isError: false } };
      await at.dies(started(at.id), { events: [finished], results });
      await at.restarts();
      expect(at.effects.keys).toEqual([]);
      expect(at.told()).toContain('by the one that died');
    });
  });

  test('of an owner that has lost the lease are not written, nor called again', async () => {
    const held = Promise.withResolvers<ToolOutcome>();
    const at = await asked(target(), {
      run: () => held.promise,
      fields: { lookup: async () => ({ content: 'Found.' }) },
    });
    await decide(at, at.customer);
    await until(at.customer, 'action.started');
    const events = await at.customer.log();
    const stolen = { conversationId: at.customer.id, owner: 'test', epoch: 0 };
    // What a lapse of its time would do, without the wait.
    for (let epoch = 1; epoch <= events.length; epoch++) await at.store.leases.release({ ...stolen, epoch });
    await at.restarts();
    held.resolve({ content: 'Too late.' });
    await settled(at);
    const finished = (await at.customer.log()).filter(({ type }) => type === 'action.finished');
    expect([finished.length, at.effects.keys.length]).toEqual([1, 1]);
    expect(at.told()).toContain('Found.');
  });

  test('fifty at once never pass a limit together', async () => {
    const amount = ({ word }: { word: string }) => Number(word);
    const { tool, effects } = writeTool({ fields: { limits: [{ per: 'agent', most: 10_000, hours: 24, amount }] } });
    const at = await openDesk({
      target: target(),
      model: (request, signal) =>
        scriptedModel([request.messages.length > 4 ? { text: 'Noted.' } : calls('700')]).model(request, signal),
      agent: { tools: [tool] },
    });
    const customers = await Promise.all(Array.from({ length: 50 }, () => newCustomer(at)));
    await Promise.all(customers.map((customer) => customer.ask('Refund')));
    await Promise.all(customers.map((customer) => decide(at, customer)));
    await Promise.all(customers.map((customer) => until(customer, 'action.finished')));
    expect(effects.words).toHaveLength(14);
  });
});

describe('an action', () => {
  const [, target] = TARGETS[0] as [string, () => Target];

  test('gives back what a refusal did not use up', async () => {
    const limits = [{ per: 'agent', most: 1, hours: 1 } as const];
    const refuses = { run: async () => ({ content: 'No.', isError: true }), fields: { limits } };
    const at = await asked(target(), { ...refuses, later: [{ text: 'No.' }, calls('11'), { text: 'No.' }] });
    // Time goes on between any two looks at the clock.
    let passed = 0;
    const { now } = at.desk;
    at.desk.now = () => {
      passed += 1;
      return now() + passed;
    };
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 2);
    await at.customer.ask('And 11');
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 4);
    expect(at.effects.words).toEqual(['10', '11']);
  });

  test('runs to its end when an operator takes over meanwhile; the agent stays silent, and knows it later', async () => {
    const held = Promise.withResolvers<ToolOutcome>();
    const at = await asked(target(), { run: () => held.promise });
    await decide(at, at.customer);
    await until(at.customer, 'action.started');
    await at.store.log.append(at.customer.id, { events: [{ type: 'status.changed', status: 'with_human' }] });
    held.resolve({ content: 'Refunded 10.' });
    await until(at.customer, 'action.finished');
    await settled(at);
    expect(at.requests).toHaveLength(1);
    await at.store.log.append(at.customer.id, { events: [{ type: 'status.changed', status: 'open' }] });
    at.turns.wake(at.customer.id);
    await settled(at);
    expect(at.requests).toHaveLength(1);
    await at.customer.ask('Is it done?');
    expect(JSON.stringify(at.requests.at(-1)?.messages)).toContain('Refunded 10.');
  });

  test('runs to its end when the customer closes meanwhile; in a closed conversation nothing is decided', async () => {
    const held = Promise.withResolvers<ToolOutcome>();
    const at = await asked(target(), { run: () => held.promise });
    await decide(at, at.customer);
    await until(at.customer, 'action.started');
    await at.store.log.append(at.customer.id, { events: [{ type: 'status.changed', status: 'closed' }] });
    held.resolve({ content: 'Refunded 10.' });
    await until(at.customer, 'action.finished');
    await settled(at);
    expect([await at.state(), at.requests.length]).toEqual(['done', 1]);
    await expect(decide(at, at.customer)).rejects.toMatchObject({ code: 'conversation_closed' });
  });

  test('waits for a shutdown to pass, and is ended within it', async () => {
    const held = Promise.withResolvers<ToolOutcome>();
    const at = await asked(target(), { run: () => held.promise });
    await decide(at, at.customer);
    await until(at.customer, 'action.started');
    const closed = at.turns.close();
    held.resolve({ content: 'Refunded 10.' });
    await closed;
    expect([await at.state(), at.effects.keys.length]).toEqual(['done', 1]);
  });

  test('that stays open stands beside what the customer says, and is told once its time has passed', async () => {
    const at = await asked(target(), { later: [{ text: 'It is still open.' }, { text: 'It was not done.' }] });
    expect(await at.customer.ask('What was it?')).toBe('It is still open.');
    expect(await at.state()).toBe('proposed');
    at.desk.now = () => Date.now() + 16 * 60_000;
    await expect(decide(at, at.customer)).rejects.toMatchObject({ code: 'action_expired' });
    const record = await at.store.actions.get(at.customer.id, at.id);
    expect(record && actionView(record, at.desk.now()).state).toBe('expired');
    expect(at.effects.words).toEqual([]);
  });

  test('whose time has passed is told before the next message, once', async () => {
    const at = await asked(target(), {
      fields: { expiresMinutes: 0.0001 },
      later: [{ text: 'It was not done.' }, { text: 'Yes.' }],
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await at.customer.ask('And?');
    expect(at.told()).toContain('[Nobody confirmed this in time, so it was not done: Refund 10?]');
    await at.customer.ask('Sure?');
    expect(at.told()).not.toContain('Nobody confirmed');
    expect(JSON.stringify(at.requests.at(-1)?.messages).split('Nobody confirmed')).toHaveLength(2);
  });

  test('is decided while a reply is made, on another node: it is done after it, in order', async () => {
    const speaks = Promise.withResolvers<void>();
    const at = await asked(target(), { later: [{ text: 'It is open.' }, { text: 'It is done.' }] });
    const model = at.desk.model;
    at.desk.model = async function* (request, signal) {
      await speaks.promise;
      yield* model(request, signal);
    };
    await at.customer.send('What was it?');
    await until(at.customer, 'turn.started', 2);
    const other = new RunningTurns(at.desk, 'other');
    await decide({ desk: at.desk, turns: other }, at.customer);
    speaks.resolve();
    await until(at.customer, 'turn.ended', 3);
    await other.close();
    const [, second, third] = checkLog(await at.customer.log());
    expect([second?.text, third?.text, third?.answers]).toEqual(['It is open.', 'It is done.', [at.id]]);
    expect(at.effects.keys).toEqual([at.id]);
  });

  test('of two cards is the one that was decided; the other stays', async () => {
    const { tool, effects } = writeTool();
    const both = { tools: ['1', '2'].map((word) => ({ name: 'refund', input: { word } })) };
    const { model } = scriptedModel([both, { text: 'One is done.' }, { text: 'The other too.' }]);
    const at = await openDesk({ target: target(), model, agent: { tools: [tool] } });
    const customer = await newCustomer(at);
    await customer.ask('Refund both');
    const [first] = await at.store.actions.of(customer.id);
    await decide(at, customer, { actionId: first?.id ?? '', hash: first?.hash ?? '' });
    await until(customer, 'turn.ended', 2);
    expect(effects.words).toEqual(['1']);
    await decide(at, customer);
    await until(customer, 'turn.ended', 3);
    expect(effects.words).toEqual(['1', '2']);
  });

  test('is not decided by what differs from it, nor by whom it does not wait for', async () => {
    const at = await asked(target(), { later: [calls('900'), { text: 'Done.' }] });
    const { hash } = await proposed(at.customer);
    await at.customer.ask('Make it 900');
    const other = await proposed(at.customer);
    const refusals: [Parameters<typeof decide>[2], string][] = [
      [{ hash }, 'action_changed'],
      [{ hash: `${other.hash.slice(1)}0` }, 'action_changed'],
      [{ hash: 'é'.repeat(64) }, 'action_changed'],
      [{ actionId: 'act_none' }, 'action_not_found'],
      [{ by: 'operator' }, 'action_not_yours'],
      [{ conversationId: (await newCustomer(at)).id }, 'action_not_found'],
      [{ conversationId: 'conv_none' }, 'conversation_not_found'],
    ];
    for (const [wish, code] of refusals) await expect(decide(at, at.customer, wish)).rejects.toMatchObject({ code });
    expect(at.effects.words).toEqual([]);
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 3);
    expect(at.effects.words).toEqual(['900']);
    await expect(decide(at, at.customer)).rejects.toMatchObject({ code: 'action_decided' });
  });

  test('that a lost connection leaves unknown tells a human who has the conversation', async () => {
    const at = await asked(target(), { run: LOST });
    await at.store.log.append(at.customer.id, { events: [{ type: 'status.changed', status: 'with_human' }] });
    await decide(at, at.customer);
    await until(at.customer, 'handoff.requested');
    await settled(at);
    expect((await at.store.conversations.get(at.customer.id))?.status).toBe('with_human');
    expect([await at.state(), at.effects.keys.length]).toEqual(['unknown', 1]);
  });

  test('is looked at again before it is called: a tool that is gone, arguments that are not valid any more', async () => {
    const at = await asked(target(), {});
    at.desk.defaultAgent.tools.length = 0;
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 2);
    expect([await at.state(), at.effects.keys]).toEqual(['failed', []]);
    expect(at.told()).toContain('NOT done');
  });

  test('asks the model with a history that only grows', async () => {
    const at = await asked(target(), { later: [{ text: 'Done.' }, { text: 'Yes.' }, { text: 'Yes, again.' }] });
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 2);
    await at.customer.ask('Sure?');
    const [before, after] = at.requests.slice(-2).map(({ messages }) => JSON.stringify(messages).slice(0, -2));
    expect(after?.startsWith(before ?? '-')).toBe(true);
  });

  test('is summed up with its outcome, and leaves no call without a result when older turns are', async () => {
    const at = await asked(target(), { later: Array.from({ length: 9 }, (_, n) => ({ text: `Reply ${n}.` })) });
    at.desk.compactAfterTokens = 1;
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 2);
    for (let n = 0; n < 7; n++) await at.customer.ask(`Question ${n}?`);
    const [summing, ...more] = at.requests.filter(({ tools }) => tools.length === 0);
    expect(more).toEqual([]);
    expect(JSON.stringify(summing?.messages)).toContain('Refunded 10.');
    const last = JSON.stringify(at.requests.at(-1)?.messages);
    expect(last).toContain('conversation_summary');
    expect(last.match(/"type":"tool_(use|result)"/g)).toBeNull();
  });

  test('of a paused agent is not confirmed; declined it can be', async () => {
    const at = await asked(target(), {});
    at.desk.paused = { since: 0, reason: null };
    await expect(decide(at, at.customer)).rejects.toMatchObject({ code: 'paused' });
    await decide(at, at.customer, { decision: 'decline' });
    expect(await at.state()).toBe('declined');
  });
});
