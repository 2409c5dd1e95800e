import { createHash } from 'node:crypto';
import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import type { Model, ModelRequest } from '../../src/agent/model.ts';
import { deskNote, OFF_TOPIC, perhapsNote } from '../../src/agent/notes.ts';
import type { Route, Router } from '../../src/agent/route.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { answerMessage, turnEvents } from '../../src/conversations/answer-message.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { PASSAGE, wordTool } from '../agent/play-turn.ts';
import { type Target, testDatabaseUrl } from '../contracts/databases.ts';
import { calls, decide, until, writeTool } from './action-stage.ts';
import { eventually, newCustomer, openDesk, type TestDesk, testTargets } from './test-desk.ts';
import { isBriefOf, routedAgent, testRoute, testRouter, verdict } from './test-routes.ts';

type Chosen = Extract<LoggedEvent, { type: 'route.chosen' }>;

/** An agent with routes over a script, and its customer. */
async function talk(script: Parameters<typeof scriptedModel>[0], more: Parameters<typeof routedAgent>[0] = {}) {
  const scripted = scriptedModel(script);
  const opened = await openDesk({ model: scripted.model, agent: routedAgent(more) });
  const customer = await newCustomer(opened);
  const choices = async () => (await customer.log()).filter((event): event is Chosen => event.type === 'route.chosen');
  return { ...opened, ...customer, customer, requests: scripted.requests, choices };
}

const ok = { text: 'ok' };
const to = (route: string) => ({ tools: [{ name: 'switch_route', input: { route } }] });

/** The texts of a request's last message, the day left out. */
function lastTexts(request: { messages: Anthropic.MessageParam[] } | undefined): string[] {
  const last = request?.messages.at(-1);
  return (last ? blocksOf(last) : []).flatMap((block) =>
    block.type === 'text' && !/^\[\w{3}, \d/.test(block.text) ? [block.text] : [],
  );
}

function moves(choices: readonly Chosen[]): string[] {
  return choices.map(({ from, route, by }) => (from === route ? route : `${from} > ${route} by ${by}`));
}

describe('the desk of a turn', () => {
  test('is chosen beside its start: the brief comes once, and one line on the way back', async () => {
    const { ask, requests, choices, log, store, id } = await talk([ok, ok, ok, ok]);
    await ask('my car, claims .9');
    expect(isBriefOf('claims', lastTexts(requests[0])[0])).toBe(true);
    const events = await log();
    const at = events.findIndex(({ type }) => type === 'turn.started');
    expect(events[at + 1]).toMatchObject({ type: 'route.chosen', at: events[at]?.at });
    await ask('and then, claims .8');
    expect(lastTexts(requests[1])).toEqual(['and then, claims .8']);
    await ask('something else, general .95');
    expect(lastTexts(requests[2])).toEqual([deskNote('general'), 'something else, general .95']);
    await ask('once more, claims .95');
    expect(lastTexts(requests[3])).toEqual([deskNote('claims'), 'once more, claims .95']);
    expect(moves(await choices())).toEqual([
      'general > claims by router',
      'claims',
      'claims > general by router',
      'general > claims by router',
    ]);
    expect((await store.conversations.get(id))?.route).toBe('claims');
    expect(requests.map(({ tools }) => tools)).toEqual(requests.map(() => requests[0]?.tools));
  });

  test('stays where nobody is sure, and the model is told that another may fit', async () => {
    const { ask, requests, choices } = await talk([ok, ok, ok]);
    await ask('perhaps claims .5');
    expect(lastTexts(requests[0])).toEqual([perhapsNote(['claims', 'billing']), 'perhaps claims .5']);
    await ask('out .9');
    expect(lastTexts(requests[1])).toEqual([OFF_TOPIC, 'out .9']);
    await ask('general .9');
    expect(lastTexts(requests[2])).toEqual(['general .9']);
    expect((await choices()).map(({ sure, offTopic }) => [sure, offTopic])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  test('stays where it is when a turn takes up a decision only', async () => {
    const { tool } = writeTool({ more: { route: 'claims' } });
    const at = await talk([calls('5'), ok], { tools: [tool] });
    await at.ask('pay me, claims .9');
    await decide(at, at.customer);
    await until(at.customer, 'turn.ended', 2);
    expect(moves(await at.choices())).toEqual(['general > claims by router']);
    expect(lastTexts(at.requests[1])).toEqual([]);
  });

  test.each<[what: string, classify: Router['classify']]>([
    ['does not answer', () => new Promise(() => {})],
    ['throws', () => Promise.reject(new Error('broken'))],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
    ],
  ])('stays where it is when the router %s, and the turn goes on', async (_what, classify) => {
    const { ask, choices, requests, logged } = await talk([ok], { router: { version: 'x', classify } });
    expect(await ask('claims .9')).toBe('ok');
    expect(await choices()).toMatchObject([{ route: 'general', sure: false, confidence: null, outOfScope: null }]);
    expect(lastTexts(requests[0])).toEqual([perhapsNote([]), 'claims .9']);
    expect(logged.filter(({ message }) => message.startsWith('the router did not answer'))).toHaveLength(1);
  });
});

describe('a customer', () => {
  const routesAfter = async (messages: string[]) => {
    const { ask, choices } = await talk(messages.map(() => ok));
    for (const message of messages) await ask(message);
    return (await choices()).map(({ route }) => route);
  };

  test('who is hard to place stays at the desk, however often the guess changes', async () => {
    const ambiguous = Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? 'billing .79' : 'claims .69'));
    expect(await routesAfter(['claims .9', ...ambiguous])).toEqual(Array(7).fill('claims'));
    // Even where each guess alone would be sure enough to move: not back at once.
    const wavering = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? 'billing .85' : 'claims .85'));
    const routes = await routesAfter(['claims .9', ...wavering]);
    const at = routes.flatMap((route, n) => (n > 0 && route !== routes[n - 1] ? [n] : []));
    for (const [n, turn] of at.entries()) expect(turn - (at[n - 1] ?? -9)).toBeGreaterThan(1);
  });

  test('who goes on with what was said is not taken away by it, unless the model does', async () => {
    const said = [
      'claims .9',
      'how much is that, quotes .99',
      'und was kostet das? claims .99',
      'billing .99: is it paid',
    ];
    expect(await routesAfter(said)).toEqual(Array(4).fill('claims'));
    // As the first words they stand for themselves, and a message with more in it does, too.
    expect(await routesAfter(['is that covered, claims .9'])).toEqual(['claims']);
    const more = 'how much is it to insure a second car with you then, quotes .95';
    expect(await routesAfter(['claims .9', more])).toEqual(['claims', 'quotes']);
  });

  test('who really moves, and comes back, is followed', async () => {
    const messages = ['claims .9', 'billing .95', 'claims .95', 'quotes .85', 'out .9', 'quotes .2', 'general .9'];
    const routes = ['claims', 'billing', 'claims', 'quotes', 'quotes', 'quotes', 'general'];
    expect(await routesAfter(messages)).toEqual(routes);
  });

  test('with an answer to what the desk asked is not off topic', async () => {
    const { ask, choices } = await talk([{ text: 'Which year?' }, ok, ok]);
    for (const message of ['claims .9', '2019, out .9', 'the weather, out .9']) await ask(message);
    expect((await choices()).map(({ offTopic }) => offTopic)).toEqual([false, false, true]);
  });
});

