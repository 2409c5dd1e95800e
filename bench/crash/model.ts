import { type MockClaude, type MockRequest, type MockTurn, startMockClaude } from '../../src/testing/index.ts';
import type { Moments } from './moments.ts';

/** Between two pieces of a reply: a reply takes long enough to be interrupted. */
const DELTA_MS = 4;

const REPLY = [
  'I have looked into it for you. ',
  'Here is what our system says about your order at this moment. ',
  'Everything else about it stays as it was before. ',
  'You will also get a message by e-mail with the same words. ',
  'If anything is unclear, just ask me here.',
].flatMap((sentence) => sentence.match(/.{1,9}/gs) ?? []);

const ADDRESS = { street: '14 Mill Road', postcode: '50667', city: 'Cologne', country: 'Germany' };

/** What a customer may ask for, and the tool that it needs. */
const CALLS: readonly [RegExp, (order: string) => { name: string; input: Record<string, unknown> }][] = [
  [/Where is order (\w-\d+)/, (order_id) => ({ name: 'get_order_details', input: { order_id } })],
  [/cancel order (\w-\d+)/, (order_id) => ({ name: 'cancel_order', input: { order_id } })],
  [/redirect order (\w-\d+)/, (order_id) => ({ name: 'change_address', input: { order_id, ...ADDRESS } })],
  [/refund 20 EUR of order (\w-\d+)/, (order_id) => ({ name: 'request_refund', input: { order_id, amount: 20 } })],
  [/pay back 20 EUR of order (\w-\d+)/, (order_id) => ({ name: 'pay_back_once', input: { order_id, amount: 20 } })],
];

/** A Claude that calls the tool that the newest words ask for, and afterwards says a few sentences. */
export function startModel(moments: Moments, node: number): Promise<MockClaude> {
  return startMockClaude({
    script(request) {
      moments.happened('asked', node);
      return answerTo(request);
    },
  });
}

function answerTo({ messages }: MockRequest): MockTurn {
  const last = messages.at(-1)?.content ?? [];
  const blocks = typeof last === 'string' ? [{ type: 'text' as const, text: last }] : last;
  const afterResults = blocks.slice(blocks.findLastIndex(({ type }) => type === 'tool_result') + 1);
  const wanted = callFor(afterResults.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'));
  if (wanted) return { text: 'One moment, let me see. ', tools: [wanted], deltaMs: DELTA_MS };
  return { text: REPLY, deltaMs: DELTA_MS };
}

function callFor(text: string): { name: string; input: Record<string, unknown> } | null {
  for (const [pattern, call] of CALLS) {
    const order = pattern.exec(text)?.[1];
    if (order !== undefined) return call(order);
  }
  return null;
}
