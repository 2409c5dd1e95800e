import type { Finding, Findings, Opinion, Quotation, Source } from '../../agent/guard.ts';
import { once } from '../../language/once.ts';
import { splitSentences } from '../../language/sentences.ts';
import type { CommitmentKind, Span } from '../../protocol/events.ts';
import { type Folded, fold } from '../fold.ts';
import { LOOK_BACK } from '../instead.ts';
import { borneOut, mayBeTalk } from './borne-out.ts';
import { claimsOf, mayPromise } from './claims/claims.ts';
import { ARTICLES, isNumberWord } from './reading/numbers.ts';
import { type Statement, statementsOf } from './reading/statements.ts';
import { plain } from './reading/tokens.ts';
import { languagesOf } from './reading/words.ts';
import { type Rested, type Rests, restsOf } from './rests.ts';

/** How a second opinion counts. */
export type OpinionSettings = {
  /** Who is asked for quotations before a sentence is withheld; `asks`: of each that commits, also before one is released. */
  opinion?: Opinion | undefined;
  asks?: 'doubtful' | 'each' | undefined;
  /** Whether what they quote decides, and figures need not be found in it again. */
  trusts?: boolean | undefined;
};

/** What becomes of a claim, or of a statement that may promise something. Places are in the candidate. */
export type Ruling = {
  kind: CommitmentKind;
  /** Of the claim, plain. */
  words: string;
  place: Span;
  /** As it is written, where somebody may be asked of it; else empty. */
  sentence: string;
  sentencePlace: Span;
  rests: Rests;
  /** Whether a finding would decide. */
  isDoubted: boolean;
  /** What somebody has found for it: what it rests on then, or that it is talk. */
  upheld: Quotation | 'talk' | null;
};

type Shown = { released: string; sources: readonly Source[]; said: readonly string[] };
/** `instead`: what was said in place of a sentence before, perhaps. */
type How = OpinionSettings & { instead: string; findings: Findings };

/** What becomes of all that a candidate may commit to; nothing where it commits to nothing. */
export function rulingsOf(candidate: string, { released, sources, said }: Shown, how: How): Ruling[] {
  const { asks = 'doubtful', trusts = false, findings } = how;
  const rest = restOf(candidate, released, how.instead);
  const goesOn = rest > 0 ? [goesOnFor(rest, candidate)] : [];
  const { text, statements, at, asWritten } = readWith(candidate, released);
  const claims = statements.flatMap((statement) => claimsOf(statement).map((claim) => ({ claim, statement })));
  const isClaimed = (statement: Statement) => claims.some((claim) => claim.statement === statement);
  const unclaimed = asks === 'each' ? statements.filter((one) => mayPromise(one) && !isClaimed(one)) : [];
  if (claims.length + unclaimed.length === 0) return goesOn;
  const shown = { languages: once(() => languagesOf(text.match(/\p{L}+/gu) ?? [])), sources, said };

  const ruled = ({ claim, statement, rests }: Rested): Ruling => {
    const isAsked = rests === 'nothing' || asks === 'each';
    const sentence = isAsked ? asWritten(statement) : '';
    const finding = findings.get(sentence);
    const upheld = rests === 'nothing' ? upheldBy(finding) : null;
    const now = upheld === 'talk' ? 'itself' : (upheld?.source ?? rests);
    return {
      kind: claim.kind,
      words: text.slice(claim.start, claim.end),
      place: { start: Math.max(0, at(claim.start)), end: at(claim.end) },
      sentence,
      sentencePlace: { start: at(statement.start), end: at(statement.end) },
      rests: asks === 'each' && isRefuted(finding) ? 'nothing' : now,
      isDoubted: now === 'nothing' || asks === 'each',
      upheld,
    };

    function upheldBy(finding: Finding | undefined): Ruling['upheld'] {
      if (finding?.commits === false && (trusts || mayBeTalk(claim, text, said, finding))) return 'talk';
      return trusts ? (finding?.quotations[0] ?? null) : borneOut(claim, text, shown, finding);
    }
  };
  const ruledOnly = (statement: Statement): Ruling => {
    const sentence = asWritten(statement);
    const place = { start: at(statement.start), end: at(statement.end) };
    const rests = isRefuted(findings.get(sentence)) ? 'nothing' : 'itself';
    const of = { kind: 'promise', words: statement.text, place, sentence, sentencePlace: place } as const;
    return { ...of, rests, isDoubted: true, upheld: null };
  };
  return [...goesOn, ...restsOf(claims, text, shown).map(ruled), ...unclaimed.map(ruledOnly)];
}

/** Whether somebody has looked for what says a sentence that commits, and found nothing. */
function isRefuted(finding: Finding | undefined): boolean {
  return finding?.commits === true && finding.quotations.length === 0;
}

/** The first characters of a candidate, which go on with what was withheld before it. */
function goesOnFor(characters: number, candidate: string): Ruling {
  const place = { start: 0, end: characters };
  const of = {
    kind: 'promise',
    words: candidate.slice(0, characters),
    place,
    sentence: '',
    sentencePlace: place,
  } as const;
  return { ...of, rests: 'nothing', isDoubted: false, upheld: null };
}

/** The statements of a candidate, with those before it that it may go on with, in a plain text; where a place in that is in the candidate. */
function readWith(candidate: string, released: string) {
  const tail = tailOf(released);
  const written = tail + candidate;
  const folded = fold(written);
  const text = plain(folded.text);
  const at = (index: number) => (folded.at[index] ?? folded.at.at(-1) ?? 0) - tail.length;
  const asWritten = ({ start, end }: Span) => written.slice(at(start) + tail.length, at(end) + tail.length).trim();
  return { text, statements: statementsOf(text, lastOf(folded, tail.length)), at, asWritten };
}

/** The last place in a folded text that is in the first characters of the original. */
function lastOf({ at }: Folded, characters: number): number {
  const after = at.findIndex((place) => place > characters);
  return after < 0 ? at.length : after - 1;
}

/** How much of a text goes on with a sentence that was withheld, and has a number: a pause or a step may cut it anywhere. */
function restOf(candidate: string, released: string, sentence: string): number {
  if (!GOES_ON.test(candidate) || !released.trimEnd().endsWith(sentence)) return 0;
  const [first = ''] = splitSentences(candidate);
  const isNumber = (word: string) => !ARTICLES.has(word) && !/^(?:the|another)$/.test(word) && isNumberWord(word);
  return /\p{N}/u.test(first) || (first.toLowerCase().match(/\p{L}+/gu) ?? []).some(isNumber) ? first.length : 0;
}

/** In lower case, but no name such as `eBay`. */
const GOES_ON = /^\s*(?:[,;:)] ?|\p{Ll}(?!\p{Lu}))/u;

/** The last sentences of what was released: what is said may have begun in them, a number in one and its unit in the next. */
function tailOf(released: string): string {
  const tail = released.length <= LOOK_BACK ? released : released.slice(-LOOK_BACK).replace(/^\S*/, '');
  return splitSentences(tail).slice(-2).join('');
}
