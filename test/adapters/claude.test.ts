import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ModelEvent } from '../../src/agent/model.ts';
import { type MockTurn, startMockClaude } from '../../src/testing/mock-claude.ts';
import { COMPLETE, call, closeAll, closers, collect, messageOf, mock, textOf, typesOf, wire } from './claude-calls.ts';

afterEach(closeAll);

describe('a good stream', () => {
  test('citations arrive with their text, whole', async () => {
    const { url } = await wire({ file: 'citations.http' });
    const message = messageOf(await collect({ url }));
    expect(message.content.map((block) => block.type === 'text' && block.text).join('')).toBe(
      'Electric cars: the battery is covered against accidental damage, and wall boxes are covered up to €1,500.',
    );
    const cited = message.content.flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : []));
    expect(cited.map((citation) => citation.cited_text)).toEqual([
      'The battery is covered against accidental damage, owned or leased. ',
      'Charging cables are covered. Wall boxes are covered up to €1,500.',
    ]);
    expect(message.usage.output_tokens).toBe(44);
  });

  test('bytes cut anywhere, even within a character, read the same', async () => {
    const { url } = await wire({ file: 'complete.http', slice: 7 });
    expect(textOf(await collect({ url }))).toBe(COMPLETE);
  });

  test('tool calls arrive with their input', async () => {
    const { url } = await wire({ file: 'tool-use.http' });
    const message = messageOf(await collect({ url }));
    expect(message.stop_reason).toBe('tool_use');
    const calls = message.content.flatMap((block) => (block.type === 'tool_use' ? [[block.name, block.input]] : []));
    expect(calls).toEqual([
      ['get_quote', { make: 'Tesla', year: 2022 }],
      ['opening_hours', {}],
    ]);
  });

  test.each([
    ['refusal.http', 'refusal'],
    ['max-tokens.http', 'max_tokens'],
    ['pause-turn.http', 'pause_turn'],
  ])('%s is an answer, not a failure', async (file, reason) => {
    const { url, requests } = await wire({ file });
    const events = await collect({ url });
    expect(events.at(-1)?.type).toBe('message_stop');
    expect(messageOf(events).stop_reason).toBe(reason);
    expect(requests).toHaveLength(1);
  });

  test('ends at message_stop, even where the server leaves the connection open', async () => {
    const { url, open } = await wire({ file: 'complete.http', hold: true });
    const events = await collect({ url, options: { idleMs: 60_000 } });
    expect(events.at(-1)?.type).toBe('message_stop');
    await vi.waitFor(() => expect(open()).toBe(0), { timeout: 30_000 });
  });
});

describe('a broken stream is tried again', () => {
  test.each([
    ['status 529', 'overloaded-529.http', /529 overloaded_error Overloaded/],
    ['an error event', 'error-event.http', /overloaded_error Overloaded/],
    ['a body that ends early', 'cut.http', /before message_stop/],
    ['a connection that closes within a chunk', 'cut-chunked.http', /broke off/],
    ['a data line that is not JSON', 'garbage-line.http', /JSON/],
    ['a data line of no event', 'garbage-nameless.http', /without an event name/],
  ])('%s', async (_name, file, detail) => {
    const { url, requests } = await wire({ file }, { file: 'complete.http' });
    const events = await collect({ url });
    const retries = events.filter((event) => event.type === 'retrying');
    expect(retries).toEqual([
      { type: 'retrying', attempt: 2, delayMs: expect.any(Number), detail: expect.stringMatching(detail) },
    ]);
    expect(textOf(events)).toBe(COMPLETE);
    expect(events.at(-1)?.type).toBe('message_stop');
    expect(requests).toHaveLength(2);
  });

  test('a stalled body: waiting, then another attempt, and the stalled connection is closed', async () => {
    const { url, open } = await wire({ file: 'stall.http', hold: true }, { file: 'complete.http' });
    const events = await collect({ url, options: { idleMs: 400, waitingMs: 100 } });
    const own = typesOf(events).filter((type) => type === 'waiting' || type === 'retrying');
    expect(own).toEqual(['waiting', 'retrying']);
    expect(events.find((event) => event.type === 'retrying')?.detail).toMatch(/nothing came for 400 ms/);
    expect(textOf(events)).toBe(COMPLETE);
    await vi.waitFor(() => expect(open()).toBe(0), { timeout: 30_000 });
  });

  test('an unknown event and a comment are passed over', async () => {
    const { url, requests } = await wire({ file: 'unknown-event.http' });
    const events = await collect({ url });
    expect(textOf(events)).toBe(COMPLETE);
    expect(typesOf(events)).not.toContain('future_event');
    expect(requests).toHaveLength(1);
  });

  test('a connection that is dropped before any answer', async () => {
    const { url } = await mock([{ fault: { disconnect: true } }, { text: 'Here.' }]);
    expect(textOf(await collect({ url }))).toBe('Here.');
  });

  test.each([408, 409, 500, 503])('status %i', async (status) => {
    const { url } = await mock([{ fault: { status } }, { text: 'Here.' }]);
    expect(textOf(await collect({ url }))).toBe('Here.');
  });

  test('api_error in the middle of a stream', async () => {
    const { url } = await mock([
      { text: ['a', 'b'], fault: { error_event: 1, errorType: 'api_error' } },
      { text: 'Here.' },
    ]);
    expect(textOf(await collect({ url }))).toBe('Here.');
  });

  test('the delay grows, within its bounds', async () => {
    const { url } = await mock([{ fault: { status: 500 } }, { fault: { status: 500 } }, { text: 'Here.' }]);
    const events = await collect({ url, options: { backoffMs: 40 } });
    const [first, second] = events.flatMap((event) => (event.type === 'retrying' ? [event.delayMs] : []));
    expect(first).toBeGreaterThanOrEqual(30);
    expect(first).toBeLessThanOrEqual(40);
    expect(second).toBeGreaterThanOrEqual(60);
    expect(second).toBeLessThanOrEqual(80);
  });
});

