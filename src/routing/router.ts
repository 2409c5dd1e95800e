import { setTimeout as sleep } from 'node:timers/promises';
import { GENERAL, type Mood, type Router, type Verdict } from '../agent/route.ts';
import { consentOf } from '../language/consent.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Embedder } from '../language/embedder.ts';
import { wordingOf } from '../language/question.ts';
import { splitSentences } from '../language/sentences.ts';
import { contentWords } from '../language/small-talk.ts';
import { isStopWord } from '../language/stop-words.ts';
import { words } from '../language/tokens.ts';
import type { Classifier, Judgement } from './classifier.ts';
import type { TrainingSet } from './training-set.ts';

/** Characters of a message that are read: half of them its beginning, half its end. */
const READ_CHARACTERS = 2_000;
/** How long a message waits for the encoder, ms; its words decide alone then. */
const PATIENCE_MS = 60;
/** Sentences of a message that are looked at one by one. The encoder needs some 5 ms for each. */
const SENTENCES = 4;
/** Words of a sentence that can be about something of its own. */
const SHORTEST_SENTENCE = 3;
/** Examples in a language from which on the classifier is trusted with it. */
const FEWEST_EXAMPLES = 3;
/** So few words may all be stop words of some language. */
const FEW_WORDS = 4;
const SCORES = 3;
/** Where a sentence may go on with something else: ", and" in the languages of the chat. */
const ANOTHER_THING =
  /[,;]\s+(?:and|also|but|plus|y|además|pero|und|außerdem|aber|et|aussi|mais|e|também|mas|anche|ma|en|ook|maar)\s+/iu;

export type RouterParts = {
  classifier: Classifier;
  /** What has read the classifier's examples; null for words alone. It must read English, and be on this machine. */
  embedder: Embedder | null;
  /** What the classifier has learned from. */
  set: TrainingSet;
  patienceMs?: number;
};

/**
 * Says which desk a message is for, by a classifier whose labels are `route` or `route/intent`. A message of several
 * sentences that are for several desks is sure of none, nor is one in a language without examples. What is an example word
 * for word belongs where the example does, even where few examples leave the classifier unsure.
 */
export function openRouter({ classifier, set, ...encoding }: RouterParts): Router {
  // With the first message: a start has enough to do.
  let learned: ReturnType<typeof learnedFrom> | null = null;
  return {
    version: classifier.version,
    ...(encoding.patienceMs !== undefined && { patienceMs: encoding.patienceMs }),
    async classify(text) {
      learned ??= learnedFrom(set);
      const { languages, known } = learned;
      const message = beginningAndEnd(text);
      const language = detectLanguage(message, 'question');
      const mood = await moodIn(message, language);
      if (!isAboutSomething(message)) return { language, mood, ...NOTHING_KNOWN };
      const label = known.get(wordingOf(message));
      if (label !== undefined) return { language, mood, ...verdictOf(readingOf([label], CERTAIN)) };
      if (language !== null && !languages.has(language)) return { language, mood, ...NOTHING_KNOWN };
      const pieces = piecesOf(message);
      const vectors = await vectorsOf(pieces, language, encoding);
      const readings = pieces.map((piece, at) => {
        return readingOf(classifier.labels, classifier.classify(piece, vectors?.[at] ?? null));
      });
      return { language, mood, ...verdictOf(agreed(readings)) };
    },
  };
}

/** What is said before anything was learned, and of what nothing can be learned from. */
const NOTHING_KNOWN = { route: GENERAL, intent: null, confidence: 0, outOfScope: 0, scores: [] };

const CERTAIN = { probabilities: Float64Array.of(1), outOfScope: 0 };

/** Sure of nothing: for as long as a classifier is in training. */
export function untrainedRouter(version: string): Router {
  return {
    version,
    async classify(text) {
      const message = beginningAndEnd(text);
      const language = detectLanguage(message, 'question');
      return { language, mood: await moodIn(message, language), ...NOTHING_KNOWN };
    },
  };
}

/** Its words are loaded with the first message. */
async function moodIn(message: string, language: string | null): Promise<Mood> {
  return (await import('./mood.ts')).moodOf(message, language);
}

/** The languages of the examples, and their labels by wording. */
function learnedFrom(set: TrainingSet): { languages: ReadonlySet<string>; known: ReadonlyMap<string, string> } {
  const known = new Map(set.examples.map(({ text, label }) => [wordingOf(text), label]));
  return { languages: languagesOf(set), known };
}

/** The languages that at least a few of the examples are in. */
function languagesOf({ examples }: TrainingSet): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of examples) {
    const language = detectLanguage(text, 'question');
    if (language !== null) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= FEWEST_EXAMPLES).map(([language]) => language));
}

