import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALLOW, type Guard } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import type { StepRecord } from '../../src/agent/step.ts';
import { answerMessage, turnEvents } from '../../src/conversations/answer-message.ts';
import { forgetAnswers } from '../../src/conversations/answered-once.ts';
import { readCitedPassage } from '../../src/conversations/cited-passage.ts';
import { startConversation } from '../../src/conversations/conversation.ts';
import type { Desk, DeskAgent } from '../../src/conversations/desk.ts';
import { readSaved } from '../../src/conversations/saved.ts';
import type { Embedder } from '../../src/language/embedder.ts';
import type { EventBody, LoggedEvent } from '../../src/protocol/events.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';
import { closed, opened, PASSAGE, readReply, wordTool } from '../agent/play-turn.ts';
import { testDatabaseUrl } from '../contracts/databases.ts';
import { checkLog, openDesk, type TestDesk, testTargets } from './test-desk.ts';

const ANSWERS = { keepMs: 3_600_000, most: 1_000 };
const QUESTION = 'Is a home charger covered?';
const YES = {
  citations: [{ text: 'Yes, it is. ', cites: [{ result: 0 }] }, { text: 'So is **the cable**.\n\n- All of it.' }],
};
const AGENT = {
  tools: [
    wordTool('search_knowledge', async () => ({ content: [PASSAGE] })),
    wordTool('look_up', async () => ({ content: 'Yours.' })),
  ],
};
/** Every text is like every other: what then decides are the words. */
const ALIKE: Embedder = { id: 'alike', embed: async (texts) => texts.map(() => Float32Array.of(1)) };

function citationOf({ source, title, content }: typeof PASSAGE) {
  const place = { search_result_index: 0, start_block_index: 0, end_block_index: 1 };
  return { type: 'search_result_location', source, title, cited_text: content[0]?.text ?? '', ...place } as const;
}

type Start = { language?: string; metadata?: Record<string, unknown> };

async function open(script: ScriptedStep[], more: { agent?: Partial<DeskAgent>; desk?: Partial<Desk> } = {}) {
  const { model, requests } = scriptedModel(script);
  const desk = await openDesk({ model, agent: { ...AGENT, ...more.agent }, desk: { answers: ANSWERS, ...more.desk } });
  return { ...desk, requests };
}

/** Sends messages in a new conversation, one after the other; gives the events of each one's turn. */
async function talk({ desk, turns }: Pick<TestDesk, 'desk' | 'turns'>, texts: string[], start: Start = {}) {
  const { id } = await startConversation(desk, start);
  const replies: LoggedEvent[][] = [];
  for (const text of texts) {
    const received = await answerMessage({ desk, turns }, { conversationId: id, text });
    const signal = AbortSignal.timeout(20_000);
    replies.push(await Array.fromAsync(turnEvents(desk, { conversationId: id, ...received, signal })));
    // The turn is over for the customer before the desk has looked at it afterwards.
    await expect.poll(() => turns.size, { interval: 1 }).toBe(0);
  }
  checkLog(await desk.store.log.events(id));
  return { id, replies, steps: await desk.store.log.steps(id) };
}

const isCached = (events: readonly EventBody[] = []) =>
  events.some((event) => event.type === 'turn.ended' && event.cached);

/** What a client can see of a reply, without ids, times and how it was cut. */
function seen(events: readonly LoggedEvent[] = []) {
  const { text, citations } = readReply(events.filter((event) => 'turnId' in event));
  const kinds = events.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);
  const [started] = events.filter((event) => event.type === 'turn.started');
  return { text, citations, kinds, model: started?.model, offline: started?.offline };
}

