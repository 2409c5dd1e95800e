import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { citationResolver, citedPassage, shownPassages } from '../../src/knowledge/citations.ts';
import type { Passage } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import type { Citation } from '../../src/protocol/conversation.ts';
import { searchKnowledgeTool, toSearchResult } from '../../src/tools/search-knowledge.ts';

const index = buildKnowledgeIndex([
  {
    id: 'ev/chargers.md',
    title: 'Electric cars',
    url: 'https://acme.example/chargers',
    text: '# Electric cars\n\n## Home chargers\n\nWe cover home chargers. The limit is $1,500.\n\nCables are covered.',
  },
  { id: 'hours.md', title: 'Hours', url: null, text: 'We are open Monday to Friday.' },
]);
const context = {
  conversationId: 'c',
  turnId: 't',
  language: null,
  customer: null,
  route: 'general',
  idempotencyKey: null,
  status: 'open',
  signal: new AbortController().signal,
} as const;

describe('search_knowledge', () => {
  const tool = searchKnowledgeTool(index);

  it('gives passages as citable blocks, one sentence each', async () => {
    const { content } = await tool.run({ query: 'home charger' }, context);
    expect(content).toEqual([
      {
        type: 'search_result',
        source: 'passage:ev/chargers.md#1',
        title: 'Electric cars – Home chargers',
        content: [
          { type: 'text', text: 'We cover home chargers. ' },
          { type: 'text', text: 'The limit is $1,500.\n\n' },
          { type: 'text', text: 'Cables are covered.\n\n' },
        ],
        citations: { enabled: true },
      },
    ]);
  });

  it('gives one block for each item of a list and each row of a table', () => {
    const text =
      'It covers:\n\n- cables\n- plugs. And more.\n\n| Item | Limit |\n|---|---|\n| Cable | $400 |\n| Plug | $40 |';
    const { passages } = buildKnowledgeIndex([{ id: 'cover.md', title: 'Cover', url: null, text }]);
    const blocks = passages.flatMap((passage) => toSearchResult(passage).content.map((block) => block.text.trim()));
    const rows = ['Item | Limit', 'Cable | $400', 'Plug | $40'];
    expect(blocks).toEqual(['It covers:', '- cables', '- plugs. And more.', ...rows]);
  });

  it('says so when there is nothing', async () => {
    expect(await tool.run({ query: 'zeppelin' }, context)).toEqual({ content: 'No article has any of these words.' });
  });

  it('says that probably no article answers where that is so, and shows what came nearest', async () => {
    const doubtful = {
      ...index,
      search: async () => ({ ...(await index.search({ query: 'open', limit: 1 })), relevance: 0.02 }),
    };
    const { content } = await searchKnowledgeTool(doubtful).run({ query: 'zeppelin' }, context);
    expect(content).toMatchObject([
      { type: 'text', text: expect.stringContaining('Probably no article answers this') },
      { type: 'search_result', source: 'passage:hours.md#1' },
    ]);
  });

  it('names what is wrong with an input', () => {
    expect(tool.parse({ query: 'a' })).toEqual({ ok: true, value: { query: 'a' } });
    expect(tool.parse({})).toEqual({ ok: false, problems: ['query: a string is required.'] });
    expect(tool.parse(null)).toMatchObject({ ok: false });
    expect(tool.parse({ query: 4 })).toMatchObject({ ok: false });
    expect(tool.parse({ query: ' ' })).toEqual({ ok: false, problems: ['query: it must not be empty.'] });
    expect(tool.parse({ query: 'a'.repeat(3000) })).toMatchObject({ ok: false });
  });
});

