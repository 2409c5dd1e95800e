import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KnowledgeIndex, Passage, ScoredPassage, Search } from './documents.ts';

/** Orders passages by how well they answer a question; slower and better than a score. */
export type Reranker = {
  /** Changes when its orders would. */
  id: string;
  /** Places in `passages`, best first; what is left out comes after them. Rejects when it fails. */
  rank(question: string, passages: readonly Passage[], signal: AbortSignal): Promise<readonly number[]>;
};

/** So many passages are ordered. */
const CANDIDATES = 20;
/** Orders kept in memory; those that were not used for longest go first. */
const KEPT = 1_000;

/**
 * The same index with the best 20 passages put in the reranker's order, and as many of them given as were asked for.
 * Where the reranker fails, gives nonsense or has not answered after `patienceMs`, the order stands as it was. Scores are
 * dealt out again, so that they fall from passage to passage; the part `rerank` is what that added. `onTrouble` hears
 * sentences for the log.
 */
export function withReranker(
  index: KnowledgeIndex,
  reranker: Reranker,
  { patienceMs, onTrouble = () => {} }: { patienceMs: number; onTrouble?: (sentence: string) => void },
): KnowledgeIndex {
  const known = new Map<string, Promise<readonly number[]>>();

  async function ask(question: string, passages: readonly Passage[]): Promise<readonly number[]> {
    const signal = AbortSignal.timeout(patienceMs);
    const late = sleep(patienceMs, null, { ref: false });
    const order = await Promise.race([reranker.rank(question, passages, signal), late]);
    if (order === null) throw new Error(`it took longer than ${patienceMs} ms`);
    const usable = usableOf(order, passages.length);
    if (usable.length === 0) throw new Error('it named no passage');
    return usable;
  }

  function orderOf(question: string, passages: readonly Passage[]): Promise<readonly number[]> {
    const parts = [reranker.id, index.version, question, passages.map(({ id }) => id)];
    const key = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
    const order = known.get(key) ?? ask(question, passages);
    known.delete(key);
    known.set(key, order);
    order.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return order;
  }

  return {
    get version() {
      return index.version;
    },
    passage: (id) => index.passage(id),
    async search(search: Search) {
      const found = await index.search({ ...search, limit: Math.max(search.limit, CANDIDATES) });
      const candidates = found.passages.slice(0, CANDIDATES);
      const rest = found.passages.slice(CANDIDATES);
      const asItWas = { ...found, passages: found.passages.slice(0, search.limit) };
      if (candidates.length < 2) return asItWas;
      const passages = candidates.map(({ passage }) => passage);
      try {
        const order = await orderOf(search.question ?? search.query, passages);
        return { ...found, passages: [...reordered(candidates, order), ...rest].slice(0, search.limit) };
      } catch (error) {
        onTrouble(`the passages were not ordered again: ${(error as Error).message}`);
        return asItWas;
      }
    },
  };
}

/** The places that are there, each once. */
function usableOf(order: unknown, count: number): number[] {
  if (!Array.isArray(order)) return [];
  return [...new Set(order)].filter((place) => Number.isInteger(place) && place >= 0 && place < count);
}

function reordered(candidates: readonly ScoredPassage[], order: readonly number[]): ScoredPassage[] {
  const named = new Set(order);
  const rest = [...candidates.keys()].filter((place) => !named.has(place));
  return [...order, ...rest].flatMap((from, to) => {
    const candidate = candidates[from];
    const score = candidates[to]?.score;
    if (!candidate || score === undefined) return [];
    return [{ ...candidate, score, parts: { ...candidate.parts, rerank: score - candidate.score } }];
  });
}
