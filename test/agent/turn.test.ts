import { describe, expect, test } from 'vitest';
import type { Model, ModelEvent, ModelRequest } from '../../src/agent/model.ts';
import { NUDGES } from '../../src/agent/notes.ts';
import { ToolProblem } from '../../src/agent/tool.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { DEFAULT_BOUNDS, runTurn } from '../../src/agent/turn.ts';
import { handOffTool, resolveTool } from '../../src/tools/hand-off.ts';
import {
  closed,
  ending,
  opened,
  PASSAGE,
  play,
  rawCall,
  SENTENCES,
  start,
  turnInput,
  types,
  wordTool,
} from './play-turn.ts';

const echo = wordTool('echo', async (input) => ({ content: `echo ${(input as { word: string }).word}` }));

/** What stands in the last message of a request, block by block; it is always on the customer's side. */
function lastUser(request: ModelRequest | undefined): unknown[] {
  const last = request?.messages.at(-1);
  expect(last?.role).toBe('user');
  return last
    ? blocksOf(last).map((block) => ('text' in block ? block.text : 'content' in block && block.content))
    : [];
}

/** As the model is shown what the tool `echo` gave. */
const data = (text: string) => `[Data from echo]\n${text}`;

describe('a turn', () => {
  test('end_turn: answers in segments and ends completed', async () => {
    const { events, reply, result, records } = await play([{ text: 'Yes, it is. Up to $1,500.' }]);
    expect(reply.text).toBe('Yes, it is. Up to $1,500.');
    expect(types(events)).toEqual(['step.started', 'segment.released', 'segment.released', 'turn.ended']);
    expect(ending(events)).toMatchObject({ outcome: 'completed' });
    expect(result).toBe('completed');
    expect(records).toMatchObject([{ step: 0, stopReason: 'end_turn', input: [{ text: 'Is my charger covered?' }] }]);
  });

  test('puts passages before the question and goes through any number of tool rounds', async () => {
    const script = [
      { text: 'Let me see.', tools: [{ name: 'echo', input: { word: 'a' } }] },
      { tools: [{ name: 'echo', input: { word: 'b' } }] },
      { text: 'It is b.' },
    ];
    const { reply, requests, records, events } = await play(script, {
      tools: [echo],
      firstSearch: async () => [PASSAGE],
    });
    expect(lastUser(requests[0])).toEqual([PASSAGE.content, 'Is my charger covered?']);
    expect(lastUser(requests[2])).toEqual([data('echo b')]);
    expect(reply.text).toBe('Let me see.\n\nIt is b.');
    expect(records.map(({ step, toolResults }) => [step, toolResults.length])).toEqual([
      [0, 1],
      [1, 1],
      [2, 0],
    ]);
    expect(ending(events).outcome).toBe('completed');
  });

  test('answers parallel tool calls together, in one message', async () => {
    const script = [
      {
        tools: [
          { name: 'echo', input: { word: 'a' } },
          { name: 'echo', input: { word: 'b' } },
        ],
      },
      { text: 'Both.' },
    ];
    const { requests, entries } = await play(script, { tools: [echo] });
    expect(lastUser(requests[1])).toEqual([data('echo a'), data('echo b')]);
    const step = entries.find((entry) => entry.step?.toolResults.length === 2);
    expect(types(step?.events ?? [])).toEqual(['tool.finished', 'tool.finished']);
  });

  test('lets the model mend an invalid input, an unknown tool and a problem', async () => {
    const picky = wordTool('picky', async (input) => {
      if ((input as { word: string }).word === 'bad') throw new ToolProblem('Not that word.');
      return { content: 'fine' };
    });
    const script = [
      {
        tools: [
          { name: 'picky', input: { word: 1 } },
          { name: 'nope', input: {} },
        ],
      },
      { tools: [{ name: 'picky', input: { word: 'bad' } }] },
      { tools: [{ name: 'picky', input: { word: 'good' } }] },
      { text: 'Done.' },
    ];
    const { events, requests, reply } = await play(script, { tools: [picky] });
    const finished = events.filter((event) => event.type === 'tool.finished');
    expect(finished.map(({ ok }) => ok)).toEqual([false, false, false, true]);
    expect(lastUser(requests[2])).toEqual(['[Data from picky]\nNot that word.']);
    expect(reply.text).toBe('Done.');
  });

  test('max_tokens: leaves the broken sentence to the next call, which goes on from what was released', async () => {
    const script = [
      { text: 'The first sentence. The second sen', stopReason: 'max_tokens' as const },
      { text: 'The second sentence. Done.' },
    ];
    const { reply, requests, events } = await play(script);
    expect(reply.text).toBe('The first sentence. The second sentence. Done.');
    expect(requests[1]?.messages.at(-2)).toMatchObject({ content: [{ text: 'The first sentence.' }] });
    expect(lastUser(requests[1])).toEqual([NUDGES.cutOff]);
    expect(requests.map(({ max_tokens }) => max_tokens)).toEqual([100, 200]);
    expect(ending(events).outcome).toBe('completed');
  });

  test('max_tokens again and again: ends with all that was said', async () => {
    const cut = (text: string) => ({ text, stopReason: 'max_tokens' as const });
    const { reply, result } = await play([cut('One. Tw'), cut('Two. Thr'), cut('Three. Fo')]);
    expect(reply.text).toBe('One. Two. Three. Fo');
    expect(result).toBe('completed');
  });

  test('max_tokens before any sentence: begins again, and does not glue it to an earlier step', async () => {
    const script = [
      { text: 'Let me see.', tools: [{ name: 'echo', input: { word: 'a' } }] },
      { text: 'The answer is so lo', stopReason: 'max_tokens' as const },
      { text: 'It is a.' },
    ];
    const { reply, requests } = await play(script, { tools: [echo] });
    expect(lastUser(requests[2])).toEqual([data('echo a'), NUDGES.lost]);
    expect(reply.text).toBe('Let me see.\n\nIt is a.');
  });

  test.each([
    ['before its first character', null],
    ['in the middle', '{"word": "a'],
  ])('max_tokens in a tool call, %s: the call is not run, but made again', async (_title, json) => {
    let runs = 0;
    const counted = wordTool('counted', async () => ({ content: `${++runs}` }), {
      parse: (value) => ({ ok: true, value }),
    });
    const script = [
      [
        ...opened('Let me look.'),
        { type: 'content_block_stop', index: 0 } as ModelEvent,
        ...rawCall('counted', json, 1),
        ...closed('max_tokens', 1),
      ],
      { tools: [{ name: 'counted', input: { word: 'a' } }] },
      { text: 'Here it is.' },
    ];
    const { reply, requests } = await play(script, { tools: [counted] });
    expect(runs).toBe(1);
    expect(reply.text).toBe('Let me look.\n\nHere it is.');
    expect(requests[1]?.max_tokens).toBe(200);
  });

  test('a call without a readable input is said to the model, not dropped in silence', async () => {
    const script = [[start(), ...rawCall('echo', '["a"]'), ...closed('tool_use')], { text: 'Never mind.' }];
    const { reply, requests } = await play(script, { tools: [echo] });
    expect(lastUser(requests[1])).toContain(NUDGES.badCall);
    expect(reply.text).toBe('Never mind.');
  });

  test('refusal: withdraws what was said and declines, without a further call', async () => {
    const { events, reply } = await play([{ text: 'First, take a. Then b. And', stopReason: 'refusal' }]);
    expect(types(events)).toContain('segments.superseded');
    expect(reply.text).toBe(SENTENCES.refused);
    expect(ending(events)).toMatchObject({ outcome: 'completed', code: 'model_refused' });
  });

  test('pause_turn: goes on, with a message of the customer side last', async () => {
    const { reply, requests } = await play([{ text: 'One moment.', stopReason: 'pause_turn' }, { text: 'Here.' }]);
    expect(lastUser(requests[1])).toEqual([NUDGES.cutOff]);
    expect(reply.text).toBe('One moment.\n\nHere.');
  });

  test.each([
    ['the failure', { type: 'failed', code: 'context_overflow', detail: 'too long' } as const],
    ['the stop reason', { text: 'I am. Still', stopReason: 'model_context_window_exceeded' } as const],
  ])('context overflow by %s: withdraws, ends nothing and says so to its caller', async (_title, step) => {
    const { events, result, reply } = await play([step]);
    expect(result).toBe('overflow');
    expect(reply.text).toBe('');
    expect(types(events)).not.toContain('turn.ended');
  });

  test('a failure in mid-text: withdraws it and says honestly how to reach a person', async () => {
    const script = [
      [...opened('It is. ', 'And'), { type: 'failed', code: 'overloaded', detail: 'secret' }] as ModelEvent[],
    ];
    const { events, reply } = await play(script);
    expect(reply.text).toBe(SENTENCES.modelFailed);
    expect(reply.text).toContain('555-0100');
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(ending(events)).toMatchObject({ outcome: 'failed', code: 'model_overloaded' });
  });

  test('a stream that ends in silence is a failure', async () => {
    const { events } = await play([opened('It is. ', 'And')]);
    expect(ending(events)).toMatchObject({ outcome: 'failed', code: 'model_unreachable' });
  });

  test('retrying in mid-text: supersedes explicitly, tells the customer once, then the clean text', async () => {
    const again: ModelEvent = { type: 'retrying', attempt: 2, delayMs: 1, detail: 'cut' };
    const script = [[...opened('It is not. ', 'No'), again, again, ...opened('It is. ', 'Yes.'), ...closed()]];
    const { events, reply } = await play(script);
    expect(reply.text).toBe('It is. Yes.');
    expect(types(events).filter((type) => type === 'segments.superseded')).toHaveLength(1);
    const notices = events.flatMap((event) => (event.type === 'notice' ? event.code : []));
    expect(notices).toEqual(['reply_restarted', 'model_retrying']);
  });

  test('a slow model: the customer is told once', async () => {
    const script = [[{ type: 'waiting' }, { type: 'waiting' }, ...opened('Yes.'), ...closed()] as ModelEvent[]];
    const { events } = await play(script);
    expect(events.filter((event) => event.type === 'notice')).toMatchObject([{ code: 'model_slow' }]);
  });

  test('an empty answer is asked for twice more, then said honestly', async () => {
    const { requests, reply, events } = await play([{}, {}, {}]);
    expect(lastUser(requests[1])).toEqual(['Is my charger covered?', NUDGES.unanswered]);
    expect(reply.text).toBe(SENTENCES.noAnswer);
    expect(ending(events)).toMatchObject({ outcome: 'failed', code: 'empty_answer' });
  });

  test('an empty answer after a tool is asked for, though something was said before the tool', async () => {
    const script = [{ text: 'Let me see.', tools: [{ name: 'echo', input: { word: 'a' } }] }, {}, { text: 'It is a.' }];
    expect((await play(script, { tools: [echo] })).reply.text).toBe('Let me see.\n\nIt is a.');
  });

  test('a handoff without words still tells the customer', async () => {
    const events = [{ type: 'handoff.requested', by: 'agent', reason: 'asked' }] as const;
    const handOff = wordTool('hand_off', async () => ({ content: 'asked', events: [...events] }));
    const script = [{ tools: [{ name: 'hand_off', input: { word: 'x' } }] }, {}, {}, {}];
    const played = await play(script, { tools: [handOff] });
    expect(played.reply.text).toBe(SENTENCES.handedOff);
    expect(ending(played.events).outcome).toBe('handed_off');
  });

  test('a person is asked for once a turn, and what comes after does not take it back', async () => {
    const tools = [handOffTool({}), resolveTool()];
    const handOff = { name: 'hand_off', input: { reason: 'upset', summary: 'Wants a person.' } };
    const resolve = { name: 'resolve', input: { evidence: 'Thanks' } };
    const script = [{ tools: [resolve, handOff, resolve, handOff] }, { tools: [handOff, resolve] }, { text: 'Done.' }];
    const { events } = await play(script, { tools });
    expect(events.filter(({ type }) => type === 'handoff.requested')).toHaveLength(1);
    const moves = events.flatMap((event) => (event.type === 'status.changed' ? [event.status] : []));
    expect(moves).toEqual(['resolved', 'waiting_for_human']);
    expect(ending(events).outcome).toBe('handed_off');
  });

  test('rounds are bounded: an honest sentence and one end', async () => {
    const round = { tools: [{ name: 'echo', input: { word: 'a' } }] };
    const bounds = { ...DEFAULT_BOUNDS, steps: 3 };
    const { events, reply } = await play([round, round, round], { tools: [echo], bounds });
    expect(reply.text).toBe(SENTENCES.tooManySteps);
    expect(ending(events)).toMatchObject({ outcome: 'handed_off', code: 'turn_limit' });
    expect(events.filter(({ type }) => type === 'handoff.requested')).toHaveLength(1);
    // Nobody is asked again where a person is awaited already.
    const status = 'waiting_for_human' as const;
    const again = await play([round, round, round], { tools: [echo], bounds, status });
    expect(types(again.events)).not.toContain('handoff.requested');
  });

  test('a model that goes in circles is stopped at the third time, and a person is asked for', async () => {
    const round = (word: string) => ({ tools: [{ name: 'echo', input: { word } }] });
    const circling = [round('a'), round('b'), round('a'), round('b'), round('a')];
    const { events, reply, requests } = await play(circling, { tools: [echo], bounds: DEFAULT_BOUNDS });
    expect(requests).toHaveLength(5);
    expect(reply.text).toBe(SENTENCES.tooManySteps);
    expect(ending(events)).toMatchObject({ outcome: 'handed_off', code: 'turn_loop' });
    expect(events.filter(({ type }) => type === 'handoff.requested')).toHaveLength(1);
  });

  test('the same tool with other inputs, or other results, is no circle', async () => {
    let n = 0;
    const counting = wordTool('count', async () => ({ content: `${++n}` }));
    const round = { tools: [{ name: 'count', input: { word: 'a' } }] };
    const { reply } = await play([round, round, round, round, { text: 'Four.' }], { tools: [counting] });
    expect(reply.text).toBe('Four.');
  });

  test('seconds are bounded: an honest sentence and one end', async () => {
    const slow = wordTool('slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { content: 'late' };
    });
    const round = { tools: [{ name: 'slow', input: { word: 'a' } }] };
    const { events } = await play([round], { tools: [slow], bounds: { ...DEFAULT_BOUNDS, seconds: 0.03 } });
    expect(ending(events)).toMatchObject({ outcome: 'handed_off', code: 'turn_limit' });
  });

  test('text is not held back for longer than 1.5 seconds, though deltas keep coming', async () => {
    const words = 'a sentence that comes word by word and does not end for a long while'.split(' ');
    const dribble: Model = async function* () {
      yield* opened();
      for (const word of words) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        yield { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: `${word} ` } };
      }
      yield* closed();
    };
    const { events, reply } = await play(dribble);
    expect(reply.text).toBe(words.join(' '));
    expect(types(events).filter((type) => type === 'segment.released').length).toBeGreaterThan(1);
  });
});