describe('citationResolver', () => {
  const blocks = index.passages.map(toSearchResult);
  const messages: Anthropic.MessageParam[] = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: [{ type: 'text', text: 'hi' }] },
    { role: 'user', content: [...blocks.slice(0, 1), { type: 'text', text: 'chargers?' }] },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'u', name: 'search_knowledge', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'u', content: blocks.slice(1) }] },
  ];
  const resolve = citationResolver(shownPassages(messages), index.passage);
  const location = (change: Partial<Anthropic.CitationsSearchResultLocation> = {}) =>
    resolve({
      type: 'search_result_location',
      source: 'passage:ev/chargers.md#1',
      title: 'whatever the model says',
      search_result_index: 0,
      start_block_index: 0,
      end_block_index: 2,
      cited_text: 'We cover home chargers. The limit is $1,500.\n\n',
      ...change,
    });

  it('gives the exact text that was shown, with its address', () => {
    expect(location()).toEqual({
      title: 'Electric cars – Home chargers',
      url: 'https://acme.example/chargers',
      quote: 'We cover home chargers. The limit is $1,500.',
      passageId: 'ev/chargers.md#1',
      location: { page: null, headings: ['Home chargers'], start: 0, end: 2 },
    });
    expect(location({ cited_text: 'We cover home chargers.The limit is $1,500.' })).toEqual(location());
  });

  it('finds passages that came in tool results', () => {
    const found = location({
      source: 'passage:hours.md#1',
      end_block_index: 1,
      cited_text: 'We are open Monday to Friday.\n\n',
    });
    expect(found).toEqual({
      title: 'Hours',
      url: null,
      quote: 'We are open Monday to Friday.',
      passageId: 'hours.md#1',
      location: { page: null, headings: [], start: 0, end: 1 },
    });
  });

  it.each<[string, Partial<Anthropic.CitationsSearchResultLocation>]>([
    ['a source that was never shown', { source: 'passage:other.md#1' }],
    ['a source of another kind', { source: 'https://acme.example/chargers' }],
    ['an end past the passage', { end_block_index: 4 }],
    ['a negative start', { start_block_index: -1 }],
    ['an empty range', { start_block_index: 2, cited_text: '' }],
    ['a broken index', { start_block_index: 0.5 }],
    ['text that is not there', { cited_text: 'We cover everything.' }],
    ['text of another range', { cited_text: 'Cables are covered.\n\n' }],
  ])('refuses %s', (_, change) => {
    expect(location(change)).toBeNull();
  });

  it('names the page and the headings of a passage that still has the text that was shown', () => {
    const [shown] = index.passages;
    if (!shown) throw new Error('no passage');
    const [first, second] = [
      { ...shown, page: 7 },
      { ...shown, page: 7, sentences: ['Another text.'] },
    ];
    const cite = (current: Passage) =>
      citationResolver(
        shownPassages(messages),
        () => current,
      )({
        type: 'search_result_location',
        ...{ source: 'passage:ev/chargers.md#1', title: null, search_result_index: 0 },
        ...{ start_block_index: 0, end_block_index: 1, cited_text: 'We cover home chargers. ' },
      });
    expect(cite(first)?.location).toEqual({ page: 7, headings: ['Home chargers'], start: 0, end: 1 });
    expect(cite(second)?.location).toEqual({ page: null, headings: [], start: 0, end: 1 });
  });

  it('refuses locations that are not search results', () => {
    expect(
      resolve({
        type: 'char_location',
        cited_text: 'x',
        document_index: 0,
        document_title: null,
        file_id: null,
        start_char_index: 0,
        end_char_index: 1,
      }),
    ).toBeNull();
  });

  it('still quotes a passage that changed or went since it was shown', () => {
    const [block] = blocks;
    if (!block) throw new Error('no block');
    const changed = { ...block, content: [{ type: 'text' as const, text: 'We cover chargers at home now.' }] };
    const both = shownPassages([...messages, { role: 'user', content: [changed] }]);
    const gone = citationResolver(both, () => undefined);
    const base = {
      type: 'search_result_location',
      source: block.source,
      title: null,
      search_result_index: 0,
      start_block_index: 0,
      end_block_index: 1,
    } as const;
    expect(gone({ ...base, cited_text: 'We cover home chargers. ' })).toMatchObject({
      quote: 'We cover home chargers.',
      url: null,
    });
    expect(gone({ ...base, cited_text: 'We cover chargers at home now.' })).toMatchObject({
      quote: 'We cover chargers at home now.',
    });
  });
});

describe('citedPassage', () => {
  const passage = index.passages[0];
  if (!passage) throw new Error('no passage');
  const cited = {
    ...{ number: 1, title: 'Electric cars – Home chargers', url: passage.url, passageId: passage.id },
    quote: 'The limit is $1,500.',
    location: { page: 4, headings: ['Home chargers'], start: 1, end: 2 },
  };
  const showing = (...texts: string[]): Anthropic.MessageParam => ({
    role: 'user',
    content: [{ ...toSearchResult(passage), content: texts.map((text) => ({ type: 'text', text })) }],
  });
  const of = (messages: Anthropic.MessageParam[], current = index.passage(passage.id), citation: Citation = cited) =>
    citedPassage(citation, shownPassages(messages), current);

  it('is the text that was shown, or the one of now where no showing is known', () => {
    expect(of([showing(...passage.sentences)])).toEqual({
      title: 'Electric cars – Home chargers',
      url: 'https://acme.example/chargers',
      quote: 'The limit is $1,500.',
      passageId: 'ev/chargers.md#1',
      location: { page: 4, headings: ['Home chargers'], start: 1, end: 2 },
      sentences: ['We cover home chargers. ', 'The limit is $1,500.\n\n', 'Cables are covered.\n\n'],
      link: 'https://acme.example/chargers#page=4',
      changed: false,
    });
    expect(of([])).toEqual(of([showing(...passage.sentences)]));
    expect(citedPassage(cited, shownPassages([]), undefined)).toBeNull();
  });

  it('is the newest showing that has the quote, and says where the source has another text by now', () => {
    const messages = [
      showing('Old. ', 'The limit is $1,500. '),
      showing('Newer. ', 'The limit is $1,500. '),
      showing('Newest. ', 'The limit is $2,000. '),
    ];
    expect(of(messages)).toMatchObject({ sentences: ['Newer. ', 'The limit is $1,500. '], changed: true });
    expect(citedPassage(cited, shownPassages(messages), undefined)).toMatchObject({ changed: true, url: passage.url });
  });

  it('finds the words of a citation without a location, several sentences too', () => {
    const quote = 'The limit is $1,500.\n\nCables are covered.';
    const found = of([], undefined, { ...cited, quote, location: null });
    expect(found?.location).toEqual({ page: null, headings: ['Home chargers'], start: 1, end: 3 });
    expect(of([showing('Other. ')], undefined, { ...cited, quote: 'Never said.', location: null })).toBeNull();
  });
});
