import { createHash } from 'node:crypto';
import { tokenize } from '../language/tokens.ts';
import { chunkDocument } from './chunk.ts';
import type { KnowledgeIndex, Passage, ScoredPassage, SourceDocument } from './documents.ts';
import { buildPostings, type Postings, type TermCounts } from './postings.ts';

const HEADING_WEIGHT = 1.5;
/** Words of the noted ways to ask, beside the section's own. */
const ASKED_WEIGHT = 0.5;
const BIGRAM_WEIGHT = 0.3;
const NEIGHBOUR_WEIGHT = 0.1;

/** `passages` are in document order. */
export type LexicalIndex = KnowledgeIndex & { passages: readonly Passage[] };

/**
 * Builds an index over passages of the documents: BM25 over stems and pairs of neighbouring stems, in memory. Equal
 * scores come in document order. Throws when two documents have the same id.
 */
export function buildKnowledgeIndex(documents: readonly SourceDocument[]): LexicalIndex {
  const passages = documents.flatMap(chunkDocument);
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  if (new Set(documents.map((document) => document.id)).size < documents.length) {
    throw new Error('Two documents have the same id.');
  }
  const postings = buildPostings(countAllTerms(passages));
  const scorer = createScorer(passages, postings);
  return {
    version: versionOf(documents),
    passages,
    passage: (id) => byId.get(id),
    search: async ({ query, limit }) => {
      const found = scorer(query, limit);
      return { passages: found, relevance: found[0]?.coverage ?? 0 };
    },
  };
}

function versionOf(documents: readonly SourceDocument[]): string {
  const hash = createHash('sha256');
  for (const { id, title, url, text, summaries } of documents)
    hash.update(`${JSON.stringify([id, title, url, text, summaries])}\n`);
  return hash.digest('hex').slice(0, 16);
}

// One passage's counts at a time: all of them at once would take gigabytes in a large index.
function* countAllTerms(passages: readonly Passage[]): Generator<TermCounts> {
  for (const passage of passages) yield countTerms(passage);
}

/** Terms of a passage: its own count once, those of its title and headings more; pairs once wherever they stand. */
function countTerms(passage: Passage): TermCounts {
  const heading = tokenize([passage.title, ...passage.headings].join('\n'));
  const body = tokenize(passage.sentences.join(''));
  const counts: TermCounts = { words: new Map(), pairs: new Map() };
  addAll(counts.words, body, 1);
  addAll(counts.words, heading, HEADING_WEIGHT);
  addAll(counts.words, tokenize(passage.asked.join('\n')), ASKED_WEIGHT);
  addAll(counts.pairs, [...pairsOf(heading), ...pairsOf(body)], 1);
  return counts;
}

function pairsOf(terms: readonly string[]): string[] {
  return terms.slice(1).map((term, index) => `${terms[index]} ${term}`);
}

function addAll(counts: Map<string, number>, terms: readonly string[], weight: number): Map<string, number> {
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  return counts;
}

type Scorer = (query: string, limit: number) => ScoredPassage[];

function createScorer(passages: readonly Passage[], postings: Postings): Scorer {
  // Working memory, one slot a passage. It is zero between searches: each search clears what it touched.
  const scores = new Float64Array(passages.length);
  const covered = new Float64Array(passages.length);
  const startsDocument = Uint8Array.from(passages, ({ documentId }, at) =>
    documentId === passages[at - 1]?.documentId ? 0 : 1,
  );

  function accumulate(query: string): { touched: number[]; mass: number } {
    const touched: number[] = [];
    let mass = 0;
    const terms = tokenize(query);
    for (const [term, count] of addAll(new Map(), terms, 1)) {
      const weight = count * postings.idf(term);
      mass += weight;
      const found = postings.find(term);
      found?.passages.forEach((passage, at) => {
        if (scores[passage] === 0) touched.push(passage);
        scores[passage] = (scores[passage] ?? 0) + count * (found.impacts[at] ?? 0);
        covered[passage] = (covered[passage] ?? 0) + weight;
      });
    }
    for (const [pair, count] of addAll(new Map(), pairsOf(terms), 1)) {
      const found = postings.find(pair);
      found?.passages.forEach((passage, at) => {
        scores[passage] = (scores[passage] ?? 0) + BIGRAM_WEIGHT * count * (found.impacts[at] ?? 0);
      });
    }
    return { touched, mass };
  }

  function total(passage: number): number {
    const before = startsDocument[passage] === 1 ? 0 : (scores[passage - 1] ?? 0);
    const after = startsDocument[passage + 1] === 1 ? 0 : (scores[passage + 1] ?? 0);
    return (scores[passage] ?? 0) + NEIGHBOUR_WEIGHT * Math.max(before, after);
  }

  return (query, limit) => {
    const { touched, mass } = accumulate(query);
    const best = topOf(touched, total, limit);
    const ranked = best.flatMap(({ passage: number, score }) => {
      const passage = passages[number];
      return passage
        ? [{ passage, score, coverage: Math.min(1, (covered[number] ?? 0) / mass), parts: { words: score } }]
        : [];
    });
    for (const passage of touched) {
      scores[passage] = 0;
      covered[passage] = 0;
    }
    return ranked;
  };
}

type Scored = { passage: number; score: number };

/** The `limit` best of the candidates, best first, the earlier passage first among equals. */
function topOf(candidates: readonly number[], score: (passage: number) => number, limit: number): Scored[] {
  const top: Scored[] = [];
  const isBetter = (a: Scored, b: Scored) => a.score > b.score || (a.score === b.score && a.passage < b.passage);
  for (const passage of candidates) {
    const worst = top.length < limit ? undefined : top[top.length - 1];
    const entry = { passage, score: score(passage) };
    if (limit <= 0 || (worst !== undefined && !isBetter(entry, worst))) continue;
    let at = top.length;
    for (let above = top[at - 1]; above !== undefined && isBetter(entry, above); above = top[at - 1]) at--;
    top.splice(at, 0, entry);
    if (top.length > limit) top.pop();
  }
  return top;
}
