import type { PdfCell, PdfLine } from './pdf-lines.ts';

/** A block of a page. `lines` are to be joined; items further right by `x` stand below the one before them. */
export type PdfBlock =
  | { kind: 'heading'; level: number; lines: string[] }
  /** May be a heading: its size and font, null where it changes, tell. */
  | { kind: 'paragraph'; lines: string[]; size: number; font: string | null }
  | { kind: 'item'; x: number; marker: string; lines: string[] }
  | { kind: 'code'; lines: string[] }
  | { kind: 'table'; rows: string[][] };

/** Bullets, those of symbol fonts too, and numbers. */
const MARKED = /^([-–•◦▪▸►‣·○●■□\u{e000}-\u{f8ff}]|\(?\d{1,3}[.)]|[a-z]\))\s+(?=\S)(.*)$/u;

/** No block is longer, so that a page without any gap costs no more than others. */
const LONGEST = 400;

/** `codeByFont`: letters of one width are code; not so where all of the text has them. */
type Look = { codeByFont: boolean; bodySize: number };

type Taken = { block: PdfBlock; count: number };

/** Lines in reading order as blocks, told apart by their gaps, edges, sizes and fonts. */
export function blocksOfLines(lines: PdfLine[], { codeByFont, bodySize }: Look): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  const leading = typicalLeading(lines);
  for (let at = 0; at < lines.length; ) {
    const rest = lines.slice(at, at + LONGEST);
    const code = codeByFont ? takeCode(rest) : null;
    const list = isNumberedHeading(rest[0], bodySize) ? null : takeItem(rest, leading);
    const taken = code ?? takeTable(rest) ?? list ?? takeParagraph(rest, leading);
    blocks.push(taken.block);
    at += taken.count;
  }
  return blocks;
}

/** From one baseline to the next, as a multiple of the size of the letters. */
function typicalLeading(lines: PdfLine[]): number {
  const ratios = lines.flatMap((line, at) => {
    const ratio = gapBefore(lines, at) / line.size;
    return ratio > 0.8 && ratio < 2.5 ? [ratio] : [];
  });
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1.3;
}

/** Negative where a column begins at the top again. */
function gapBefore(lines: PdfLine[], at: number): number {
  return (lines[at]?.y ?? 0) - (lines[at - 1]?.y ?? Number.NEGATIVE_INFINITY);
}

function countWhile(lines: PdfLine[], holds: (line: PdfLine, at: number) => boolean): number {
  const end = lines.findIndex((line, at) => !holds(line, at));
  return end < 0 ? lines.length : end;
}

/** Indents and blank lines are told from where the lines stand. */
export function takeCode(lines: PdfLine[]): Taken | null {
  const near = (line: PdfLine, at: number) =>
    at === 0 || (gapBefore(lines, at) > 0 && gapBefore(lines, at) < line.size * 3.5);
  const run = lines.slice(
    0,
    countWhile(lines, (line, at) => line.mono && near(line, at)),
  );
  const widest = run.toSorted((a, b) => b.text.length - a.text.length)[0];
  if (!widest) return null;
  const letter = Math.max(1, (widest.right - widest.x) / widest.text.length);
  const edge = run.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const text = run.flatMap((line, at) => {
    const indented = line.cells.reduce(
      (sofar, cell) => sofar.padEnd(Math.min(200, Math.round((cell.x - edge) / letter))) + cell.text,
      '',
    );
    return at > 0 && gapBefore(run, at) > line.size * 2.1 ? ['', indented] : [indented];
  });
  return { block: { kind: 'code', lines: text }, count: run.length };
}

/** At least two lines of cells; a line close below that fits in one column goes on in its cell. */
function takeTable(lines: PdfLine[]): Taken | null {
  const isRow = (line: PdfLine) => line.cells.length >= 2 && !isMarked(line);
  const belongs = (line: PdfLine, at: number) => {
    if (at === 0) return isRow(line);
    const gap = gapBefore(lines, at);
    if (gap <= 0 || gap > line.size * 4) return false;
    const fits = (column: Column) => line.x >= column.x - line.size && line.right <= column.right + line.size * 3;
    return isRow(line) || (gap < line.size * 1.6 && columnsOf(lines.slice(0, at)).some(fits));
  };
  const run = lines.slice(0, countWhile(lines, belongs));
  const columns = columnsOf(run);
  if (columns.length < 2 || run.filter(isRow).length < 2) return null;
  const rows: string[][] = [];
  run.forEach((line, at) => {
    const goesOn = at > 0 && line.cells.length < columns.length && gapBefore(run, at) < line.size * 1.6;
    const row = goesOn ? rows.at(-1) : undefined;
    const target = row ?? columns.map(() => '');
    if (!row) rows.push(target);
    line.cells.forEach((cell, index) => {
      const column = line.cells.length === columns.length ? index : nearestColumn(cell, columns);
      target[column] = `${target[column] ?? ''} ${cell.text}`.trim();
    });
  });
  return { block: { kind: 'table', rows }, count: run.length };
}

