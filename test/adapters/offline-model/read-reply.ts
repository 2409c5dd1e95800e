import type { ModelEvent } from '../../../src/agent/model.ts';

/** The text of a reply, and the tools that it calls. */
export async function readReply(events: AsyncIterable<ModelEvent>) {
  let text = '';
  const calls: { name: string; input: unknown }[] = [];
  for await (const event of events) {
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use')
      calls.push({ name: event.content_block.name, input: null });
    if (event.type !== 'content_block_delta') continue;
    if (event.delta.type === 'text_delta') text += event.delta.text;
    const call = calls.at(-1);
    if (event.delta.type === 'input_json_delta' && call) call.input = JSON.parse(event.delta.partial_json);
  }
  return { text, calls };
}
