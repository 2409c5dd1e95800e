import { splitSentences } from '../language/sentences.ts';
import { saysSomething } from '../language/small-talk.ts';

/** A query of more words asks several things. */
const ONE_THING = 30;
/** More sentences than this are taken together, in order: each is a search of its own. */
const MOST = 12;

/** A query as what is looked for one by one: itself where it is short, else those of its sentences that say something. */
export function unitsOf(query: string): string[] {
  if (sizeOf(query) <= ONE_THING) return [query];
  const sentences = splitSentences(query)
    .map((sentence) => sentence.trim())
    .filter(saysSomething);
  if (sentences.length < 2) return [query];
  const share = Math.ceil(sentences.length / MOST);
  const groups = Math.ceil(sentences.length / share);
  return Array.from({ length: groups }, (_, n) => sentences.slice(n * share, (n + 1) * share).join(' '));
}

/** Words; by length where a text has few spaces. */
function sizeOf(text: string): number {
  return Math.max(text.match(/\S+/g)?.length ?? 0, text.length / 12);
}
