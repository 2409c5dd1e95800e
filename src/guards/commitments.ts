import {
  ALLOW,
  type Committed,
  type Finding,
  type Findings,
  type Guard,
  type Opinion,
  type Quotation,
  type Seen,
  type Source,
} from '../agent/guard.ts';
import { splitSentences } from '../language/sentences.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import type { CommitmentKind, Span } from '../protocol/events.ts';
import { BySource } from './by-source.ts';
import { promiseIn } from './commitments/arguments.ts';
import { borneOut, mayBeTalk } from './commitments/borne-out.ts';
import { type Claim, claimsOf, mayPromise } from './commitments/claims/claims.ts';
import { isDenied } from './commitments/evidence/denials.ts';
import { groundsOf } from './commitments/evidence/grounds.ts';
import { isBarred, type Shown, supportOf } from './commitments/evidence/support.ts';
import { ARTICLES, isNumberWord } from './commitments/reading/numbers.ts';
import { type Statement, statementsOf } from './commitments/reading/statements.ts';
import { plain } from './commitments/reading/tokens.ts';
import { languagesOf } from './commitments/reading/words.ts';
import { Reckoning } from './commitments/reckoning/reckoning.ts';
import { type Folded, fold } from './fold.ts';
import { LOOK_BACK, sayInstead } from './instead.ts';
import { once } from './once.ts';

export type Commitments = {
  /** What is said in place of a sentence that commits the company without evidence; else a sentence in the customer's language. */
  say?: Wording | undefined;
  /** Who is asked for quotations before a sentence is withheld; `asks`: of each that commits, also before one is released. */
  opinion?: Opinion | undefined;
  asks?: 'doubtful' | 'each' | undefined;
  /** Whether what they quote decides, and figures need not be found in it again. */
  trusts?: boolean | undefined;
};

/** What makes it worth reading a text closely. */
const MAY_COMMIT = /[\p{N}\p{Sc}%]|\p{L}{2}/u;

/**
 * The agent commits the company to nothing that no source of the conversation says: to no price, percentage, date or deadline,
 * refund, guarantee, liability or promise. What a source does say is released with it as evidence; any other sentence makes
 * place for one that commits to nothing. A text is read (`commitments/reading`), its claims are found (`claims`), each is looked up
 * in the sources (`evidence`), and what none of them says is worked out from what they do say, where it can be (`reckoning`).
 */