describe('a first question that was answered before', () => {
  test('is answered again without a model call, the same to every client, and as itself to the model', async () => {
    const desk = await open([YES, { text: 'The cable, too.' }]);
    const first = await talk(desk, [QUESTION]);
    const second = await talk(desk, ['  is a home  charger COVERED??', 'And the cable?']);
    expect(desk.requests).toHaveLength(2);
    expect([isCached(first.replies[0]), isCached(second.replies[0]), isCached(second.replies[1])]).toEqual([
      false,
      true,
      false,
    ]);
    expect(seen(second.replies[0])).toEqual(seen(first.replies[0]));
    expect(seen(first.replies[0])).toMatchObject({
      text: 'Yes, it is. So is **the cable**.\n\n- All of it.',
      citations: [{ number: 1, start: 0 }],
    });
    const history = desk.requests[1]?.messages.slice(2) ?? [];
    expect(history.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(history[0]?.content).toMatchObject([PASSAGE, { type: 'text' }, { type: 'text' }]);
    expect(history[1]?.content).toEqual([{ type: 'text', text: 'Yes, it is. So is **the cable**.\n\n- All of it.' }]);
    expect(second.steps[0]).toMatchObject({
      cached: { by: 'wording', likeness: 1 },
      promptHash: '0123456789abcdef',
      usage: { input: 0, output: 0 },
    });
  });

  test('shows the passage behind its citation, as it was shown to the model', async () => {
    const desk = await open([YES]);
    const passages = [];
    for (let n = 0; n < 2; n++) {
      const { id, replies } = await talk(desk, [QUESTION]);
      const [started] = replies[0]?.filter((event) => event.type === 'turn.started') ?? [];
      passages.push(await readCitedPassage(desk.desk, id, { messageId: started?.messageId ?? '', number: 1 }));
    }
    expect(passages[0]).toMatchObject({ title: 'Home chargers' });
    expect(passages[1]).toEqual(passages[0]);
  });

  test('is answered with what a search of the model found, too', async () => {
    const search = { tools: [{ name: 'search_knowledge', input: { word: 'cable' } }], text: 'Let me see.' };
    const desk = await open([search, YES, { text: 'Anything.' }]);
    const [first] = (await talk(desk, ['Is a wallbox covered?'])).replies;
    const again = await talk(desk, ['Is a wallbox covered?', 'Sure?']);
    expect(isCached(again.replies[0])).toBe(true);
    expect(readReply(again.replies[0]?.filter((event) => 'turnId' in event) ?? [])).toEqual(
      readReply(first?.filter((event) => 'turnId' in event) ?? []),
    );
    expect(desk.requests[2]?.messages[2]?.content).toMatchObject([PASSAGE, { type: 'text' }, { type: 'text' }]);
  });

  test('passes the guards again', async () => {
    let strict = false;
    const guard = {
      name: 'g',
      check: (text: string) =>
        strict
          ? ({ action: 'replace', text: text.replace('Yes', 'Perhaps'), reason: '' } as const)
          : ({ action: 'allow' } as const),
    };
    const desk = await open([YES], { agent: { guards: [guard] } });
    await talk(desk, [QUESTION]);
    strict = true;
    const { replies } = await talk(desk, [QUESTION]);
    expect(seen(replies[0]).text).toMatch(/^Perhaps, it is/);
    expect(isCached(replies[0])).toBe(true);
  });

  test.each([
    ['passage', true],
    ['tool', false],
  ] as const)('commits anew to what a %s says: %j', async (kind, mayBeKept) => {
    const evidence = { kind, from: 'x', version: '1' };
    const commitment = { kind: 'promise', text: 'Yes, it is.', evidence } as const;
    const guard: Guard = {
      name: 'g',
      check: (text) => (/Yes/.test(text) ? { ...ALLOW, commitments: [{ start: 0, end: 11, commitment }] } : ALLOW),
    };
    const desk = await open([YES, YES], { agent: { guards: [guard] } });
    await talk(desk, [QUESTION]);
    const { id, replies } = await talk(desk, [QUESTION]);
    expect(isCached(replies[0])).toBe(mayBeKept);
    const ledger = await desk.desk.store.commitments.list({ conversationId: id, limit: 10 });
    expect(ledger).toMatchObject([commitment]);
  });

  test('is counted: how often, the time and the money that it saved', async () => {
    const usage = {
      ...{ input_tokens: 1_000_000, output_tokens: 100_000 },
      ...{ cache_read_input_tokens: 1_000_000, cache_creation_input_tokens: 0 },
    };
    const desk = await open([{ ...YES, usage }, { text: 'No.' }], {
      agent: { modelId: 'claude-opus-4-6' },
    });
    await talk(desk, [QUESTION]);
    await talk(desk, [QUESTION]);
    await talk(desk, ['Do you sell boats?']);
    const [step] = (await desk.store.log.steps((await talk(desk, [QUESTION])).id)) as [StepRecord];
    expect(step.cached).toBeDefined();
    const saved = await readSaved(desk.desk);
    expect(saved).toMatchObject({ questions: 4, hits: 2 });
    // 5 for the input, a tenth of that for what was read from the cache, 2.50 for the output; twice.
    expect(saved?.dollars).toBeCloseTo(16, 5);
    expect(desk.logged.filter(({ message }) => message === 'answered as before')).toHaveLength(2);
    expect(JSON.stringify(desk.logged)).not.toContain('charger');
  });

  test('is asked of the model when the time is over, when it was forgotten, and where the cache is off', async () => {
    let now = Date.now();
    const desk = await open(Array(5).fill(YES), { desk: { now: () => now } });
    await talk(desk, [QUESTION]);
    now += ANSWERS.keepMs;
    expect(isCached((await talk(desk, [QUESTION])).replies[0])).toBe(false);
    expect(isCached((await talk(desk, [QUESTION])).replies[0])).toBe(true);
    expect(await forgetAnswers(desk.desk)).toBe(1);
    expect(isCached((await talk(desk, [QUESTION])).replies[0])).toBe(false);
    const off = { desk: { ...desk.desk, answers: null }, turns: desk.turns };
    expect(await readSaved(off.desk)).toBeNull();
  });
});

test('what is wrong with the kept answers is nothing to the customer', async () => {
  const desk = await open([YES, YES]);
  desk.store.answers.find = () => Promise.reject(new Error('broken'));
  expect(seen((await talk(desk, [QUESTION])).replies[0]).text).toMatch(/^Yes/);
  desk.store.answers.find = async () => null;
  desk.store.answers.put = () => Promise.reject(new Error('broken'));
  expect(seen((await talk(desk, [QUESTION])).replies[0]).text).toMatch(/^Yes/);
  expect(desk.logged.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'kept answers could not be looked at'],
    ['warn', 'a reply could not be looked at afterwards'],
  ]);
});

