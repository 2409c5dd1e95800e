import { createHash } from 'node:crypto';
import { cleanText } from '../language/invisible.ts';
import type { Decider } from '../protocol/conversation.ts';
import { type ActionLimit, type ActionRules, type Tool, type ToolContext, ToolProblem } from './tool.ts';

/** What a `confirm` function gives: the card's sentence, and who decides where that is not the customer. */
export type Confirmation = string | { summary: string; by?: Decider };

/** A limit on a tool that changes something: at most `most` in `hours`, for each customer, conversation or agent. */
export type LimitField<Input> = {
  /** Whose limit it is. `customer` only where the tool needs a signed-in customer: visitors could begin anew. */
  per: 'customer' | 'conversation' | 'agent';
  /** A whole number above 0. */
  most: number;
  hours: number;
  /** What a call uses up: a whole number, such as cents; 0 uses nothing up. Default 1. */
  amount?(input: Input): number;
};

/** The fields of a tool that changes something, as its author writes them. */
export type WriteFields<Input> = {
  confirm?: Decider | ((input: Input, context: ToolContext) => Promise<Confirmation> | Confirmation);
  expiresMinutes?: number;
  confirmByMessage?: boolean;
  idempotent?: boolean;
  lookup?: NonNullable<ActionRules['lookup']>;
  limits?: readonly LimitField<Input>[];
  anyOrigin?: readonly string[];
};

/** Names of the fields that only a tool with `effect: 'write'` may have, as every kind of tool file spells them. */
export const WRITE_FIELDS = [
  'confirm',
  'expiresMinutes',
  'confirmByMessage',
  'idempotent',
  'lookup',
  'limits',
  'anyOrigin',
] as const;

const DEFAULT_EXPIRES_MINUTES = 15;
const LONGEST_SUMMARY = 500;
/** Characters of one argument in a sentence that nobody wrote. */
const LONGEST_VALUE = 80;

/**
 * What the runtime must know of a tool that changes something, from what its author wrote; every kind of tool makes it
 * here. `agent` is the agent's id: limits are counted for each agent. The fields must have been checked.
 */
export function actionRules<Input>(
  tool: Pick<Tool, 'name' | 'fromCustomer'> & { agent: string },
  fields: WriteFields<Input>,
): ActionRules {
  const { confirm = 'customer' } = fields;
  return {
    async confirm(input, context) {
      if (typeof confirm === 'string') return { summary: plainSummary(tool, input), by: confirm };
      const made = await confirm(input as Input, context);
      const { summary, by = 'customer' } = typeof made === 'string' ? { summary: made } : made;
      return { summary: sentence(summary), by: knownDecider(by) };
    },
    expiresMs: (fields.expiresMinutes ?? DEFAULT_EXPIRES_MINUTES) * 60_000,
    confirmByMessage: fields.confirmByMessage ?? false,
    idempotent: fields.idempotent ?? false,
    lookup: fields.lookup ?? null,
    anyOrigin: fields.anyOrigin ?? [],
    limits: (input, context) =>
      (fields.limits ?? []).flatMap((limit, index) => {
        const amount = amountOf(limit, input as Input);
        if (amount === 0) return [];
        const { per, most, hours } = limit;
        const key = `${tool.agent} ${tool.name} limit ${index} per ${per} ${ownerOf(per, context)}`;
        return [{ key, per, amount, most, hours } satisfies ActionLimit];
      }),
  };
}

/**
 * A sentence from the tool's name and its arguments, where the author wrote none: `Cancel order (order id: A-17).` The
 * model chose the arguments, so each is bounded, in one line, without invisible characters.
 */
function plainSummary({ name, fromCustomer }: Pick<Tool, 'name' | 'fromCustomer'>, input: unknown): string {
  const given = Object.entries(input as Record<string, unknown>).filter(
    ([field, value]) => value !== undefined && !Object.hasOwn(fromCustomer, field),
  );
  const facts = given.map(([field, value]) => `${inWords(field)}: ${shown(value)}`).join('; ');
  const what = inWords(name);
  const head = what.charAt(0).toUpperCase() + what.slice(1);
  return sentence(facts === '' ? `${head}.` : `${head} (${facts}).`);
}

function inWords(name: string): string {
  return oneLine(name.replaceAll('_', ' '));
}

function shown(value: unknown): string {
  return shortened(
    oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))),
    LONGEST_VALUE,
  );
}

function sentence(summary: unknown): string {
  if (typeof summary !== 'string' || oneLine(summary) === '') throw new Error('confirm gave no sentence');
  return shortened(oneLine(summary), LONGEST_SUMMARY);
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

function knownDecider(by: unknown): Decider {
  if (by === 'customer' || by === 'operator') return by;
  throw new Error('confirm named nobody who decides');
}

function amountOf<Input>(limit: LimitField<Input>, input: Input): number {
  const amount = limit.amount ? limit.amount(input) : 1;
  if (Number.isSafeInteger(amount) && amount >= 0) return amount;
  throw new ToolProblem('It cannot be told how much of the limit this would use up.');
}

/** A hash in place of the customer's id: tallies are no place for it. */
function ownerOf(per: LimitField<unknown>['per'], { customer, conversationId }: ToolContext): string {
  if (per === 'agent') return '';
  if (per === 'conversation') return conversationId;
  if (customer === null) throw new ToolProblem('Only a signed-in customer can have this.');
  return createHash('sha256').update(customer.id).digest('base64url');
}
