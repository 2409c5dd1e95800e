import { seeded } from '../../src/routing/random.ts';

/** What a customer asks for, and what comes of it: `pay back` is the one that nobody may ask for again. */
export type Wish = 'look up' | 'cancel' | 'address' | 'refund' | 'pay back';

/** How a customer treats the card. */
export type Manner =
  | 'confirm'
  | 'decline'
  | 'ignore'
  | 'double click'
  | 'both at once'
  | 'forge first'
  | 'foreign first'
  | 'replay'
  | 'talk first'
  | 'type yes';

export type Round = { what: Wish; manner: Manner; order: string; text: string; key: string };

/** One conversation of one customer, who has an order for each round. */
export type Plan = { customer: string; rounds: Round[] };

const WISHES: readonly [Wish, number][] = [
  ['look up', 2],
  ['cancel', 3],
  ['address', 3],
  ['refund', 3],
  ['pay back', 2],
];
const MANNERS: readonly [Manner, number][] = [
  ['confirm', 10],
  ['decline', 3],
  ['ignore', 3],
  ['double click', 3],
  ['both at once', 2],
  ['forge first', 1],
  ['foreign first', 1],
  ['replay', 2],
  ['talk first', 2],
  ['type yes', 2],
];
const MOST_ROUNDS = 4;
/** The shop's own orders begin with the letters before. */
const FIRST_LETTER = 'F'.charCodeAt(0);

/** Conversations with so many turns at least, the same ones for the same seed. */
export function planConversations({ turns, seed }: { turns: number; seed: number }): Plan[] {
  const random = seeded(seed);
  const plans: Plan[] = [];
  let [planned, orders] = [0, 0];
  while (planned < turns) {
    let hasTyped = false;
    const rounds = Array.from({ length: 1 + Math.floor(random() * MOST_ROUNDS) }, (): Round => {
      const what = weighted(WISHES, random);
      const manner = mannerFor(what, { random, hasTyped });
      hasTyped ||= manner === 'type yes';
      planned += turnsOf(what, manner);
      const order = orderId(orders++);
      return { what, manner, order, ...sentence(what, order) };
    });
    plans.push({ customer: `cus_crash_${plans.length}`, rounds });
  }
  return plans;
}

export function weighted<Value>(choices: readonly (readonly [Value, number])[], random: () => number): Value {
  let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return (choices[0] as readonly [Value, number])[0];
}

/** Typed consent counts only for some of the shop's tools; a customer types it once, so that it can be found by its words. */
function mannerFor(what: Wish, { random, hasTyped }: { random: () => number; hasTyped: boolean }): Manner {
  const manner = weighted(MANNERS, random);
  const mayType = !hasTyped && (what === 'cancel' || what === 'address');
  return manner === 'type yes' && !mayType ? 'confirm' : manner;
}

function turnsOf(what: Wish, manner: Manner): number {
  if (what === 'look up' || manner === 'ignore') return 1;
  return manner === 'talk first' ? 3 : 2;
}

function orderId(n: number): string {
  return `${String.fromCharCode(FIRST_LETTER + Math.floor(n / 10_000))}-${String(n % 10_000).padStart(4, '0')}`;
}

const SENTENCES: Record<Wish, (order: string) => string> = {
  'look up': (order) => `Where is order ${order}?`,
  cancel: (order) => `Please cancel order ${order}.`,
  address: (order) => `Please redirect order ${order} to 14 Mill Road.`,
  refund: (order) => `Please refund 20 EUR of order ${order}.`,
  'pay back': (order) => `Please pay back 20 EUR of order ${order}.`,
};

function sentence(what: Wish, order: string): { text: string; key: string } {
  return { text: SENTENCES[what](order), key: `ask-${order}` };
}
