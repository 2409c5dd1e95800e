import type { PdfLine } from './pdf-lines.ts';

/** How much of a page's height, at the top and the bottom, running lines may stand in. */
const MARGIN = 0.13;
const PAGE_NUMBER =
  /^\W*(page|seite|página|pagina|pág\.?|p\.)?\s*(\d{1,4}|[ivxlc]{1,6})(\s*(\/|of|von|de|di|van|sur)\s*\d{1,4})?\W*$/i;
/** A line of a table of contents, or of a price list: dots lead to a number at its end. */
const LEADER = /(?:\.\s?){4,}\s*(\d{1,4}|[ivxlc]{1,6})$/i;

type Page = { lines: PdfLine[]; height: number };

/** Without headers, footers, page numbers and tables of contents. */
export function dropRunningLines(pages: Page[], bodySize: number): PdfLine[][] {
  const seen = new Map<string, Map<number, string>>();
  pages.forEach(({ lines, height }, page) => {
    for (const line of lines.filter((one) => isAtEdge(one, height))) {
      const key = keyOf(line, bodySize);
      seen.set(key, (seen.get(key) ?? new Map<number, string>()).set(page, line.text));
    }
  });
  return pages.map(({ lines, height }, page) => {
    const kept = lines.filter((line) => {
      if (!isAtEdge(line, height)) return true;
      const alike = seen.get(keyOf(line, bodySize)) ?? new Map();
      return !PAGE_NUMBER.test(line.text) && !isRunning(line.text, page, { alike, count: pages.length });
    });
    return withoutContents(kept, pages.length);
  });
}

/**
 * Alike at one height on pages next to each other, or on left and right pages: on three of them, on both of two, or with
 * a number that counts the pages. A sentence may happen to stand so twice.
 */
function isRunning(
  text: string,
  page: number,
  { alike, count }: { alike: Map<number, string>; count: number },
): boolean {
  const near = [-2, -1, 1, 2].filter((distance) => alike.has(page + distance));
  if (near.length === 0) return false;
  if (alike.size >= Math.min(3, count)) return true;
  return near.some((distance) => lastNumber(alike.get(page + distance) ?? '') - lastNumber(text) === distance);
}

function lastNumber(text: string): number {
  return Number(text.match(/\d+/g)?.at(-1));
}

/** At least three lines whose numbers rise and can be those of pages. */
function withoutContents(lines: PdfLine[], pageCount: number): PdfLine[] {
  const led = lines.filter(({ text }) => LEADER.test(text));
  const numbers = led.map(({ text }) => Number(LEADER.exec(text)?.[1])).filter((number) => !Number.isNaN(number));
  const rise = numbers.every((number, at) => number >= (numbers[at - 1] ?? 0) && number <= pageCount + 20);
  return led.length >= 3 && rise ? lines.filter((line) => !led.includes(line)) : lines;
}

function isAtEdge(line: PdfLine, height: number): boolean {
  return line.y < height * MARGIN || line.y > height * (1 - MARGIN);
}

/** Large text is the same only with its numbers: "Chapter 1" and "Chapter 2" are headings. */
function keyOf({ text, size, y }: PdfLine, bodySize: number): string {
  const wording = size > bodySize * 1.1 ? text : text.replace(/\d+/g, '#');
  return `${Math.round(y / 4)} ${wording}`;
}
