import type Anthropic from '@anthropic-ai/sdk';
import type { z } from 'zod';
import { actionRules, type WriteFields } from '../agent/action-rules.ts';
import { customerFieldProblems, withoutCustomerFields } from '../agent/bind-customer.ts';
import { type ActionRules, type Tool, type ToolContext, type ToolOutcome, ToolProblem } from '../agent/tool.ts';
import { checkValue, formatFieldProblem } from './check-value.ts';
import type { ToolDefinition } from './define.ts';
import { jsonSchemaOf } from './json-schema.ts';

const DEFAULT_TIMEOUT_MS = 15_000;

type Input = Record<string, unknown>;

/**
 * What the turn runs, from what a tool's author wrote. Text that `run` gives back reaches the model as it is, other
 * values as JSON. `agent`: the agent's id, for which limits are counted. Throws where the input has no JSON schema.
 */
export function toolFromDefinition(definition: ToolDefinition, agent = ''): Tool {
  const fromCustomer = withoutUndefined(definition.fromCustomer ?? {});
  const input = splitInput(definition.input, fromCustomer);
  const json = withoutCustomerFields(jsonSchemaOf(definition.input), fromCustomer);
  return {
    name: definition.name,
    description: definition.description.trim(),
    inputSchema: json as Anthropic.Tool['input_schema'],
    effect: definition.effect,
    needsCustomer: definition.needs === 'verified-customer' || Object.keys(fromCustomer).length > 0,
    fromCustomer,
    action:
      definition.effect === 'write' ? rulesOf(definition, { fromCustomer, agent, complete: input.complete }) : null,
    timeoutMs: definition.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    untrusted: definition.untrusted ?? false,
    parse(given) {
      const problems = customerFieldProblems(given, fromCustomer);
      if (problems.length > 0) return { ok: false, problems };
      const checked = checkValue(input.ofModel, json, given);
      return checked.ok ? checked : { ok: false, problems: checked.problems.map(formatFieldProblem) };
    },
    async run(given, context) {
      return outcomeOf(await definition.run(input.complete(given), context));
    },
  };
}

function outcomeOf(result: unknown): ToolOutcome {
  return { content: typeof result === 'string' ? result : (JSON.stringify(result) ?? 'Done.') };
}

/** The author's functions get the fields from the customer's identity as their schema makes them. */
function rulesOf(
  definition: ToolDefinition,
  tool: { fromCustomer: Tool['fromCustomer']; agent: string; complete(given: unknown): Input },
): ActionRules {
  const { confirm, limits, lookup, expiresMinutes, confirmByMessage, idempotent, anyOrigin } = definition;
  const fields: WriteFields<unknown> = {
    ...withoutUndefined({ expiresMinutes, confirmByMessage, idempotent, anyOrigin }),
    ...(confirm && {
      confirm: typeof confirm === 'function' ? (given, context) => confirm(tool.complete(given), context) : confirm,
    }),
    ...(limits && {
      limits: limits.map(({ amount, ...limit }) => ({
        ...limit,
        ...(amount && { amount: (given: unknown) => amount(tool.complete(given)) }),
      })),
    }),
    ...(lookup && {
      lookup: async (given: unknown, context: ToolContext) => {
        const found = await lookup(tool.complete(given), context);
        // A forgotten return must not pass for "it was not done".
        if (found === undefined) throw new Error('lookup gave nothing back: null means that nothing was done');
        return found === null ? null : outcomeOf(found);
      },
    }),
  };
  return actionRules({ name: definition.name, ...tool }, fields);
}

/** The schema of what the model gives, and what completes it with the fields from the customer's identity. */
function splitInput(
  input: z.ZodObject,
  fromCustomer: Tool['fromCustomer'],
): { ofModel: z.ZodObject; complete(given: unknown): Input } {
  const mask: Record<string, never> = {};
  for (const field of Object.keys(fromCustomer)) Object.assign(mask, { [field]: true });
  if (Object.keys(mask).length === 0) return { ofModel: input, complete: (given) => given as Input };
  const ofCustomer = input.pick(mask);
  return {
    ofModel: input.omit(mask),
    complete(given) {
      const facts = Object.fromEntries(Object.keys(mask).map((field) => [field, (given as Input)[field]]));
      const checked = ofCustomer.safeParse(facts);
      if (checked.success) return { ...(given as Input), ...checked.data };
      const wrong = checked.error.issues.map(({ path }) => fromCustomer[String(path[0])] ?? 'account').join(', ');
      throw new ToolProblem(`This is not possible with what the customer's sign-in says of them (${wrong}).`);
    },
  };
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Value]: Exclude<Value[Key], undefined> };
}
