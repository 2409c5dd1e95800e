import type Anthropic from '@anthropic-ai/sdk';
import { READ_ONLY, type Tool } from '../agent/tool.ts';
import { passageSource } from '../knowledge/citations.ts';
import type { Filter, KnowledgeIndex, Passage } from '../knowledge/documents.ts';
import { IRRELEVANT } from '../knowledge/relevance.ts';

const PASSAGES = 8;
const LONGEST_QUERY = 2_000;
/** What stands before passages that hardly answer. They stay, since the estimate may be wrong. */
const NOTHING_FITS: Anthropic.TextBlockParam = {
  type: 'text',
  text: 'Probably no article answers this; these came nearest. Unless one of them does, say that you do not know.',
};

/**
 * The built-in tool by which the model looks something up in the company's knowledge. `filters`: what the searches of a desk
 * are narrowed to, by its name; those of others are not.
 */
export function searchKnowledgeTool(index: KnowledgeIndex, filters: ReadonlyMap<string, Filter> = new Map()): Tool {
  return {
    name: 'search_knowledge',
    description:
      "Searches the company's own articles and gives back the passages that fit best, which can be cited. Use it " +
      'whenever an answer needs a fact about the company, its products, prices, terms or procedures that is not in ' +
      'the conversation yet; search again with other words when nothing fits. It says nothing about this customer.',
    inputSchema: {
      type: 'object',
      properties: {
        query: {
          type: 'string',
          description: 'What to look for: the key words, or the question in full, complete without the conversation.',
          examples: ['opening hours on public holidays'],
        },
      },
      required: ['query'],
      additionalProperties: false,
    },
    ...READ_ONLY,
    isOurs: true,
    timeoutMs: 5_000,
    parse,
    async run(input, { route }) {
      const { query } = input as { query: string };
      const filter = filters.get(route);
      const found = await index.search({ query, limit: PASSAGES, ...(filter && { filter }) });
      if (found.passages.length === 0) return { content: 'No article has any of these words.' };
      const results = found.passages.map(({ passage }) => toSearchResult(passage));
      return { content: found.relevance < IRRELEVANT ? [NOTHING_FITS, ...results] : results };
    },
  };
}

function parse(input: unknown): ReturnType<Tool['parse']> {
  const query = typeof input === 'object' && input !== null && 'query' in input ? input.query : undefined;
  if (typeof query !== 'string') return { ok: false, problems: ['query: a string is required.'] };
  if (query.trim() === '') return { ok: false, problems: ['query: it must not be empty.'] };
  if (query.length > LONGEST_QUERY) {
    return { ok: false, problems: [`query: at most ${LONGEST_QUERY} characters; it has ${query.length}.`] };
  }
  return { ok: true, value: { query } };
}

/** A passage as the model is shown it: one text block a sentence, so that a citation can name single sentences. */
export function toSearchResult(passage: Passage): Anthropic.SearchResultBlockParam {
  return {
    type: 'search_result',
    source: passageSource(passage.id),
    title: [passage.title, ...passage.headings].join(' – '),
    content: passage.sentences.map((text) => ({ type: 'text', text })),
    citations: { enabled: true },
  };
}
