import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { ALLOW, type Findings, type Guard, type Opinion, type Read, type Source } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import { runTurn } from '../../src/agent/turn.ts';
import { closed, opened, play, turnInput } from './play-turn.ts';

const SOURCE: Source = { kind: 'passage', from: 'help', version: '1', text: 'Collection costs nothing.' };
const INSTEAD = 'Please ask.';
const found = (...sentences: string[]): Findings =>
  new Map(
    sentences.map((sentence) => [
      sentence,
      { quotations: [{ source: SOURCE, words: SOURCE.text }], sums: [], commits: true },
    ]),
  );

/** Doubts every segment with `free` that nobody has found a quotation for. */
function doubting(opinion: Opinion, action: 'replace' | 'hand_off' = 'replace'): Guard {
  return {
    name: 'doubts',
    opinion,
    check(text, _seen, findings) {
      const sentence = text.trim();
      if (!text.includes('free')) return ALLOW;
      if ((findings?.get(sentence)?.quotations ?? []).length > 0) return { action: 'allow', upheld: sentence };
      const doubts = { reason: 'free', doubts: [sentence] };
      return action === 'replace'
        ? { action, text: text.replace(sentence, INSTEAD), ...doubts }
        : { action, ...doubts };
    },
  };
}

const TEXT = ['Hello there. ', 'Pick-up is free. ', 'Bye now.'];