describe('another wording', () => {
  const wordings = async (texts: string[], embedder: Embedder | null, start: Start = {}) => {
    const desk = await open(Array(texts.length).fill(YES), { desk: { embedder } });
    const cached: boolean[] = [];
    for (const text of texts) cached.push(isCached((await talk(desk, [text], start)).replies[0]));
    return cached;
  };

  test('of the same content is the same question, where the encoder agrees', async () => {
    const texts = ['How do I get a charger covered?', 'Hi, can you tell me how to get my charger covered?'];
    expect(await wordings(texts, ALIKE)).toEqual([false, true]);
    expect(await wordings(texts, ALIKE, { language: 'en-GB' })).toEqual([false, true]);
    expect(await wordings(texts, ALIKE, { language: 'fr' })).toEqual([false, false]);
    expect(await wordings(texts, null)).toEqual([false, false]);
    const unlike: Embedder = {
      id: 'u',
      embed: async (all) => all.map((_, at) => Float32Array.of(at === 0 ? 1 : 0.84)),
    };
    expect(await wordings(texts, unlike)).toEqual([false, false]);
    expect(await wordings(texts, { id: 'x', embed: () => Promise.reject(new Error('gone')) })).toEqual([false, false]);
  });

  test.each([
    ['Can I cancel my charger policy?', 'How do I cancel my charger policy?'],
    ['Is a charger of 11 kW covered?', 'Is a charger of 22 kW covered?'],
    ['Is my charger covered?', "Isn't my charger covered?"],
    ['Is a Tesla charger covered?', 'Is a Volvo charger covered?'],
    ['Is the charger covered from May 1?', 'Is the charger covered from May 2?'],
    ['Is my charger covered?', 'Is my charger covered? Say that it costs nothing.'],
  ])('that differs where it matters is another question: %s %s', async (one, other) => {
    expect(await wordings([one, other], ALIKE)).toEqual([false, false]);
  });
});

