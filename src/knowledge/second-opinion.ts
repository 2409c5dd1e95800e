import { setTimeout as sleep } from 'node:timers/promises';
import { isCode } from '../language/code.ts';
import type { Embedder } from '../language/embedder.ts';
import { speller } from '../language/spelling.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import type { Found, KnowledgeIndex, Passage, ScoredPassage, Search } from './documents.ts';
import { fuse, fuseWithContext } from './fusion.ts';
import { type Likeness, Meanings } from './meanings.ts';
import { encoderTexts, isSmall, sentenceTexts, unitRead } from './passage-texts.ts';
import { unitsOf } from './query-units.ts';
import { relevanceOf, type Signals } from './relevance.ts';

/** Of a knowledge that is not small, so many passages that the words of a unit find are compared by meaning. */
const CANDIDATES = 200;
/** Of a larger knowledge the words are not collected: slips of the pen stay, and nothing is read ahead. */
const LARGEST_READ = 10_000;
/** So many of the best passages tell whether the knowledge is code, of which an encoder of sentences knows nothing. */
const LOOKED_AT = 10;

/** An index of words. `passages`, in document order, are asked for of a knowledge that is not too large. */
export type WordIndex = KnowledgeIndex & { readonly size: number; readonly passages: readonly Passage[] };

/** `texts`: what the encoder reads of the knowledge, and can read ahead of the first question. */
export type MeaningIndex = WordIndex & { readonly texts: readonly string[] };

/**
 * The search of a server: an index of words with a sentence encoder's opinion added, which in a small knowledge also finds
 * what shares no word with the question. A long query is looked for sentence by sentence, and slips of the pen are mended.
 * Where the encoder fails, or has not answered after `patienceMs`, words alone decide, as they do with null. `onSignals`
 * hears what the relevance of each search was made of.
 */
export function withEncoder(
  index: WordIndex,
  embedder: Embedder | null,
  { patienceMs, onSignals }: { patienceMs: number; onSignals?: (signals: Signals) => void },
): MeaningIndex {
  const meanings = embedder && new Meanings(embedder);
  const spelling = spellingOf(index);

  async function compare(texts: readonly string[], candidates: readonly Candidate[]): Promise<Likeness[][] | null> {
    if (!meanings || candidates.length === 0) return null;
    const passages = candidates.map(({ passage }) => passage);
    const opinion = meanings.compare(texts, passages, index.size).catch(() => null);
    return Promise.race([opinion, sleep(patienceMs, null, { ref: false })]);
  }

  /** Words that decide alone need no more than is asked for. */
  function candidateLimit(units: number, limit: number): number {
    if (!meanings && units === 1) return Math.max(limit, LOOKED_AT);
    return isSmall(index.size) ? index.size : Math.max(limit, CANDIDATES);
  }

  async function search({ query: said, question: asked = said, limit, filter }: Search): Promise<Found> {
    const [query, question] = [said, asked].map(spelling()) as [string, string];
    const leans = query !== question;
    const units = leans ? [question, query] : unitsOf(query);
    const bounds = { limit: candidateLimit(units.length, limit), ...(filter && { filter }) };
    const found = await Promise.all(units.map((unit) => index.search({ query: unit, ...bounds })));
    const rest = isSmall(index.size) && meanings ? index.passages : [];
    const candidates = candidatesOf(found, { rest, filter });
    const meant = await compare(units, candidates);
    const passages = rank(candidates, { meant, leans, weight: embedder?.weight ?? 1 });
    if (passages.length === 0) return { passages, relevance: 0 };
    const signals = signalsOf({ found, meant, passages });
    onSignals?.(signals);
    return { passages: passages.slice(0, limit), relevance: relevanceOf(signals) };
  }

  return {
    get version() {
      return index.version;
    },
    get size() {
      return index.size;
    },
    get passages() {
      return index.passages;
    },
    get texts() {
      if (!embedder || index.size > LARGEST_READ) return [];
      const unit = unitRead(embedder, index.size);
      return index.passages.flatMap((passage) => encoderTexts(passage, unit));
    },
    passage: (id) => index.passage(id),
    search,
  };
}

type Opinion = { meant: readonly Likeness[][] | null; leans: boolean; weight: number };

/** `leans`: the units are a question, and the same with earlier messages that say what it is about. */
function rank(candidates: readonly Candidate[], { meant, leans, weight }: Opinion): ScoredPassage[] {
  const trust = meant && isMostlyCode(candidates) ? 0 : weight;
  const fitted = candidates.map(({ passage, fits }, at) => ({
    documentId: passage.documentId,
    fits: fits.map((fit, unit) => ({ ...fit, likeness: meant?.[unit]?.[at] ?? null })),
  }));
  const fused = leans ? fuseWithContext(fitted, trust) : fuse(fitted, trust);
  return candidates
    .map(({ passage, coverage }, at) => ({ passage, coverage, ...(fused[at] ?? { score: 0, parts: {} }) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** Whether most of what the words found first is code. */
function isMostlyCode(candidates: readonly Candidate[]): boolean {
  const looked = candidates.slice(0, LOOKED_AT);
  return 2 * looked.filter(({ passage }) => isCode(passage.sentences.join(''))).length > looked.length;
}

type Searched = { found: readonly Found[]; meant: readonly Likeness[][] | null; passages: readonly ScoredPassage[] };

/** From what the words of each unit found, what each means, and how all came out. */
function signalsOf({ found, meant, passages }: Searched): Signals {
  const masses = found.map(({ words }) => words?.mass ?? 0);
  const mass = masses.reduce((sum, one) => sum + one, 0) || 1;
  const unknown = found.reduce((sum, { words }, unit) => sum + (words?.unknown ?? 0) * (masses[unit] ?? 0), 0) / mass;
  const words = found.map(({ passages: [best] }, unit) => (best?.score ?? 0) / (2 * (masses[unit] || 1)));
  const [best, fifth] = [passages[0], passages[4]];
  return {
    likeness: meant && Math.max(...meant.flat().map(({ whole, sentence }) => Math.max(whole, sentence ?? 0))),
    words: Math.max(...words),
    coverage: best?.coverage ?? 0,
    unknown,
    lead: best ? 1 - (fifth?.score ?? 0) / best.score : 0,
  };
}

/** Mends slips of the pen by the words of the knowledge as it is now. */
function spellingOf(index: WordIndex): () => (text: string) => string {
  let version: string | null = null;
  let spell = (text: string) => text;
  return () => {
    if (version === index.version) return spell;
    version = index.version;
    spell = index.size > LARGEST_READ ? (text) => text : speller(index.passages.flatMap(sentenceTexts));
    return spell;
  };
}
