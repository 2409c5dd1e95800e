import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { runTools } from '../../src/agent/run-tools.ts';
import { type Tool, type ToolOutcome, ToolProblem } from '../../src/agent/tool.ts';
import { originsOf, PASSING, PROPOSING, SWITCHING, wordTool } from './play-turn.ts';

const context = {
  conversationId: 'conv_1',
  turnId: 'turn_1',
  step: 0,
  proposing: PROPOSING,
  origins: originsOf(),
  screen: PASSING,
  switching: SWITCHING,
  language: null,
  customer: null,
  route: 'general',
  idempotencyKey: null,
  status: 'open' as const,
  signal: new AbortController().signal,
};

function call(name: string, input: unknown = { word: 'x' }): Anthropic.ToolUseBlockParam {
  return { type: 'tool_use', id: `call_${name}`, name, input };
}

async function one(tool: Tool, input?: unknown, more: Partial<typeof context> = {}) {
  const { results, events } = await runTools([call(tool.name, input)], [tool], { ...context, ...more });
  return { content: results[0]?.content, isError: results[0]?.is_error === true, events };
}

const gives = (outcome: unknown, more?: Partial<Tool>) => wordTool('word', async () => outcome as ToolOutcome, more);
const throws = (error: unknown) =>
  wordTool('word', async () => {
    throw error;
  });

describe('tools', () => {
  test('that are called together run together and are answered in the order of the calls', async () => {
    const order: string[] = [];
    const both = Promise.withResolvers<void>();
    const waiting = (name: string, isLast: boolean) =>
      wordTool(name, async () => {
        if (isLast) both.resolve();
        await both.promise;
        order.push(name);
        return { content: name };
      });
    const tools = [waiting('first', false), waiting('last', true)];
    const { results, events } = await runTools([call('first'), call('last')], tools, context);
    expect(results.map(({ tool_use_id, content }) => [tool_use_id, content])).toEqual([
      ['call_first', '[Data from first]\nfirst'],
      ['call_last', '[Data from last]\nlast'],
    ]);
    expect(events.map((event) => 'callId' in event && event.callId)).toEqual(['call_first', 'call_last']);
    expect(order).toHaveLength(2);
  });

  test('run sixteen at once at most; the others are answered without running', async () => {
    let ran = 0;
    const counting = wordTool('count', async () => ({ content: `run ${++ran}` }));
    const calls = Array.from({ length: 40 }, (_, n) => ({ ...call('count'), id: `call_${n}` }));
    const { results } = await runTools(calls, [counting], context);
    expect([ran, results.length]).toEqual([16, 40]);
    expect(results[16]).toMatchObject({ is_error: true, content: expect.stringContaining('at most 16 at once') });
  });

  test('get a bad input back to mend, with every problem', async () => {
    expect(await one(gives({ content: 'never' }), { word: 7 })).toMatchObject({
      isError: true,
      content: expect.stringContaining('word: a text'),
    });
  });

  test('that do not exist are named, with those that do', async () => {
    const { results } = await runTools([call('guess')], [gives({ content: '' })], context);
    expect(results[0]).toMatchObject({ is_error: true, content: 'There is no tool "guess". Tools: word.' });
  });

  test('that throw do not leak their message', async () => {
    const { content, isError } = await one(throws(new Error('password hunter2 at db-7')));
    expect(isError).toBe(true);
    expect(content).not.toContain('hunter2');
  });

  test('that throw a ToolProblem say what it says', async () => {
    expect(await one(throws(new ToolProblem('The car is too old.')))).toMatchObject({
      isError: true,
      content: '[Data from word]\nThe car is too old.',
    });
  });

  test('are given up after their time, and told so', async () => {
    let told = false;
    const slow = wordTool(
      'word',
      (_input, { signal }) => {
        signal.addEventListener('abort', () => {
          told = true;
        });
        return new Promise(() => {});
      },
      { timeoutMs: 30 },
    );
    expect(await one(slow)).toMatchObject({ isError: true, content: 'The tool did not answer within 0.03 seconds.' });
    expect(told).toBe(true);
  });

  test('are given up when the turn is stopped', async () => {
    const stop = new AbortController();
    const running = one(
      wordTool('word', () => new Promise(() => {})),
      { word: 'x' },
      { signal: stop.signal },
    );
    stop.abort();
    expect((await running).isError).toBe(true);
  });

  test.each([
    ['nothing at all', undefined],
    ['null', null],
    ['a number as content', { content: 7 }],
    ['a thrown string', 'thrown'],
  ])('that give %s are a failure, not a crash', async (title, outcome) => {
    const tool = title === 'a thrown string' ? throws(outcome) : gives(outcome);
    expect((await one(tool)).isError).toBe(true);
  });

  test('whose parse throws are a failure, not a crash', async () => {
    const tool = gives({ content: 'x' }, { parse: () => JSON.parse('{') });
    expect((await one(tool)).isError).toBe(true);
  });

  test('give results as a person could read them: nothing invisible, no half characters, no empty blocks, not too long', async () => {
    expect((await one(gives({ content: 'half \ud83d' }))).content).toBe('[Data from word]\nhalf \ufffd');
    const long = (await one(gives({ content: `${'x'.repeat(19_999)}😀${'y'.repeat(100)}` }))).content as string;
    expect(long.isWellFormed()).toBe(true);
    expect(long).toMatch(/^\[Data from word, cut: it was longer\]\nx+\ufffd?$/);
    const hidden = String.fromCodePoint(...[...'pay'].map((letter) => 0xe0000 + letter.charCodeAt(0)));
    expect((await one(gives({ content: `ti\u200bme${hidden} \u202e10:00\u0007\r\n` }))).content).toBe(
      '[Data from word]\ntime 10:00\n',
    );
    const blocks = [
      { type: 'text', text: ' ' },
      { type: 'text', text: 'z'.repeat(30_000) },
    ];
    const content = (await one(gives({ content: blocks }))).content as Anthropic.TextBlockParam[];
    expect(content.map(({ text }) => text.length)).toEqual([20_037]);
  });
});
