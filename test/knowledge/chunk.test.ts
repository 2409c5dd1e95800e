import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import { plainText, readBlocks } from '../../src/knowledge/markdown.ts';

const document = (text: string, title = 'Cover') => ({
  id: 'cover.md',
  title,
  url: 'https://acme.example/cover',
  text,
});
const joined = (text: string) =>
  chunkDocument(document(text))
    .flatMap((passage) => passage.sentences)
    .join('');
const wordsOf = (text: string) => text.match(/\S+/g) ?? [];

describe('plainText', () => {
  it('drops inline markers, targets, tags and comments and keeps the words', () => {
    const source =
      'A **bold** _claim_ on snake_case, [our page](https://acme.example/x "t"), `code<T>` and ![a car](car.png).\n' +
      'Fees &amp; taxes < 5 \\*not bold\\* <b>tag</b><!-- secret -->.<br>Next ~~old~~ &#8364;5.';
    expect(plainText(source)).toBe(
      'A bold claim on snake_case, our page, code<T> and a car.\nFees & taxes < 5 *not bold* tag.\nNext old €5.\n\n',
    );
  });

  it('keeps list markers and table rows as lines', () => {
    const source =
      '* one *x*\n  * sub\n\n3) three\n4) four\n\n| a | **b** |\n|---|---|\n| 1 | 2 |\n\n> said\n\n---\n[r]: http://x.example';
    expect(plainText(source)).toBe('- one x\n  - sub\n\n3. three\n4. four\n\na | b\n1 | 2\n\nsaid\n\n');
  });

  it('removes what cannot be seen, also where an entity spells it', () => {
    expect(plainText('sa\u200bfe\u{e0049}\u{e0067} &#8203;&#x202e;end\u0007')).toBe('safe end\n\n');
  });
});

