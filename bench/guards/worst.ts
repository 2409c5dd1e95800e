import type Anthropic from '@anthropic-ai/sdk';
import { readAhead, runGuards } from '../../src/agent/run-guards.ts';
import type { DeskAgent } from '../../src/conversations/desk.ts';
import type { Quantiles } from './latency.ts';
import { coldBefore, noteTime, quantiles, shown, type Times, timeOf } from './played.ts';

/** A kind of segment that takes longer than others. `Unread`: before the guards have read what it rests on. */
export type Kind =
  | 'figures'
  | 'longReply'
  | 'manySources'
  | 'newPassagesUnread'
  | 'recordsUnread'
  | 'manySourcesUnread';

const QUESTION = 'What is covered?';
/** Each about 240 characters long, with as many figures, names and promises as people read. */
const SEGMENTS = [
  'Order 5003 of Person3 Doe3 came to 37.50 EUR with 5 % off, is refunded within 14 days to +49 170 5510111 or p3@mail3.example by 3 May 2026 at 10:30; 12 items at 3.20 EUR each make 38.40 EUR, of which 2 items are 1.10 EUR each.\n',
  'We cover water damage up to 5,000 EUR a year and theft up to 2,500 EUR, with a deductible of 250 EUR per claim; claims are paid within 10 business days, by bank transfer, and reported within 30 days to +49 30 901820 or by e-mail.\n',
  'You can reach our team from Monday to Friday between 8:00 and 18:30 and on Saturdays from 9:00 to 13:00, in Springfield on 12 Main Street, or in Shelbyville on 400 Oak Avenue, and the phone is answered within 3 minutes on average.\n',
  'A second driver under 25 years adds 12.5 % or 84.90 EUR a year to the premium, a trailer 40 EUR, a child seat nothing; you may cancel within 14 days for a full refund, later by the month, with 30 days notice, at a fee of 15.00 EUR.\n',
];

/** What a segment takes through all guards, by its kind: the median of some rounds, in each of which all sources are new texts. */
export async function worstOf(agent: DeskAgent, warm: number): Promise<Record<Kind, Quantiles>> {
  const { passages } = await agent.firstSearch([QUESTION], 'general');
  const kinds: Record<Kind, (round: number) => Shown> = {
    figures: (round) => ({ messages: newPassages(passages, 8, round) }),
    longReply: (round) => ({ messages: newPassages(passages, 8, round), released: 'It is so. '.repeat(400) }),
    manySources: (round) => ({ messages: [...newPassages(passages, 50, round), ...results(round, 20, 40)] }),
    newPassagesUnread: (round) => ({ messages: newPassages(passages, 8, round), unread: true }),
    recordsUnread: (round) => ({ messages: results(round, 1, 75), unread: true }),
    manySourcesUnread: (round) => ({
      messages: [...newPassages(passages, 50, round), ...results(round, 20, 40)],
      unread: true,
    }),
  };
  const found: [string, Quantiles][] = [];
  for (const [kind, show] of Object.entries(kinds)) found.push([kind, await measured(agent, warm, show)]);
  return Object.fromEntries(found) as Record<Kind, Quantiles>;
}

type Shown = { messages: Anthropic.MessageParam[]; released?: string; unread?: boolean };

/** Of unread sources only the first segment counts. */
async function measured(agent: DeskAgent, warm: number, show: (round: number) => Shown): Promise<Quantiles> {
  const cold = coldBefore(warm);
  const times: Times = [];
  for (let round = 0; round < cold + warm; round += 1) {
    const { messages, released = '', unread = false } = show(round);
    const seen = shown(agent, messages, { question: QUESTION, released: () => released });
    if (!unread) await readAhead(agent.guards, seen);
    for (const [at, segment] of SEGMENTS.slice(0, unread ? 1 : undefined).entries()) {
      const ms = timeOf(() => runGuards(segment, agent.guards, seen));
      if (round >= cold) noteTime(times, at, ms);
    }
  }
  return quantiles(times);
}

function newPassages(
  from: readonly Anthropic.SearchResultBlockParam[],
  count: number,
  round: number,
): Anthropic.MessageParam[] {
  const content = Array.from({ length: count }, (_, at) => {
    const passage = from[at % from.length] as Anthropic.SearchResultBlockParam;
    return { ...passage, title: `${passage.title}, part ${at} of edition ${round}` };
  });
  return [{ role: 'user', content }];
}

/** Results of a tool with so many people's records each: 40 are 10 KB, 75 are 19. */
function results(round: number, count: number, people: number): Anthropic.MessageParam[] {
  const calls = Array.from({ length: count }, (_, call) => {
    const first = 100 * (round * count + call);
    const orders = Array.from({ length: people }, (_, at) => order(first + at));
    return { id: `call_${call}`, content: JSON.stringify({ orders }) };
  });
  return [
    {
      role: 'assistant',
      content: calls.map(({ id }) => ({ type: 'tool_use', id, name: 'find_orders', input: {} })),
    },
    { role: 'user', content: calls.map(({ id, content }) => ({ type: 'tool_result', tool_use_id: id, content })) },
  ];
}

function order(n: number): object {
  const customer = {
    name: `Person${n} Doe${n}`,
    email: `p${n}@mail${n}.example`,
    phone: `+49 170 55${10_000 + 37 * n}`,
    address: `${n} Main Street, 1${1_000 + n} Springfield`,
  };
  const note = 'Left at the door of the neighbour.';
  return { id: 5_000 + n, customer, total: 12.5 * n, currency: 'EUR', status: 'delivered', note };
}
