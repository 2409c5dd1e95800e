import type Anthropic from '@anthropic-ai/sdk';
import { hostileAnswer } from './hostile/hostile-turn.ts';
import type { CacheUse } from './mock-claude-cache.ts';
import type { ParsedTurn } from './mock-claude-script.ts';

type StreamEvent = Anthropic.RawMessageStreamEvent;
type Delta = Anthropic.RawContentBlockDelta;
/** A content block as it starts, and what is added to it. */
type Growing = { start: Anthropic.ContentBlock; deltas: Delta[] };

/** A hostile turn with what it says to this request, the call with this index; any other turn as it is. */
export function hijacked(turn: ParsedTurn, request: Anthropic.MessageCreateParams, index: number): ParsedTurn {
  const { hostile: modes, seed = 0, ids = [] } = turn;
  return modes ? { ...turn, ...hostileAnswer(request, index, { modes, seed, ids }) } : turn;
}

/**
 * The stream events of a scripted turn, answering `request`; `id` is unique in the server, `cache` what it had cached.
 * Throws where `citationProblemOf` finds one.
 */
export function eventsOf(
  turn: ParsedTurn,
  request: Anthropic.MessageCreateParams,
  { id, cache }: { id: string; cache: CacheUse },
): StreamEvent[] {
  const blocks = [...thinkingBlocks(turn), ...textBlocks(turn, request), ...toolBlocks(turn, id)];
  const usage = usageOf(turn, cache, blocks);
  return [
    { type: 'message_start', message: emptyMessage(`msg_${id}`, request.model, { ...usage, output_tokens: 1 }) },
    ...blocks.flatMap(({ start, deltas }, index): StreamEvent[] => [
      { type: 'content_block_start', index, content_block: start },
      ...deltas.map((delta) => ({ type: 'content_block_delta' as const, index, delta })),
      { type: 'content_block_stop', index },
    ]),
    messageDelta(turn.stopReason ?? (turn.tools.length > 0 ? 'tool_use' : 'end_turn'), usage),
    { type: 'message_stop' },
  ];
}

function thinkingBlocks(turn: ParsedTurn): Growing[] {
  if (turn.thinking === undefined) return [];
  const deltas: Delta[] = piecesOf(turn.thinking).map((thinking) => ({ type: 'thinking_delta', thinking }));
  deltas.push({ type: 'signature_delta', signature: 'bW9jayBzaWduYXR1cmU=' });
  return [{ start: { type: 'thinking', thinking: '', signature: '' }, deltas }];
}

function textBlocks(turn: ParsedTurn, request: Anthropic.MessageCreateParams): Growing[] {
  const plain = turn.text === undefined ? [] : [{ text: turn.text, cites: [] }];
  const results = searchResultsOf(request);
  return [...plain, ...turn.citations].map(({ text, cites }) => ({
    start: { type: 'text', text: '', citations: cites.length > 0 ? [] : null },
    deltas: [
      ...piecesOf(text).map((piece): Delta => ({ type: 'text_delta', text: piece })),
      ...cites.map((cite): Delta => ({ type: 'citations_delta', citation: citationOf(cite, results) })),
    ],
  }));
}

type Cite = ParsedTurn['citations'][number]['cites'][number];

/** What a turn cites and this request does not offer for citing, in a sentence, or null. */
export function citationProblemOf(turn: ParsedTurn, request: Anthropic.MessageCreateParams): string | null {
  const results = searchResultsOf(request);
  for (const cite of turn.citations.flatMap((block) => block.cites)) {
    const result = results[cite.result];
    if (!result) return `cites search result ${cite.result}, the request has ${results.length}`;
    if (!result.citations?.enabled) return `cites search result ${cite.result}, which has citations off`;
    const length = result.content.length;
    if (cite.start >= endOf(cite) || endOf(cite) > length) {
      return `cites blocks ${cite.start} to ${endOf(cite)} of search result ${cite.result}, which has ${length}`;
    }
  }
  return null;
}

function endOf(cite: Cite): number {
  return cite.end ?? cite.start + 1;
}

/** `cited_text` is always the whole text of the blocks, as the API promises. */
function citationOf(cite: Cite, results: Anthropic.SearchResultBlockParam[]): Anthropic.CitationsSearchResultLocation {
  const result = results[cite.result];
  if (!result) throw new Error(`there is no search result ${cite.result}`);
  const end = endOf(cite);
  return {
    type: 'search_result_location',
    cited_text: result.content
      .slice(cite.start, end)
      .map((block) => block.text)
      .join(''),
    search_result_index: cite.result,
    source: result.source,
    title: result.title,
    start_block_index: cite.start,
    end_block_index: end,
  };
}

/** In the order in which the API counts them: through all messages, tool results included. */
function searchResultsOf(request: Anthropic.MessageCreateParams): Anthropic.SearchResultBlockParam[] {
  return request.messages.flatMap(({ content }) => {
    if (typeof content === 'string') return [];
    return content.flatMap((block) => {
      if (block.type === 'search_result') return [block];
      if (block.type !== 'tool_result' || !Array.isArray(block.content)) return [];
      return block.content.filter((inner) => inner.type === 'search_result');
    });
  });
}

function toolBlocks(turn: ParsedTurn, id: string): Growing[] {
  return turn.tools.map((tool, index) => ({
    start: {
      type: 'tool_use',
      id: tool.id ?? `toolu_${id}_${index}`,
      name: tool.name,
      input: {},
      caller: { type: 'direct' },
    },
    deltas: ['', ...(JSON.stringify(tool.input).match(/.{1,16}/gs) ?? [])].map(
      (json): Delta => ({
        type: 'input_json_delta',
        partial_json: json,
      }),
    ),
  }));
}

const WORDS_A_DELTA = 4;

/** A list is sent piece by piece as it is; a string four words at a time, nothing lost. */
function piecesOf(text: string | string[]): string[] {
  if (typeof text !== 'string') return text;
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  const count = Math.ceil(words.length / WORDS_A_DELTA);
  return Array.from({ length: count }, (_, at) => words.slice(at * WORDS_A_DELTA, (at + 1) * WORDS_A_DELTA).join(''));
}

/** What the script does not say is estimated at four characters a token. */
function usageOf(turn: ParsedTurn, cache: CacheUse, blocks: Growing[]): Anthropic.Usage {
  return {
    input_tokens: cache.uncached,
    output_tokens: Math.max(1, Math.ceil(JSON.stringify(blocks.map((block) => block.deltas)).length / 16)),
    cache_read_input_tokens: cache.read,
    cache_creation_input_tokens: cache.written,
    cache_creation: null,
    inference_geo: null,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: 'standard',
    speed: null,
    ...(turn.usage as Partial<Anthropic.Usage>),
  };
}

function emptyMessage(id: string, model: string, usage: Anthropic.Usage): Anthropic.Message {
  const ending = { stop_reason: null, stop_sequence: null, stop_details: null };
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    container: null,
    diagnostics: null,
    ...ending,
    usage,
  };
}

function messageDelta(stopReason: Anthropic.StopReason, usage: Anthropic.Usage): Anthropic.RawMessageDeltaEvent {
  const refused = { type: 'refusal' as const, category: null, explanation: null };
  return {
    type: 'message_delta',
    delta: {
      stop_reason: stopReason,
      stop_sequence: null,
      stop_details: stopReason === 'refusal' ? refused : null,
      container: null,
    },
    usage: {
      input_tokens: usage.input_tokens,
      output_tokens: usage.output_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      output_tokens_details: null,
      server_tool_use: null,
    },
  };
}
