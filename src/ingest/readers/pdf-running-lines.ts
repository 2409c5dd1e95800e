import type { PdfLine } from './pdf-lines.ts';

/** How much of a page's height, at the top and the bottom, running lines may stand in. */
const MARGIN = 0.13;
const PAGE_NUMBER =
  /^\W*(page|seite|página|pagina|pág\.?|p\.)?\s*\d{1,4}(\s*(\/|of|von|de|di|van|sur)\s*\d{1,4})?\W*$/i;

/** Without headers, footers and page numbers: what stands near the edge of several pages, but for its numbers, alike. */
export function dropRunningLines(pages: { lines: PdfLine[]; height: number }[], bodySize: number): PdfLine[][] {
  const seen = new Map<string, number>();
  for (const { lines, height } of pages) {
    const keys = new Set(lines.filter((line) => isAtEdge(line, height)).map((line) => keyOf(line, bodySize)));
    for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  // Left and right pages may have lines of their own.
  const often = Math.max(2, pages.length * 0.3);
  return pages.map(({ lines, height }) =>
    lines.filter((line) => {
      if (!isAtEdge(line, height)) return true;
      return (seen.get(keyOf(line, bodySize)) ?? 0) < often && !PAGE_NUMBER.test(line.text);
    }),
  );
}

function isAtEdge(line: PdfLine, height: number): boolean {
  return line.y < height * MARGIN || line.y > height * (1 - MARGIN);
}

/** Large text is the same only with its numbers: "Chapter 1" and "Chapter 2" are headings. */
function keyOf({ text, size, y }: PdfLine, bodySize: number): string {
  const wording = size > bodySize * 1.1 ? text : text.replace(/\d+/g, '#');
  return `${Math.round(y / 4)} ${wording}`;
}
