import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { splitSentences } from '../../src/language/sentences.ts';
import { encodeEvent } from '../../src/testing/message-stream.ts';

/** One model reply as the wire carries it, made ready before the load begins. */
export type Reply = {
  text: string;
  /** Where each delta ends in the text. */
  ends: Uint32Array;
  /** Each delta as a chunk of the HTTP body. */
  chunks: Buffer[];
  /** True where the delta ends a sentence: the reply may stop here. */
  closes: boolean[];
};

/** Enough for more than a minute at 50 deltas a second; a run stops its replies long before. */
const DELTAS = 4_000;
/** What the agent is shown to answer from: an answer that rests on nothing would be another one behind the guards. */
const CONTEXT = new URL('../../examples/acme-insurance/context/', import.meta.url);
const SENTENCES = globSync('*.md', { cwd: fileURLToPath(CONTEXT) })
  .sort()
  .flatMap((file) => readFileSync(new URL(file, CONTEXT), 'utf8').split('\n'))
  .filter((line) => /^[A-Z-]/.test(line))
  .flatMap((line) => splitSentences(line.replace(/^- /, '')))
  .map((sentence) => sentence.trim())
  // Whole sentences without addresses, such as a person says.
  .filter((sentence) => /^[A-Z][^:@]{40,}\.$/.test(sentence));

/** The same replies for the same seed: one word a delta, sentences of the agent's context, paragraphs of 2 to 4 of them. */
export function makeReply(seed: number): Reply {
  const random = randomFrom(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const deltas: string[] = [];
  const closes: boolean[] = [];
  while (deltas.length < DELTAS) {
    for (let sentences = between(2, 4), first = true; sentences > 0; sentences--, first = false) {
      const words = (SENTENCES[between(0, SENTENCES.length - 1)] ?? '').split(' ');
      for (const [n, word] of words.entries()) {
        const gap = deltas.length === 0 ? '' : n === 0 && first ? '\n\n' : ' ';
        deltas.push(gap + word);
        closes.push(n === words.length - 1);
      }
    }
  }
  let length = 0;
  const ends = Uint32Array.from(deltas, (delta) => {
    length += delta.length;
    return length;
  });
  const chunks = deltas.map((text) =>
    chunk({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  );
  return { text: deltas.join(''), ends, chunks, closes };
}

/** What stands before the first delta: the head of the HTTP answer and the first events. */
export const HEAD = Buffer.concat([
  Buffer.from(
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n' +
      'request-id: req_bench\r\nTransfer-Encoding: chunked\r\n\r\n',
  ),
  chunk({
    type: 'message_start',
    message: {
      id: 'msg_bench',
      type: 'message',
      role: 'assistant',
      model: 'bench',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 5_000, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
    },
  }),
  chunk({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  chunk({ type: 'ping' }),
]);

/** What stands after the last delta. */
export const TAIL = Buffer.concat([
  chunk({ type: 'content_block_stop', index: 0 }),
  chunk({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 500 },
  }),
  chunk({ type: 'message_stop' }),
  Buffer.from('0\r\n\r\n'),
]);

function chunk(event: { type: string; [field: string]: unknown }): Buffer {
  const body = encodeEvent(event);
  return Buffer.from(`${body.length.toString(16)}\r\n${body}\r\n`);
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