export function commitmentsGuard({ say, opinion, asks = 'doubtful', trusts = false }: Commitments = {}): Guard {
  return {
    name: 'commitments',
    ...(opinion && { opinion }),
    read(source) {
      groundsOf(source);
      wordsOf(source);
    },
    check(candidate, seen, findings = NO_FINDINGS) {
      if (!MAY_COMMIT.test(candidate)) return ALLOW;
      const tail = tailOf(seen.released);
      const folded = fold(tail + candidate);
      const text = plain(folded.text);
      const at = (index: number) => (folded.at[index] ?? folded.at.at(-1) ?? 0) - tail.length;
      const asWritten = ({ start, end }: Span) =>
        (tail + candidate).slice(at(start) + tail.length, at(end) + tail.length);
      const statements = statementsOf(text, lastOf(folded, tail.length));
      const claims = statements.flatMap((statement) => claimsOf(statement).map((claim) => ({ claim, statement })));
      const sentence = inLanguage(NOT_CONFIRMED, seen.language, say);
      const rest = restOf(candidate, seen.released, sentence);
      const unclaimed = asks === 'each' ? statements.filter((one) => mayPromise(one) && !isClaimed(one, claims)) : [];
      if (claims.length + unclaimed.length + rest === 0) return ALLOW;
      const shown = {
        languages: once(() => languagesOf(text.match(/\p{L}+/gu) ?? [])),
        sources: sourcesOf(seen),
        said: seen.said,
      };
      const places = rest > 0 ? [{ start: 0, end: rest }] : [];
      const commitments: Committed[] = [];
      const doubts = new Set<string>();
      const withheld = new Set<string>();
      const upheld: Upheld[] = [];
      const without: { kind: CommitmentKind; text: string }[] = [];
      if (rest > 0) without.push({ kind: 'promise', text: candidate.slice(0, rest) });
      for (const told of supported(claims, text, shown)) {
        const { claim, statement } = told;
        const isAsked = told.rests === 'nothing' || asks === 'each';
        const doubt = isAsked ? asWritten(statement).trim() : '';
        const finding = findings.get(doubt);
        const isOpen = told.rests === 'nothing';
        const bearer = () => (trusts ? (finding?.quotations[0] ?? null) : borneOut(claim, text, shown, finding));
        const found = isOpen ? bearer() : null;
        const isTalk = isOpen && finding?.commits === false && (trusts || mayBeTalk(claim, text, seen.said, finding));
        const rests =
          asks === 'each' && isRefuted(finding) ? 'nothing' : isTalk ? 'itself' : (found?.source ?? told.rests);
        if (rests === 'nothing' || asks === 'each') doubts.add(doubt);
        const place = { start: Math.max(0, at(claim.start)), end: at(claim.end) };
        if (found || isTalk) upheld.push({ doubt, by: found });
        if (rests === 'nothing') {
          withheld.add(doubt);
          const last = places.at(-1);
          const sentence = { start: at(statement.start), end: at(statement.end) };
          if (last?.end !== sentence.end) places.push(sentence);
          without.push({ kind: claim.kind, text: text.slice(claim.start, claim.end) });
        } else if (rests !== 'itself' && place.end > place.start) {
          const { kind, from, version } = rests;
          const words = candidate.slice(place.start, place.end);
          commitments.push({
            ...place,
            commitment: { kind: claim.kind, text: words, evidence: { kind, from, version } },
          });
        }
      }
      for (const statement of unclaimed) {
        const doubt = asWritten(statement).trim();
        doubts.add(doubt);
        if (!isRefuted(findings.get(doubt))) continue;
        withheld.add(doubt);
        places.push({ start: at(statement.start), end: at(statement.end) });
        without.push({ kind: 'promise', text: statement.text });
      }
      places.sort((one, other) => one.start - other.start);
      const second = ofOpinion(doubts, withheld, upheld);
      if (places.length === 0) return { action: 'allow', commitments, ...second };
      const replaced = sayInstead(candidate, seen.released, places, sentence);
      return {
        action: 'replace',
        text: replaced,
        reason: `unsupported_${without[0]?.kind}`,
        evidence: without.map(({ kind, text }) => `${kind}: ${text.trim()}`).join('; '),
        commitments: stillThere(commitments, candidate, replaced),
        ...second,
      };
    },
    checkArguments(words, seen) {
      const found = promiseIn(words, seen);
      if (!found) return ALLOW;
      const { kind } = found.claim;
      return { action: 'replace', text: '', reason: `unsupported_${kind}`, evidence: `${kind}: ${found.text}` };
    },
  };
}

const NO_FINDINGS: Findings = new Map();

/** Whether somebody has looked for what says a sentence that commits, and found nothing. */
function isRefuted(finding: Finding | undefined): boolean {
  return finding?.commits === true && finding.quotations.length === 0;
}

function isClaimed(statement: Statement, claims: readonly Told[]): boolean {
  return claims.some((claim) => claim.statement === statement);
}

/** A sentence with what bears out one of its claims; null where it is only talk. */
type Upheld = { doubt: string; by: Quotation | null };

/** What a verdict says of a second opinion: what one is asked of, and what was let pass for it. A sentence that is withheld for another claim was not. */
function ofOpinion(doubts: ReadonlySet<string>, withheld: ReadonlySet<string>, upheld: readonly Upheld[]) {
  const passed = upheld
    .filter(({ doubt }) => !withheld.has(doubt))
    .map(({ doubt, by }) => `${doubt} | ${by ? `${by.source.from}: ${by.words}` : 'promises nothing'}`);
  return {
    ...(doubts.size > 0 && { doubts: [...doubts] }),
    ...(passed.length > 0 && { upheld: [...new Set(passed)].join('; ') }),
  };
}