describe('given up after three attempts', () => {
  test.each([
    ['overloaded', { fault: { status: 529 } }],
    ['overloaded', { text: 'a b', fault: { error_event: 1 } }],
    ['rate_limited', { fault: { status: 429, retryAfter: 0 } }],
    ['unreachable', { text: 'a b', fault: { cut: 1 } }],
    ['stalled', { text: 'a b', fault: { stall: 1 } }],
  ] satisfies Array<[string, MockTurn]>)('%s', async (code, turn) => {
    const { url, requests } = await mock([turn, turn, turn]);
    const events = await collect({ url, options: { idleMs: 150 } });
    expect(events.at(-1)).toMatchObject({ type: 'failed', code });
    expect(events.flatMap((event) => (event.type === 'retrying' ? [event.attempt] : []))).toEqual([2, 3]);
    expect(requests).toHaveLength(3);
  });

  test('unreachable, where nothing listens', async () => {
    const gone = await mock([{}]);
    await gone.close();
    const events = await collect({ url: gone.url });
    expect(events.at(-1)).toMatchObject({
      type: 'failed',
      code: 'unreachable',
      detail: expect.stringMatching(/ECONNREFUSED/),
    });
    expect(typesOf(events)).toEqual(['retrying', 'retrying', 'failed']);
  });
});

describe('retry-after', () => {
  test.each([
    ['seconds', { retryAfter: 1 }],
    ['milliseconds', { headers: { 'retry-after-ms': '1000', 'retry-after': '30' } }],
  ])('in %s is kept', async (_name, header) => {
    const { url, requests } = await mock([{ fault: { status: 429, ...header } }, { text: 'Here.' }]);
    const events = await collect({ url });
    expect(events[0]).toMatchObject({ type: 'retrying', delayMs: 1000 });
    const [first, second] = requests.map((request) => request.at);
    const waited = Number(second) - Number(first);
    expect(waited).toBeGreaterThanOrEqual(950);
    expect(waited).toBeLessThan(2_500);
  });

  test('the delay runs from the failure, not from when the caller asks for more', async () => {
    const { url, requests } = await mock([{ fault: { status: 429, retryAfter: 1 } }, { text: 'Here.' }]);
    for await (const event of call({ url })) if (event.type === 'retrying') await pause(700);
    const [first, second] = requests.map((request) => request.at);
    expect(Number(second) - Number(first)).toBeLessThan(1_650);
  });

  test('a longer pause than a minute is not waited for', async () => {
    const { url, requests } = await mock([{ fault: { status: 429, retryAfter: 61 } }]);
    const events = await collect({ url });
    expect(events).toMatchObject([{ type: 'failed', code: 'rate_limited' }]);
    expect(requests).toHaveLength(1);
  });
});

