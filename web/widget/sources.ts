import type { Location } from '../../src/protocol/conversation.ts';
import type { ViewMessage } from './conversation-view.ts';
import { visible } from './visible.ts';

/** A source as a message cites it. */
export type Cited = {
  messageId: string;
  number: number;
  title: string;
  url: string | null;
  quote: string;
  location: Location | null;
};

export type OpenPassage = (cited: Cited, from: HTMLElement) => void;

/** One entry for each number, in the order of the numbers: what the list of sources shows. */
export function sourcesOf({ id, citations }: Pick<ViewMessage, 'id' | 'citations'>): Cited[] {
  const sources: Cited[] = [];
  for (const citation of citations) {
    sources[citation.number] ??= { ...citation, title: visible(citation.title), messageId: id };
  }
  return sources.filter(Boolean);
}
