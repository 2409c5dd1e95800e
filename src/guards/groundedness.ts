import { ALLOW, type Guard, type Seen, type Source, type Verdict } from '../agent/guard.ts';
import { detectLanguage } from '../language/detect.ts';
import { type Language, languageOf } from '../language/languages.ts';
import { splitSentences } from '../language/sentences.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import type { Span } from '../protocol/events.ts';
import { claimIn, withoutMarkup } from './groundedness/claims.ts';
import { indexOf, type SourceIndex, sentencesIn } from './groundedness/source-index.ts';
import { doubtOf, type Ground } from './groundedness/support.ts';
import { LOOK_BACK, sayInstead } from './instead.ts';

type GroundednessSettings = {
  /** The share of a sentence's words that the sources must have, from 0 to 1. */
  threshold: number;
  /** What stands in place of a sentence, where it is replaced. */
  say?: Wording | undefined;
};

/**
 * Each sentence that states a fact rests on what the conversation has shown. Its figures with their units, names and negations must
 * agree, and a share of its words must be there. `replace`: with another sentence in its place, else only its place is marked.
 */
export function groundednessGuard(settings: GroundednessSettings & { replace: boolean }): Guard {
  return {
    name: 'groundedness',
    read: (source, seen) => void indexOf(source, languageIn(seen)),
    checkArguments: null,
    check(candidate, seen): Verdict {
      const { released } = seen;
      const tail = released.slice(-LOOK_BACK).replace(/^\S*\s/, '');
      const places: Span[] = [];
      let reason: string | null = null;
      const evidence: string[] = [];
      let ground: Ground | null = null;
      let at = 0;
      for (const sentence of splitSentences(tail + candidate)) {
        const [start, end] = [at - tail.length, at + sentence.trimEnd().length - tail.length];
        at += sentence.length;
        const claim = end > 0 ? claimIn(withoutMarkup(sentence)) : null;
        if (claim === null) continue;
        ground ??= groundOf(candidate, seen);
        const doubt = doubtIn(claim, ground, settings.threshold);
        if (doubt === null) continue;
        places.push({ start: Math.max(0, start), end });
        reason ??= doubt.reason;
        evidence.push(`${doubt.reason}: ${doubt.evidence}`);
      }
      if (reason === null) return ALLOW;
      const told = { reason, evidence: evidence.join('; ') };
      if (!settings.replace) return { action: 'mark', places, ...told };
      const sentence = inLanguage(UNKNOWN, seen.language, settings.say);
      return { action: 'replace', text: sayInstead(candidate, released, places, sentence), ...told };
    },
  };
}

function doubtIn(claim: string, ground: Ground, threshold: number): { reason: string; evidence: string } | null {
  if (ground.indexes.length === 0) return { reason: 'no_source', evidence: 'nothing was shown' };
  return doubtOf(claim, ground, threshold);
}

/** The language of the conversation, where the reply does not tell it. */
function languageIn({ language, question }: Seen): Language {
  return language === null ? (detectLanguage(question, 'question') ?? 'en') : languageOf(language);
}

/** By the language of the segment: most of a reply is in one. */
const GROUNDS = new WeakMap<Seen, Map<Language, Ground>>();

function groundOf(candidate: string, seen: Seen): Ground {
  const { released } = seen;
  const language: Language =
    detectLanguage(candidate) ?? (released === '' ? null : detectLanguage(released.slice(-500))) ?? languageIn(seen);
  const known = GROUNDS.get(seen) ?? new Map<Language, Ground>();
  GROUNDS.set(seen, known);
  const said = known.values().next().value?.said ?? indexOf(wordsOf(seen), language);
  const ground = known.get(language) ?? groundIn(language, seen, said);
  known.set(language, ground);
  return ground;
}

function groundIn(language: Language, { sources }: Seen, said: SourceIndex): Ground {
  const indexes = sources.map((source) => indexOf(source, language));
  const from = [0];
  for (const index of indexes) from.push((from.at(-1) ?? 0) + sentencesIn(index));
  const comparable =
    language !== 'und' && indexes.every((index) => index.language === null || index.language === language);
  return { indexes, from, said, language, comparable };
}

/** What the customer has said, and what is known of the two who talk. */
function wordsOf({ said, question, company, contact, customer }: Seen): Source {
  const known = [...said, question, company, ...Object.values(contact), customer ? JSON.stringify(customer) : ''];
  return { kind: 'colleague', from: '', version: '', text: known.join('\n') };
}

const UNKNOWN = {
  en: 'I could not find this in our information.',
  es: 'No he encontrado esto en nuestra información.',
  de: 'Das habe ich in unseren Informationen nicht gefunden.',
  fr: 'Je n’ai pas trouvé cela dans nos informations.',
  pt: 'Não encontrei isto nas nossas informações.',
  it: 'Non ho trovato questo nelle nostre informazioni.',
  nl: 'Dit heb ik niet in onze informatie gevonden.',
};