/** False for a yes, a no, thanks or a number, which mean what was asked before; in whatever language they may be. */
function isAboutSomething(message: string): boolean {
  if (consentOf(message) !== null) return false;
  const left = contentWords(words(message));
  return left.length > FEW_WORDS || !left.every((word) => isStopWord(word));
}

function beginningAndEnd(text: string): string {
  if (text.length <= READ_CHARACTERS) return text;
  const half = READ_CHARACTERS / 2;
  return `${text.slice(0, half)}\n${text.slice(-half)}`.toWellFormed();
}

/** The whole message and, where it has several, those of its sentences that can be about something: the first and the last. */
function piecesOf(message: string): string[] {
  const sentences = splitSentences(message)
    .flatMap((sentence) => sentence.split(ANOTHER_THING))
    .map((sentence) => sentence.trim())
    .filter((sentence) => words(sentence).length >= SHORTEST_SENTENCE);
  if (sentences.length < 2) return [message];
  const outer = sentences.filter((_, at) => at < SENTENCES / 2 || at >= sentences.length - SENTENCES / 2);
  return [message, ...outer];
}

/** Null where there is no encoder, the message is in a language that it does not read, or it takes too long. */
async function vectorsOf(
  pieces: readonly string[],
  language: string | null,
  { embedder, patienceMs = PATIENCE_MS }: Pick<RouterParts, 'embedder' | 'patienceMs'>,
): Promise<Float32Array[] | null> {
  if (!embedder || (language !== null && language !== 'en')) return null;
  const read = embedder.embed(pieces, 'query').catch(() => null);
  return Promise.race([read, sleep(patienceMs, null, { ref: false })]);
}

/** How probable each desk is for a text, and within it each intent; `null` is its name where a desk has none. */
type Reading = { desks: Map<string, Map<string | null, number>>; outOfScope: number };

function readingOf(
  labels: readonly string[],
  { probabilities, outOfScope }: Pick<Judgement, 'probabilities' | 'outOfScope'>,
): Reading {
  const desks: Reading['desks'] = new Map();
  for (const [at, label] of labels.entries()) {
    const [route = label, intent = null] = label.split('/');
    desks.set(route, (desks.get(route) ?? new Map<string | null, number>()).set(intent, probabilities[at] ?? 0));
  }
  return { desks, outOfScope };
}

/**
 * One reading of the whole message and those of its sentences: the more a sentence is for another desk than the whole, the
 * more it counts, so that neither of the two is left sure.
 */
function agreed([whole, ...sentences]: readonly Reading[]): Reading {
  if (!whole) return { desks: new Map(), outOfScope: 1 };
  const outOfScope = Math.min(whole.outOfScope, ...sentences.map((sentence) => sentence.outOfScope));
  const [first] = ranked(whole);
  const dissents = sentences.map((sentence) => {
    const [best] = ranked(sentence);
    const dissent = best && best.route !== first?.route ? best.probability * (1 - sentence.outOfScope) : 0;
    return { sentence, dissent };
  });
  const { sentence, dissent } = dissents.reduce((a, b) => (b.dissent > a.dissent ? b : a), {
    sentence: whole,
    dissent: 0,
  });
  return { desks: mixed(whole.desks, sentence.desks, dissent), outOfScope };
}

/** Means of two, where the first counts 1 and the other `weight`. */
function mixed(one: Reading['desks'], other: Reading['desks'], weight: number): Reading['desks'] {
  const mean = (a = 0, b = 0) => (a + weight * b) / (1 + weight);
  const desks: Reading['desks'] = new Map();
  for (const [route, intents] of one) {
    const theirs = other.get(route);
    desks.set(route, new Map([...intents].map(([intent, share]) => [intent, mean(share, theirs?.get(intent))])));
  }
  return desks;
}

function verdictOf(reading: Reading): Pick<Verdict, 'route' | 'intent' | 'confidence' | 'outOfScope' | 'scores'> {
  const scores = ranked(reading).slice(0, SCORES);
  const [best] = scores;
  if (!best) return NOTHING_KNOWN;
  const intents = [...(reading.desks.get(best.route) ?? [])].sort(([, a], [, b]) => b - a);
  const intent = intents[0]?.[0] ?? null;
  return { route: best.route, intent, confidence: best.probability, outOfScope: reading.outOfScope, scores };
}

/** Likeliest first. */
function ranked({ desks }: Reading): Verdict['scores'][number][] {
  return [...desks]
    .map(([route, intents]) => ({ route, probability: [...intents.values()].reduce((sum, share) => sum + share, 0) }))
    .sort((a, b) => b.probability - a.probability);
}
