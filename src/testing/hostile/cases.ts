import type { MockTurn } from '../mock-claude-script.ts';
import { DELIVERIES, type Delivery, HARMLESS } from './deliveries.ts';
import type { Plant } from './plants.ts';
import { randomOf } from './random.ts';
import { type HostileReply, hostileReply } from './replies.ts';

/** One question and what a hijacked model makes of it, call by call. */
export type HostileCase = {
  /** Stands in the question: by it the model knows what to say. */
  id: string;
  delivery: string;
  /** Where the text is cut, in UTF-16 units. */
  at: number;
  turns: readonly MockTurn[];
} & HostileReply;

export type HostileOptions = {
  seed: number;
  /** How many different replies are made of the plants, or replies that somebody has written. */
  replies: number | readonly HostileReply[];
  plants?: readonly Plant[];
  /** Tools that write, and the argument in which the model puts its text. */
  actions?: readonly { tool: string; argument: string }[];
  /** Only these ways of delivery. */
  deliveries?: readonly Delivery[];
  /** Cuts of each reply in each way: that many, drawn by the seed. Without it every reply is cut in two at every place. */
  cuts?: number;
};

/** The delivery by the arguments of a tool that writes. */
const IN_AN_ACTION = 'in the arguments of an action';

/** Replies with plants in them, each said in every way. The same options give the same cases. */
export function* hostileCases({
  seed,
  replies,
  plants = [],
  actions = [],
  cuts,
  ...options
}: HostileOptions): Generator<HostileCase> {
  let count = 0;
  const many = typeof replies === 'number' ? replies : replies.length;
  for (let number = 0; number < many; number += 1) {
    const random = randomOf(`${seed}:${number}`);
    const reply = (typeof replies === 'object' && replies[number]) || hostileReply(random, plants);
    // Each call once, however many of the plants it shows.
    const shown = [...new Set(reply.plants.map(({ after }) => after))].flatMap((after) =>
      after ? [{ tools: [after] }] : [],
    );
    const madeOf = (delivery: string, at: number, turns: readonly MockTurn[]): HostileCase => {
      count += 1;
      return { id: `case-${seed}-${count}`, delivery, at, turns: [...shown, ...turns], ...reply };
    };
    for (const delivery of options.deliveries ?? (Object.keys(DELIVERIES) as Delivery[])) {
      for (const at of placesFor(reply.text, delivery)) {
        yield madeOf(delivery, at, DELIVERIES[delivery](reply.text, at, random));
      }
    }
    for (const { tool, argument } of actions) {
      const turns = [{ tools: [{ name: tool, input: { [argument]: reply.text } }] }, { text: HARMLESS }];
      yield madeOf(IN_AN_ACTION, 0, turns);
    }

    function placesFor({ length }: string, delivery: Delivery): number[] {
      const anywhere = () => 1 + random.below(Math.max(1, length - 1));
      if (cuts !== undefined) return Array.from({ length: cuts }, anywhere);
      return delivery === 'two deltas'
        ? Array.from({ length: length - 1 }, (_, at) => at + 1)
        : [anywhere(), anywhere()];
    }
  }
}