type Column = { x: number; right: number };

/** As many as most rows have cells, each as wide as its cells: they may be centred, or to the right. */
function columnsOf(lines: PdfLine[]): Column[] {
  const counts = new Map<number, number>();
  for (const { cells } of lines) {
    if (cells.length >= 2) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  const width = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  const full = lines.filter(({ cells }) => cells.length === width);
  const columns = Array.from({ length: width }, (_, at) => ({
    x: full.reduce((least, { cells }) => Math.min(least, cells[at]?.x ?? least), Number.POSITIVE_INFINITY),
    right: full.reduce((most, { cells }) => Math.max(most, cells[at]?.right ?? most), 0),
  }));
  // Gaps that stand elsewhere in every line are those of justified text.
  return columns.every((column, at) => at === 0 || column.x > (columns[at - 1]?.right ?? 0)) ? columns : [];
}

function nearestColumn({ x, right }: PdfCell, columns: Column[]): number {
  const distances = columns.map((column) => Math.max(0, column.x - right, x - column.right));
  return distances.indexOf(distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY));
}

function isMarked(line: PdfLine): boolean {
  return MARKED.test(line.text);
}

/** "1. Introduction", in large letters. */
function isNumberedHeading(line: PdfLine | undefined, bodySize: number): boolean {
  return line !== undefined && line.size > bodySize * 1.1 && /^\d/.test(line.text);
}

function takeItem(lines: PdfLine[], leading: number): Taken | null {
  const [first] = lines;
  const [, marker, text] = MARKED.exec(first?.text ?? '') ?? [];
  if (!first || marker === undefined || text === undefined) return null;
  const edge = edgeOf(lines);
  const count = countWhile(lines, (line, at) => {
    const previous = lines[at - 1];
    if (!previous) return true;
    const gap = gapBefore(lines, at);
    const isNear = gap > 0 && gap < line.size * leading * 1.3 && line.x > first.x - first.size;
    return isNear && !isMarked(line) && isSameSize(line, first) && !wouldFit(line, previous, edge);
  });
  const rest = lines.slice(1, count).map((line) => line.text);
  return { block: { kind: 'item', x: first.x, marker, lines: [text, ...rest] }, count };
}

function takeParagraph(lines: PdfLine[], leading: number): Taken {
  const edge = edgeOf(lines);
  const count = countWhile(lines, (_, at) => at === 0 || goesOn(lines, at, { edge, leading }));
  const taken = lines.slice(0, Math.max(1, count));
  const fonts = new Set(taken.map(({ font }) => font));
  const [first] = taken;
  return {
    block: {
      kind: 'paragraph',
      lines: taken.map(({ text }) => text),
      size: first?.size ?? 0,
      font: fonts.size === 1 ? (first?.font ?? null) : null,
    },
    count: taken.length,
  };
}

/** Whether a line belongs to the paragraph of the one before it. */
function goesOn(lines: PdfLine[], at: number, { edge, leading }: { edge: number; leading: number }): boolean {
  const line = lines[at];
  const previous = lines[at - 1];
  const gap = gapBefore(lines, at);
  if (!line || !previous || gap > line.size * leading * 1.25) return false;
  if (!isSameSize(line, previous) || isMarked(line) || line.mono !== previous.mono) return false;
  const ends = /[.!?:。!?]["”»)]?$/.test(previous.text);
  // At the top of the next column.
  if (gap <= 0) return !ends && /^\p{Ll}/u.test(line.text);
  const changes = line.font !== null && previous.font !== null && line.font !== previous.font;
  const isIndented = line.x > previous.x + line.size * 0.8;
  return !wouldFit(line, previous, edge) && !(ends && (isIndented || changes));
}

/** A line whose first word had room on the line before begins something new. */
function wouldFit(line: PdfLine, previous: PdfLine, edge: number): boolean {
  const word = /^\S+/.exec(line.text)?.[0].length ?? 0;
  const width = ((line.right - line.x) * word) / Math.max(1, line.text.length);
  return previous.right + width + line.size * 0.8 < edge;
}

/** How far right the lines reach before the column ends or a gap comes. */
function edgeOf(lines: PdfLine[]): number {
  const [first] = lines;
  if (!first) return 0;
  const run = lines.slice(
    0,
    countWhile(lines, (line, at) => at === 0 || (gapBefore(lines, at) > 0 && line.x < first.right)),
  );
  return run
    .filter((line) => Math.abs(line.x - first.x) < first.size * 4 && isSameSize(line, first))
    .reduce((most, { right }) => Math.max(most, right), first.right);
}

function isSameSize(a: PdfLine, b: PdfLine): boolean {
  return Math.abs(a.size - b.size) < Math.max(a.size, b.size) * 0.06;
}
