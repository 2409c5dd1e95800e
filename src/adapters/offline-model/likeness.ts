import { type Embedder, likeness } from '../../language/embedder.ts';

/** How alike two texts are in meaning, -1 to 1; 0 where one of them was not read before. */
export type Likeness = (a: string, b: string) => number;

/** Reads the texts, so that they can be held against each other. Without an encoder nothing is like anything. */
export async function readMeanings(embedder: Embedder, texts: Iterable<string>): Promise<Likeness> {
  const all = [...new Set(texts)].filter((text) => text.trim() !== '');
  const vectors = await embedder.embed(all).catch(() => []);
  const meaning = new Map(vectors.map((vector, at) => [all[at] ?? '', vector]));
  return (a, b) => {
    const first = meaning.get(a);
    const second = meaning.get(b);
    return first && second ? likeness(first, second) : 0;
  };
}
