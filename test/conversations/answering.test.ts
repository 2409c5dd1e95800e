import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/agent/model.ts';
import { NUDGES } from '../../src/agent/notes.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { cancelTurn, readConversation } from '../../src/conversations/conversation.ts';
import type { DeskAgent } from '../../src/conversations/desk.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';
import { closed, opened, PASSAGE, SENTENCES, wordTool } from '../agent/play-turn.ts';
import { type StageCall, stage } from './stage.ts';
import { checkLog, eventually, newCustomer, openDesk, settled } from './test-desk.ts';

const scripted = async (script: ScriptedStep[], options: Omit<Parameters<typeof openDesk>[0], 'model'> = {}) => {
  const { model, requests, assertDone } = scriptedModel(script);
  const desk = await openDesk({ model, ...options });
  return { ...desk, requests, assertDone, customer: await newCustomer(desk) };
};

/** The customer's words in the newest message of a request. */
function asked({ request }: Pick<StageCall, 'request'>): string[] {
  const last = request.messages.at(-1);
  return last
    ? blocksOf(last)
        .flatMap((block) => (block.type === 'text' ? block.text : []))
        .slice(1)
    : [];
}

async function onStage() {
  const theatre = stage();
  const desk = await openDesk({ model: theatre.model });
  return { ...desk, theatre, customer: await newCustomer(desk) };
}

describe('messages', () => {
  test('two quick ones get one defined answer, and both senders hear of an end', async () => {
    const { customer, turns, store } = await scripted([{ text: 'One.' }, { text: 'Two.' }]);
    const sent = await Promise.all([customer.send('First'), customer.send('Second')]);
    const heard = await Promise.all(sent.map(customer.wait));
    for (const events of heard) expect(events.filter(({ type }) => type === 'turn.ended')).toHaveLength(1);
    await settled({ turns, store });
    const answered = checkLog(await customer.log()).flatMap(({ answers }) => answers);
    expect(answered.toSorted()).toEqual(sent.map(({ messageId }) => messageId).toSorted());
  });

  test('that come while a reply streams wait, and are then answered together by one turn', async () => {
    const { customer, theatre, turns, store } = await onStage();
    const first = await customer.send('One');
    const reply = await theatre.call(0);
    reply.say('First. ');
    const others = [await customer.send('Two'), await customer.send('Three')];
    const waiting = Promise.all([first, ...others].map(customer.wait));
    expect(theatre.calls).toHaveLength(1);
    reply.end();
    const second = await theatre.call(1);
    expect(asked(second)).toEqual(['Two', 'Three']);
    second.say('Both.');
    second.end();
    const heard = await waiting;
    expect(heard.map((events) => events.findLast((event) => event.type === 'turn.ended')?.outcome)).toEqual(
      Array(3).fill('completed'),
    );
    expect(heard[1]?.at(-1)).toEqual(heard[2]?.at(-1));
    // Nobody hears of a turn that is not theirs.
    expect(heard[2]?.some((event) => event.type === 'segment.released' && event.text.includes('First'))).toBe(false);
    await settled({ turns, store });
    expect(checkLog(await customer.log()).map(({ text, answers }) => [text, answers.length])).toEqual([
      ['First.', 1],
      ['Both.', 2],
    ]);
  });

  test('are searched for as they are asked: the waiting ones, not one that comes later', async () => {
    const theatre = stage();
    const searches: string[][] = [];
    const firstSearch = async (messages: string[]) => {
      searches.push(messages);
      // The next message arrives while this turn is still being put together.
      if (searches.length === 1) await customer.send('Later');
      return { passages: [], relevance: null, isGap: false };
    };
    const desk = await openDesk({ model: theatre.model, agent: { firstSearch } });
    const customer = await newCustomer(desk);
    await customer.send('Now');
    (await theatre.call(0)).end('refusal');
    (await theatre.call(1)).end('refusal');
    await settled(desk);
    expect(searches).toEqual([['Now'], ['Now', 'Later']]);
  });

  test('sent just as the conversation closes do not leave their sender waiting', async () => {
    const { customer, desk } = await onStage();
    const late = { type: 'message.received', messageId: 'late', text: 'Late' } as const;
    const appended = await desk.store.log.append(customer.id, {
      events: [late, { type: 'status.changed', status: 'closed' }],
    });
    const seq = appended.ok ? (appended.events[0]?.seq ?? 0) : 0;
    const waited = await customer.wait({ messageId: 'late', seq });
    expect(waited.map(({ type }) => type)).toEqual(['message.received']);
    expect(await desk.store.log.append(customer.id, { events: [late] })).toMatchObject({ why: 'conversation_closed' });
  });

  test('open a resolved conversation again', async () => {
    const events = [{ type: 'status.changed', status: 'resolved' }] as const;
    const resolve = wordTool('resolve', async () => ({ content: 'resolved', events: [...events] }));
    const call = { tools: [{ name: 'resolve', input: { word: 'x' } }] };
    const { customer, desk } = await scripted([call, { text: 'Good-bye.' }, { text: 'Yes?' }], {
      agent: { tools: [resolve] },
    });
    const status = async () => (await readConversation(desk, customer.id)).status;
    await customer.ask('Thanks, bye');
    expect(await status()).toBe('resolved');
    await customer.ask('One more thing');
    expect(await status()).toBe('open');
  });

  test('that come while the reply resolves the conversation open it again', async () => {
    const entered = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const resolve = wordTool('resolve', async () => {
      entered.resolve();
      await go.promise;
      return { content: 'resolved', events: [{ type: 'status.changed', status: 'resolved' }] };
    });
    const call = { tools: [{ name: 'resolve', input: { word: 'x' } }] };
    const { customer, desk } = await scripted([call, { text: 'Good-bye.' }, { text: 'Yes?' }], {
      agent: { tools: [resolve] },
    });
    await customer.send('Bye');
    await entered.promise;
    const second = await customer.send('Oh, one more thing');
    go.resolve();
    await customer.wait(second);
    expect((await readConversation(desk, customer.id)).status).toBe('open');
  });
});

