import { describe, expect, test } from 'vitest';
import { answerMessage, turnEvents } from '../../src/conversations/answer-message.ts';
import { startConversation } from '../../src/conversations/conversation.ts';
import type { DeskAgent, FirstSearch } from '../../src/conversations/desk.ts';
import { listGaps } from '../../src/conversations/note-gap.ts';
import type { Embedder } from '../../src/language/embedder.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';
import { PASSAGE, wordTool } from '../agent/play-turn.ts';
import { openDesk } from './test-desk.ts';

const NONE: FirstSearch = { passages: [PASSAGE], relevance: 0.1, isGap: true };
const SORRY = { text: 'I have nothing on that.' };
const CITED = { citations: [{ text: 'Yes.', cites: [{ result: 0 }] }] };

async function open(
  script: ScriptedStep[],
  more: { agent?: Partial<DeskAgent>; embedder?: Embedder; offline?: boolean } = {},
) {
  const tools = ['search_knowledge', 'get_quote'].map((name) => wordTool(name, async () => ({ content: 'None.' })));
  const desk = await openDesk({
    model: scriptedModel(script).model,
    agent: { tools, firstSearch: async () => NONE, ...more.agent },
    desk: { embedder: more.embedder ?? null, offline: more.offline ?? false },
  });
  const ask = async (text: string, language?: string) => {
    const { id } = await startConversation(desk.desk, language ? { language } : {});
    const received = await answerMessage(desk, { conversationId: id, text });
    await Array.fromAsync(
      turnEvents(desk.desk, { conversationId: id, ...received, signal: AbortSignal.timeout(20_000) }),
    );
    await expect.poll(() => desk.turns.size, { interval: 1 }).toBe(0);
  };
  const gaps = async () => (await listGaps(desk.desk, { limit: 100 })).gaps;
  return { ...desk, ask, gaps };
}

describe('a question for which nothing good was found', () => {
  test('is noted with its score, and counts when it is asked again in any case or spacing', async () => {
    const desk = await open(Array(4).fill(SORRY));
    await desk.ask('Do you rent  boats?');
    await desk.ask('do you rent boats');
    await desk.ask('Hi, can you tell me: do you rent boats?');
    await desk.ask('Do you rent boats?', 'es');
    const [first, second] = await desk.gaps();
    expect(first).toMatchObject({
      agent: 'test-agent',
      language: null,
      example: 'Do you rent  boats?',
      count: 3,
      relevance: 0.1,
    });
    expect(second).toMatchObject({ language: 'es', count: 1 });
    expect(first?.lastAt).toBeGreaterThanOrEqual(first?.firstAt ?? 0);
  });

  test('counts with one that means the same, and stands for itself where the encoder does not say', async () => {
    const sea: Embedder = {
      id: 's',
      embed: async (texts) => texts.map((text) => Float32Array.of(/boat|ship/.test(text) ? 1 : 0)),
    };
    const desk = await open(Array(3).fill(SORRY), { embedder: sea });
    for (const text of ['Do you rent boats?', 'Where can I hire a ship?', 'Who is the boss?']) await desk.ask(text);
    expect((await desk.gaps()).map(({ example, count }) => [example, count])).toEqual([
      ['Do you rent boats?', 2],
      ['Who is the boss?', 1],
    ]);
    const broken = await open(Array(2).fill(SORRY), {
      embedder: { id: 'b', embed: () => Promise.reject(new Error('gone')) },
    });
    for (const text of ['Do you rent boats?', 'Where can I hire a ship?']) await broken.ask(text);
    expect(await broken.gaps()).toHaveLength(2);
  });

  test('is noted though the offline model quotes something', async () => {
    const desk = await open([CITED], { offline: true });
    await desk.ask('Do you rent boats?');
    expect(await desk.gaps()).toHaveLength(1);
  });

  test('is kept to 300 characters', async () => {
    const desk = await open([SORRY]);
    await desk.ask(`Do you rent ${'very '.repeat(100)}big boats?`);
    expect((await desk.gaps())[0]?.example).toHaveLength(300);
  });

  test('is noted where a person was asked for', async () => {
    const handOff = wordTool('hand_off', async () => ({
      content: 'Done.',
      events: [
        { type: 'handoff.requested', by: 'agent', reason: 'x' },
        { type: 'status.changed', status: 'waiting_for_human' },
      ],
    }));
    const desk = await open([{ tools: [{ name: 'hand_off', input: { word: 'x' } }] }, SORRY], {
      agent: { tools: [handOff] },
    });
    await desk.ask('Do you rent boats?');
    expect(await desk.gaps()).toHaveLength(1);
  });
});

describe('no gap', () => {
  const found = (more: Partial<FirstSearch>) => ({ agent: { firstSearch: async () => ({ ...NONE, ...more }) } });
  test.each<[string, { text?: string; script?: ScriptedStep[]; agent?: Partial<DeskAgent> }]>([
    ['is what was found', found({ isGap: false, relevance: 0.9 })],
    ['is what was not searched', found({ relevance: null })],
    ['is what the reply cites after all', { script: [CITED] }],
    [
      'is what is said to fill in a form',
      { script: [{ tools: [{ name: 'get_quote', input: { word: 'x' } }] }, SORRY] },
    ],
    ['is what is no question', { text: 'My name is Ann Miller and I am 34' }],
    [
      'is what could not be answered for another reason',
      { script: [{ type: 'failed', code: 'overloaded', detail: '' }] },
    ],
  ])('%s', async (_title, { text = 'Do you rent boats?', script = [SORRY], agent = {} }) => {
    const desk = await open(script, { agent });
    await desk.ask(text);
    expect(await desk.gaps()).toEqual([]);
  });
});