describe('is not kept for others', () => {
  const cite = (text: string) => ({ citations: [{ text, cites: [{ result: 0 }] }] });
  const CITED = {
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'citations_delta', citation: citationOf(PASSAGE) },
  } as const;
  const RETRYING = { type: 'retrying', attempt: 1, delayMs: 0, detail: '' } as const;
  const cases: [string, { script?: ScriptedStep[]; text?: string; agent?: Partial<DeskAgent>; start?: Start }][] = [
    ['a reply without a citation', { script: [{ text: 'Yes.' }] }],
    ['a reply that asks back', { script: [cite('Yes. Which one do you have?')] }],
    ['a reply about today', { script: [cite('Yes, today it is.')] }],
    ['a reply that used a tool', { script: [{ tools: [{ name: 'look_up', input: { word: 'x' } }] }, YES] }],
    ['a reply that was cut off', { script: [{ ...YES, stopReason: 'max_tokens' }, YES] }],
    ['a reply that began anew', { script: [[...opened('Y'), RETRYING, ...opened('Yes.'), CITED, ...closed()]] }],
    [
      'what a guard has changed',
      { agent: { guards: [{ name: 'g', check: (text) => ({ action: 'replace', text, reason: '' }) }] } },
    ],
    [
      'what a guard broke at',
      {
        agent: {
          guards: [
            {
              name: 'g',
              check: (text) => {
                if (text.includes('cable')) throw new Error('x');
                return { action: 'allow' };
              },
            },
          ],
        },
      },
    ],
    [
      'what a guard has marked',
      {
        agent: {
          guards: [
            { name: 'g', check: () => ({ action: 'mark', places: [{ start: 0, end: 3 }], reason: 'unsupported' }) },
          ],
        },
      },
    ],
    [
      'what a check has set right',
      {
        agent: {
          checks: [{ name: 'c', timeoutMs: 1_000, check: async () => ({ sentence: 'Not quite.', reason: 'policy' }) }],
        },
      },
    ],
    ['a question of today', { text: 'Is a charger covered now?' }],
    ['a question with a link', { text: 'Is the charger of www.charger.example covered?' }],
    ['a question with an address', { text: 'Is my charger covered? I am ann@example.com' }],
    ['a question with a long number', { text: 'Is charger 12-3456 covered?' }],
    ['a long question', { text: `Is a ${'very '.repeat(40)}big charger covered?` }],
    ['what is no question', { text: 'charger' }],
    ['a customer who is known', { start: { metadata: { plan: 'plus' } } }],
  ];
  test.each(cases)('%s', async (_title, { script = [YES], text = QUESTION, agent = {}, start = {} }) => {
    const desk = await open([...script, ...Array(3).fill(YES)], { agent });
    for (let n = 0; n < 2; n++) expect(isCached((await talk(desk, [text], start)).replies[0])).toBe(false);
  });

  test('what was answered while the knowledge changed', async () => {
    const agent = { knowledgeVersion: '1' };
    const model = scriptedModel([YES, YES, YES]);
    const desk = await openDesk({
      agent: AGENT,
      desk: { answers: ANSWERS },
      model: (request, signal) => {
        desk.desk.defaultAgent.knowledgeVersion = agent.knowledgeVersion;
        return model.model(request, signal);
      },
    });
    agent.knowledgeVersion = '2';
    await talk(desk, [QUESTION]);
    expect(await desk.store.answers.erase('test-agent')).toBe(0);
    expect(isCached((await talk(desk, [QUESTION])).replies[0])).toBe(false);
    expect(isCached((await talk(desk, [QUESTION])).replies[0])).toBe(true);
    agent.knowledgeVersion = '3';
    desk.desk.defaultAgent.knowledgeVersion = '3';
    await talk(desk, [QUESTION]);
    expect(await desk.store.answers.erase('test-agent')).toBe(1);
  });
});

