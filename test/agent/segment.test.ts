import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Segmenter } from '../../src/agent/segment.ts';

/** Pushes the pieces, with a forced cut after each piece whose index `cuts` names. */
function segments(pieces: readonly string[], cuts: ReadonlySet<number> = new Set()): string[] {
  const segmenter = new Segmenter();
  const found = pieces.flatMap((piece, index) => {
    const pushed = segmenter.push(piece);
    const cut = cuts.has(index) ? segmenter.cut() : null;
    return cut === null ? pushed : [...pushed, cut];
  });
  const rest = segmenter.flush();
  return rest === null ? found : [...found, rest];
}

/** Cuts `text` at the given places. */
function chunked(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.slice(from, at[index] ?? text.length));
}

const places = fc.array(fc.nat(), { maxLength: 40 });
const cuts = fc.uniqueArray(fc.nat(40), { maxLength: 20 }).map((numbers) => new Set(numbers));

const PRECIOUS = [
  '$1,234.56',
  '+1 555 010 0199',
  '4111 1111 1111 1111',
  'https://example.com/a/very-long/path?with=query.and.dots',
  '[the whole policy, with a comma](https://example.com/policy "Your policy")',
  'someone.else@mail.example.com',
  'POL-2026-000123',
  '`npm run check --all`',
  '12 Main Street',
  'Nov. 22',
  '9:30 a.m.',
  '4111-1111-1111-1111',
  '4111 - 1111 – 1111 -- 1111',
  '4111\n1111\n1111\n1111',
  '4111. 1111. 1111. 1111',
  'DE89 3704 0044 0532 0130 00',
  'GB82 WEST 1234 5698 7654 32',
  '(555) 010-0199',
  '+1 (555) 010 0199 ext. 12',
  'someone @ example.com',
  'someone@\nexample.com',
  '12 Main Street, Springfield, IL 62704',
];

/** Running text with things in it that must stay whole. */
const precious = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PRECIOUS).map((thing) => ({ thing })),
      fc
        .constantFrom('the', 'cover', 'and', 'your', 'policy', 'pays', 'with', 'ends.', 'Yes,', 'so')
        .map((word) => ({ word })),
    ),
    { minLength: 20, maxLength: 120 },
  )
  .map((parts) => ({
    text: parts.map((part) => ('thing' in part ? part.thing : part.word)).join(' '),
    things: parts.flatMap((part) => ('thing' in part ? [part.thing] : [])),
  }));

/** What stands around a precious thing: it must not matter. */
const AROUND = [
  ['', ''],
  ['Yes. It is ', ' and it ends. So'],
  [`${'and then some more words '.repeat(10)}`, ` ${'and then some more words '.repeat(10)}`],
  ['Here:\n', '\nThere.\n'],
] as const;

/** Where segments meet within the thing that begins at `from`. */
function bordersWithin(found: readonly string[], from: number, length: number): number[] {
  const borders: number[] = [];
  let at = 0;
  for (const segment of found) {
    at += segment.length;
    if (at > from && at < from + length) borders.push(at - from);
  }
  return borders;
}

