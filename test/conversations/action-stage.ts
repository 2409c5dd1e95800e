import { actionRules, type WriteFields } from '../../src/agent/action-rules.ts';
import type { Tool } from '../../src/agent/tool.ts';
import { type DecisionWish, decideAction } from '../../src/conversations/decide-action.ts';
import type { RunningTurns } from '../../src/conversations/running-turns.ts';
import type { EventBody, LoggedEvent } from '../../src/protocol/events.ts';
import type { ScriptedStep } from '../../src/testing/scripted-model.ts';
import { wordTool } from '../agent/play-turn.ts';
import { eventually, type newCustomer, type TestDesk } from './test-desk.ts';

export type Effects = { keys: (string | null)[]; words: string[] };

type Writing = {
  fields?: WriteFields<{ word: string }>;
  more?: Partial<Tool>;
  run?: Tool['run'];
};

/** A tool `refund` that changes something, and what it has done so far. */
export function writeTool({ fields = {}, more = {}, run }: Writing = {}): { tool: Tool; effects: Effects } {
  const effects: Effects = { keys: [], words: [] };
  const name = more.name ?? 'refund';
  const does: Tool['run'] = async (input, context) => {
    effects.keys.push(context.idempotencyKey);
    const { word } = input as { word: string };
    effects.words.push(word);
    return run ? run(input, context) : { content: `Refunded ${word}.` };
  };
  const confirm: WriteFields<{ word: string }>['confirm'] = ({ word }) => `Refund ${word}?`;
  const rules = actionRules<{ word: string }>(
    { name, fromCustomer: more.fromCustomer ?? {}, agent: 'test-agent' },
    { confirm, ...fields },
  );
  return { tool: wordTool(name, does, { effect: 'write', action: rules, ...more }), effects };
}

/** A step in which the model calls the tool. */
export function calls(word: string, name = 'refund'): ScriptedStep {
  return { tools: [{ name, input: { word } }] };
}

type Customer = Awaited<ReturnType<typeof newCustomer>>;

/** The newest action that the conversation was asked to confirm. */
export async function proposed(customer: Customer) {
  const event = (await customer.log()).findLast((one) => one.type === 'action.proposed');
  if (event?.type !== 'action.proposed') throw new Error('nothing was proposed');
  return event.action;
}

/** Decides the newest action of a conversation; gives the seq of the decision. */
export async function decide(
  at: Pick<TestDesk, 'desk'> & { turns: Pick<RunningTurns, 'wake'> },
  customer: Customer,
  wish: Partial<DecisionWish> = {},
) {
  const { id, hash, by } = await proposed(customer);
  const { desk } = at;
  const base = { conversationId: customer.id, actionId: id, decision: 'confirm', hash, by } as const;
  return decideAction({ desk, turns: at.turns as RunningTurns }, { ...base, ...wish });
}

/** Waits until the log has an event of the type, or several of them; gives the newest. */
export async function until<Type extends EventBody['type']>(customer: Customer, type: Type, times = 1) {
  return eventually(async () => {
    const isOne = (event: LoggedEvent): event is Extract<LoggedEvent, { type: Type }> => event.type === type;
    const found = (await customer.log()).filter(isOne);
    return found.length >= times ? found.at(-1) : null;
  });
}
