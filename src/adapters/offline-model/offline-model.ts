import { setTimeout as sleep } from 'node:timers/promises';
import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelEvent, ModelRequest } from '../../agent/model.ts';
import { blocksOf } from '../../agent/transcript.ts';
import type { Embedder } from '../../language/embedder.ts';
import { speller } from '../../language/spelling.ts';
import { ALL_PHRASES } from './intent.ts';
import { readMeanings } from './likeness.ts';
import type { Piece } from './pieces.ts';
import { replyTo } from './reply.ts';
import { readings, readScene } from './scene.ts';
import { sectionsOf } from './sections.ts';
import { summariseTranscript } from './summary.ts';

/** The id under which the offline model answers; the log and the page show it. */
export const OFFLINE_MODEL_ID = 'frontdesk-offline';

/** What every message is held against: an encoder can read it ahead. */
export const OFFLINE_TEXTS = ALL_PHRASES;

/**
 * A model for when there is no key: deterministic, without a network, and not Claude. It speaks the Messages API: it
 * reads prompt, passages and tools from the request alone, answers by quoting passages with citations, fills in a
 * tool's schema by asking for what is missing, turns back what is off topic, and hands off.
 *
 * `embedder` reads what messages and sentences mean; with null it knows words only, and answers much worse. `deltaMs` is the pause between pieces of text, so that a page can be seen to stream. Default 0.
 */
export function offlineModel({ embedder, deltaMs = 0 }: { embedder: Embedder | null; deltaMs?: number }): Model {
  return async function* (request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const pieces = await plan(request, embedder);
    yield messageStart(request);
    let index = 0;
    for (const piece of pieces) {
      for (const event of pieceEvents(piece, index)) {
        if (signal.aborted) return;
        if (deltaMs > 0 && event.type === 'content_block_delta')
          await sleep(deltaMs, undefined, { signal }).catch(() => {});
        yield event;
      }
      index += 1;
    }
    const stop = pieces.some(({ kind }) => kind === 'call') ? 'tool_use' : 'end_turn';
    yield messageDelta(stop, JSON.stringify(pieces).length);
    yield { type: 'message_stop' };
  };
}

async function plan(request: ModelRequest, embedder: Embedder | null): Promise<Piece[]> {
  const first = request.messages[0] ? blocksOf(request.messages[0])[0] : undefined;
  if (first?.type === 'text' && first.text.startsWith('<transcript>')) {
    return [{ kind: 'text', text: summariseTranscript(first.text) }];
  }
  const scene = readScene(request);
  const answers = sectionsOf(scene, scene.shown).flatMap(({ head, statements }) => [
    head,
    ...statements.map(({ text }) => text.trim()),
  ]);
  scene.spell = speller([...answers, ...ALL_PHRASES]);
  const asked = scene.exchanges.flatMap(({ customer }) => [...readings(customer), ...readings(scene.spell(customer))]);
  if (embedder) scene.likeness = await readMeanings(embedder, [...asked, ...answers, ...ALL_PHRASES]);
  return replyTo(scene);
}

function* pieceEvents(piece: Piece, index: number): Generator<Anthropic.RawMessageStreamEvent> {
  if (piece.kind === 'call') {
    const id = `toolu_offline_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`;
    const block = { type: 'tool_use', id, name: piece.name, input: {}, caller: { type: 'direct' } } as const;
    yield { type: 'content_block_start', index, content_block: block };
    yield delta(index, { type: 'input_json_delta', partial_json: JSON.stringify(piece.input) });
  } else {
    yield { type: 'content_block_start', index, content_block: { type: 'text', text: '', citations: null } };
    for (const text of piece.text.match(/\s*\S+\s*|\s+/g) ?? []) yield delta(index, { type: 'text_delta', text });
    const citation = citationOf(piece);
    if (citation) yield delta(index, { type: 'citations_delta', citation });
  }
  yield { type: 'content_block_stop', index };
}

function delta(index: number, value: Anthropic.RawContentBlockDelta): Anthropic.RawContentBlockDeltaEvent {
  return { type: 'content_block_delta', index, delta: value };
}

function citationOf(piece: Extract<Piece, { kind: 'text' }>): Anthropic.CitationsSearchResultLocation | null {
  const first = piece.statements?.[0];
  const last = piece.statements?.at(-1);
  if (!first?.passage || !last) return null;
  return {
    type: 'search_result_location',
    cited_text: piece.statements?.map(({ text }) => text).join('') ?? '',
    source: first.passage.source,
    title: first.passage.title,
    search_result_index: first.passage.index,
    start_block_index: first.at,
    end_block_index: last.at + 1,
  };
}

function messageStart(request: ModelRequest): ModelEvent {
  const size = Math.ceil(JSON.stringify(request).length / 4);
  const message = {
    id: `msg_offline_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`,
    type: 'message',
    role: 'assistant',
    model: OFFLINE_MODEL_ID,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: size, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
  };
  // The API's type asks for many fields that nothing reads.
  return { type: 'message_start', message: message as unknown as Anthropic.Message };
}

function messageDelta(stopReason: 'tool_use' | 'end_turn', characters: number): ModelEvent {
  const usage = { output_tokens: Math.ceil(characters / 4) };
  const event = { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage };
  return event as unknown as Anthropic.RawMessageDeltaEvent;
}
