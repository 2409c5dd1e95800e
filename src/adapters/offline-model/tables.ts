import { tokenize } from '../../language/tokens.ts';
import { contentStems } from './concepts.ts';
import { meets, type Section, type Statement } from './sections.ts';
import { alike } from './synonyms.ts';

/** A row of a table, with the heads of its columns where they are known. */
type Row = { statement: Statement; cells: string[]; heads: string[] };

const CELL = /\s+\|\s+/;
/** Rows that are said at once. */
const MOST = 10;
/** Asks for what stands in a table's cells. */
const ASKS_FIGURE =
  /\bhow (?:much|many|long|soon|expensive)\b|\b(?:prices?|costs?|rates?|fees?|charges?|tariffs?)\b|\bset me back\b/i;
/** Words of such a question that no table needs to have. */
const FIGURES = new Set(
  tokenize('price cost fee charge rate pay take last long minute hour day week month year usual typical per list'),
);

/** The tables under one heading, which may go on from one passage to the next. */
type Tables = { headStems: ReadonlySet<string>; rows: Row[] };

/** The tables of sections, in the order of the sections that are found first. */
export function tablesOf(sections: readonly Section[]): Tables[] {
  const groups = Map.groupBy(sections, ({ unit, head }) => `${unit}\n${head}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const parts = group.toSorted((a, b) => placeOf(a) - placeOf(b));
    const rows = withHeads(parts.flatMap(rowsOf));
    return first && rows.length > 0 ? [{ headStems: first.headStems, rows }] : [];
  });
}

/** The number of its passage in the article. */
function placeOf({ statements }: Section): number {
  return Number(/#(\d+)$/.exec(statements[0]?.passage?.source ?? '')?.[1] ?? 0);
}

/** Rows that go on from another passage have the heads of the rows before them. */
function withHeads(rows: readonly Row[]): Row[] {
  let before: string[] = [];
  return rows.map((row) => {
    if (row.heads.length === 0 && row.cells.length === before.length) return { ...row, heads: before };
    before = row.heads;
    return row;
  });
}

function rowsOf({ statements }: Section): Row[] {
  const runs: Statement[][] = [];
  for (const one of statements) {
    if (!isRow(one)) continue;
    const last = runs.at(-1)?.at(-1);
    if (last?.at === one.at - 1 && cellsOf(last).length === cellsOf(one).length) runs.at(-1)?.push(one);
    else runs.push([one]);
  }
  return runs.flatMap(readRun);
}

/** Everything that is no part of a table. */
export function proseOf({ statements }: Pick<Section, 'statements'>): Statement[] {
  return statements.filter((one) => !isRow(one));
}

function isRow({ text }: Statement): boolean {
  return CELL.test(text);
}

function cellsOf({ text }: Statement): string[] {
  return text.trim().split(CELL);
}

/** Of a table that goes on from another passage the heads are not known: its first row has figures like the others. */
function readRun(run: readonly Statement[]): Row[] {
  const [first, ...others] = run;
  if (!first) return [];
  const isFigure = (one: Statement) =>
    cellsOf(one)
      .slice(1)
      .some((cell) => /\d/.test(cell.replace(/\(.*?\)/g, '')));
  const hasHeads = others.length > 0 && (!isFigure(first) || !others.some(isFigure));
  const heads = hasHeads ? cellsOf(first) : [];
  return (hasHeads ? others : run).map((statement) => ({ statement, cells: cellsOf(statement), heads }));
}

/** Rows as what is said of them: a sentence, or a list. */
export function sayRows(rows: readonly Row[]): Statement[] {
  const before = rows.length > 1 ? '- ' : '';
  const after = rows.length > 1 ? '' : '.';
  return rows.map(({ statement, cells: [first = '', ...rest], heads }) => {
    const facts = rest.flatMap((cell, at) => (cell === '' ? [] : [`${heads[at + 1] ?? ''} ${cell}`.trim()]));
    return { ...statement, said: `${before}${[first, facts.join(', ')].filter(Boolean).join(': ')}${after}` };
  });
}

/**
 * The rows that a question for a price or a time names by their first cell, of the section that fits best; all of a table
 * where it names the table only. None where it speaks of something that no table has.
 */
export function rowsAsked(question: string, sections: readonly Section[]): Statement[] {
  const asked = contentStems(question);
  if (!ASKS_FIGURE.test(question) || asked.length === 0) return [];
  const found = tablesOf(sections).flatMap((tables) => namedRows(tables, asked) ?? []);
  const [best] = found.toSorted((a, b) => b.named - a.named || a.missing - b.missing);
  return best ? sayRows(best.rows.slice(0, MOST)) : [];
}

type Named = { rows: Row[]; named: number; missing: number };

/** Those of the tables under one heading; `named`: how many words of the question they have, `missing`: how many of theirs it has not. */
function namedRows({ headStems, rows: tabled }: Tables, asked: readonly string[]): Named | null {
  const all = tabled.map((row) => {
    const [first, heads] = [tokens(row.cells[0] ?? ''), tokens(row.heads.join(' '))];
    const isHeading = (one: string) => meets(alike(one), heads) || meets(alike(one), headStems);
    const said = asked.filter((one) => first.has(one));
    const rest = asked.filter((one) => !first.has(one) && !FIGURES.has(one));
    return {
      row,
      said: said.length,
      missing: first.size - said.length,
      about: rest.some(isHeading),
      fits: rest.every(isHeading),
    };
  });
  const fitting = all.filter(({ fits }) => fits);
  const most = Math.max(0, ...fitting.map(({ said }) => said));
  if (most === 0 && !fitting.some(({ about }) => about)) return null;
  const nearest = fitting.filter(({ said }) => said === most);
  const whole = nearest.filter(({ missing }) => missing === 0);
  const rows = (most > 0 && whole.length > 0 ? whole : nearest).map(({ row }) => row);
  return rows.length === 0 ? null : { rows, named: most, missing: Math.min(...nearest.map(({ missing }) => missing)) };
}

function tokens(text: string): Set<string> {
  return new Set(tokenize(text));
}