test('a sentence that it finds in a source is released in its place, and the record says why', async () => {
  const asked: string[][] = [];
  const opinion: Opinion = async (sentences) => {
    asked.push([...sentences]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return found(...sentences);
  };
  const { reply, events, records } = await play([{ text: TEXT }], { guards: [doubting(opinion)] });
  expect(reply.text).toBe(TEXT.join(''));
  expect(asked).toEqual([['Pick-up is free.']]);
  const acted = { guard: 'doubts', action: 'uphold', reason: 'second_opinion' };
  expect(events.filter(({ type }) => type === 'guard.acted')).toEqual([expect.objectContaining(acted)]);
  expect(records[0]?.guarded).toEqual([{ ...acted, of: expect.any(String), evidence: 'Pick-up is free.' }]);
});

test('it asks the model that stands aside, which the conversation pays, and is shown the reply up to the segment', async () => {
  const seen: Read[] = [];
  const opinion: Opinion = async (of, read) => {
    seen.push(read);
    return found(...of);
  };
  const aside: Model = async function* () {};
  await play([{ text: TEXT }], { guards: [doubting(opinion)], aside });
  expect(seen.map(({ released, model }) => [released.trim(), model])).toEqual([
    ['Hello there. Pick-up is free.', aside],
  ]);
});

test('what it does not find stays with the guard, and is asked once', async () => {
  let asked = 0;
  const opinion: Opinion = async () => {
    asked += 1;
    return new Map();
  };
  const text = ['Pick-up is free. ', 'Pick-up is free. ', 'Bye now.'];
  const { reply } = await play([{ text }], { guards: [doubting(opinion)] });
  expect(reply.text).toBe(`${INSTEAD} ${INSTEAD} Bye now.`);
  expect(asked).toBe(1);
});

test('a reply that a guard would end goes on where it finds the sentence, and ends where it does not', async () => {
  const upheld = await play([{ text: TEXT }], { guards: [doubting(async (of) => found(...of), 'hand_off')] });
  expect([upheld.reply.text, upheld.result]).toEqual([TEXT.join(''), 'completed']);
  const ended = await play([{ text: TEXT }], { guards: [doubting(async () => new Map(), 'hand_off')] });
  expect(ended.result).toBe('handed_off');
  expect(ended.reply.text).not.toContain('free');
});

test.each<[string, Opinion, string[]]>([
  ['fails', () => Promise.reject(new Error('down')), ['Pick-up is free.']],
  ['never answers', () => new Promise(() => {}), ['Pick-up is free.', 'So is tea, free.']],
])('one that %s is asked of what waits meanwhile, then no more, and withholds all', async (_what, silent, ofWhich) => {
  const asked: string[] = [];
  const opinion: Opinion = (sentences, ...of) => {
    asked.push(...sentences);
    return silent(sentences, ...of);
  };
  const model: Model = async function* () {
    yield* opened('Pick-up is free. ', 'So is tea, free. ', 'Bye now. ');
    await sleep(3_000);
    yield { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Coffee is free.' } };
    yield* closed();
  };
  const { reply, result } = await play(model, { guards: [doubting(opinion)] });
  expect([reply.text, result]).toEqual([`${INSTEAD} ${INSTEAD} Bye now. ${INSTEAD}`, 'completed']);
  expect(asked).toEqual(ofWhich);
});

test('while it looks for one sentence it is asked of the next, and what they wait for comes in their order', async () => {
  const answers = new Map<string, () => void>();
  const opinion: Opinion = async (of, { released }) => {
    shown.push(released.trim());
    // The last one comes once the model has said all.
    if (!of.includes('Cake is free.')) await new Promise<void>((resolve) => answers.set(of[0] ?? '', resolve));
    return found(...of);
  };
  const shown: string[] = [];
  const texts = ['Pick-up is free. ', 'Tea is free. ', 'Coffee costs. ', 'Cake is free.'];
  const model: Model = async function* () {
    yield* opened(...texts);
    // The second before the first.
    await vi.waitUntil(() => answers.has('Tea is free.'));
    answers.get('Tea is free.')?.();
    await sleep(20);
    expect(events).toEqual([]);
    answers.get('Pick-up is free.')?.();
    await vi.waitUntil(() => events.length === 3);
    yield* closed();
  };
  const events: string[] = [];
  const running = runTurn(turnInput(model, { guards: [doubting(opinion)] }));
  for await (const entry of running)
    events.push(...entry.events.flatMap((event) => (event.type === 'segment.released' ? [event.text] : [])));
  expect(events).toEqual(texts);
  // Each with what the model had said before it.
  expect(shown).toEqual(['Pick-up is free.', 'Pick-up is free. Tea is free.', texts.join('')]);
});

test('a sentence that reads otherwise once the one before it was withheld is asked of anew', async () => {
  const asked: string[] = [];
  const opinion: Opinion = async (of) => {
    asked.push(...of);
    await sleep(5);
    return found(...of.filter((sentence) => sentence !== 'Pick-up is free.'));
  };
  const plain = doubting(opinion);
  const guard: Guard = {
    ...plain,
    check(text, seen, findings) {
      if (text.trim() !== 'It is for good.') return plain.check(text, seen, findings);
      const doubt = `${text.trim()} After ${seen.released.includes(INSTEAD) ? 'nothing' : 'pick-up'}.`;
      if (findings?.has(doubt)) return { action: 'allow', upheld: doubt };
      return { action: 'replace', text: ` ${INSTEAD}`, reason: 'good', doubts: [doubt] };
    },
  };
  const text = ['Pick-up is free. ', 'It is for good. ', 'Bye now.'];
  const { reply } = await play([{ text }], { guards: [guard] });
  expect(asked).toEqual(['Pick-up is free.', 'It is for good. After pick-up.', 'It is for good. After nothing.']);
  expect(reply.text).toBe(`${INSTEAD} It is for good. Bye now.`);
});

test('what a step that begins anew has asked is of no account', async () => {
  const signals: AbortSignal[] = [];
  const opinion: Opinion = (of, _read, signal) => {
    signals.push(signal);
    return signals.length === 1 ? new Promise(() => {}) : Promise.resolve(found(...of));
  };
  const model: Model = async function* () {
    yield* opened('Pick-up is free. ', 'Bye now. ');
    yield { type: 'retrying', attempt: 1, delayMs: 0, detail: 'down' };
    yield* opened('Tea is free. ', 'Bye now.');
    yield* closed();
  };
  const { reply } = await play(model, { guards: [doubting(opinion)] });
  expect(reply.text).toBe('Tea is free. Bye now.');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('a guard looks twice only at what somebody was asked about', async () => {
  const looked: string[] = [];
  const guard = doubting(async (of) => found(...of));
  const check: Guard['check'] = (text, ...rest) => {
    looked.push(text.trim());
    return guard.check(text, ...rest);
  };
  await play([{ text: TEXT }], { guards: [{ ...guard, check }] });
  expect(looked).toEqual(['Hello there.', 'Pick-up is free.', 'Pick-up is free.', 'Bye now.']);
});

test('a reply asks twelve times at most', async () => {
  let asked = 0;
  const opinion: Opinion = async (of) => {
    asked += 1;
    return found(...of);
  };
  const text = Array.from({ length: 14 }, (_, at) => `Thing ${at} is free. `);
  const { reply } = await play([{ text }], { guards: [doubting(opinion)] });
  expect(asked).toBe(12);
  expect(reply.text.trim()).toBe([...text.slice(0, 12), `${INSTEAD} `, INSTEAD].join(''));
});

test('what comes while it is asked waits its turn; a customer who stops the reply waits for nobody', async () => {
  const stop = new AbortController();
  const opinion: Opinion = (_of, _seen, signal) => {
    setTimeout(() => stop.abort(), 20);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const guards = [doubting(opinion)];
  const { reply, result } = await play([{ text: TEXT }], { guards, signal: stop.signal });
  expect([reply.text.trim(), result]).toEqual(['Hello there.', 'stopped']);
});
