import {
  ALLOW,
  type Committed,
  type Findings,
  type Guard,
  type Seen,
  type Source,
  type Verdict,
} from '../agent/guard.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import { promiseIn } from './commitments/arguments.ts';
import { groundsOf } from './commitments/evidence/grounds.ts';
import { clausesOf } from './commitments/rests.ts';
import { type OpinionSettings, type Ruling, rulingsOf } from './commitments/rulings.ts';
import { sayInstead } from './instead.ts';

export type Commitments = OpinionSettings & {
  /** What is said in place of a sentence that commits the company without evidence; else a sentence in the customer's language. */
  say?: Wording | undefined;
};

/** What makes it worth reading a text closely. */
const MAY_COMMIT = /[\p{N}\p{Sc}%]|\p{L}{2}/u;
const NO_FINDINGS: Findings = new Map();

/**
 * The agent commits the company to nothing that no source of the conversation says: to no price, percentage, date or deadline,
 * refund, guarantee, liability or promise. What a source does say is released with it as evidence; any other sentence makes
 * place for one that commits to nothing. A text is read (`commitments/reading`), its claims are found (`claims`), each is looked up
 * in the sources (`evidence`), what none of them says is worked out from what they do say, where it can be (`reckoning`), and
 * what is made of all that, with a second opinion, are the rulings.
 */
export function commitmentsGuard({ say, ...settings }: Commitments = {}): Guard {
  return {
    name: 'commitments',
    ...(settings.opinion && { opinion: settings.opinion }),
    read(source) {
      groundsOf(source);
      clausesOf(source);
    },
    check(candidate, seen, findings = NO_FINDINGS) {
      if (!MAY_COMMIT.test(candidate)) return ALLOW;
      const instead = inLanguage(NOT_CONFIRMED, seen.language, say);
      const shown = { released: seen.released, sources: sourcesOf(seen), said: seen.said };
      const rulings = rulingsOf(candidate, shown, { ...settings, instead, findings });
      return rulings.length === 0 ? ALLOW : verdictOf(rulings, candidate, seen.released, instead);
    },
    checkArguments(words, seen) {
      const found = promiseIn(words, seen);
      if (!found) return ALLOW;
      const { kind } = found.claim;
      return { action: 'replace', text: '', reason: `unsupported_${kind}`, evidence: `${kind}: ${found.text}` };
    },
  };
}

/** Withholds the sentences of claims that rest on nothing, and says what the others rest on. */
function verdictOf(rulings: readonly Ruling[], candidate: string, released: string, instead: string): Verdict {
  const without = rulings.filter(({ rests }) => rests === 'nothing');
  const commitments = rulings.flatMap((ruling) => commitmentOf(ruling, candidate));
  const second = ofOpinion(rulings, new Set(without.map(({ sentence }) => sentence)));
  const [first] = without;
  if (!first) return { action: 'allow', commitments, ...second };
  const places = without.map(({ sentencePlace }) => sentencePlace).sort((one, other) => one.start - other.start);
  const text = sayInstead(candidate, released, places, instead);
  return {
    action: 'replace',
    text,
    reason: `unsupported_${first.kind}`,
    evidence: without.map(({ kind, words }) => `${kind}: ${words.trim()}`).join('; '),
    commitments: stillThere(commitments, candidate, text),
    ...second,
  };
}

function commitmentOf({ kind, place, rests }: Ruling, candidate: string): Committed[] {
  if (typeof rests !== 'object' || place.end <= place.start) return [];
  const evidence = { kind: rests.kind, from: rests.from, version: rests.version };
  return [{ ...place, commitment: { kind, text: candidate.slice(place.start, place.end), evidence } }];
}

/** What a verdict says of a second opinion: what one is asked of, and what was let pass for it. A sentence that is withheld for another claim was not. */
function ofOpinion(rulings: readonly Ruling[], withheld: ReadonlySet<string>) {
  const doubts = new Set(rulings.filter(({ isDoubted }) => isDoubted).map(({ sentence }) => sentence));
  const passed = rulings
    .filter(({ upheld, sentence }) => upheld && !withheld.has(sentence))
    .map(({ upheld, sentence }) => `${sentence} | ${saidOf(upheld)}`);
  return {
    ...(doubts.size > 0 && { doubts: [...doubts] }),
    ...(passed.length > 0 && { upheld: [...new Set(passed)].join('; ') }),
  };
}

function saidOf(upheld: Ruling['upheld']): string {
  return typeof upheld === 'object' && upheld ? `${upheld.source.from}: ${upheld.words}` : 'promises nothing';
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