describe('never tried again', () => {
  const message = {
    own: 'You have reached your specified API usage limits. You will regain access on 2027-01-01 at 00:00 UTC.',
    credit: 'Your credit balance is too low to access the API.',
  };
  test.each([
    ['spend_limit', { status: 429, errorCode: 'enforced_spend_limit_reached' }],
    ['spend_limit', { status: 429, errorCode: 'contract_spend_limit_reached' }],
    ['spend_limit', { status: 429, errorType: 'billing_error' }],
    ['spend_limit', { status: 429, message: 'This workspace has reached its monthly spend limit.' }],
    ['spend_limit', { status: 400, message: message.own }],
    ['spend_limit', { status: 400, message: message.credit }],
    ['spend_limit', { status: 402 }],
    ['context_overflow', { status: 400, message: 'prompt is too long: 210000 tokens > 200000 maximum' }],
    ['context_overflow', { status: 400, message: 'input length and `max_tokens` exceed context limit' }],
    ['rejected', { status: 400, message: 'messages: at least one message is required' }],
    ['rejected', { status: 401 }],
    ['rejected', { status: 403 }],
    ['rejected', { status: 404 }],
    ['rejected', { status: 413 }],
    ['overloaded', { status: 503, headers: { 'x-should-retry': 'false' } }],
  ])('%s: %o', async (code, fault) => {
    const { url, requests } = await mock([{ fault }, { text: 'unused' }]);
    const events = await collect({ url });
    expect(events).toMatchObject([{ type: 'failed', code, detail: expect.stringContaining(String(fault.status)) }]);
    expect(requests).toHaveLength(1);
  });

  test('an ordinary rate limit, and a limit on growth, are tried again', async () => {
    const { url } = await mock([
      {
        fault: { status: 429, message: 'This request would exceed the rate limit of 30,000 input tokens per minute.' },
      },
      { fault: { status: 429, errorCode: 'ramp_limit_exceeded', message: 'usage limit' } },
      { text: 'Here.' },
    ]);
    expect(textOf(await collect({ url }))).toBe('Here.');
  });
});

describe('waiting', () => {
  test('is told once an attempt, though pings come, and pings keep the attempt alive', async () => {
    const events: ModelEvent[] = [];
    const started = await startMockClaude({
      script: async function* () {
        for (let n = 0; n < 8; n++) {
          await pause(100);
          yield { type: 'waiting' } as const; // a ping on the wire
        }
        yield* (await serveMessage()).events;
      },
    });
    closers.push(started.close);
    for await (const event of call({ url: started.url, options: { idleMs: 600, waitingMs: 200 } })) events.push(event);
    expect(typesOf(events).filter((type) => type === 'waiting')).toHaveLength(1);
    expect(typesOf(events)).not.toContain('retrying');
    expect(events.at(-1)?.type).toBe('message_stop');
  });
});

/** The events of a short message, as a model would yield them. */
async function serveMessage(): Promise<{ events: ModelEvent[] }> {
  const { url } = await mock([{ text: 'Here.' }]);
  return { events: await collect({ url }) };
}

describe('abort', () => {
  test('during a stream ends the iterator and the request', async () => {
    const { url, requests } = await mock([{ text: ['a', 'b', 'c'], fault: { stall: 2 } }]);
    const controller = new AbortController();
    const types: string[] = [];
    for await (const event of call({ url, signal: controller.signal })) {
      types.push(event.type);
      if (event.type === 'content_block_delta') controller.abort();
    }
    // Not because the stream was silent for too long.
    for (const type of ['failed', 'retrying']) expect(types).not.toContain(type);
    expect(requests).toHaveLength(1);
    await vi.waitFor(() => expect(requests[0]?.aborted).toBe(true), { timeout: 30_000 });
  });

  test('while the first byte is awaited', async () => {
    const { url, requests } = await mock([{ text: 'late', delayMs: 30_000 }]);
    const controller = new AbortController();
    const events = collect({ url, signal: controller.signal });
    await vi.waitFor(() => expect(requests).toHaveLength(1), { timeout: 30_000 });
    controller.abort();
    expect(await events).toEqual([]);
    await vi.waitFor(() => expect(requests[0]?.aborted).toBe(true), { timeout: 30_000 });
  });

  test('during the pause between two attempts', async () => {
    const { url, requests } = await mock([{ fault: { status: 429, retryAfter: 50 } }, { text: 'never' }]);
    const controller = new AbortController();
    const types: string[] = [];
    for await (const event of call({ url, signal: controller.signal })) {
      types.push(event.type);
      setTimeout(() => controller.abort(), 50);
    }
    expect(types).toEqual(['retrying']);
    expect(requests).toHaveLength(1);
  });

  test('before the start makes no request', async () => {
    const { url, requests } = await mock([{ text: 'never' }]);
    expect(await collect({ url, signal: AbortSignal.abort() })).toEqual([]);
    expect(requests).toHaveLength(0);
  });

  test('a caller that stops reading ends the request', async () => {
    const { url, requests } = await mock([{ text: ['a', 'b'], fault: { stall: 1 } }]);
    for await (const event of call({ url })) if (event.type === 'content_block_delta') break;
    await vi.waitFor(() => expect(requests[0]?.aborted).toBe(true), { timeout: 30_000 });
  });
});
