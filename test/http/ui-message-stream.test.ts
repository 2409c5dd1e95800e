import { describe, expect, test } from 'vitest';
import { uiMessageFrames } from '../../src/http/ui-message-stream.ts';
import type { EventBody, LoggedEvent } from '../../src/protocol/events.ts';
import { SDKS } from './ui-clients.ts';

const turn = { turnId: 't', step: 0 } as const;
const source = { number: 1, title: 'Chargers', url: 'https://test.example/', quote: 'Covered.', passageId: 'p' };
const citation = { ...source, location: { page: 3, headings: ['Terms'], start: 1, end: 2 } };
const STARTED: EventBody = {
  type: 'turn.started',
  turnId: 't',
  messageId: 'm',
  answers: [],
  model: 'x',
  offline: false,
};
const SAID = { type: 'segment.released', ...turn, start: 0, text: 'One. ' } as const;
const ENDED = { type: 'turn.ended', turnId: 't', messageId: 'm', outcome: 'completed' } as const;

const ACTION = {
  id: 'a',
  callId: 'c',
  tool: 'write',
  summary: 'Write it?',
  input: { text: 'x' },
  hash: '0'.repeat(64),
  by: 'customer',
  expiresAt: 1,
} as const;

function logged(...events: EventBody[]): LoggedEvent[] {
  return events.map((event, index) => ({ seq: index + 1, at: 0, ...event }));
}

async function* given(events: LoggedEvent[]) {
  yield* events;
}

type Options = { signal?: AbortSignal; follow?: AsyncIterable<LoggedEvent> };

/** The chunks of the events, and whether the stream ends as one that is whole. */
async function chunksOf(events: LoggedEvent[], { signal = new AbortController().signal, follow }: Options = {}) {
  const readStatus = async () => 'open' as const;
  const frames = await Array.fromAsync(
    uiMessageFrames(follow ?? given(events), { messageId: 'none', readStatus, signal }),
  );
  const whole = frames.at(-1)?.data === '[DONE]';
  const chunks = (whole ? frames.slice(0, -1) : frames).map(({ data }) => data as Record<string, unknown>);
  return { chunks, types: chunks.map(({ type }) => type), whole };
}

describe('the UI message stream', () => {
  const everything = logged(
    { type: 'status.changed', status: 'open' },
    STARTED,
    { type: 'step.started', ...turn },
    SAID,
    { type: 'citation.added', ...turn, start: 0, end: 4, citation },
    { type: 'citation.added', ...turn, start: 0, end: 4, citation },
    { type: 'citation.added', ...turn, start: 0, end: 4, citation: { ...citation, number: 2, url: null } },
    { type: 'notice', turnId: 't', code: 'model_slow', text: 'A moment.' },
    { type: 'tool.started', ...turn, callId: 'c', tool: 'get' },
    { type: 'tool.finished', ...turn, callId: 'c', tool: 'get', ok: false },
    { type: 'tool.started', ...turn, callId: 'd', tool: 'get' },
    { type: 'tool.finished', ...turn, callId: 'd', tool: 'get', ok: true },
    { type: 'tool.started', ...turn, callId: 'e', tool: 'write' },
    { type: 'tool.finished', ...turn, callId: 'e', tool: 'write', ok: true },
    { type: 'action.proposed', ...turn, action: { ...ACTION, id: 'declined', callId: 'e' } },
    { type: 'action.proposed', ...turn, action: { ...ACTION, id: 'asked', callId: 'd', by: 'operator' } },
    { type: 'action.decided', actionId: 'declined', decision: 'decline', by: 'customer' },
    { type: 'sign_in.requested', ...turn },
    { type: 'handoff.requested', by: 'agent', reason: 'secret' },
    { type: 'status.changed', status: 'waiting_for_human' },
    { type: 'step.started', turnId: 't', step: 1 },
    { type: 'segment.released', turnId: 't', step: 1, start: 5, text: 'Two.' },
    ENDED,
  );

  test.each(Object.entries(SDKS))('has only chunks that %s takes', async (_, sdk) => {
    const interrupted = await chunksOf(everything.slice(0, 4), { signal: AbortSignal.abort() });
    const { chunks } = await chunksOf(everything);
    expect(new Set(chunks.map(({ type }) => type)).size).toBe(22);
    for (const chunk of [...chunks, ...interrupted.chunks]) {
      expect(await sdk.uiMessageChunkSchema().validate?.(chunk), JSON.stringify(chunk)).toMatchObject({
        success: true,
      });
    }
  });

  test('begins with its start, ends every text and step, and names each source once', async () => {
    const { chunks, types, whole } = await chunksOf(everything);
    const count = (type: string) => types.filter((one) => one === type).length;
    expect([count('text-start'), count('text-end'), count('start-step'), count('finish-step')]).toEqual([2, 2, 2, 2]);
    expect([types[0], types.at(-1), whole]).toEqual(['start', 'finish', true]);
    expect([count('source-url'), count('source-document'), count('data-citation')]).toEqual([1, 1, 3]);
    expect(chunks.find(({ type }) => type === 'data-citation')?.data).toEqual({ ...citation, start: 0, end: 4 });
    expect(JSON.stringify(chunks)).not.toMatch(/"input":\{"(?!text)|secret/);
  });

  test.each<[string, LoggedEvent[], Options]>([
    ['text is withdrawn', logged(STARTED, SAID, { type: 'segments.superseded', ...turn, start: 0 }, ENDED), {}],
    ['the server shuts down', logged(STARTED, SAID), { signal: AbortSignal.abort() }],
    ['the log ends before the turn does', logged(STARTED, SAID), {}],
    ['the server shuts down before the turn begins', [], { signal: AbortSignal.abort() }],
  ])('ends with an error and without an end where %s', async (_, events, options) => {
    const { chunks, types, whole } = await chunksOf(events, options);
    expect([types.at(-1), types.includes('finish'), whole]).toEqual(['error', false, false]);
    expect(JSON.parse(String(chunks.at(-1)?.errorText)).error.code).toBe('reply_interrupted');
  });

  test('a store that breaks is an error for the client and for the log', async () => {
    async function* breaking() {
      yield* logged(STARTED, SAID);
      throw new Error('the store is gone');
    }
    const seen: unknown[] = [];
    const readStatus = async () => 'open' as const;
    const signal = new AbortController().signal;
    const reading = async () => {
      for await (const { data } of uiMessageFrames(breaking(), { messageId: 'none', readStatus, signal }))
        seen.push(data);
    };
    await expect(reading()).rejects.toThrow('the store is gone');
    expect(seen.at(-1)).toMatchObject({ type: 'error' });
  });

  test('a message that no turn answers is a message without text', async () => {
    const { types, whole } = await chunksOf([]);
    expect([types, whole]).toEqual([['start', 'data-status', 'finish'], true]);
  });
});
