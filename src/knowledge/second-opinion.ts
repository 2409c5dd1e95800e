import { setTimeout as sleep } from 'node:timers/promises';
import { type Embedder, likeness } from '../language/embedder.ts';
import { speller } from '../language/spelling.ts';
import type { Passage, ScoredPassage } from './documents.ts';
import type { LexicalIndex } from './lexical-index.ts';

/** Up to so many passages the encoder reads them all; of more, only what the lexical search finds. */
const SMALL = 1_000;
const CANDIDATES = 50;
/**
 * What the best lexical score and the likeness to the headings count for, beside the likeness to a sentence. Fitted on
 * customers' questions to two companies, for the passages among the first five (docs/decisions/0006).
 */
const LEXICAL_WEIGHT = 0.2;
const HEADING_WEIGHT = 0.3;
/** What the likeness of the whole query, earlier messages included, counts for beside that of the question alone. */
const WHOLE_WEIGHT = 0.9;

/**
 * The same index with a sentence encoder's opinion added: the likeness of the question to a passage's best sentence, or
 * to a way to ask that its writer noted, and to its headings. It also finds what shares no word with the question. Where the encoder fails, the lexical order
 * stands; likewise where it has not answered after `patienceMs`, since it reads a new knowledge for some seconds.
 * `texts` are what the encoder reads of a small knowledge, and can read ahead of the first question.
 */
export function withEncoder(
  index: LexicalIndex,
  embedder: Embedder,
  { patienceMs }: { patienceMs: number },
): LexicalIndex & { texts: readonly string[] } {
  const small = index.passages.length <= SMALL;
  const texts = index.passages.flatMap(textsOf);
  const spell = speller(texts);
  return {
    ...index,
    texts: small ? texts : [],
    async search({ query: misspelt, question: asked = misspelt, limit }) {
      const query = spell(misspelt);
      const question = spell(asked);
      const lexical = await index.search({
        query,
        limit: small ? index.passages.length : Math.max(limit, CANDIDATES),
      });
      const found = lexical.passages;
      const candidates = small ? withRest(found, index.passages) : found;
      const opinion = meaningsOf(candidates, [...new Set([question, query])], embedder).catch(() => null);
      const meant = await Promise.race([opinion, sleep(patienceMs, null, { ref: false })]);
      if (!meant) return { ...lexical, passages: found.slice(0, limit) };
      const most = found[0]?.score ?? 1;
      const passages = candidates
        .map((one, at) => {
          const parts = { words: (LEXICAL_WEIGHT * one.score) / most, meaning: meant[at] ?? 0 };
          return { ...one, score: parts.words + parts.meaning, parts };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
      return { passages, relevance: lexical.relevance };
    },
  };
}

/** What was found, and after it what shares no word with the question. */
function withRest(found: readonly ScoredPassage[], passages: readonly Passage[]): ScoredPassage[] {
  const known = new Set(found.map(({ passage }) => passage));
  const rest = passages.filter((passage) => !known.has(passage));
  return [...found, ...rest.map((passage) => ({ passage, score: 0, coverage: 0, parts: {} }))];
}

async function meaningsOf(
  candidates: readonly ScoredPassage[],
  wordings: readonly string[],
  embedder: Embedder,
): Promise<number[]> {
  const texts = candidates.map(({ passage }) => textsOf(passage));
  const asked = await embedder.embed(wordings, 'query');
  const vectors = await embedder.embed(texts.flat(), 'document');
  let at = 0;
  return texts.map((own) => {
    const likely = (vector: Float32Array) =>
      Math.max(...asked.map((one, n) => (n === 0 ? 1 : WHOLE_WEIGHT) * likeness(one, vector)));
    const [heading = 0, ...rest] = vectors.slice(at, at + own.length).map(likely);
    at += own.length;
    return HEADING_WEIGHT * heading + Math.max(0, ...rest);
  });
}

/** What a passage is compared by: its headings, then each of its sentences and each way to ask for it. */
function textsOf({ title, headings, sentences, asked }: Passage): string[] {
  return [[title, ...headings].join(' – '), ...sentences.map((sentence) => sentence.trim()), ...asked];
}
