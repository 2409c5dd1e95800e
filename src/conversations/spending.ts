import type Anthropic from '@anthropic-ai/sdk';
import type { ModelEvent, ModelFailure, ModelRequest } from '../agent/model.ts';
import type { Usage } from '../agent/step.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Desk } from './desk.ts';
import { secondsUntil } from './limits.ts';
import type { Conversation, Use } from './log.ts';

/** Dollars in 24 hours, counted from the first that is spent: by a conversation, a visitor, all of them together. */
export type Budgets = { conversation: number; visitor: number; day: number };

/** Dollars for a million tokens. Reading the prompt cache costs a tenth of input, writing it a quarter more. */
export type Price = { input: number; output: number };

export type PriceTable = (model: string) => Price;

export type Spending = { budgets: Budgets; prices: PriceTable };

const DAY_MS = 86_400_000;
/** Tallies are whole numbers: millionths of a dollar. */
const MICRO = 1_000_000;
const CACHE_READ = 0.1;
const CACHE_WRITE = 1.25;
/** On the average; what a model has said so far. */
const CHARACTERS_A_TOKEN = 4;
/** At least, in any script; what a request may come to. */
const BYTES_A_TOKEN = 2;

/** The tally of everything that is spent. */
const OF_ALL = 'spent by all';

/** Throws `budget_spent` where the conversation, its visitor, or all together have spent what they may. */
export async function checkBudgets(desk: Desk, conversation: Conversation): Promise<void> {
  const uses = budgetUses(desk, conversation, 0);
  const now = desk.now();
  const spent = await desk.store.tallies.read(
    uses.map(({ key }) => key),
    now,
  );
  for (const { key, most } of uses) {
    const tally = spent.get(key);
    if (!tally || most === null || tally.value < most) continue;
    throw new FrontdeskError('budget_spent', undefined, { retryAfter: secondsUntil(tally.until, now) });
  }
}

/** Dollars spent by all in the running 24 hours, with what running calls have set aside. */
export async function spentByAll({ store, now }: Desk): Promise<number> {
  const tallies = await store.tallies.read([OF_ALL], now());
  return (tallies.get(OF_ALL)?.value ?? 0) / MICRO;
}

/** Dollars that a finished call has cost. */
export function costOf({ input, output, cacheRead, cacheWrite }: Usage, price: Price): number {
  const tokens = input + cacheRead * CACHE_READ + cacheWrite * CACHE_WRITE;
  return (tokens * price.input + output * price.output) / MICRO;
}

/** The bill of a model call: sees its events, and pays when it is over. */
export type Bill = { take(event: ModelEvent): void; settle(): Promise<void> };

/**
 * Opens the bill of a call. What it may cost at most is set aside before it and settled after it, so that calls that run
 * at once do not pass a budget together: by one call at most. Gives a failure where no budget has room. What a crash
 * cuts off stays set aside: it may have been spent.
 */
export function openBill(desk: Desk, conversation: Conversation, request: ModelRequest): Promise<Bill | ModelFailure> {
  return billTo(desk, (amount) => budgetUses(desk, conversation, amount), request);
}

/** A budget for work that belongs to no conversation, dollars in 24 hours; it counts for all together as well. */
export type HouseBudget = { name: string; dollars: number };

/** The bill of a call that belongs to no conversation. */
export function openHouseBill(
  desk: Desk,
  budget: HouseBudget | null,
  request: ModelRequest,
): Promise<Bill | ModelFailure> {
  return billTo(desk, (amount) => houseUses(desk, budget, amount), request);
}

/**
 * Sets dollars aside for work that is paid later, such as a batch. Gives what settles it, or null where the budgets have no
 * room for it.
 */
export async function setAside(
  desk: Desk,
  budget: HouseBudget,
  dollars: number,
): Promise<((spent: number) => Promise<void>) | null> {
  const uses = houseUses(desk, budget, Math.ceil(dollars * MICRO));
  if (await desk.store.tallies.take(uses, desk.now())) return null;
  const keys = uses.map(({ key }) => key);
  return (spent) => desk.store.tallies.add(keys, Math.ceil(spent * MICRO) - Math.ceil(dollars * MICRO), desk.now());
}

