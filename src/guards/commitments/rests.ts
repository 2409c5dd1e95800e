import type { Source } from '../../agent/guard.ts';
import { once } from '../../language/once.ts';
import { BySource } from '../by-source.ts';
import { fold } from '../fold.ts';
import type { Claim } from './claims/claims.ts';
import { isDenied } from './evidence/denials.ts';
import { isOtherHour } from './evidence/hours.ts';
import { isBarred, type Shown, supportOf } from './evidence/support.ts';
import type { Statement } from './reading/statements.ts';
import { plain } from './reading/tokens.ts';
import { Reckoning } from './reckoning/reckoning.ts';

/** A claim, and the statement that has it. */
export type Told = { claim: Claim; statement: Statement };
/** What a claim rests on: a source; itself, where no source has to say it; nothing. */
export type Rests = Source | 'itself' | 'nothing';

export type Rested = Told & { rests: Rests };

/** The claims of an answer, a plain text, in order, with what each rests on. */
export function restsOf(claims: readonly Told[], text: string, shown: Shown): Rested[] {
  const { sources } = shown;
  const reckoning = new Reckoning(text, sources, shown.said);
  const looked = claims.map(({ claim, statement }): Rested => {
    const quoted = () => quotedFrom(wordings(claim, statement, text), sources);
    const barred = once(() => isBarred(claim, sources));
    const reckoned = () => (barred() ? null : reckoning.of(claim));
    if (!claim.isPlain) {
      const said = barred() ? null : supportOf(claim, shown);
      return { claim, statement, rests: said ?? quoted() ?? reckoned() ?? 'nothing' };
    }
    const isFine = (!isDenied(claim, sources) && !isOtherHour(claim, sources)) || quoted() || reckoned();
    return { claim, statement, rests: isFine ? 'itself' : 'nothing' };
  });
  // What something was worked out with is known once all of it was.
  return looked.map(({ claim, statement, rests }) => {
    const source = rests === 'nothing' ? reckoning.with(claim) : null;
    if (source) return { claim, statement, rests: claim.isPlain ? 'itself' : source };
    return { claim, statement, rests: rests === 'nothing' && isOfHour(claim, looked) ? 'itself' : rests };
  });
}

/** Whether a claim is the day of an hour that a tool gave: `by 18:00 today`. */
function isOfHour({ figure }: Claim, looked: readonly Rested[]): boolean {
  return (
    figure?.unit === 'today' &&
    looked.some(({ claim: { figure: hour }, rests }) => {
      const isBefore = hour?.unit.startsWith('time ') && figure.start - hour.end >= 0 && figure.start - hour.end < 4;
      return isBefore && typeof rests === 'object' && rests.kind === 'tool';
    })
  );
}

/** Words that say enough by themselves to be a quotation. */
const QUOTED_WORDS = 5;
const WORDS = new BySource<string>();

/** What can be quoted of a source: a long result of a tool is no prose. */
export function clausesOf(source: Source): string {
  const isData = source.kind === 'tool' && source.text.length > LONGEST_QUOTED;
  return isData ? '' : WORDS.get(source, ({ text }) => inWords(plain(fold(text).text)));
}

const LONGEST_QUOTED = 2_000;

/** The source that has one of the wordings of a claim word for word, as clauses of its own; null for a few words. */
function quotedFrom(wordings: readonly string[], sources: readonly Source[]): Source | null {
  for (const words of new Set(wordings.map(inWords))) {
    if (words.split(' ').length < QUOTED_WORDS) continue;
    const found = sources.find((source) => isClauseOf(words, clausesOf(source)));
    if (found) return found;
  }
  return null;
}

/** The words of a claim, what of its sentence stands between commas and the like around it, and its sentence. */
function wordings({ start, end }: Claim, sentence: Statement, text: string): string[] {
  const before = text.slice(sentence.start, start).split(BREAK).at(-1) ?? '';
  const [behind = ''] = text.slice(end, sentence.end).split(BREAK);
  const claimed = text.slice(start, end);
  const whole = sentence.end - sentence.start < LONGEST_SENTENCE ? [text.slice(sentence.start, sentence.end)] : [];
  return [claimed, before + claimed + behind, ...whole];
}

/** Characters. Nobody quotes a longer one to its end. */
const LONGEST_SENTENCE = 500;
const BREAK = /[.:;!?,](?=\s|$)|\n+|[—–|"“”„()]/u;

/** Letters, digits and signs of money, a space between words, a bar where a clause ends; small numbers in digits. */
function inWords(text: string): string {
  return text
    .split(BREAK)
    .join(' | ')
    .replace(/[^\p{L}\p{N}\p{Sc}%.,'|]+/gu, ' ')
    .replace(/(?:\| ?)+/g, '| ')
    .replace(/^[| ]+|[| ]+$/g, '')
    .replace(/[a-z]+/g, (word) => SMALL.get(word) ?? word);
}

const SMALL: ReadonlyMap<string, string> = new Map(
  'two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, at) => [word, String(at + 2)]),
);

function isClauseOf(words: string, text: string): boolean {
  const at = text.indexOf(words);
  return (
    at >= 0 &&
    /(?:^|\| )$/.test(text.slice(Math.max(0, at - 2), at)) &&
    /^(?:$| ?\|)/.test(text.slice(at + words.length, at + words.length + 2))
  );
}
