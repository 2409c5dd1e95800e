import porter2 from 'wink-porter2-stemmer';

const CACHE_LIMIT = 50_000;
const cache = new Map<string, string>();

/** The English (Porter2) stem of a lower-case word. A word with anything but a–z in it comes back as it is. */
export function stem(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word;
  const known = cache.get(word);
  if (known !== undefined) return known;
  // Stemming is a chain of regular expressions and dominates the building of an index; texts repeat their words.
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const stemmed = porter2(word);
  cache.set(word, stemmed);
  return stemmed;
}