test('a message that comes while its server looks whether it is done is not forgotten', async () => {
  const desk = await openDesk({ model: scriptedModel([{ text: 'One.' }, { text: 'Two.' }]).model });
  const customer = await newCustomer(desk);
  const { conversations, leases } = desk.store;
  let late: ReturnType<typeof customer.send> | undefined;
  let looking = false;
  desk.desk.store = {
    ...desk.store,
    leases: {
      ...leases,
      async release(lease) {
        await leases.release(lease);
        looking = late === undefined;
      },
    },
    conversations: {
      ...conversations,
      async get(id) {
        const found = await conversations.get(id);
        if (!looking) return found;
        looking = false;
        late = customer.send('Two');
        await late;
        return found;
      },
    },
  };
  await customer.ask('One');
  // Without a sweep: only the one who looks can see to it.
  await customer.wait(await eventually(() => late));
  await settled(desk);
  expect(checkLog(await customer.log()).map(({ text }) => text)).toEqual(['One.', 'Two.']);
});

describe('a cancel', () => {
  test('before the first word ends the turn as stopped and hangs up on the model', async () => {
    const { customer, theatre, desk, turns, store } = await onStage();
    const message = await customer.send('Hello');
    const call = await theatre.call(0);
    expect(await cancelTurn(desk, customer.id)).toBe(true);
    await customer.wait(message);
    await call.over;
    await settled({ turns, store });
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'stopped', text: '' }]);
    expect(await cancelTurn(desk, customer.id)).toBe(false);
  });

  test('in mid-text keeps what was said, and the agent knows that it said no more', async () => {
    const { customer, theatre, desk, turns, store } = await onStage();
    const message = await customer.send('Hello');
    const call = await theatre.call(0);
    call.say('Half of it. The rest');
    await eventually(async () => (await customer.log()).some(({ type }) => type === 'segment.released'));
    await cancelTurn(desk, customer.id);
    await customer.wait(message);
    await customer.send('And now?');
    const next = await theatre.call(1);
    expect(next.request.messages.at(-2)).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Half of it.' }],
    });
    next.end('refusal');
    await settled({ turns, store });
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'stopped', text: 'Half of it. ' }, {}]);
  });

  test('that races the end of the reply, two hundred times: one end, and the log is whole', async () => {
    let state = 42;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const model: Model = async function* (_request, signal) {
      for (const event of [...opened('One. ', 'Two. ', 'Three.'), ...closed()]) {
        if (signal.aborted) return;
        if (random() < 0.5) await pause(random() * 6);
        yield event;
      }
    };
    const desk = await openDesk({ model });
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 20; round++) {
      const customers = await Promise.all(Array.from({ length: 10 }, () => newCustomer(desk)));
      await Promise.all(
        customers.map(async (customer) => {
          const message = await customer.send('Hello');
          const cancel = pause(random() * 40).then(() => cancelTurn(desk.desk, customer.id));
          await Promise.all([customer.wait(message), cancel]);
          for (const { outcome } of checkLog(await customer.log())) {
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          }
        }),
      );
    }
    await settled(desk);
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(200);
    expect([...outcomes.keys()].toSorted()).toEqual(['completed', 'stopped']);
  });
});