describe('a turn that is stopped', () => {
  /** A model that says its pieces and then waits for ever, as long as it is not aborted. */
  function endless(pieces: string[]): { model: Model; hungUp: Promise<void> } {
    const hungUp = Promise.withResolvers<void>();
    const model: Model = async function* (_request, signal) {
      try {
        yield* opened(...pieces);
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      } finally {
        hungUp.resolve();
      }
    };
    return { model, hungUp: hungUp.promise };
  }

  test.each([
    ['before the first word', [], ''],
    ['in mid-text', ['It is. ', 'And so'], 'It is. '],
  ])('%s ends as stopped, with what was said so far', async (_title, pieces, said) => {
    const stop = new AbortController();
    const { model, hungUp } = endless(pieces);
    setTimeout(() => stop.abort(), 20);
    const { events, reply } = await play(model, { signal: stop.signal });
    expect(reply.text).toBe(said);
    expect(ending(events).outcome).toBe('stopped');
    await hungUp;
  });

  test('while a tool runs writes no step and ends as stopped', async () => {
    const stop = new AbortController();
    const hanging = wordTool('hang', () => {
      stop.abort();
      return new Promise(() => {});
    });
    const { events, records } = await play([{ tools: [{ name: 'hang', input: { word: 'x' } }] }], {
      tools: [hanging],
      signal: stop.signal,
    });
    expect(ending(events).outcome).toBe('stopped');
    expect(records).toEqual([]);
  });

  test('from outside, by leaving the iterator, hangs up on the model', async () => {
    const stop = new AbortController();
    const { model, hungUp } = endless(['It is. ', 'And so']);
    const running = runTurn(turnInput(model, { signal: stop.signal }));
    for (let next = await running.next(); !next.done; next = await running.next()) {
      if (next.value.events.some(({ type }) => type === 'segment.released')) break;
    }
    await running.return('stopped');
    await hungUp;
  });
});

