import { fieldOf } from './record-fields.ts';

type Row = readonly unknown[];

/** What a column is called where it is described by an object. */
const TITLES = ['name', 'key', 'field', 'title'];
const ADDRESS = /^[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}$/u;
/** What is written to where nobody in particular reads it. */
const OFFICE =
  /^(?:help|info|hello|support|service|kundenservice|kontakt|contact|contacto|office|sales|team|orders?|billing|press|jobs|no-?reply|mailer-daemon|postmaster)@/i;

/** Whether a text is a person's address of e-mail, whatever it is called. */
export function isPersonsMail(text: string): boolean {
  return text.includes('@') && ADDRESS.test(text) && !OFFICE.test(text);
}

/**
 * The value with the rows of a table as records by the names of its columns: `{ columns, rows }`, or rows below one of names. Any
 * other value as it is.
 */
export function withRecords(value: unknown): unknown {
  if (Array.isArray(value)) return recordsBelow(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const columns = lists.map(([, list]) => namesIn(list)).find((names) => names !== null);
  const rows = lists.find(([, list]) => columns && areRows(list, columns));
  return columns && rows ? { ...value, [rows[0]]: rows[1].map((row) => recordOf(row as Row, columns)) } : value;
}

/** The addresses in a list that is in no record, each as a record. */
export function withBareAddresses(value: object): object {
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === 'string' && isPersonsMail(item) ? { email: item } : item));
}

function recordsBelow([first, ...rows]: readonly unknown[]): object[] | null {
  const columns = Array.isArray(first) ? namesIn(first) : null;
  return columns && areRows(rows, columns) ? rows.map((row) => recordOf(row as Row, columns)) : null;
}

/** The names of columns, of which one at least is that of something of a person. */
function namesIn(list: Row): string[] | null {
  const names = list.map((one) => (isObject(one) ? TITLES.map((title) => one[title]).find(isText) : one));
  if (!names.every(isText)) return null;
  const fields = names.map(fieldOf);
  return fields.some(({ kind, role }) => kind !== null || role !== null) ? names : null;
}

function areRows(list: Row, { length }: Row): boolean {
  return list.length > 0 && list.every((row) => Array.isArray(row) && row.length <= length);
}

function recordOf(row: Row, columns: readonly string[]): object {
  return Object.fromEntries(row.map((cell, at) => [columns[at], cell]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
