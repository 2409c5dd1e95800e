import { describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { acknowledge, nextToSend, type OutboxMessage, visible } from '../../web/widget/outbox.ts';

const entry = (key: string, text: string, state: OutboxMessage['state'] = 'sending'): OutboxMessage => ({
  key,
  text,
  afterSeq: 2,
  state,
});
const received = (seq: number, text: string): LoggedEvent => ({
  seq,
  at: 0,
  type: 'message.received',
  messageId: `m${seq}`,
  text,
});

describe('acknowledge', () => {
  test('takes out the message of the same text, white space aside', () => {
    const { outbox, delivered } = acknowledge(
      [entry('a', 'one'), entry('b', 'two  words\n')],
      received(3, 'two words'),
    );
    expect([outbox.map(({ key }) => key), delivered]).toEqual([['a'], 'b']);
  });

  test('an older message of the same text is another one', () => {
    const outbox = [entry('a', 'yes')];
    expect(acknowledge(outbox, received(2, 'yes'))).toEqual({ outbox, delivered: null });
  });

  test('of two equal ones it takes the first', () => {
    expect(acknowledge([entry('a', 'yes'), entry('b', 'yes', 'queued')], received(3, 'yes')).delivered).toBe('a');
  });

  test('another text is presumed to be the one on its way, which comes back if it fails', () => {
    const { outbox, delivered } = acknowledge([entry('a', 'card 4111')], received(3, 'card ••••'));
    expect(delivered).toBeNull();
    expect(visible(outbox)).toEqual([]);
    expect(visible(outbox.map((presumed) => ({ ...presumed, state: 'failed' as const })))).toHaveLength(1);
  });

  test('a message of another page changes nothing here', () => {
    const outbox = [entry('a', 'one', 'failed'), entry('b', 'two', 'queued')];
    expect(acknowledge(outbox, received(3, 'three'))).toEqual({ outbox, delivered: null });
  });
});

test('one message is on its way at a time', () => {
  expect(nextToSend([entry('a', 'one'), entry('b', 'two', 'queued')])).toBeNull();
  expect(nextToSend([entry('a', 'one', 'failed'), entry('b', 'two', 'queued')])?.key).toBe('b');
  expect(nextToSend([{ ...entry('a', 'one'), presumedId: 'm' }, entry('b', 'two', 'queued')])?.key).toBe('b');
});
