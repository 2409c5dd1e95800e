import { expect, test } from 'vitest';
import { eventStream, type Frame, wantsEvents } from '../../src/http/event-stream.ts';

const event = (id: number): Frame => ({ id, data: { seq: id } });
const nobody = () => {
  throw new Error('there was no trouble');
};

/** Events without end that count what was asked for and notice when they are let go of. */
function counted() {
  const state = { followed: 0, asked: 0, released: false };
  async function* events(): AsyncGenerator<Frame> {
    try {
      for (;;) {
        state.asked += 1;
        yield event(state.asked);
      }
    } finally {
      state.released = true;
    }
  }
  const follow = () => {
    state.followed += 1;
    return events();
  };
  return { state, follow };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 10));

test('a body that nobody reads follows nothing', async () => {
  const { state, follow } = counted();
  eventStream(follow, { onTrouble: nobody });
  await settle();
  expect(state).toEqual({ followed: 0, asked: 0, released: false });
});

test('an event is asked for when the one before was taken, and let go of when the client leaves', async () => {
  const { state, follow } = counted();
  const reader = eventStream(follow, { onTrouble: nobody }).body?.getReader();
  for (let reads = 0; reads < 4; reads += 1) await reader?.read();
  await settle();
  expect(state).toEqual({ followed: 1, asked: 3, released: false });
  await reader?.cancel();
  await settle();
  expect(state).toEqual({ followed: 1, asked: 3, released: true });
});

test('a client that leaves while nothing happens aborts the following', async () => {
  let aborted = false;
  async function* silent(signal: AbortSignal): AsyncGenerator<Frame> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    aborted = true;
  }
  const reader = eventStream(silent, { onTrouble: nobody, heartbeatMs: 5 }).body?.getReader();
  const text = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect([await text(), await text(), await text()].map((frame) => frame.slice(0, 2))).toEqual(['re', ': ', ': ']);
  const pending = reader?.read();
  await reader?.cancel();
  expect((await pending)?.done).toBe(true);
  await settle();
  expect(aborted).toBe(true);
});

test('events that break off are told of, and the stream ends so that the client resumes', async () => {
  const troubles: unknown[] = [];
  async function* breaking(): AsyncGenerator<Frame> {
    yield event(1);
    throw new Error('the store is gone');
  }
  const response = eventStream(breaking, { onTrouble: (error) => troubles.push(error) });
  expect(await response.text()).toMatch(/^retry: \d+\n\nid: 1\ndata: \{"seq":1.*\}\n\n$/);
  expect(troubles).toEqual([new Error('the store is gone')]);
});

test('a server that is shutting down ends every stream, also one that begins', async () => {
  const closing = new AbortController();
  async function* silent(signal: AbortSignal): AsyncGenerator<Frame> {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
  const options = { onTrouble: nobody, closing: closing.signal };
  const running = eventStream(silent, options).text();
  await settle();
  closing.abort();
  expect(await running).toMatch(/^retry: \d+\n\n$/);
  expect(await eventStream(silent, options).text()).toMatch(/^retry: \d+\n\n$/);
});

test.each([
  ['text/event-stream', true],
  ['TEXT/Event-Stream; charset=utf-8', true],
  ['application/json, text/event-stream;q=0.5', true],
  ['text/event-stream;q=0', false],
  ['text/event-stream; q=0.00', false],
  ['application/json', false],
  ['*/*', false],
  ['', false],
  [undefined, false],
])('Accept: %s', (accept, wanted) => {
  expect(wantsEvents(accept)).toBe(wanted);
});
