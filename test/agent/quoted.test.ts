import type Anthropic from '@anthropic-ai/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Guard } from '../../src/agent/guard.ts';
import type { ModelEvent } from '../../src/agent/model.ts';
import { citationResolver, shownPassages } from '../../src/knowledge/citations.ts';
import type { Passage } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { toSearchResult } from '../../src/tools/search-knowledge.ts';
import { closed, play, readReply, start } from './play-turn.ts';

type Cited = Extract<EventBody, { type: 'citation.added' }>;
type Location = Anthropic.CitationsSearchResultLocation;
/** Where a citation points: which passage, which of its blocks, and what is wrong with it. */
type Pointer = { passage: number; start: number; length: number; lie: 'none' | 'source' | 'end' | 'text' | 'spacing' };
type Block = { text: string; pointers: Pointer[]; deltas: number[]; citeAt: number };

const words = fc.constantFrom(
  'The limit',
  'is $1,500.50.',
  'Cables',
  'count,',
  'e.g. a 7 m one.',
  'Ask us!',
  '保険です。',
  '😀',
);
const prose = fc.array(words, { minLength: 1, maxLength: 14 }).map((said) => said.join(' '));
const part = fc.oneof(
  prose,
  prose.map((text) => `## ${text}`),
  fc.array(prose, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
  fc
    .array(fc.tuple(prose, prose), { minLength: 1, maxLength: 4 })
    .map((rows) => ['| a | b |', '|---|---|', ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join('\n')),
  fc.constant('```\nreset --all\n```'),
  fc.constant('<!-- page: 2 -->'),
);
const documents = fc.array(
  fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('\n\n')),
  { minLength: 1, maxLength: 3 },
);
const pointer = fc.record({
  passage: fc.nat(40),
  start: fc.nat(12),
  length: fc.integer({ min: 1, max: 4 }),
  lie: fc.constantFrom('none', 'none', 'none', 'source', 'end', 'text', 'spacing'),
}) satisfies fc.Arbitrary<Pointer>;
const piece = fc.constantFrom(
  'Yes.',
  'It is',
  ' covered',
  ' up to $1,500.50.',
  '\n\n',
  '- item\n',
  ' ',
  ' and',
  '😀',
  'Secret 42.',
);
const block: fc.Arbitrary<Block> = fc.record({
  text: fc.array(piece, { minLength: 1, maxLength: 10 }).map((pieces) => pieces.join('')),
  pointers: fc.array(pointer, { maxLength: 3 }),
  deltas: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
  citeAt: fc.nat(6),
});
const SECRETIVE: Guard = {
  name: 'secretive',
  check: (text) =>
    /42/.test(text) ? { action: 'replace', text: text.replaceAll('42', '•'), reason: 'number' } : { action: 'allow' },
};

test('every range is exact in the released text, and every quote exact in its passage', async () => {
  await fc.assert(
    fc.asyncProperty(
      documents,
      fc.array(block, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (texts, blocks, guarded) => {
        const index = buildKnowledgeIndex(
          texts.map((text, n) => ({ id: `${n}.md`, title: `Title ${n}`, url: null, text })),
        );
        const passages = index.passages;
        fc.pre(passages.length > 0 && blocks.some(({ text }) => text.trim() !== ''));
        const { events } = await play([answer(blocks, passages)], {
          firstSearch: async () => passages.map(toSearchResult),
          citer: (messages) => citationResolver(shownPassages(messages), index.passage),
          guards: guarded ? [SECRETIVE] : [],
        });
        const { text } = readReply(events);
        const cited = events.filter((event) => event.type === 'citation.added');
        for (const { citation } of cited) expectExactQuote(citation, passages);
        expectNumbered(cited);
        if (guarded && blocks.some((one) => one.text.includes('42'))) {
          for (const { start: from, end } of cited) expect(text.slice(from, end)).not.toMatch(/^\s|\s$|•|^$/);
        } else {
          expect(cited.map(({ start: from, end }) => [from, end])).toEqual(expectedRanges(blocks, passages, text));
        }
      },
    ),
    { numRuns: 250 },
  );
});

function expectExactQuote({ quote, passageId, location }: Cited['citation'], passages: readonly Passage[]): void {
  const sentences = passages.find(({ id }) => id === passageId)?.sentences ?? [];
  expect(quote).not.toBe('');
  expect(sentences.slice(location?.start, location?.end).join('').trim()).toBe(quote);
}

/** 1, 2, 3… at their first appearance in the text; one number for one passage and quote. */
function expectNumbered(cited: Cited[]): void {
  const seen: string[] = [];
  for (const { citation } of cited) {
    const source = JSON.stringify([citation.passageId, citation.quote]);
    if (!seen.includes(source)) seen.push(source);
    expect(citation.number).toBe(seen.indexOf(source) + 1);
  }
  const starts = seen.map((_, index) => cited.find(({ citation }) => citation.number === index + 1)?.start ?? 0);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
}

/** Where the blocks with citations that hold stand in the text, without white space around them. */
function expectedRanges(blocks: Block[], passages: readonly Passage[], text: string): [number, number][] {
  const whole = blocks.map((one) => one.text).join('');
  expect(text.trimEnd()).toBe(whole.trim());
  const left = whole.length - whole.trimStart().length;
  let at = -left;
  return blocks.flatMap((one) => {
    const from = at + one.text.length - one.text.trimStart().length;
    const end = at + one.text.trimEnd().length;
    at += one.text.length;
    if (one.text.trim() === '') return [];
    const held = one.pointers.filter((given) => holds(given, passages)).map((given) => locationOf(given, passages));
    const different = new Set(held.map(({ source, cited_text }) => source + cited_text.replace(/\s/g, '')));
    return [...different].map((): [number, number] => [from, end]);
  });
}

function holds({ lie, ...given }: Pointer, passages: readonly Passage[]): boolean {
  return (lie === 'none' || lie === 'spacing') && locationOf({ ...given, lie }, passages).cited_text.trim() !== '';
}

function locationOf({ passage: n, start: from, length, lie }: Pointer, passages: readonly Passage[]): Location {
  const passage = passages[n % passages.length];
  if (!passage) throw new Error('no passage');
  const { sentences } = passage;
  const first = from % sentences.length;
  const end = Math.min(first + length, sentences.length);
  const said = sentences.slice(first, end).join('');
  return {
    type: 'search_result_location',
    source: lie === 'source' ? `passage:of-another#${n}` : `passage:${passage.id}`,
    title: 'what the model says',
    search_result_index: n,
    start_block_index: first,
    end_block_index: lie === 'end' ? sentences.length + 1 : end,
    cited_text: lie === 'text' ? `${said} and more` : lie === 'spacing' ? said.replace(/\s+/g, '') : said,
  };
}

/** Claude's stream: text and citations of a block in any order, several citations a block, deltas of any length. */
function answer(blocks: Block[], passages: readonly Passage[]): ModelEvent[] {
  const events = blocks.flatMap(({ text, pointers, deltas, citeAt }, index): ModelEvent[] => {
    const pieces: Anthropic.RawContentBlockDeltaEvent['delta'][] = [];
    for (let at = 0, n = 0; at < text.length; n += 1) {
      const length = deltas[n % deltas.length] ?? 1;
      pieces.push({ type: 'text_delta', text: text.slice(at, at + length) });
      at += length;
    }
    const cites = pointers.map(
      (given) => ({ type: 'citations_delta', citation: locationOf(given, passages) }) as const,
    );
    pieces.splice(Math.min(citeAt, pieces.length), 0, ...cites);
    return [
      { type: 'content_block_start', index, content_block: { type: 'text', text: '', citations: null } },
      ...pieces.map((delta): ModelEvent => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ];
  });
  return [start(), ...events, ...closed('end_turn', blocks.length).slice(1)];
}
