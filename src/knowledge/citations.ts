import type Anthropic from '@anthropic-ai/sdk';
import type { Citation, CitedPassage, Location } from '../protocol/conversation.ts';
import type { Passage } from './documents.ts';
import { sourceLink } from './source-link.ts';

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
    const current = passage(passageId);
    const { start_block_index: start, end_block_index: end } = location;
    return {
      title: block.title,
      url: current?.url ?? null,
      quote: citedText(location, block).trim(),
      passageId,
      location: { ...placeOf(current, sentencesOf(block)), start, end },
    };
  };
}

/**
 * The passage behind a citation, with the text in which the quote was found: the newest showing in `shown`, or as it is
 * now where no showing is known. Null where the quote stands in neither.
 */
export function citedPassage(
  citation: Citation,
  shown: ShownPassages,
  current: Passage | undefined,
): CitedPassage | null {
  const { title, quote, passageId } = citation;
  const showings = shown.get(passageSource(passageId))?.map(sentencesOf) ?? [];
  const sentences = [...(current ? [current.sentences] : []), ...showings].findLast((text) => rangeOf(citation, text));
  const range = sentences && rangeOf(citation, sentences);
  if (!range) return null;
  const { page, headings } = citation.location ?? placeOf(current, sentences);
  const url = current?.url ?? citation.url;
  return {
    ...{ title, url, quote, passageId, sentences },
    location: { page, headings, ...range },
    link: sourceLink({ url, page, quote }),
    changed: !isSameText(current, sentences),
  };
}

/** Page and headings, which are known of the passage as it is now: they count where its text is still the same. */
function placeOf(current: Passage | undefined, sentences: readonly string[]): Pick<Location, 'page' | 'headings'> {
  if (!current || !isSameText(current, sentences)) return { page: null, headings: [] };
  return { page: current.page, headings: current.headings };
}

function isSameText(current: Passage | undefined, sentences: readonly string[]): boolean {
  return current?.sentences.join('') === sentences.join('');
}

/** The sentences that are the quote: those that the citation names, or, where it names none, the first that are. */
function rangeOf({ quote, location }: Citation, sentences: readonly string[]): { start: number; end: number } | null {
  const isQuote = (start: number, end: number) => sentences.slice(start, end).join('').trim() === quote;
  if (location && isQuote(location.start, location.end)) return { start: location.start, end: location.end };
  for (let start = 0; start < sentences.length; start += 1) {
    for (let end = start + 1; end <= sentences.length; end += 1) if (isQuote(start, end)) return { start, end };
  }
  return null;
}

function sentencesOf({ content }: Anthropic.SearchResultBlockParam): string[] {
  return content.map(({ text }) => text);
}

function isQuoted(location: Anthropic.CitationsSearchResultLocation, block: Anthropic.SearchResultBlockParam): boolean {
  const { start_block_index: start, end_block_index: end } = location;
  const isRange = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end;
  if (!isRange || end > block.content.length) return false;
  const quote = withoutSpacing(citedText(location, block));
  return quote !== '' && quote === withoutSpacing(location.cited_text);
}

function citedText(location: Anthropic.CitationsSearchResultLocation, block: Anthropic.SearchResultBlockParam): string {
  return sentencesOf(block).slice(location.start_block_index, location.end_block_index).join('');
}

/** White space at the seams of blocks is not kept the same by everything that speaks the Messages API. */
function withoutSpacing(text: string): string {
  return text.replace(/\s+/g, '');
}
