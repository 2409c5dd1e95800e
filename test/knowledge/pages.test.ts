import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import { plainText } from '../../src/knowledge/markdown.ts';

const chunk = (text: string) => chunkDocument({ id: 'd', title: 'Manual', url: null, text });
const sentencesOf = (text: string) => chunk(text).flatMap(({ sentences }) => sentences);

describe('page marks', () => {
  it('give a passage the page that it begins on, and are not in its text', () => {
    const text =
      '<!-- page: 3 -->\n\n## Brakes\n\nPull the lever.\n\n<!-- page: 4 -->\n\n## Gears\n\nTurn the grip.\n\n## Bell\n\nRing.';
    expect(chunk(text).map(({ headings, page }) => [headings[0], page])).toEqual([
      ['Brakes', 3],
      ['Gears', 4],
      ['Bell', 4],
    ]);
    expect(plainText(text)).not.toMatch(/page|\d|\ufdd0/);
    expect(chunk('No pages.')[0]?.page).toBeNull();
  });

  it('do not break a sentence that goes on, a list, a table or code', () => {
    expect(sentencesOf('Pull the lever\n<!-- page: 2 -->\nslowly. Then stop.')).toEqual([
      'Pull the lever\nslowly. ',
      'Then stop.\n\n',
    ]);
    expect(sentencesOf('Pull <!-- page: 2 -->slowly.')).toEqual(['Pull slowly.\n\n']);
    expect(sentencesOf('- one\n<!-- page: 2 -->\n- two')).toEqual(['- one\n', '- two\n\n']);
    expect(sentencesOf('| a | b |\n|---|---|\n| 1 | 2 |\n<!-- page: 2 -->\n| 3 | 4 |')).toEqual([
      'a | b\n',
      '1 | 2\n',
      '3 | 4\n\n',
    ]);
    expect(sentencesOf('Then\n\n<!-- page: 2 -->\n2. the second')).toEqual(['Then\n\n', '2. the second\n\n']);
  });

  it('count from the sentence that begins after them', () => {
    const long = (word: string) => `${`${word} `.repeat(99)}${word}.`;
    const pages = chunk(`${long('lever')} ${long('grip')} <!-- page: 8 -->${long('bell')}`).map(
      ({ page, sentences }) => [page, sentences.join('').slice(0, 4)],
    );
    expect(pages).toEqual([
      [null, 'leve'],
      [null, 'grip'],
      [8, 'bell'],
    ]);
  });

  it('leave the sentences of all passages the plain text, wherever they stand', () => {
    const pieces = fc.constantFrom(
      '<!-- page: 2 -->',
      '<!--page:7-->',
      '\n',
      '\n\n',
      'A line. ',
      '- item',
      '| a | b |',
      '|--|--|',
      '```',
      '# Top',
      ' ',
      '&#xfdd0;5&#xfdd1;',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const text = `Begin\n\n${parts.join('')}`;
        const passages = chunk(text);
        const quoted = passages.map(({ sentences }) => sentences.join('')).join('');
        expect(quoted).not.toMatch(/[\ufdd0\ufdd1]/);
        if (!text.includes('#')) expect(quoted).toBe(plainText(text));
        else
          expect(plainText(text).replace(/\s+/g, '')).toContain(
            passages[0]?.sentences.join('').replace(/\s+/g, '') ?? '',
          );
      }),
    );
  });
});
