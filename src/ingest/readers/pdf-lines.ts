/** A piece of text as the page places it, in points; `y` is its baseline, counted from the top. */
export type PdfPiece = { text: string; x: number; y: number; width: number; size: number; font: string; mono: boolean };

/** Pieces on one baseline without a wide gap between them. `size` is that of the largest letters. */
export type PdfCell = {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  /** Null where it changes. */
  font: string | null;
  mono: boolean;
};

/** What stands on one baseline, in cells where wide gaps divide it. */
export type PdfLine = PdfCell & { cells: PdfCell[] };

/** Gaps as shares of the size of the letters: from a space on, and from a column on. */
const SPACE = 0.15;
const COLUMN = 1;

/** Groups pieces by baseline, top to bottom, each line from left to right. */
export function linesOf(pieces: PdfPiece[]): PdfLine[] {
  const sorted = pieces.filter(({ text }) => text.trim() !== '').sort((a, b) => a.y - b.y || a.x - b.x);
  const rows: PdfPiece[][] = [];
  for (const piece of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    // Letters that are raised or lowered, such as a footnote's number, stay on their line.
    const near = first && Math.abs(piece.y - first.y) <= Math.max(piece.size, first.size) * 0.4;
    if (row && near) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => lineOf(row.sort((a, b) => a.x - b.x)));
}

function lineOf(pieces: PdfPiece[]): PdfLine {
  const size = pieces.reduce((most, piece) => Math.max(most, piece.size), 0);
  const cells: PdfPiece[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const piece of pieces) {
    const cell = cells.at(-1);
    if (cell && piece.x - right <= size * COLUMN) cell.push(piece);
    else cells.push([piece]);
    right = Math.max(right, piece.x + piece.width);
  }
  return lineFrom(cells.map(cellOf));
}

function cellOf(pieces: PdfPiece[]): PdfCell {
  const parts = pieces.map(({ text, x, width, ...rest }) => ({ ...rest, text, x, right: x + width }));
  const size = parts.reduce((most, part) => Math.max(most, part.size), 0);
  const text = parts.reduce((sofar, part, at) => {
    const isRaised =
      /^\d{1,2}$/.test(part.text.trim()) &&
      part.size < size * 0.8 &&
      part.y < (parts[at + 1] ?? parts[at - 1] ?? part).y;
    // The number of a footnote: not that of "m²", and with a space before the note itself.
    if (isRaised && /(\p{L}{4}|[.,;:!?)"”»])$/u.test(sofar)) return sofar;
    if (isRaised && sofar === '') return `${part.text} `;
    const gap = part.x - (parts[at - 1]?.right ?? part.x);
    const isSpace = gap > part.size * SPACE && !/\s$/.test(sofar) && !/^\s/.test(part.text);
    return sofar + (isSpace ? ' ' : '') + part.text;
  }, '');
  return { ...span(parts), text: text.trim() };
}

function lineFrom(cells: PdfCell[]): PdfLine {
  return { ...span(cells), text: cells.map(({ text }) => text).join(' '), cells };
}

/** Where parts stand, and how they look, as a whole. */
function span(parts: Omit<PdfCell, 'text'>[]): Omit<PdfCell, 'text'> {
  const [first] = parts;
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 0);
  return {
    x: first?.x ?? 0,
    right: most(parts.map(({ right }) => right)),
    y: most(parts.map(({ y }) => y)),
    size: most(parts.map(({ size }) => size)),
    font: parts.every(({ font }) => font === first?.font) ? (first?.font ?? null) : null,
    mono: parts.every(({ mono }) => mono),
  };
}

/**
 * Lines in the order in which they are read: where a gutter divides much of the page, its left side before its right;
 * lines that cross it stay between what is above and below them.
 */
export function inReadingOrder(lines: PdfLine[]): PdfLine[] {
  const gutter = findGutter(lines);
  if (gutter === null) return lines;
  const ordered: PdfLine[] = [];
  let sides: [PdfLine[], PdfLine[]] = [[], []];
  const flush = () => {
    ordered.push(...inReadingOrder(sides[0]), ...inReadingOrder(sides[1]));
    sides = [[], []];
  };
  for (const line of lines) {
    const left = line.cells.filter((cell) => cell.right <= gutter);
    const right = line.cells.filter((cell) => cell.x >= gutter);
    if (left.length + right.length < line.cells.length) {
      flush();
      ordered.push(line);
      continue;
    }
    if (left.length > 0) sides[0].push(lineFrom(left));
    if (right.length > 0) sides[1].push(lineFrom(right));
  }
  flush();
  return ordered;
}

/** Shorter cells are those of a table, which is read row by row. */
const LONG_CELL = 25;
const LEAST_LINES = 5;

function findGutter(lines: PdfLine[]): number | null {
  const cells = lines.flatMap((line) => line.cells);
  const from = cells.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const to = cells.reduce((most, { right }) => Math.max(most, right), 0);
  if (cells.length < LEAST_LINES * 2) return null;
  const crossing = (x: number) => cells.filter((cell) => cell.x < x && cell.right > x).length;
  const isColumn = (side: PdfCell[]) =>
    side.length >= LEAST_LINES && average(side.map(({ text }) => text.length)) >= LONG_CELL;
  let best: { x: number; crossing: number } | null = null;
  for (let x = from + (to - from) * 0.2; x < from + (to - from) * 0.8; x += 4) {
    const count = crossing(x);
    if (count > cells.length * 0.15 || (best !== null && best.crossing <= count)) continue;
    if (isColumn(cells.filter(({ right }) => right <= x)) && isColumn(cells.filter((cell) => cell.x >= x))) {
      best = { x, crossing: count };
    }
  }
  return best?.x ?? null;
}

function average(numbers: number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
}

/** Of lines that belong to one paragraph; words that a line end divides are joined, as far as `knows` has no such compound. */
export function joinLines(lines: string[], isCompound: (word: string) => boolean): string {
  return lines.reduce((text, line) => {
    if (text === '') return line;
    const broken = /(\p{L}+)[-\u00ad\u2010]$/u.exec(text);
    const next = /^[\p{L}\p{N}]+/u.exec(line)?.[0];
    if (broken && next !== undefined && !/^(and|or|und|oder|bis|et|ou|y|o|e|en|of)$/.test(next)) {
      // "E-" and "Bike" keep their hyphen; "insur-" and "ance" lose it.
      const stays = !/^\p{Ll}/u.test(next) || (text.endsWith('-') && isCompound(`${broken[1]}-${next}`.toLowerCase()));
      return stays ? text + line : text.slice(0, -1) + line;
    }
    // A line of Chinese or Japanese goes on without a space.
    const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef]$/u.test(text);
    return text + (unspaced && /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(line) ? '' : ' ') + line;
  }, '');
}
