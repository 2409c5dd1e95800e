import { afterAll, describe, expect, test } from 'vitest';
import { claudeModel } from '../../../src/adapters/claude.ts';
import { localEmbedder } from '../../../src/adapters/embeddings/local-embedder.ts';
import { OFFLINE_MODEL_ID, offlineModel } from '../../../src/adapters/offline-model/offline-model.ts';
import type { ModelEvent, ModelRequest } from '../../../src/agent/model.ts';
import { startMockClaude } from '../../../src/testing/mock-claude.ts';

const REQUEST: ModelRequest = {
  model: OFFLINE_MODEL_ID,
  max_tokens: 500,
  system: [{ type: 'text', text: 'You are Ada, the AI assistant of Tide Bikes.' }],
  messages: [
    { role: 'user', content: '<context name="shop">\nTide Bikes repairs bicycles.\n</context>' },
    { role: 'assistant', content: 'Understood.' },
    {
      role: 'user',
      content: [
        {
          type: 'search_result',
          source: 'passage:brakes#1',
          title: 'Brakes',
          content: [
            { type: 'text', text: 'A brake repair takes two days. ' },
            { type: 'text', text: 'New pads cost 20 dollars.' },
          ],
          citations: { enabled: true },
        },
        { type: 'text', text: 'How long does a brake repair take?' },
      ],
    },
  ],
  tools: [],
};

function textOf(events: ModelEvent[]): string {
  return events
    .map((event) => (event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : ''))
    .join('');
}

const embedder = localEmbedder();
afterAll(() => embedder.close());

describe('the offline model speaks the Messages API', () => {
  test('over a real socket to the real SDK, with citations of exact blocks', async () => {
    const signal = new AbortController().signal;
    const mock = await startMockClaude({ script: (request) => offlineModel({ embedder })(request as never, signal) });
    try {
      const events = await Array.fromAsync(claudeModel({ baseUrl: mock.url })(REQUEST, signal));
      expect(textOf(events)).toContain('A brake repair takes two days.');
      const cited = events.flatMap((event) =>
        event.type === 'content_block_delta' && event.delta.type === 'citations_delta' ? [event.delta.citation] : [],
      );
      expect(cited[0]).toMatchObject({
        type: 'search_result_location',
        source: 'passage:brakes#1',
        start_block_index: 0,
        cited_text: expect.stringContaining('A brake repair takes two days.'),
      });
      expect(events.at(-1)?.type).toBe('message_stop');
    } finally {
      await mock.close();
    }
  });

  test('gives the same answer to the same request, and stops when it is told to', async () => {
    const signal = new AbortController().signal;
    const once = await Array.fromAsync(offlineModel({ embedder })(REQUEST, signal));
    const again = await Array.fromAsync(offlineModel({ embedder })(REQUEST, signal));
    expect(textOf(again)).toBe(textOf(once));
    const stop = new AbortController();
    const slow = offlineModel({ embedder, deltaMs: 50 })(REQUEST, stop.signal);
    const seen: ModelEvent[] = [];
    for await (const event of slow) {
      seen.push(event);
      if (event.type === 'content_block_delta') stop.abort();
    }
    expect(seen.some(({ type }) => type === 'message_stop')).toBe(false);
  });
});