function houseUses({ limits: { spending } }: Desk, budget: HouseBudget | null, amount: number): Use[] {
  if (!spending) return [];
  const own = budget ? [budgetUse(`spent on ${budget.name}`, amount, budget.dollars)] : [];
  return [...own, budgetUse(OF_ALL, amount, spending.budgets.day)];
}

async function billTo(
  desk: Desk,
  usesOf: (amount: number) => Use[],
  request: ModelRequest,
): Promise<Bill | ModelFailure> {
  const price = desk.limits.spending?.prices(request.model);
  if (desk.offline || !price || (price.input === 0 && price.output === 0)) return NOTHING_TO_PAY;
  const bytes = bytesOf(request);
  // At most: all input written to the cache, and as much output as is asked for.
  const most = Math.ceil((bytes / BYTES_A_TOKEN) * price.input * CACHE_WRITE + request.max_tokens * price.output);
  const uses = usesOf(most);
  const reached = await desk.store.tallies.take(uses, desk.now());
  if (reached) return { type: 'failed', code: 'budget_spent', detail: `The budget is spent: ${reached.key}.` };
  const cost = new Cost(price, bytes);
  return {
    take: (event) => cost.take(event),
    async settle() {
      const keys = uses.map(({ key }) => key);
      await desk.store.tallies.add(keys, cost.soFar - most, desk.now());
    },
  };
}

const NOTHING_TO_PAY: Bill = { take() {}, async settle() {} };

function budgetUses({ limits: { spending } }: Desk, { id, visitor }: Conversation, amount: number): Use[] {
  if (!spending) return [];
  const { conversation, visitor: ofVisitor, day } = spending.budgets;
  return [
    budgetUse(`spent in ${id}`, amount, conversation),
    budgetUse(`spent by visitor ${visitor}`, amount, ofVisitor),
    budgetUse(OF_ALL, amount, day),
  ];
}

function budgetUse(key: string, amount: number, dollars: number): Use {
  return { key, amount, most: Math.round(dollars * MICRO), windowMs: DAY_MS };
}

function bytesOf({ system, messages, tools }: ModelRequest): number {
  return Buffer.byteLength(JSON.stringify([system, messages, tools]));
}

/** What a call has cost so far, in millionths of a dollar; an attempt that broke off counts as far as it came. */
class Cost {
  readonly #price: Price;
  readonly #estimate: number;
  #earlier = 0;
  /** Null until it is known: a call that was sent and then cancelled is paid by the estimate. */
  #input: number | null = null;
  #outputTokens = 0;
  #characters = 0;

  constructor(price: Price, bytes: number) {
    this.#price = price;
    this.#estimate = (bytes / CHARACTERS_A_TOKEN) * price.input;
  }

  get soFar(): number {
    // The count of output tokens comes at the end; until then it is estimated from the text.
    const output = Math.max(this.#outputTokens, this.#characters / CHARACTERS_A_TOKEN);
    return Math.ceil(this.#earlier + (this.#input ?? this.#estimate) + output * this.#price.output);
  }

  take(event: ModelEvent): void {
    if (event.type === 'message_start') {
      this.#takeInput(event.message.usage);
    } else if (event.type === 'message_delta') {
      // Some gateways tell the input only here, or nothing at all.
      if (event.usage?.input_tokens) this.#takeInput(event.usage);
      this.#outputTokens = Math.max(0, event.usage?.output_tokens ?? 0);
      if (this.#outputTokens > 0) this.#characters = 0;
    } else if (event.type === 'content_block_delta') {
      if (event.delta.type === 'text_delta') this.#characters += event.delta.text.length;
    } else if (event.type === 'failed') {
      this.#input ??= 0;
    } else if (event.type === 'retrying') {
      this.#input ??= 0;
      this.#earlier = this.soFar;
      this.#input = null;
      this.#outputTokens = 0;
      this.#characters = 0;
    }
  }

  #takeInput(usage: Partial<Anthropic.MessageDeltaUsage> | undefined): void {
    const read = (usage?.cache_read_input_tokens ?? 0) * CACHE_READ;
    const written = (usage?.cache_creation_input_tokens ?? 0) * CACHE_WRITE;
    const tokens = (usage?.input_tokens ?? 0) + read + written;
    // A gateway that counts nothing has spent all the same.
    this.#input = tokens > 0 ? tokens * this.#price.input : null;
  }
}
