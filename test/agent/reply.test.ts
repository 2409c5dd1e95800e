import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Guard } from '../../src/agent/guard.ts';
import type { ModelEvent } from '../../src/agent/model.ts';
import { closed, PASSAGE, play, readReply, SENTENCES, start } from './play-turn.ts';

type Block = { text: string; cited?: number; citesFirst?: boolean };

/** A model answer of several text blocks, some cited, in deltas of the given length. */
function answer(blocks: readonly Block[], deltaLength: number): ModelEvent[] {
  const events = blocks.flatMap(({ text, cited, citesFirst }, index): ModelEvent[] => {
    const deltas = text.match(new RegExp(`[^]{1,${deltaLength}}`, 'g')) ?? [];
    const cites = cited === undefined ? [] : [citation(cited)];
    const all = [
      ...(citesFirst ? cites : []),
      ...deltas.map((piece) => ({ type: 'text_delta', text: piece }) as const),
      ...(citesFirst ? [] : cites),
    ];
    return [
      { type: 'content_block_start', index, content_block: { type: 'text', text: '', citations: null } },
      ...all.map((delta): ModelEvent => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ];
  });
  return [start(), ...events, ...closed('end_turn', blocks.length).slice(1)];
}

function citation(block: number) {
  const citation = {
    type: 'search_result_location',
    cited_text: PASSAGE.content[block]?.text ?? '',
    source: PASSAGE.source,
    title: PASSAGE.title,
    search_result_index: 0,
    start_block_index: block,
    end_block_index: block + 1,
  } as const;
  return { type: 'citations_delta', citation } as const;
}

const withPassage = { firstSearch: async () => [PASSAGE] };
const cite = async (blocks: readonly Block[], deltaLength = 7, guards: Guard[] = []) => {
  const { events } = await play([answer(blocks, deltaLength)], { ...withPassage, guards });
  const { text, citations } = readReply(events);
  return { text, ranges: citations.map(({ start: from, end }) => text.slice(from, end)), citations };
};

const word = fc.constantFrom(
  'Yes.',
  'It is',
  'covered',
  'up to $1,500.50.',
  '\n\n',
  '- item\n',
  'e.g. cables',
  ' ',
  'and',
);
const block = fc.record({
  text: fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')),
  cited: fc.option(fc.constantFrom(0, 1), { nil: undefined }),
  citesFirst: fc.boolean(),
});

describe('citations', () => {
  test('name exactly the released text of their block, whatever comes first and however it is cut', async () => {
    const blocks = fc.array(block as fc.Arbitrary<Block>, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(blocks, fc.integer({ min: 1, max: 60 }), async (given, deltaLength) => {
        const whole = given.map(({ text }) => text).join('');
        fc.pre(whole.trim() !== '');
        const { text, ranges } = await cite(given, deltaLength);
        expect(whole.trimStart().startsWith(text)).toBe(true);
        expect(text.trimEnd()).toBe(whole.trim());
        const cited = given.filter((one) => one.cited !== undefined);
        // No range has white space at its ends; a blank block has none.
        const expected = cited.map((one) => one.text.trim()).filter((one) => one !== '');
        expect(ranges).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('come out though the text of the last block ends in white space', async () => {
    const { text, ranges } = await cite([{ text: 'A charger is covered.  ', cited: 0 }]);
    expect(text).toBe('A charger is covered.');
    expect(ranges).toEqual(['A charger is covered.']);
  });

  test('are numbered by first appearance, and the same source keeps its number', async () => {
    const { citations } = await cite([
      { text: 'Chargers. ', cited: 0 },
      { text: 'Cables. ', cited: 1 },
      { text: 'Chargers again.', cited: 0 },
    ]);
    expect(citations.map(({ number }) => number)).toEqual([1, 2, 1]);
    expect(citations[0]?.quote).toBe('A home charger is covered up to 1,500 dollars.');
  });

  test('are exact beside what a guard has changed or withheld, and leave that out', async () => {
    const guard: Guard = {
      name: 'no promises',
      check: (candidate) => {
        if (candidate.includes('promise')) return { action: 'replace', text: 'We do our best. ', reason: 'promise' };
        if (candidate.includes('secret')) return { action: 'replace', text: '', reason: 'secret' };
        return { action: 'allow' };
      },
    };
    const { text, ranges } = await cite(
      [
        { text: 'A charger is covered. ', cited: 0 },
        { text: 'That is a promise. Surely. ', cited: 1 },
        { text: 'One. A secret. Two. ', cited: 0 },
        { text: 'A cable is covered.', cited: 1 },
      ],
      5,
      [guard],
    );
    expect(text).toBe('A charger is covered. We do our best. Surely. One. Two. A cable is covered.');
    expect(ranges).toEqual(['A charger is covered.', 'Surely.', 'One. Two.', 'A cable is covered.']);
  });

  test.each([
    ['masks a word', 'Call 555-0100 for cover.', 'Call [phone] for cover.', ['Call', 'for cover.']],
    ['masks part of a word', 'Number 555-0100, or ask.', 'Number 555-•, or ask.', ['Number', 'or ask.']],
    ['adds a sentence', 'It is covered. ', 'It is covered. No advice. ', ['It is covered.']],
    ['puts one before it', 'It is covered.', 'Note: It is covered.', ['It is covered.']],
    ['puts spaces in order', '\n\n It is  covered.', 'It is covered.', ['covered.']],
    ['writes most of it anew', 'We promise.', 'We hope.', []],
  ])('rest on the unchanged words where a guard %s', async (_, said, guarded, expected) => {
    const guard: Guard = { name: 'g', check: () => ({ action: 'replace', text: guarded, reason: 'r' }) };
    const { ranges } = await cite([{ text: said, cited: 0 }], 100, [guard]);
    expect(ranges).toEqual(expected);
  });
});

describe('a guard', () => {
  test('that throws withholds its segment and nothing else', async () => {
    const guard: Guard = {
      name: 'broken',
      check: (candidate) => {
        if (candidate.includes('two')) throw new Error('broken');
        return { action: 'allow' };
      },
    };
    const { text } = await cite([{ text: 'Number one. Number two. Number three.' }], 4, [guard]);
    expect(text).toBe('Number one. Number three.');
  });

  test('that withholds everything leads to the honest sentence, which no guard looks at', async () => {
    const guard: Guard = {
      name: 'deaf',
      check: () => {
        throw new Error('broken');
      },
    };
    const { reply, result } = await play([{ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }], { guards: [guard] });
    expect(result).toBe('failed');
    expect(reply.text).toBe(SENTENCES.noAnswer);
  });

  test('sees what was released before, and the question', async () => {
    const seen: unknown[] = [];
    const guard: Guard = {
      name: 'curious',
      check: (candidate, { released, question }) => {
        seen.push([candidate, released, question]);
        return { action: 'allow' };
      },
    };
    await play([{ text: ['One. ', 'Two.'] }], { guards: [guard], questionText: 'Which?' });
    expect(seen).toEqual([
      ['One. ', '', 'Which?'],
      ['Two.', 'One. ', 'Which?'],
    ]);
  });
});
