import type Anthropic from '@anthropic-ai/sdk';
import { actionRules, type LimitField, type WriteFields } from '../../agent/action-rules.ts';
import { customerFieldProblems, withoutCustomerFields } from '../../agent/bind-customer.ts';
import type { Tool } from '../../agent/tool.ts';
import type { Decider } from '../../protocol/conversation.ts';
import { checkInput } from '../check-input.ts';
import type { JsonSchema } from '../schema-words.ts';
import { type HttpCall, runCall, runFacts, runLookup } from './http-call.ts';
import { fill, type Template, type Values, valueAtPath } from './template.ts';

/** What a file says of a tool that changes something. Places of `summary`: the input's fields, `facts.…`. */
export type HttpWrite = {
  confirm: { by: Decider; summary: Template | null; facts: HttpCall | null };
  lookup: HttpCall | null;
  /** `amount`: the field of the input that says how much; null counts calls. */
  limits: readonly (Omit<LimitField<unknown>, 'amount'> & { amount: string | null })[];
  rules: Pick<WriteFields<unknown>, 'expiresMinutes' | 'confirmByMessage' | 'idempotent' | 'anyOrigin'>;
};

export type HttpToolParts = {
  /** The agent's id, for which limits are counted. */
  agent: string;
  name: string;
  description: string;
  /** Of the whole input, the fields from the customer's identity among them. */
  schema: JsonSchema;
  /** The author's own sentence for a field that is wrong. */
  messages: Readonly<Record<string, string>>;
  needsCustomer: boolean;
  fromCustomer: Readonly<Record<string, string>>;
  untrusted: boolean;
  call: HttpCall;
  /** Null for a read. */
  write: HttpWrite | null;
};

const LONGEST_VALUE = 120;

/** A tool that is one HTTP call. */
export function httpTool(parts: HttpToolParts): Tool {
  const { agent, name, fromCustomer, call, write } = parts;
  const schema = withoutCustomerFields(parts.schema, fromCustomer);
  const check = checkInput(schema, parts.messages);
  return {
    name,
    description: parts.description.trim(),
    inputSchema: schema as Anthropic.Tool['input_schema'],
    effect: write ? 'write' : 'read',
    action: write && actionRules<unknown>({ name, fromCustomer, agent }, writeFields(write)),
    needsCustomer: parts.needsCustomer || Object.keys(fromCustomer).length > 0,
    fromCustomer,
    timeoutMs: call.timeoutMs,
    untrusted: parts.untrusted,
    parse(input) {
      const problems = customerFieldProblems(input, fromCustomer);
      return problems.length > 0 ? { ok: false, problems } : check(input);
    },
    run: (input, context) => runCall(call, input, context),
  };
}

/** As every kind of tool states it. */
export function writeFields({ confirm, lookup, limits, rules }: HttpWrite): WriteFields<unknown> {
  const { by, summary, facts } = confirm;
  return {
    ...rules,
    confirm:
      summary === null
        ? by
        : async (input, context) => {
            const known = facts && (await runFacts(facts, input, context));
            return { summary: sentence(summary, { ...(input as Values), facts: known ?? {} }), by };
          },
    limits: limits.map(({ amount, ...limit }) => ({
      ...limit,
      ...(amount !== null && { amount: (input: unknown) => Number(valueAtPath(input, amount) ?? Number.NaN) }),
    })),
    ...(lookup && { lookup: (input, context) => runLookup(lookup, input, context) }),
  };
}

/** A place without a value stays empty: optional arguments may be missing. */
function sentence(summary: Template, values: Values): string {
  const write = (_field: string, value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE).toWellFormed()}…`;
  };
  return summary.map((part) => fill([part], values, write) ?? '').join('');
}
