import { describe, expect, it } from 'vitest';
import { inReadingOrder, joinLines, linesOf, type PdfPiece } from '../../src/ingest/readers/pdf-lines.ts';
import { dropRunningLines } from '../../src/ingest/readers/pdf-running-lines.ts';

const piece = (text: string, x: number, y: number, size = 10): PdfPiece => {
  return { text, x, y, width: text.length * size * 0.5, size, font: 'f', mono: false };
};

describe('words that a line end divides', () => {
  const join = (...lines: string[]) => joinLines(lines, (word) => word === 'self-employed');
  it.each([
    [['the insur-', 'ance pays'], 'the insurance pays'],
    [['the insur\u00ad', 'ance pays'], 'the insurance pays'],
    [['a self-', 'employed person'], 'a self-employed person'],
    [['das E-', 'Bike'], 'das E-Bike'],
    [['Hin-', 'und Rückfahrt'], 'Hin- und Rückfahrt'],
    [['from 9 -', 'about 17'], 'from 9 - about 17'],
    [['商品到着後', '14日以内'], '商品到着後 14日以内'],
    [['返品の方法を', '教えて'], '返品の方法を教えて'],
  ])('%j', (lines, text) => {
    expect(join(...lines)).toBe(text);
  });
});

it('columns are read one after the other, rows of a table together', () => {
  const left = (n: number) => piece(`left column, line number ${n}, to its end`, 50, 100 + n * 12);
  const right = (n: number) => piece(`right column, line number ${n}, to its end`, 320, 100 + n * 12);
  const rows = [1, 2, 3, 4, 5, 6];
  const title = piece('A title that crosses both of the columns, from left to right, all over the page', 50, 90);
  const texts = inReadingOrder(linesOf([title, ...rows.flatMap((n) => [left(n), right(n)])])).map(({ text }) => text);
  expect(texts).toEqual([title.text, ...rows.map((n) => left(n).text), ...rows.map((n) => right(n).text)]);

  const table = rows.flatMap((n) => [piece(`Part ${n}`, 50, n * 12), piece(`€${n}`, 320, n * 12)]);
  expect(inReadingOrder(linesOf(table)).map(({ text }) => text)).toEqual(rows.map((n) => `Part ${n} €${n}`));
});

describe('headers, footers and tables of contents', () => {
  const page = (...pieces: PdfPiece[]) => ({ lines: linesOf(pieces), height: 800 });
  const left = (pages: ReturnType<typeof page>[]) =>
    dropRunningLines(pages, 10).map((lines) => lines.map(({ text }) => text));

  it('what counts the pages goes, also on every second page, and the number of a page', () => {
    const pages = [1, 2, 3, 4].map((n) =>
      page(
        piece(n % 2 ? `Chapter 1 | ${n}` : `${n} | Manual`, 50, 20),
        piece(`Text ${n}.`, 50, 400),
        piece(`- ${n} -`, 300, 790),
      ),
    );
    expect(left(pages)).toEqual([['Text 1.'], ['Text 2.'], ['Text 3.'], ['Text 4.']]);
  });

  it('a sentence that stands at the same place twice, and large numbered headings, stay', () => {
    const pages = [1, 2, 3, 4].map((n) =>
      page(piece(`Chapter ${n}`, 50, 20, 20), ...(n < 3 ? [piece('May be empty.', 50, 60)] : [])),
    );
    expect(left(pages)).toEqual([
      ['Chapter 1', 'May be empty.'],
      ['Chapter 2', 'May be empty.'],
      ['Chapter 3'],
      ['Chapter 4'],
    ]);
  });

  it('a table of contents goes, a price list stays', () => {
    const list = (...numbers: number[]) =>
      page(...numbers.map((n, at) => piece(`Line ${at} . . . . . . . . ${n}`, 50, 300 + at * 12)));
    expect(left([list(1, 2, 5)])).toEqual([[]]);
    expect(left([list(49, 29, 99)])[0]).toHaveLength(3);
  });
});
