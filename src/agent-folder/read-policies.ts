import { didYouMean } from '../language/did-you-mean.ts';
import { figuresIn } from '../language/figures.ts';
import type { NamedText } from './compile-prompt.ts';
import { readText } from './folder-files.ts';
import type { Report } from './problems.ts';

/** A fact of the company: what it is about, and the figure that holds. */
export type Policy = {
  subject: string;
  /** As it is written: `30 days after delivery`. */
  value: string;
  /** Other words for the subject; `language` (such as `de`) where they are of another language. */
  also: { words: string; language: string | null }[];
};

/** `context`: the files as the model reads them; none where there are no files. */
export type Policies = { facts: Policy[]; context: NamedText[] };

type Line = { file: string; line: number };
type Found = Policy & Line;

const ITEM = /^[-*+][ \t]+(.*)$/;
const ALSO = /^[ \t]+[-*+][ \t]+also:[ \t]*(.*)$/i;
/** What stands below a policy and begins with a word and a colon. */
const KEY = /^[ \t]+[-*+][ \t]+(\p{L}+):(?=\s|$)/u;
const ROW = /^[ \t]*\|.*\|[ \t]*$/;
const RULE = /^(?=.*-)(?=.*\|)[\s|:-]+$/;

/**
 * `policies/*.md`: facts as items of a list (`- Refund period: 30 days`, below it perhaps `- also: return window, de: Rückgabefrist`) or as
 * rows of a table (subject, value, perhaps other words). All else is prose.
 */
export async function readPolicies(root: string, files: readonly string[], report: Report): Promise<Policies> {
  const found: Found[] = [];
  const texts: string[] = [];
  for (const file of files) {
    const text = await readText(root, file, report);
    if (text === null) continue;
    texts.push(text.trim());
    const before = found.length + report.problems.length;
    const lines = text.split('\n');
    for (const [at, line] of lines.entries()) {
      // What stands above the rule of a table is its head.
      if (!RULE.test(lines[at + 1] ?? '') || !ROW.test(line)) readLine(line, { file, line: at + 1 }, found, report);
    }
    if (found.length + report.problems.length === before)
      problem({ file, line: 1 }, 'has no policy: write "- Refund period: 30 days"', report);
  }
  for (const [at, fact] of found.entries()) checkTwin(fact, found.slice(0, at), report);
  const context = texts.length === 0 ? [] : [{ name: 'policies', text: texts.join('\n\n') }];
  return { facts: found.map(({ subject, value, also }) => ({ subject, value, also })), context };
}

function readLine(text: string, place: Line, found: Found[], report: Report): void {
  const also = ALSO.exec(text)?.[1];
  const item = ITEM.exec(text)?.[1];
  const key = KEY.exec(text)?.[1];
  if (also !== undefined) {
    const last = found.at(-1);
    if (last?.file === place.file) last.also.push(...otherWords(also));
    else problem(place, '"also:" belongs below a policy', report);
  } else if (key !== undefined) {
    if (isField(key)) problem(place, `${key}: ${unknownField(key)}`, report);
  } else if (item !== undefined) {
    const [, subject = '', value = ''] = /^(.+?):\s+(.*)$/.exec(plain(item)) ?? [];
    if (subject === '') problem(place, `expected "subject: value", got ${JSON.stringify(item)}`, report);
    else addFact({ subject, value, also: [], ...place }, found, report);
  } else if (ROW.test(text) && !RULE.test(text)) {
    const [subject = '', value = '', ...more] = plain(text)
      .replace(/^\s*\||\|\s*$/g, '')
      .split('|');
    addFact({ subject, value, also: more.flatMap(otherWords), ...place }, found, report);
  }
}

/** A word in lower case, or one that is nearly "also": anything else is prose ("Note: …"). */
function isField(key: string): boolean {
  return key === key.toLowerCase() || didYouMean(key, ['also']) !== '';
}

function unknownField(key: string): string {
  const near = didYouMean(key, ['also']);
  return `unknown field${near || '; other words for the policy are written "also: return window, de: Rückgabefrist"'}`;
}

function plain(markdown: string): string {
  return markdown.replace(/\*\*|__|`/g, '');
}

function addFact(fact: Found, found: Found[], report: Report): void {
  const [subject, value] = [fact.subject.trim(), fact.value.trim().replace(/\.$/, '')];
  const got = JSON.stringify(value);
  if (!/\p{L}/u.test(subject)) problem(fact, 'has no subject', report);
  else if (figuresIn(value).some((figure) => figure.unit !== '' || isCounted(value, figure)))
    found.push({ ...fact, subject, value });
  else problem(fact, `${subject}: expected a number with its unit, such as 30 days, got ${got}`, report);
}

/** True of a number before a word for what it counts, such as "3 bikes", though that is no unit that is known. */
function isCounted(value: string, { end }: { end: number }): boolean {
  return /^[\s-]*\p{L}/u.test(value.slice(end));
}

/** "return window, de: Rückgabefrist" */
function otherWords(text: string): Policy['also'] {
  return text
    .split(/[,;]/)
    .map((part) => /^\s*(?:([a-z]{2}):\s*)?(.*?)\s*$/.exec(part))
    .flatMap((match) => (match?.[2] ? [{ words: match[2], language: match[1] ?? null }] : []));
}

function checkTwin(fact: Found, before: readonly Found[], report: Report): void {
  const names = ({ subject, also }: Policy) =>
    [subject, ...also.map(({ words }) => words)].map((name) => name.toLowerCase());
  const unitsOf = ({ value }: Policy) => figuresIn(value).map(({ unit }) => unit);
  const twin = before.find(
    (other) =>
      names(other).some((name) => names(fact).includes(name)) &&
      unitsOf(other).some((unit) => unitsOf(fact).includes(unit)),
  );
  if (twin) problem(fact, `${fact.subject}: is said already in ${twin.file}:${twin.line}`, report);
}

function problem({ file, line }: Line, message: string, report: Report): void {
  report.problems.push({ file, line, message });
}
