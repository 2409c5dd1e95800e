import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelEvent } from '../../src/agent/model.ts';
import { Recording, replaying } from '../../src/agent/replay.ts';
import type { ScriptedStep } from '../../src/testing/scripted-model.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { closed, opened, PASSAGE, play, type Reply, wordTool } from './play-turn.ts';

const SEARCH = {
  tools: [wordTool('search_knowledge', async () => ({ content: [PASSAGE] }))],
  firstSearch: async () => [PASSAGE],
};

/** Plays a script; gives the reply and what was taken down of it. */
async function record(script: ScriptedStep[]) {
  const recording = new Recording();
  const { model } = scriptedModel(script);
  const heard = await play(async function* (request, signal) {
    for await (const event of model(request, signal)) {
      recording.take(event);
      yield event;
    }
  }, SEARCH);
  return { reply: heard.reply, spoken: recording.spoken };
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** What the citations stand at, without white space around it. */
function cited({ text, citations }: Reply) {
  return citations.map(({ start, end, ...citation }) => ({ ...citation, text: text.slice(start, end).trim() }));
}

test('property: a reply that is said again comes out the same, whatever it was made of', async () => {
  const text = fc.array(
    fc.constantFrom('Yes. ', 'No', '\n\n', '- one\n', '**bold** ', '1.5 ', '  ', 'https://a.example/b '),
    { minLength: 1, maxLength: 6 },
  );
  const cites = fc.constantFrom<{ result: number; start?: number }[]>(
    [],
    [{ result: 0 }],
    [{ result: 0, start: 1 }, { result: 0 }],
  );
  // The API cites no white space.
  const piece = fc.tuple(text, cites).map(([parts, places]) => {
    const whole = parts.join('');
    return { text: whole, cites: whole.trim() === '' ? [] : places };
  });
  const call = fc.array(piece, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 0, maxLength: 2 }), call, async (searches, last) => {
      const steps = searches.map((citations) => ({
        citations,
        tools: [{ name: 'search_knowledge', input: { word: 'x' } }],
      }));
      const { reply, spoken } = await record([
        ...steps,
        { citations: last },
        { text: 'An empty answer is asked for again.' },
      ]);
      // White space alone is no reply, and is not kept either.
      if (last.every((one) => one.text.trim() === '')) return;
      const again = await play(replaying(spoken), SEARCH);
      // But for white space between paragraphs.
      expect(words(again.reply.text)).toEqual(words(reply.text));
      expect(cited(again.reply)).toEqual(cited(reply));
      expect(again.records).toMatchObject([{ usage: { input: 0, output: 0 } }]);
    }),
    { numRuns: 60 },
  );
});

test('of a call that began anew, only what counts is taken down', () => {
  const recording = new Recording();
  const events: ModelEvent[] = [
    ...opened('Ye'),
    { type: 'retrying', attempt: 1, delayMs: 0, detail: '' },
    ...opened('No.'),
  ];
  for (const event of [...events, ...closed()]) recording.take(event);
  expect(recording.spoken).toEqual([{ text: 'No.', citations: [] }]);
});
