import { expect, test } from 'vitest';
import type { Source } from '../../src/agent/guard.ts';
import { BySource } from '../../src/guards/by-source.ts';

function source(kind: Source['kind'], text: string): Source {
  return { kind, from: 'x', version: '1', text };
}

test('what was made of a passage serves the same text again, read in the same way', () => {
  const kept = new BySource<{ text: string }>();
  const make = ({ text }: Source) => ({ text });
  const first = kept.get(source('passage', 'a'), make);
  expect(kept.get(source('context', 'a'), make)).toBe(first);
  expect(kept.get(source('passage', 'a'), make, 'de')).not.toBe(first);
});

test("a tool's result is kept by itself alone: it may be somebody's own", () => {
  const kept = new BySource<object>();
  const one = source('tool', 'a');
  const made = kept.get(one, () => ({}));
  expect(kept.get(one, () => ({}))).toBe(made);
  expect(kept.get(source('tool', 'a'), () => ({}))).not.toBe(made);
});

test('texts that nobody was shown for long go first', () => {
  const kept = new BySource<object>();
  const texts = Array.from({ length: 8 }, (_, at) => `${at}`.repeat(100_000));
  const made = texts.slice(0, 4).map((text) => kept.get(source('passage', text), () => ({})));
  const again = (at: number) => kept.get(source('passage', texts[at] ?? ''), () => ({}));
  expect(again(0)).toBe(made[0]);
  again(4);
  again(5);
  expect(again(0)).toBe(made[0]);
  expect(again(1)).not.toBe(made[1]);
});
