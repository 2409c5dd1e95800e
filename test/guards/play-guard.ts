import { readFileSync } from 'node:fs';
import type { Guard, Seen, Source } from '../../src/agent/guard.ts';
import { replaying } from '../../src/agent/replay.ts';
import { Reply } from '../../src/agent/reply.ts';
import { Segmenter } from '../../src/agent/segment.ts';

export const SEEN: Seen = {
  released: '',
  question: '',
  said: [],
  sources: [],
  prompt: [],
  contact: { phone: '555-0100', email: 'help@acme.example', url: 'https://www.acme.example' },
  customer: null,
  company: 'Acme Insurance',
  language: null,
};

export function passage(text: string): Source {
  return { kind: 'passage', from: 'help', version: '7', text };
}

/** What a guard makes of a segment: the segment itself where it lets it pass. */
export function checked(guard: Guard, candidate: string, seen: Partial<Seen> = {}): string {
  const verdict = guard.check(candidate, { ...SEEN, ...seen });
  if (verdict.action === 'allow') return candidate;
  if (verdict.action !== 'replace' && verdict.action !== 'redact')
    throw new Error(`${verdict.action} was not expected`);
  return verdict.text;
}

/** The reply to deltas, as a customer reads it. `hurried`: held text is cut between the deltas wherever it may be. */
export function replied(guard: Guard, deltas: readonly string[], seen: Partial<Seen> = {}, hurried = false): string {
  const reply = new Reply({ turnId: 'turn_1', guards: [guard], aside: replaying([]), text: '', citations: [] });
  reply.show({
    ...{ ...SEEN, ...seen },
    get released() {
      return reply.text;
    },
  });
  reply.beginStep(0);
  const segmenter = new Segmenter();
  for (const delta of deltas) {
    for (const segment of segmenter.push(delta)) reply.release(segment);
    const cut = hurried ? segmenter.cut() : null;
    if (cut !== null) reply.release(cut);
  }
  const rest = segmenter.flush();
  if (rest !== null) reply.release(rest);
  return reply.text;
}

/** The replies to a text in two deltas, for each place between them, and in single characters; cut in haste or not. */
export function repliesAtEveryCut(guard: Guard, text: string, seen: Partial<Seen> = {}): string[] {
  const halves = Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
  return [...halves, text.split('')].flatMap((deltas) => [
    replied(guard, deltas, seen),
    replied(guard, deltas, seen, true),
  ]);
}

/** Ordinary answers of a desk. */
export const ANSWERS = readFileSync('bench/guards/sets/answers.txt', 'utf8').trim().split('\n');