describe('the segmenter', () => {
  test('gives back exactly what was pushed, however it is chunked and cut', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.lorem({ mode: 'sentences' }),
      precious.map(({ text }) => text),
    );
    fc.assert(
      fc.property(text, places, cuts, (whole, at, forced) => {
        expect(segments(chunked(whole, at), forced).join('')).toBe(whole);
      }),
      { numRuns: 400 },
    );
  });

  test('never splits a number, link, address, code or identifier, at any chunking and any forced cut', () => {
    fc.assert(
      fc.property(precious, places, cuts, ({ text, things }, at, forced) => {
        const borders = new Set<number>();
        let length = 0;
        for (const segment of segments(chunked(text, at), forced)) {
          length += segment.length;
          borders.add(length);
        }
        let from = 0;
        for (const thing of things) {
          const begin = text.indexOf(thing, from);
          from = begin + thing.length;
          for (let inside = begin + 1; inside < from; inside++)
            expect(borders, `${thing} in ${text}`).not.toContain(inside);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each(PRECIOUS)('never splits %j: in deltas cut anywhere, with a forced cut after each', (thing) => {
    for (const [before, after] of AROUND) {
      const text = before + thing + after;
      for (let at = 0; at <= text.length; at++) {
        const pieces = [text.slice(0, at), text.slice(at)];
        for (const forced of [new Set<number>(), new Set([0]), new Set([0, 1])]) {
          expect(bordersWithin(segments(pieces, forced), before.length, thing.length)).toEqual([]);
        }
      }
      const single = [...text];
      const all = new Set(single.keys());
      expect(bordersWithin(segments(single, all), before.length, thing.length)).toEqual([]);
    }
  });

  test.each([
    '4111 1111 1111 1111',
    '4111111111111111',
    'someone.else@mail.example.com',
    'DE89 3704 0044 0532 0130 00',
  ])('at the length where anything is cut, %s stays whole wherever it stands', (thing) => {
    for (const filling of ['a', '😀', '1 [ a ', 'Ab ']) {
      for (let length = 1_980; length < 2_120; length += 3 * filling.length) {
        const before = filling.repeat(length / filling.length);
        const found = segments([before, ` ${thing} `, 'a'.repeat(2_500)]);
        expect(bordersWithin(found, before.length + 1, thing.length), `${filling} ${length}`).toEqual([]);
        const glued = segments([before, ...thing, 'a'.repeat(2_500)]);
        expect(bordersWithin(glued, before.length, thing.length), `${filling} ${length}`).toEqual([]);
      }
    }
  });

  test('a line that ends with a number waits for no more than what follows it', () => {
    const segmenter = new Segmenter();
    expect(segmenter.push('1. Basic: $40\n')).toEqual([]);
    expect(segmenter.push('2')).toEqual([]);
    expect(segmenter.push('. Plus: $60\n')).toEqual(['1. Basic: $40\n']);
    expect(segmenter.push('\nThat is all.\n')).toEqual(['2. Plus: $60\n\n', 'That is all.\n']);
  });

  test.each([
    '- +1\n- 415\n- 555\n- 2671\n',
    '1. 4111\n2. 1111\n3. 1111\n4. 1111\n',
    '4\n1\n1\n1\n1\n1\n1\n1\n',
    '| 4111 | 1111 |\n| 1111 | 1111 |\n',
    '- 4111\n- 1111\n- 1111\n- 1111 it is.\n',
  ])('lines without words that follow each other are one: %j', (lines) => {
    const found = segments([...`So:\n${lines}That is all.\n`]);
    expect(found).toContain(lines);
  });

  test('lines of a list that have words are not held for the numbers in them', () => {
    const list = ['- 2 keys\n', '- 3 doors\n', '| Wallbox | 2,500 |\n', '| Cable | 400 |\n'];
    expect(segments([...list.join('')]).slice(0, 3)).toEqual(list.slice(0, 3));
  });

  test('releases each sentence as soon as the next one begins, and each line at its end', () => {
    const segmenter = new Segmenter();
    expect(segmenter.push('Yes, it is. ')).toEqual([]);
    expect(segmenter.push('A')).toEqual(['Yes, it is. ']);
    expect(segmenter.push(' list:\n- one\n')).toEqual(['A list:\n', '- one\n']);
    expect(segmenter.holding).toBe(false);
  });

  test('knows the ends of sentences in other scripts', () => {
    const segmenter = new Segmenter();
    expect(segmenter.push('你好。请')).toEqual(['你好。']);
    const arabic = new Segmenter();
    expect(arabic.push('هل أنت هناك؟ نعم')).toEqual(['هل أنت هناك؟ ']);
  });

  test('cuts a sentence that goes on and on before it is three hundred characters long', () => {
    const words = 'and then some more words '.repeat(40);
    for (const segment of segments(words.match(/.{1,7}/gs) ?? [])) expect(segment.length).toBeLessThan(300);
  });

  test('cuts even what has no white space at last, and not through a character', () => {
    const found = segments(['😀'.repeat(3_000)]);
    expect(found.length).toBeGreaterThan(1);
    expect(found.every((segment) => segment.isWellFormed())).toBe(true);
  });

  test('stays quick on text that can hardly be cut', () => {
    const segmenter = new Segmenter();
    const before = process.cpuUsage();
    for (let n = 0; n < 2_000; n++) segmenter.push('1 2 [ ');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(8_000);
  });
});