describe('chunkDocument', () => {
  it('gives passages their heading trail, address and number, the title not repeated', () => {
    const text =
      '# Cover\n\nIntro here.\n\n## Electric cars\n\nThe battery is covered. So is the cable.\n\n### Chargers\n\nYes.\n\n## Vans\n\nNo.';
    expect(chunkDocument(document(text)).map(({ id, headings, sentences }) => ({ id, headings, sentences }))).toEqual([
      { id: 'cover.md#1', headings: [], sentences: ['Intro here.\n\n'] },
      {
        id: 'cover.md#2',
        headings: ['Electric cars'],
        sentences: ['The battery is covered. ', 'So is the cable.\n\n'],
      },
      { id: 'cover.md#3', headings: ['Electric cars', 'Chargers'], sentences: ['Yes.\n\n'] },
      { id: 'cover.md#4', headings: ['Vans'], sentences: ['No.\n\n'] },
    ]);
    expect(chunkDocument(document(text))[0]).toMatchObject({
      documentId: 'cover.md',
      title: 'Cover',
      url: 'https://acme.example/cover',
    });
  });

  it('makes a passage of a heading that nothing stands under', () => {
    const passages = chunkDocument(document('# Cover\n\n## We do not insure boats\n\n## Cars\n\nWe do.'));
    expect(passages.map(({ headings, sentences }) => [headings, sentences])).toEqual([
      [[], ['We do not insure boats\n\n']],
      [['Cars'], ['We do.\n\n']],
    ]);
    expect(chunkDocument(document(''))).toEqual([]);
    expect(chunkDocument(document(' \n\n---\n<!-- nothing -->'))).toEqual([]);
  });

  it('keeps list items, table rows and code whole', () => {
    const text =
      'We cover:\n\n- Fire. Always.\n- Theft\n\n| Plan | Price |\n|---|---|\n| Basic | 10. Monthly. |\n\n```js\nlet a = 1. \n\nf(a). Then\n```';
    expect(chunkDocument(document(text))[0]?.sentences).toEqual([
      'We cover:\n\n',
      '- Fire. Always.\n',
      '- Theft\n\n',
      'Plan | Price\n',
      'Basic | 10. Monthly.\n\n',
      'let a = 1. \n\nf(a). Then\n\n',
    ]);
  });

  it('cuts long sections into passages of about 80 to 120 words, at blank lines where it can', () => {
    const paragraph = (n: number) =>
      Array.from({ length: 5 }, (_, i) => `Sentence ${i} of part ${n} has eight words.`).join(' ');
    const passages = chunkDocument(document(Array.from({ length: 12 }, (_, n) => paragraph(n)).join('\n\n')));
    const sizes = passages.map((passage) => wordsOf(passage.sentences.join('')).length);
    for (const size of sizes) {
      expect(size).toBeGreaterThanOrEqual(60);
      expect(size).toBeLessThanOrEqual(120);
    }
    for (const passage of passages) expect(passage.sentences.at(-1)).toMatch(/\n\n$/);
  });

  it('bounds a wall of words, of letters without spaces and of code', () => {
    for (const wall of [
      'word '.repeat(3000),
      '保険は有効です'.repeat(1000),
      `\`\`\`\n${'let a = b + c\n'.repeat(500)}\`\`\``,
    ]) {
      const passages = chunkDocument(document(wall));
      const bodies = passages.map((passage) => passage.sentences.join(''));
      for (const body of bodies) expect(wordsOf(body).length).toBeLessThanOrEqual(330);
      expect(bodies.join('')).toBe(plainText(wall));
    }
  });

  const markdown = fc
    .array(
      fc.tuple(
        fc.constantFrom(
          '',
          '',
          '# ',
          '## ',
          '### ',
          '- ',
          '  - ',
          '1. ',
          '> ',
          '| ',
          '    ',
          '**',
          '```\n',
          '\n',
          '\n\n',
        ),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('.', '!', '', ':', ' |', '**', '\n```\n', ' approx.'),
        fc.constantFrom('\n', '\n\n', ' '),
      ),
      { maxLength: 40 },
    )
    .map((parts) => {
      let next = 0;
      return parts
        .map(([lead, count, end, gap]) => {
          const sentence = Array.from({ length: count }, () => `w${next++}x`).join(' ');
          return `${lead}${sentence}${end}${gap}`;
        })
        .join('');
    });

  it('has every word of the document once: in a passage, or in the headings of one', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const passages = chunkDocument(document(text));
        const body = passages.map((passage) => passage.sentences.join(''));
        const inBody = body.join(' ').match(/w\d+x/g) ?? [];
        const inHeadings = new Set(passages.flatMap((passage) => passage.headings.join(' ').match(/w\d+x/g) ?? []));
        expect(new Set(inBody).size).toBe(inBody.length);
        expect(inBody.some((word) => inHeadings.has(word))).toBe(false);
        expect(new Set([...inBody, ...inHeadings])).toEqual(new Set(text.match(/w\d+x/g) ?? []));
      }),
      { numRuns: 300 },
    );
  });

  it('cuts what has no place to be cut, so that no passage is endless', () => {
    for (const text of ['x'.repeat(50_000), `\`\`\`\n${'😀'.repeat(20_000)}\n\`\`\``]) {
      const passages = chunkDocument(document(text));
      expect(Math.max(...passages.map(({ sentences }) => sentences.join('').length))).toBeLessThan(10_000);
      expect(passages.every(({ sentences }) => sentences.every((sentence) => sentence.isWellFormed()))).toBe(true);
      expect(joined(text)).toBe(plainText(text));
    }
  });

  it('gives exact pieces of the plain text, in order, for any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
        const plain = plainText(text);
        let from = 0;
        for (const passage of chunkDocument(document(text))) {
          const body = passage.sentences.join('');
          const at = plain.indexOf(body, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + body.length;
          for (const sentence of passage.sentences) expect(sentence.trim()).not.toBe('');
        }
        if (readBlocks(text).every((block) => block.kind !== 'heading')) expect(joined(text)).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });
});

describe('ways to ask', () => {
  const text =
    '<!-- asked:\nwhat is it?\n\nhow big\n-->\n\nIt is a house.\n\n## Garden\n\n<!-- asked: is there grass -->\n\nThere is.\n\n<!-- other -->\n\n## Empty\n\n<!-- asked: nothing -->\n';
  const passages = chunkDocument({ id: 'house.md', title: 'House', url: null, text });

  it('are kept beside their section, one a line, and are no part of its text', () => {
    expect(passages.map(({ asked }) => asked)).toEqual([['what is it?', 'how big'], ['is there grass'], ['nothing']]);
    expect(passages.flatMap(({ sentences }) => sentences).join('')).not.toContain('grass');
    expect(plainText(text)).not.toContain('how big');
  });
});