type Told = { claim: Claim; statement: Statement };
/** What a claim rests on: a source; itself, where no source has to say it; nothing. */
type Rests = Source | 'itself' | 'nothing';

/** The claims of an answer, a plain text, in order, with what each rests on. */
function supported(claims: readonly Told[], text: string, shown: Shown): (Told & { rests: Rests })[] {
  const { sources } = shown;
  const reckoning = new Reckoning(text, sources, shown.said);
  const looked = claims.map(({ claim, statement }): Told & { rests: Rests } => {
    const quoted = () => quotedFrom(wordings(claim, statement, text), sources);
    const barred = once(() => isBarred(claim, sources));
    const reckoned = () => (barred() ? null : reckoning.of(claim));
    if (!claim.isPlain) {
      const said = barred() ? null : supportOf(claim, shown);
      return { claim, statement, rests: said ?? quoted() ?? reckoned() ?? 'nothing' };
    }
    const isFine = !isDenied(claim, sources) || quoted() || reckoned();
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
function isOfHour({ figure }: Claim, looked: readonly (Told & { rests: Rests })[]): boolean {
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
function wordsOf(source: Source): string {
  const isData = source.kind === 'tool' && source.text.length > LONGEST_QUOTED;
  return isData ? '' : WORDS.get(source, ({ text }) => inWords(plain(fold(text).text)));
}

const LONGEST_QUOTED = 2_000;

/** The source that has one of the wordings of a claim word for word, as clauses of its own; null for a few words. */
function quotedFrom(wordings: readonly string[], sources: readonly Source[]): Source | null {
  for (const words of new Set(wordings.map(inWords))) {
    if (words.split(' ').length < QUOTED_WORDS) continue;
    const found = sources.find((source) => isClauseOf(words, wordsOf(source)));
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

/** What opening hours are said of. */
const HOURS = 'open opens opening close closes reach call contact office team colleagues support available';
const CONTACTS = new WeakMap<Seen['contact'], Source>();

const SOURCES = new WeakMap<readonly Source[], readonly Source[]>();

/** All of a step, the same list each time: what is made of it is kept by it. */
function sourcesOf(seen: Seen): readonly Source[] {
  const contact = contactOf(seen);
  const known = SOURCES.get(seen.sources);
  if (known?.[0] === contact) return known;
  const sources = [contact, ...seen.sources];
  SOURCES.set(seen.sources, sources);
  return sources;
}

/** How and when the company is reached is evidence as well. */
function contactOf({ contact }: Seen): Source {
  const text = [HOURS, contact.hours ?? '', contact.phone ?? ''].join(' ');
  const source = CONTACTS.get(contact) ?? { kind: 'context', from: 'contact', version: '', text };
  CONTACTS.set(contact, source);
  return source;
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

/** The commitments whose words the replacement has left, where they stand in it. */
function stillThere(commitments: readonly Committed[], before: string, after: string): Committed[] {
  let from = 0;
  return commitments.flatMap(({ start, end, commitment }) => {
    const words = before.slice(start, end);
    const found = after.indexOf(words, from);
    if (found < 0) return [];
    from = found;
    return [{ start: found, end: found + words.length, commitment }];
  });
}

const NOT_CONFIRMED = {
  en: 'I cannot confirm that here; please check it with a colleague of mine first.',
  es: 'No puedo confirmarlo aquí; consúltelo antes con un colega, por favor.',
  de: 'Das kann ich hier nicht bestätigen; bitte klären Sie es vorher mit einem Kollegen.',
  fr: 'Je ne peux pas le confirmer ici ; veuillez d’abord vérifier auprès d’un collègue.',
  pt: 'Não posso confirmar isso aqui; por favor, verifique antes com um colega.',
  it: 'Non posso confermarlo qui; la prego di verificare prima con un collega.',
  nl: 'Dat kan ik hier niet bevestigen; controleer het eerst bij een collega.',
};
