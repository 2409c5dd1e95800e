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

type Taken = { block: PdfBlock; count: number };

/** Lines in reading order as blocks, told apart by their gaps, edges, sizes and fonts. */
export function blocksOfLines(lines: PdfLine[], { codeByFont }: { codeByFont: boolean }): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  const leading = typicalLeading(lines);
  for (let at = 0; at < lines.length; ) {
    const rest = lines.slice(at, at + LONGEST);
    const code = codeByFont ? takeCode(rest) : null;
    const taken = code ?? takeTable(rest) ?? takeItem(rest, leading) ?? takeParagraph(rest, leading);
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

/** At least two lines whose cells stand in the same columns; a line close below in one column goes on in its cell. */
function takeTable(lines: PdfLine[]): Taken | null {
  const isRow = (line: PdfLine) => line.cells.length >= 2 && !isMarked(line);
  const belongs = (line: PdfLine, at: number) => {
    if (at === 0) return isRow(line);
    const gap = gapBefore(lines, at);
    if (gap <= 0 || gap > line.size * 4) return false;
    return (
      isRow(line) || (gap < line.size * 1.6 && columnsOf(lines.slice(0, at)).some((column) => isWithin(line, column)))
    );
  };
  const run = lines.slice(0, countWhile(lines, belongs));
  const columns = columnsOf(run.filter(isRow));
  const full = run.filter((line) => line.cells.length >= 2);
  if (columns.length < 2 || full.length < 2) return null;
  const rows: string[][] = [];
  run.forEach((line, at) => {
    const goesOn = at > 0 && line.cells.length < columns.length && gapBefore(run, at) < line.size * 1.6;
    const row = goesOn ? rows.at(-1) : undefined;
    const target = row ?? columns.map(() => '');
    if (!row) rows.push(target);
    for (const cell of line.cells) {
      const column = columns.findIndex((one) => cell.x < one.right && cell.right > one.x);
      target[column] = `${target[column] ?? ''} ${cell.text}`.trim();
    }
  });
  return { block: { kind: 'table', rows }, count: run.length };
}

type Column = { x: number; right: number };

/** The cells of all lines, those above each other as one. */
function columnsOf(lines: PdfLine[]): Column[] {
  const cells: PdfCell[] = lines.flatMap((line) => line.cells).sort((a, b) => a.x - b.x);
  const columns: Column[] = [];
  for (const { x, right } of cells) {
    const last = columns.at(-1);
    if (last && x < last.right) last.right = Math.max(last.right, right);
    else columns.push({ x, right });
  }
  return columns;
}

function isWithin(line: PdfLine, column: Column): boolean {
  return line.x >= column.x - line.size && line.right <= column.right + line.size * 3;
}

function isMarked(line: PdfLine): boolean {
  return MARKED.test(line.text);
}

function takeItem(lines: PdfLine[], leading: number): Taken | null {
  const [first] = lines;
  const [, marker, text] = MARKED.exec(first?.text ?? '') ?? [];
  if (!first || marker === undefined || text === undefined) return null;
  const edge = rightEdge(lines);
  const count = countWhile(lines, (line, at) => {
    if (at === 0) return true;
    const gap = gapBefore(lines, at);
    const previous = lines[at - 1] ?? first;
    const hangs = line.x > first.x + first.size * 0.5 || previous.right > edge * 0.85;
    return !isMarked(line) && isSameSize(line, first) && gap > 0 && gap < line.size * leading * 1.3 && hangs;
  });
  const rest = lines.slice(1, count).map((line) => line.text);
  return { block: { kind: 'item', x: first.x, marker, lines: [text, ...rest] }, count };
}

function takeParagraph(lines: PdfLine[], leading: number): Taken {
  const edge = rightEdge(lines);
  const count = countWhile(lines, (line, at) => at === 0 || goesOn(lines, at, { edge, leading, line }));
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
function goesOn(
  lines: PdfLine[],
  at: number,
  { edge, leading, line }: { edge: number; leading: number; line: PdfLine },
): boolean {
  const previous = lines[at - 1];
  const gap = gapBefore(lines, at);
  if (!previous || gap <= 0 || gap > line.size * leading * 1.25) return false;
  if (!isSameSize(line, previous) || isMarked(line) || line.mono !== previous.mono) return false;
  const isShort = previous.right < previous.x + (edge - previous.x) * 0.75;
  const changes = line.font !== null && previous.font !== null && line.font !== previous.font;
  const ends = /[.!?:。!?]["”»)]?$/.test(previous.text);
  return !(isShort && (changes || ends)) && !(ends && line.x > previous.x + line.size * 0.8);
}

function isSameSize(a: PdfLine, b: PdfLine): boolean {
  return Math.abs(a.size - b.size) < Math.max(a.size, b.size) * 0.06;
}

function rightEdge(lines: PdfLine[]): number {
  return lines.reduce((most, { right }) => Math.max(most, right), 0);
}
