import { expect } from 'vitest';
import type { LoggedEvent } from '../../../src/protocol/events.ts';

/**
 * What is true of every finished log, whatever happened meanwhile: seqs without a gap, each message answered by one
 * turn, each turn ended exactly once and silent after it, each segment where the one before ended. Gives the text of
 * each reply.
 */
export function checkLog(events: readonly LoggedEvent[]): string[] {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const received = events.flatMap((event) => (event.type === 'message.received' ? [event.messageId] : []));
  const answered = events.flatMap((event) => (event.type === 'turn.started' ? event.answers : []));
  expect(answered).toEqual(received);
  const texts = new Map<string, string>();
  const ended: string[] = [];
  for (const event of events) {
    if (!('turnId' in event)) continue;
    expect(ended, `${event.type} after the end of its turn`).not.toContain(event.turnId);
    const text = texts.get(event.turnId);
    if (event.type === 'turn.started') {
      expect(text).toBeUndefined();
      texts.set(event.turnId, '');
    } else if (event.type === 'segment.released') {
      expect(event.start).toBe(text?.length);
      texts.set(event.turnId, text + event.text);
    } else if (event.type === 'segments.superseded') {
      texts.set(event.turnId, text?.slice(0, event.start) ?? '');
    } else if (event.type === 'citation.added') {
      expect(event.end).toBeGreaterThan(event.start);
      expect(event.end).toBeLessThanOrEqual(text?.length ?? 0);
    } else if (event.type === 'turn.ended') {
      ended.push(event.turnId);
    }
  }
  expect(ended).toEqual([...texts.keys()]);
  return [...texts.values()];
}