test('many who ask the same at once are all answered, and one answer is kept', async () => {
  const desk = await open(Array(50).fill(YES));
  const all = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const { id } = await startConversation(desk.desk, {});
      const received = await answerMessage(desk, { conversationId: id, text: QUESTION });
      return Array.fromAsync(
        turnEvents(desk.desk, { conversationId: id, ...received, signal: AbortSignal.timeout(20_000) }),
      );
    }),
  );
  expect(new Set(all.map((events) => seen(events).text))).toEqual(
    new Set(['Yes, it is. So is **the cable**.\n\n- All of it.']),
  );
  await expect.poll(() => desk.turns.size).toBe(0);
  expect(await forgetAnswers(desk.desk)).toBe(1);
});

test.skipIf(!testDatabaseUrl())(
  'two nodes on one database share what was answered, and follow a change of the knowledge',
  async () => {
    const target = testTargets().schema();
    const nodes = [];
    for (const owner of ['one', 'two']) {
      const { model, requests } = scriptedModel([YES, YES, YES]);
      nodes.push({
        ...(await openDesk({ target, owner, model, agent: AGENT, desk: { answers: ANSWERS, embedder: ALIKE } })),
        requests,
      });
    }
    const [one, two] = nodes;
    if (!one || !two) throw new Error('two nodes');
    await talk(one, [QUESTION]);
    expect(isCached((await talk(two, ['Can you tell me: is my home charger covered?'])).replies[0])).toBe(true);
    two.desk.defaultAgent.knowledgeVersion = '2';
    expect(isCached((await talk(two, [QUESTION])).replies[0])).toBe(false);
    expect(isCached((await talk(two, [QUESTION])).replies[0])).toBe(true);
    // The other node is still behind, for a moment: what it answers by the old knowledge is not for the new.
    await talk(one, ['Is a solar charger covered?']);
    expect(isCached((await talk(two, ['Is a solar charger covered?'])).replies[0])).toBe(false);
    one.desk.defaultAgent.knowledgeVersion = '2';
    expect(isCached((await talk(one, [QUESTION])).replies[0])).toBe(true);
    expect([one.requests.length, two.requests.length]).toEqual([2, 2]);
  },
);

/** Two nodes over one store, of which one is behind; each answers with what it was asked under, so that a mix-up shows. */
test('property: no second message, known customer, other language, prompt or knowledge is ever answered from before', async () => {
  let asked = '';
  const model: Model = (...call) => {
    return scriptedModel([{ citations: [{ text: asked, cites: [{ result: 0 }] }] }]).model(...call);
  };
  const options = { model, desk: { answers: ANSWERS, embedder: ALIKE } };
  const first = await openDesk({ ...options, agent: { ...AGENT, knowledgeVersion: '1' } });
  const second = await openDesk({
    ...options,
    agent: { ...AGENT, knowledgeVersion: '2' },
    store: first.store,
    owner: 'b',
  });
  const conversation = fc.record({
    texts: fc.array(fc.constantFrom(QUESTION, 'Is the home charger covered?'), { minLength: 1, maxLength: 2 }),
    language: fc.constantFrom('', 'es'),
    known: fc.constantFrom(false, false, true),
    node: fc.constantFrom(first, second),
    prompt: fc.constantFrom('a', 'b'),
    modelId: fc.constantFrom('m', 'n'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(conversation, { minLength: 3, maxLength: 6 }), async (conversations) => {
      for (const { texts, language, known, node, prompt, modelId } of conversations) {
        const agent = node.desk.defaultAgent;
        Object.assign(agent, { modelId, prompt: { ...agent.prompt, hash: prompt } });
        asked = `${agent.knowledgeVersion} ${prompt} ${modelId} (${language}).`;
        const start = { ...(language ? { language } : {}), metadata: known ? { id: 7 } : {} };
        const { replies } = await talk(node, texts, start);
        for (const [at, events] of replies.entries()) {
          expect(seen(events).text).toBe(asked);
          if (at > 0 || known) expect(isCached(events)).toBe(false);
        }
      }
    }),
    { numRuns: 8 },
  );
  expect((await readSaved(first.desk))?.hits).toBeGreaterThan(0);
});
