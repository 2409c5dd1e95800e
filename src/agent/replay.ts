import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelEvent } from './model.ts';

/** A reply as a model said it: pieces of text, and with each the places that the API says it rests on. */
export type SpokenReply = { text: string; citations: Anthropic.TextCitation[] }[];

/** Takes down what a model says, call after call. */
export class Recording {
  #calls: SpokenReply[] = [];
  #call: SpokenReply = [];

  take(event: ModelEvent): void {
    if (event.type === 'message_start') this.#call = [];
    if (event.type === 'message_stop') this.#calls.push(this.#call.filter(Boolean));
    if (event.type === 'content_block_start' && event.content_block.type === 'text') {
      const { text, citations } = event.content_block;
      // Blocks stand at their index; one that is not text leaves its place empty.
      this.#call[event.index] = { text, citations: [...(citations ?? [])] };
    }
    if (event.type !== 'content_block_delta') return;
    const block = this.#call[event.index];
    if (event.delta.type === 'text_delta' && block) block.text += event.delta.text;
    if (event.delta.type === 'citations_delta') block?.citations.push(event.delta.citation);
  }

  /** All calls as one reply, a paragraph each, as a turn releases them. */
  get spoken(): SpokenReply {
    const paragraphs = this.#calls.map(trimmed).filter((paragraph) => paragraph.length > 0);
    return paragraphs.flatMap((paragraph, at) => (at === 0 ? paragraph : [PARAGRAPH, ...paragraph]));
  }
}

const PARAGRAPH = { text: '\n\n', citations: [] };

function trimmed(call: SpokenReply): SpokenReply {
  const saying = call.filter(({ text }) => text.trim() !== '');
  const [first, last] = [saying[0], saying.at(-1)];
  if (!first || !last) return [];
  return call.slice(call.indexOf(first), call.indexOf(last) + 1).map((block) => {
    const begun = block === first ? block.text.trimStart() : block.text;
    return { ...block, text: block === last ? begun.trimEnd() : begun };
  });
}

/** A model that says this reply, whatever it is asked. It counts no tokens. */
export function replaying(reply: SpokenReply): Model {
  return async function* () {
    yield { type: 'message_start', message: MESSAGE as unknown as Anthropic.Message };
    for (const [index, { text, citations }] of reply.entries()) {
      yield { type: 'content_block_start', index, content_block: { type: 'text', text: '', citations: null } };
      yield { type: 'content_block_delta', index, delta: { type: 'text_delta', text } };
      for (const citation of citations) {
        yield { type: 'content_block_delta', index, delta: { type: 'citations_delta', citation } };
      }
      yield { type: 'content_block_stop', index };
    }
    yield END as unknown as Anthropic.RawMessageDeltaEvent;
    yield { type: 'message_stop' };
  };
}

// The API's types ask for many fields that nothing reads.
const MESSAGE = { type: 'message', role: 'assistant', content: [], usage: { input_tokens: 0, output_tokens: 0 } };
const END = {
  type: 'message_delta',
  delta: { stop_reason: 'end_turn', stop_sequence: null },
  usage: { output_tokens: 0 },
};