const places: [string, () => Target][] = [
  ['SQLite', () => testTargets().folder()],
  ...(testDatabaseUrl() ? [['PostgreSQL', () => testTargets().schema()] as [string, () => Target]] : []),
];

describe.each(places)('after a crash, over %s', (_name, newTarget) => {
  /** Another server over the same store, whose router is not to be asked. */
  const successor = async (target: Target, script: Parameters<typeof scriptedModel>[0]) => {
    const asked: string[] = [];
    const router = {
      version: 'next',
      classify: async (text: string) => verdict({ route: 'billing', confidence: asked.push(text) }),
    };
    const { model, requests, assertDone } = scriptedModel(script);
    const agent = routedAgent({ router, routes: withModel });
    const desk = await openDesk({ model, agent, target, owner: 'next' });
    return { desk, asked, requests, assertDone };
  };
  const withModel = new Map([
    ['billing', testRoute('billing')],
    ['claims', testRoute('claims', { modelId: 'own' })],
  ]);

  const crashed = async (message: string, script: Parameters<typeof scriptedModel>[0]) => {
    const target = newTarget();
    const scripted = scriptedModel(script);
    const hung = Promise.withResolvers<void>();
    // Beyond its script it says nothing any more, until the server is gone.
    const model: Model = async function* (request, signal) {
      if (scripted.requests.length < script.length) return yield* scripted.model(request, signal);
      hung.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const desk = await openDesk({ model, agent: routedAgent({ routes: withModel }), target });
    const customer = await newCustomer(desk);
    await customer.send(message);
    await hung.promise;
    await desk.close();
    return { target, id: customer.id };
  };

  const choicesIn = async (desk: TestDesk, id: string) =>
    moves((await desk.store.log.events(id)).filter((event): event is Chosen => event.type === 'route.chosen'));

  test('before the first step, the choice counts that stands beside the start of the turn', async () => {
    const { target, id } = await crashed('my car, claims .9', []);
    const { desk, asked, requests } = await successor(target, [ok]);
    desk.turns.start();
    await eventually(async () => (await desk.store.conversations.get(id))?.openTurn === null);
    expect(asked).toEqual([]);
    expect(requests[0]?.model).toBe('own');
    expect(isBriefOf('claims', lastTexts(requests[0])[0])).toBe(true);
    expect(await choicesIn(desk, id)).toEqual(['general > claims by router']);
  });

  test('after the model has switched, the turn goes on at that desk, and does not switch again', async () => {
    const { target, id } = await crashed('perhaps claims .5', [to('claims')]);
    const { desk, asked, requests, assertDone } = await successor(target, [to('billing'), ok]);
    desk.turns.start();
    await eventually(async () => (await desk.store.conversations.get(id))?.openTurn === null);
    assertDone();
    expect(asked).toEqual([]);
    expect(requests.map(({ model }) => model)).toEqual(['own', 'own']);
    expect(JSON.stringify(requests[0]?.messages).split('<route name=')).toHaveLength(2);
    expect(await choicesIn(desk, id)).toEqual(['general', 'general > claims by model']);
    expect((await desk.store.conversations.get(id))?.route).toBe('claims');
  });
});

test.runIf(testDatabaseUrl())('two nodes over one database agree on the desk', async () => {
  const target = testTargets().schema();
  const nodes = await Promise.all(
    ['one', 'two'].map(async (owner) => {
      const scripted = scriptedModel([ok, ok, ok]);
      return { scripted, desk: await openDesk({ model: scripted.model, agent: routedAgent(), target, owner }) };
    }),
  );
  const [one, two] = nodes;
  if (!one || !two) throw new Error('no nodes');
  const customer = await newCustomer(one.desk);
  const messages = ['claims .9', 'claims .3', 'billing .95', 'claims .85', 'billing .2', 'claims .85'];
  for (const [n, text] of messages.entries()) {
    const { desk, turns } = (n % 2 === 0 ? one : two).desk;
    const received = await answerMessage({ desk, turns }, { conversationId: customer.id, text });
    await customer.wait(received);
    await eventually(async () => one.desk.turns.size + two.desk.turns.size === 0);
  }
  const choices = (await customer.log()).filter((event): event is Chosen => event.type === 'route.chosen');
  expect(choices.map(({ route }) => route)).toEqual(['claims', 'claims', 'billing', 'billing', 'billing', 'claims']);
  for (const { desk } of nodes) expect((await desk.store.conversations.get(customer.id))?.route).toBe('claims');
  expect(lastTexts(two.scripted.requests[0])).toEqual([perhapsNote(['billing']), 'claims .3']);
});

describe('a brief', () => {
  test('that a summary has swallowed comes again with the next message, once', async () => {
    const requests: ModelRequest[] = [];
    const model: Model = (request, signal) => {
      const isSummary = request.model === 'scripted-fast';
      if (!isSummary) requests.push(structuredClone(request));
      else expect(JSON.stringify(request.messages)).not.toContain('<route');
      return scriptedModel([{ text: isSummary ? 'Their car was hit.' : `Noted. ${'More words. '.repeat(30)}` }]).model(
        request,
        signal,
      );
    };
    const opened = await openDesk({ model, agent: routedAgent(), desk: { compactAfterTokens: 700 } });
    const { ask } = await newCustomer(opened);
    await ask('my car was hit, claims .9');
    for (let n = 0; n < 11; n++) await ask(`go on ${n}, claims .9`);
    const told = requests.map(({ messages }) => ({
      isSummarised: JSON.stringify(messages).includes('<conversation_summary>'),
      briefs: messages.flatMap(blocksOf).filter((block) => block.type === 'text' && isBriefOf('claims', block.text))
        .length,
    }));
    expect(told.some(({ isSummarised }) => isSummarised)).toBe(true);
    expect(told.map(({ briefs }) => briefs)).toEqual(told.map(() => 1));
  });

  test('that the folder has changed since comes anew; a desk that is gone is the general one', async () => {
    const target = testTargets().folder();
    const first = await openDesk({ model: scriptedModel([ok]).model, agent: routedAgent(), target });
    const customer = await newCustomer(first);
    await customer.ask('claims .9');
    await first.close();
    const reopened = async (routes: Map<string, Route>, text: string) => {
      const { model, requests } = scriptedModel([ok]);
      const desk = await openDesk({ model, agent: routedAgent({ routes }), target });
      const { messageId, seq } = await answerMessage(desk, { conversationId: customer.id, text });
      const signal = AbortSignal.timeout(20_000);
      await Array.fromAsync(turnEvents(desk.desk, { conversationId: customer.id, messageId, seq, signal }));
      await desk.close();
      return lastTexts(requests[0]);
    };
    const brief = '<route name="claims">\nNew.\n</route>';
    expect(await reopened(new Map([['claims', testRoute('claims', { brief })]]), 'claims .8')).toEqual([
      brief,
      'claims .8',
    ]);
    const others = new Map([['billing', testRoute('billing')]]);
    expect(await reopened(others, 'general .8')).toEqual([deskNote('general'), 'general .8']);
  });
});

describe('a question that was answered before', () => {
  const QUESTION = 'Is a home charger covered, claims .9?';
  const yes = { citations: [{ text: 'Yes, it is.', cites: [{ result: 0 }] }] };
  const open = async (script: Parameters<typeof scriptedModel>[0]) => {
    const { model, requests } = scriptedModel(script);
    const knows = {
      firstSearch: async (_messages: string[], route: string) => found(route === 'quotes' ? [] : [PASSAGE]),
    };
    const router: Router = { ...testRouter };
    const opened = await openDesk({
      ...{ model, agent: routedAgent({ ...knows, router }) },
      desk: { answers: { keepMs: 3_600_000, most: 100 } },
    });
    const first = async (text: string) => {
      const customer = await newCustomer(opened);
      await customer.ask(text);
      await eventually(() => opened.turns.size === 0);
      const ended = (await customer.log()).at(-1);
      return { ...customer, cached: ended?.type === 'turn.ended' && ended.cached === true };
    };
    return { first, requests, router };
  };
  const found = (passages: Anthropic.SearchResultBlockParam[]) => ({ passages, relevance: 1, isGap: false });

  test('is answered as before at the same desk only, and the desk goes on with its brief', async () => {
    const { first, requests, router } = await open([yes, ok, yes]);
    expect((await first(QUESTION)).cached).toBe(false);
    const again = await first(QUESTION);
    expect(again.cached).toBe(true);
    await again.ask('And the cable? claims .9');
    expect(
      requests[1]?.messages
        .flatMap(blocksOf)
        .filter((block) => block.type === 'text' && isBriefOf('claims', block.text)),
    ).toHaveLength(1);
    router.classify = async () => verdict({ route: 'billing', confidence: 0.9 });
    expect((await first(QUESTION)).cached).toBe(false);
    expect(requests).toHaveLength(3);
  });

  test('is not answered as before where the model had to switch for it', async () => {
    const { first, requests } = await open([to('claims'), yes, to('claims'), yes]);
    const question = 'Is a home charger covered, claims .5?';
    expect((await first(question)).cached).toBe(false);
    expect((await first(question)).cached).toBe(false);
    expect(requests).toHaveLength(4);
  });
});

/** Of the requests below, as they were made before there were routes. */
const BEFORE = 'cee90681fa84a8d15c6bf272fda5990ae6302d2a8e4f51e1ac7c8933f93ec255';

test('an agent without routes has no event, no tool, and requests as they were before there were any, byte for byte', async () => {
  const { model, requests } = scriptedModel([
    {
      tools: [
        { name: 'look_up', input: { word: 'a' }, id: 'call' },
        { name: 'switch_route', input: {}, id: 'none' },
      ],
    },
    { citations: [{ text: 'Yes, it is.', cites: [{ result: 0 }] }] },
    { text: 'Which year?' },
    { text: 'Bye.' },
  ]);
  const tools = [wordTool('look_up', async () => ({ content: 'Found.' }))];
  const customer = await newCustomer(await openDesk({ model, agent: { tools } }));
  for (const text of ['Is a home charger covered?', 'claims .9, <b>please</b>', 'out .9']) await customer.ask(text);
  expect((await customer.log()).some(({ type }) => type === 'route.chosen')).toBe(false);
  const bytes = JSON.stringify(requests).replace(/\[\w{3}, \d{2} \w{3} \d{4}\]/g, '[the day]');
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(BEFORE);
});