describe('a turn that goes on after a crash', () => {
  const record = (step: number, more: object = {}) => ({
    turnId: 'turn_1',
    step,
    kind: 'answer' as const,
    model: 'scripted',
    promptHash: 'hash',
    knowledgeVersion: '1',
    input: step === 0 ? [{ type: 'text' as const, text: 'Is my charger covered?' }] : [],
    output: [],
    toolResults: [],
    stopReason: 'end_turn',
    usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    ...more,
  });
  const resumed = (steps: { record: ReturnType<typeof record>; released: string }[]) => ({
    resumed: { steps, citations: [], handedOff: false },
  });

  test('after the last words only ends', async () => {
    const { events, requests } = await play([], resumed([{ record: record(0), released: 'Yes.' }]));
    expect(types(events)).toEqual(['turn.ended']);
    expect(requests).toHaveLength(0);
  });

  test('after text that the limit had cut off goes on with it', async () => {
    const steps = [{ record: record(0, { stopReason: 'max_tokens' }), released: 'One. ' }];
    const { events, requests } = await play([{ text: 'Two.' }], resumed(steps));
    expect(events.find((event) => event.type === 'segment.released')).toMatchObject({
      step: 1,
      start: 5,
      text: 'Two.',
    });
    expect(requests[0]?.max_tokens).toBe(200);
  });

  test('after an empty step asks again, as often as it would have', async () => {
    const empty = (step: number) => ({ record: record(step), released: '' });
    const { events, requests } = await play([{}], resumed([empty(0), empty(1)]));
    expect(requests).toHaveLength(1);
    expect(ending(events).code).toBe('empty_answer');
  });
});
