import type { PlacedCitation } from './conversation-view.ts';
import { visible } from './visible.ts';

/** A source as a message cites it: all the passages that carry its number. */
export type Cited = { number: number; title: string; url: string | null; quotes: string[] };

export type OpenPassage = (cited: Cited, from: HTMLElement) => void;

/** One entry for each number, in the order of the numbers: what the list of sources shows. */
export function sourcesOf(citations: PlacedCitation[]): Cited[] {
  const sources: Cited[] = [];
  for (const { number, title, url, quote } of citations) {
    sources[number] ??= { number, title: visible(title), url, quotes: [] };
    const { quotes } = sources[number];
    if (!quotes.includes(visible(quote))) quotes.push(visible(quote));
  }
  return sources.filter(Boolean);
}
