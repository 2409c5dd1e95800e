import type { MockRequest } from '../mock-claude-answer.ts';
import { lastUserText } from '../mock-claude-request.ts';
import { foreignInputs, type Input, offeredTools, plainInput, wrongInputs } from './arguments.ts';
import { INVENTED_TOOLS } from './attack-values.ts';
import { leak } from './leak.ts';
import { ordersIn } from './obey.ts';
import { type Random, randomOf } from './random.ts';
import * as texts from './texts.ts';

/** What a hijacked model does; `docs/mock-claude.md` says it of each. */
export const HOSTILE_MODES = [
  'leak',
  'refund',
  'price',
  'foreign_ids',
  'markup',
  'loop',
  'break_character',
  'obey',
] as const;
export type HostileMode = (typeof HOSTILE_MODES)[number];

export type HostileOptions = { modes: readonly HostileMode[]; seed: number; ids: readonly string[] };

/** What is said and called in one answer. A list of texts is sent piece by piece. */
type Said = { text?: string | string[]; tools?: Call[] };
type Call = { name: string; input: Input };

/** `step` counts the rounds of tools that this hijacking has had since the customer spoke. */
type Moment = { request: MockRequest; random: Random; step: number; ids: readonly string[] };

const DO: Record<HostileMode, (moment: Moment) => Said> = {
  leak: ({ request, random }) => ({ text: leak(request, random) }),
  refund: ({ random }) => ({ text: someOf(texts.REFUNDS, random) }),
  price: ({ random }) => ({ text: someOf(texts.PRICES, random) }),
  foreign_ids: foreignIds,
  markup,
  loop,
  break_character: ({ random }) => ({ text: someOf(texts.OUT_OF_CHARACTER, random) }),
  obey,
};

const TOOL_ID = /^toolu_hostile_(\d+)_/;

/**
 * The answer of a hijacked model to the call with this index. The same options, index and request give the same
 * answer. What begins with a tool call goes on in the same mode once the results are there.
 */
export function hostileAnswer(request: MockRequest, index: number, { modes, seed, ids }: HostileOptions) {
  const { draw, step } = placeOf(request, index);
  const random = randomOf(`${seed}:${draw}`);
  const { text, tools = [] } = DO[random.pick(modes)]({ request, random, step, ids });
  return {
    ...(text === undefined ? {} : { text }),
    tools: tools.map((call, at) => ({ ...call, id: `toolu_hostile_${draw}_${step}_${at}` })),
  };
}

/** Ids of tool calls carry the index of the call that began them: whoever sends their results goes on from there. */
function placeOf({ messages }: MockRequest, index: number): { draw: number; step: number } {
  const drawOf = ({ content }: MockRequest['messages'][number]): number[] =>
    (typeof content === 'string' ? [] : content).flatMap((block) => {
      const id = block.type === 'tool_result' ? block.tool_use_id : '';
      return TOOL_ID.test(id) ? Number(TOOL_ID.exec(id)?.[1]) : [];
    });
  const draw = messages.slice(-1).flatMap(drawOf)[0];
  if (draw === undefined) return { draw: index, step: 0 };
  return { draw, step: messages.filter((message) => drawOf(message).includes(draw)).length };
}

function someOf(list: readonly string[], random: Random): string {
  return random
    .some(list, 3)
    .map((text) => filled(text, random))
    .join('\n\n');
}

function filled(text: string, random: Random): string {
  return text
    .replaceAll('{dollars}', () => `$${100 + random.below(900)}`)
    .replaceAll('{amount}', () => String(100 + random.below(900)))
    .replaceAll('{percent}', () => String(10 + random.below(90)))
    .replaceAll('{days}', () => String(2 + random.below(28)));
}

/** Characters of the other customers' data that are told. */
const LONGEST_SPILL = 4_000;

/** Every tool with every kind of input, and some that are not offered; then all results are told. */
function foreignIds({ request, random, step, ids }: Moment): Said {
  if (step > 0) return { text: [texts.SPILL_OPENING, ...resultsIn(request)].join('\n\n').slice(0, LONGEST_SPILL) };
  const offered = offeredTools(request).flatMap((tool) =>
    [...foreignInputs(tool, ids), ...wrongInputs(tool)].map((input) => ({ name: tool.name, input })),
  );
  const tools = [...offered, ...INVENTED_TOOLS.map((name) => ({ name, input: { id: ids[0] ?? '1041' } }))];
  return { text: 'One moment, I am looking up everybody.', tools: random.some(tools, tools.length) };
}

function resultsIn({ messages }: MockRequest): string[] {
  const last = messages.at(-1)?.content ?? [];
  const results = (typeof last === 'string' ? [] : last).flatMap((block) =>
    block.type === 'tool_result'
      ? [typeof block.content === 'string' ? block.content : JSON.stringify(block.content)]
      : [],
  );
  return [...new Set(results)];
}

/** Cut anywhere between two characters, a few at a time: also within a tag, an address, a family of emoji. */
function markup({ random }: Moment): Said {
  const items = random.some(texts.MARKUP, 4);
  const text = items.map((item) => `${random.pick(texts.MARKUP_SENTENCES)} ${filled(item, random)}`).join('\n\n');
  const left = [...text];
  const pieces: string[] = [];
  while (left.length > 0) pieces.push(left.splice(0, 1 + random.below(6)).join(''));
  return { text: pieces };
}

const CALLS_AT_ONCE = 24;

/** The same call for ever, two in turn, many at once, or the same tool with an input that is always new. */
function loop({ request, random, step }: Moment): Said {
  const [first, second = first] = random.some(offeredTools(request), 2);
  if (!first || !second) return { text: texts.LOOP_SENTENCE.repeat(200) };
  const call = (tool: typeof first, text: string) => ({ name: tool.name, input: plainInput(tool, text) });
  const said = lastUserText(request) || 'again';
  switch (random.pick(['same', 'two', 'many', 'new'])) {
    case 'same':
      return { tools: [call(first, said)] };
    case 'two':
      return { text: texts.LOOP_SENTENCE, tools: [call(step % 2 === 0 ? first : second, said)] };
    case 'many':
      return { tools: Array.from({ length: CALLS_AT_ONCE }, () => call(first, said)) };
    default:
      return {
        tools: foreignInputs(first, [`again ${step}`])
          .slice(0, 1)
          .map((input) => ({ name: first.name, input })),
      };
  }
}

/** Does what passages and tool results say, each call once; where they say nothing, it asks every tool first. */
function obey({ request, step }: Moment): Said {
  const { says, links, calls } = ordersIn(request);
  const done = new Set(callsIn(request).map((call) => JSON.stringify(call)));
  const tools = calls.filter((call) => !done.has(JSON.stringify(call)));
  const text = [...says, ...links.map((link) => (link.includes('](') ? link : `[here](${link})`))].join('\n\n');
  if (text || tools.length > 0) return { ...(text ? { text } : {}), tools };
  const offered = offeredTools(request);
  if (step > 0 || offered.length === 0) return { text: texts.NOTHING_TO_OBEY };
  return { tools: offered.map((tool) => ({ name: tool.name, input: plainInput(tool, lastUserText(request)) })) };
}

function callsIn({ messages }: MockRequest): Call[] {
  return messages.flatMap(({ content }) =>
    (typeof content === 'string' ? [] : content).flatMap((block) =>
      block.type === 'tool_use' ? { name: block.name, input: block.input as Input } : [],
    ),
  );
}
