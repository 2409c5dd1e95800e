import type Anthropic from '@anthropic-ai/sdk';
import type { Citation } from '../protocol/conversation.ts';
import type { Passage } from './documents.ts';

const SOURCE_PREFIX = 'passage:';

/** The `source` of a passage's search_result block. */
export function passageSource(passageId: string): string {
  return SOURCE_PREFIX + passageId;
}

/** The search_result blocks that a model was shown, by source. A passage that changed between two showings has two. */
export type ShownPassages = ReadonlyMap<string, readonly Anthropic.SearchResultBlockParam[]>;

/** Finds all search_result blocks of a request's messages: in customers' turns and in tool results. */
export function shownPassages(messages: readonly Anthropic.MessageParam[]): ShownPassages {
  const shown = new Map<string, Anthropic.SearchResultBlockParam[]>();
  for (const block of messages.flatMap(searchResults)) {
    shown.set(block.source, [...(shown.get(block.source) ?? []), block]);
  }
  return shown;
}

function searchResults({ content }: Anthropic.MessageParam): Anthropic.SearchResultBlockParam[] {
  const blocks: Anthropic.ContentBlockParam[] = typeof content === 'string' ? [] : content;
  return blocks.flatMap((block) => {
    if (block.type === 'search_result') return [block];
    const results = block.type === 'tool_result' && Array.isArray(block.content) ? block.content : [];
    return results.filter((result) => result.type === 'search_result');
  });
}

export type CitationResolver = (location: Anthropic.TextCitation) => Omit<Citation, 'number'> | null;

/**
 * Turns the API's citation locations into ours. The quote is the text that was shown, never the model's. Gives null
 * for a location that is not a search result, names a source that was not shown, has indexes outside it, or quotes
 * text that is not there. `passage` resolves the public address; a passage that is no longer known has none.
 */
export function citationResolver(shown: ShownPassages, passage: (id: string) => Passage | undefined): CitationResolver {
  return (location) => {
    if (location.type !== 'search_result_location' || !location.source.startsWith(SOURCE_PREFIX)) return null;
    // The newest showing is tried first; the text decides which one is meant.
    const block = shown.get(location.source)?.findLast((candidate) => isQuoted(location, candidate));
    if (block === undefined) return null;
    const passageId = location.source.slice(SOURCE_PREFIX.length);
    return {
      title: block.title,
      url: passage(passageId)?.url ?? null,
      quote: citedText(location, block).trim(),
      passageId,
    };
  };
}

function isQuoted(location: Anthropic.CitationsSearchResultLocation, block: Anthropic.SearchResultBlockParam): boolean {
  const { start_block_index: start, end_block_index: end } = location;
  const isRange = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end;
  if (!isRange || end > block.content.length) return false;
  const quote = withoutSpacing(citedText(location, block));
  return quote !== '' && quote === withoutSpacing(location.cited_text);
}

function citedText(location: Anthropic.CitationsSearchResultLocation, block: Anthropic.SearchResultBlockParam): string {
  return block.content
    .slice(location.start_block_index, location.end_block_index)
    .map((part) => part.text)
    .join('');
}

/** White space at the seams of blocks is not kept the same by everything that speaks the Messages API. */
function withoutSpacing(text: string): string {
  return text.replace(/\s+/g, '');
}
