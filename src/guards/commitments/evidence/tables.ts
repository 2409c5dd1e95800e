import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import { fold } from '../../fold.ts';
import type { Claim } from '../claims/claims.ts';
import { byText } from '../reading/by-text.ts';
import { type Clause, statementsOf } from '../reading/statements.ts';
import { plain } from '../reading/tokens.ts';
import { PERIODS } from '../reading/units.ts';
import { type Ground, groundsOf } from './grounds.ts';

/**
 * Price lists: a row of a table is of what its first cell names, a cell of what the head of its column names. A figure supports nothing of
 * another row or column that an answer names, or else the customer in their last message.
 */

type Shown = { sources: readonly Source[]; said: readonly string[] };

/** `label`: what the first cell names, without what all rows of the table name. */
type Row = { text: string; label: ReadonlySet<string> };

const TABLES = new BySource<ReadonlyMap<string, readonly Row[]>>();

/** Whether a claim is of another row of a table than a clause, or of another column of its row. */
export function isOfAnotherCell(claim: Claim, { text, clause }: Ground, source: Source, shown: Shown): boolean {
  const rows = isTableRow(text) ? TABLES.get(source, tablesIn).get(text) : undefined;
  return (
    rows !== undefined && (isOfAnotherColumn(claim, clause, text, source) || isOfAnotherLabel(claim, text, rows, shown))
  );
}

function isTableRow(text: string): boolean {
  return text.trimStart().startsWith('|');
}

/** By the text of each row, the rows of its table. */
function tablesIn(source: Source): ReadonlyMap<string, readonly Row[]> {
  const tables: { text: string; words: ReadonlySet<string> }[][] = [[]];
  let last = '';
  for (const { text, clause } of groundsOf(source).all) {
    if (text === last) continue;
    if (!isTableRow(text) || !isTableRow(last) || last.endsWith('\n\n')) tables.push([]);
    if (isTableRow(text)) tables.at(-1)?.push({ text, words: wordsOf(clause) });
    last = text;
  }
  return new Map(tables.flatMap((table) => labelled(table).map((row, _, rows): [string, Row[]] => [row.text, rows])));
}

/** A word that all rows have tells nothing, unless one has no other: `Bike`, of which one is an `E-bike`. */
function labelled(table: readonly { text: string; words: ReadonlySet<string> }[]): Row[] {
  const shared = (word: string) => table.length > 1 && table.every(({ words }) => words.has(word));
  const rows = table.map(({ text, words }) => ({ text, label: new Set([...words].filter((word) => !shared(word))) }));
  return rows.every(({ label }) => label.size > 0) ? rows : table.map(({ text, words }) => ({ text, label: words }));
}

function wordsOf({ words, concepts }: Clause): ReadonlySet<string> {
  return new Set<string>([...words, ...concepts]);
}

/**
 * The row that is named in the narrowest place is meant; in one place the one of which most is named. One of another table counts where
 * nothing of this one is named there.
 */
function isOfAnotherLabel(claim: Claim, text: string, rows: readonly Row[], { sources, said }: Shown): boolean {
  const places = [
    [...claim.words, ...claim.concepts],
    [...claim.sentence, ...claim.said],
    wordsSaid(said.at(-1) ?? ''),
  ];
  for (const place of places) {
    const names = new Set<string>(place);
    const isNamed = ({ label }: Row) => label.size > 0 && [...label].every((word) => names.has(word));
    const own = rows.find((row) => row.text === text);
    const named = rows.filter(isNamed);
    if (own && named.includes(own)) {
      const { label } = own;
      return named.some((other) => other.label.size > label.size && [...label].every((word) => other.label.has(word)));
    }
    const isPart = [...(own?.label ?? [])].some((word) => names.has(word));
    if (named.length > 0 || (!isPart && allRows(sources).some(isNamed))) return true;
  }
  return false;
}

const ROWS = new WeakMap<readonly Source[], readonly Row[]>();

function allRows(sources: readonly Source[]): readonly Row[] {
  const rows = ROWS.get(sources) ?? [
    ...new Set(sources.flatMap((source) => [...TABLES.get(source, tablesIn).values()].flat())),
  ];
  ROWS.set(sources, rows);
  return rows;
}

const wordsSaid = byText((message): readonly string[] =>
  statementsOf(plain(fold(message).text)).flatMap(({ clauses }) => clauses.flatMap((clause) => [...wordsOf(clause)])),
);

/** A time that a column is of: `half day`, `week`. */
const HEAD = /^\W*(half )?(\p{L}+)/u;
const PERIOD_SAID = /\b(half[ -](?:an? )?)?(\p{L}+?)s?\b/gu;

/** Whether the figure of a cell is of another time than the claim names, and another cell of the row is of that. */
function isOfAnotherColumn({ all, figure }: Claim, clause: Clause, text: string, source: Source): boolean {
  if (figure?.kind !== 'money') return false;
  const own = headOf(clause);
  if (own === null) return false;
  const said = new Set([...all.matchAll(PERIOD_SAID)].flatMap(([, half, word = '']) => periodOf(half, word) ?? []));
  if (said.size === 0 || said.has(own)) return false;
  return groundsOf(source).all.some((ground) => {
    const head = ground.text === text ? headOf(ground.clause) : null;
    return head !== null && said.has(head) && ground.clause.figures.some(({ kind }) => kind === 'money');
  });
}

function headOf({ text }: Clause): string | null {
  const [, half, word = ''] = HEAD.exec(text) ?? [];
  return periodOf(half, word);
}

function periodOf(half: string | undefined, word: string): string | null {
  const period = PERIODS.get(word);
  return period === undefined ? null : `${half ? 'half ' : ''}${period}`;
}