describe('trouble', () => {
  test('of the model ends the turn honestly, and the next message is answered', async () => {
    const failure = { type: 'failed', code: 'overloaded', detail: '529 request-id req_1' } as const;
    const { customer, logged } = await scripted([failure, { text: 'Hello.' }]);
    expect(await customer.ask('Hello')).toBe(SENTENCES.modelFailed);
    expect(await customer.ask('Hello')).toBe('Hello.');
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'failed' }, { outcome: 'completed' }]);
    // Whoever runs the server learns why; the customer does not.
    const facts = { conversationId: customer.id, code: 'overloaded', detail: failure.detail };
    expect(logged).toMatchObject([{ level: 'error', message: 'a model call failed', facts }]);
    expect(JSON.stringify(await customer.log())).not.toContain('req_1');
  });

  test.each<[string, Partial<DeskAgent>]>([
    ['a search', { firstSearch: () => Promise.reject(new Error('index broken')) }],
    ['a citation', { citer: () => () => JSON.parse('{') }],
  ])(
    'of our own, in %s, ends the turn honestly and once instead of trying for ever',
    async (_title, agent) => {
      const cited = { citations: [{ text: 'Yes. And', cites: [{ result: 0 }] }] };
      const passages = { firstSearch: async () => ({ passages: [PASSAGE], relevance: 1, isGap: false }) };
      const { customer, logged } = await scripted([cited], { agent: { ...passages, ...agent } });
      expect(await customer.ask('Is my charger covered?')).toBe(SENTENCES.modelFailed);
      expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'failed' }]);
      expect((await customer.log()).at(-1)).toMatchObject({ code: 'internal_error' });
      expect(logged.filter(({ message }) => message === 'a turn broke')).toHaveLength(1);
    },
    10_000,
  );

  test('of a model that throws in mid-text withdraws what it said', async () => {
    const model: Model = async function* () {
      yield* opened('It is. ', 'And');
      throw new Error('misuse');
    };
    const desk = await openDesk({ model });
    const customer = await newCustomer(desk);
    expect(await customer.ask('Hello')).toBe(SENTENCES.modelFailed);
    expect((await customer.log()).map(({ type }) => type)).toContain('segments.superseded');
    checkLog(await customer.log());
  });

  test('of a history that is too long is mended by a summary, and the turn goes on', async () => {
    const overflow = { type: 'failed', code: 'context_overflow', detail: '' } as const;
    const { customer, requests } = await scripted([
      { text: 'Blue.' },
      overflow,
      { text: 'Likes blue.' },
      { text: 'You said blue.' },
    ]);
    await customer.ask('I like blue');
    expect(await customer.ask('What do I like?')).toBe('You said blue.');
    expect(requests[2]).toMatchObject({ model: 'scripted-fast' });
    const retried = JSON.stringify(requests[3]?.messages);
    expect(retried).toContain('<conversation_summary>\\nLikes blue.');
    expect(retried).not.toContain('I like blue');
    expect(requests[3]?.messages.slice(0, 1)).toEqual(requests[0]?.messages.slice(0, 1));
  });

  test('of an overflow in mid-turn keeps the steps that are complete', async () => {
    const echo = wordTool('echo', async () => ({ content: 'found it' }));
    const { customer, requests } = await scripted(
      [
        { text: 'Hi.' },
        { text: 'Let me see.', tools: [{ name: 'echo', input: { word: 'x' } }] },
        { text: 'It', stopReason: 'model_context_window_exceeded' },
        { text: 'Notes.' },
        { text: 'Here it is.' },
      ],
      { agent: { tools: [echo] } },
    );
    await customer.ask('Hello');
    expect(await customer.ask('Find it')).toBe('Let me see.\n\nHere it is.');
    expect(JSON.stringify(requests[4]?.messages.at(-1))).toContain('found it');
  });

  test('of a question that is too long by itself ends honestly', async () => {
    const overflow = { type: 'failed', code: 'context_overflow', detail: '' } as const;
    const { customer } = await scripted([overflow, overflow]);
    expect(await customer.ask('Hello')).toBe(SENTENCES.modelFailed);
    expect((await customer.log()).at(-1)).toMatchObject({ code: 'model_context_overflow' });
  });

  test('of a refusal leaves the refused message out of what the model sees next', async () => {
    const { customer, requests } = await scripted([{ text: 'No', stopReason: 'refusal' }, { text: 'Sure.' }]);
    expect(await customer.ask('Something terrible')).toBe(SENTENCES.refused);
    await customer.ask('Opening hours?');
    expect(JSON.stringify(requests[1])).not.toContain('terrible');
    expect(JSON.stringify(requests[1])).toContain(SENTENCES.refused);
  });

  test('of an answer cut off goes on in the log as in the reply', async () => {
    const cut = { text: 'First. Sec', stopReason: 'max_tokens' } as const;
    const { customer, requests } = await scripted([cut, { text: 'Second.' }, { text: 'Yes.' }]);
    expect(await customer.ask('Tell me')).toBe('First. Second.');
    await customer.ask('Really?');
    expect(JSON.stringify(requests[2]?.messages)).toContain(NUDGES.cutOff);
  });
});
