import { answerMessage, type ReceivedMessage, turnEvents } from '../conversations/answer-message.ts';
import { closeConversation, startConversation, viewOf } from '../conversations/conversation.ts';
import { decideAction } from '../conversations/decide-action.ts';
import { identifyCustomer } from '../conversations/identify.ts';
import type { ActionView } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import type { CaseRun, RunTurn } from './case-run.ts';
import type { CustomerSide } from './customer-side.ts';
import { diffState } from './diff-state.ts';
import { turnOf } from './run-turn.ts';
import type { Stage } from './stage.ts';
import type { Act, Case, SignedIn } from './suite.ts';

/** Which attempt at a case, and the name under which it is kept. */
export type Attempt = { attempt: number; key: string };

/**
 * Has a case with the agent, by the use cases that customers reach, and gives back what was said and done. Never rejects: what kept
 * it from coming to its end is in `error`. `signal` ends it, which is an error, too.
 */
export async function runCase(
  stage: Stage,
  one: Case,
  { side, signal, ...attempt }: Attempt & { side: CustomerSide; signal: AbortSignal },
): Promise<CaseRun> {
  const begun = performance.now();
  const play = new Play(stage, one, signal);
  try {
    stage.next();
    await stage.world?.reset();
    const before = await stateOf(stage);
    await play.run(side);
    play.changes = diffState(before, await stateOf(stage));
  } catch (error) {
    play.error = signal.aborted ? String(signal.reason?.message ?? signal.reason) : sentenceOf(error);
    // What still runs of it would reach into the next case.
    await play.end();
  } finally {
    stage.say(null);
  }
  const record = await play.record().catch((error: unknown) => {
    play.error ??= sentenceOf(error);
    return NOTHING_SAID;
  });
  const { desk } = stage.frontdesk;
  const agent = desk.defaultAgent;
  const costs = record.steps.map(({ model, usage }) => stage.costOf(model, usage));
  return {
    ...{ caseId: one.id, ...attempt, model: agent.modelId, offline: stage.offline },
    ...{ promptHash: agent.prompt.hash, knowledgeVersion: agent.knowledgeVersion },
    prompt: one.expect.prompt ? promptText(agent) : '',
    ...record,
    ...{ turns: play.turns, changes: play.changes, left: play.left, stuck: play.stuck },
    costUsd: costs.reduce((sum, cost) => sum + cost, 0) + (side.costUsd?.() ?? 0),
    ms: Math.round(performance.now() - begun),
    error: play.error,
  };
}

/** A copy: a world may give the very object that its tools change. Undefined where there is no world. */
async function stateOf({ world }: Stage): Promise<unknown> {
  return world ? structuredClone(await world.state()) : undefined;
}

type Record = Pick<CaseRun, 'events' | 'steps' | 'actions' | 'status' | 'handedOff'>;
const NOTHING_SAID: Record = { events: [], steps: [], actions: [], status: 'open', handedOff: false };

/** Codes with which a turn ends because the model could not be reached, which says nothing of the agent. */
const MODEL_DOWN =
  /^(?:model_(?:overloaded|rate_limited|spend_limit|unreachable|stalled|rejected)|paused|budget_spent)$/;

class Play {
  readonly turns: RunTurn[] = [];
  changes: CaseRun['changes'] = [];
  left: CaseRun['left'] = null;
  stuck: string | null = null;
  error: string | null = null;
  readonly #stage: Stage;
  readonly #case: Case;
  readonly #signal: AbortSignal;
  #id: string | null = null;

  constructor(stage: Stage, one: Case, signal: AbortSignal) {
    this.#stage = stage;
    this.#case = one;
    this.#signal = signal;
  }

  async run(side: CustomerSide): Promise<void> {
    for (;;) {
      this.#signal.throwIfAborted();
      const open = (await this.#actions()).filter(({ state }) => state === 'proposed');
      const next = await side.next(this.turns, open, this.#signal);
      if (next.kind === 'leave') {
        this.left = next.left;
        return;
      }
      const action = this.#card(next.act, open);
      if (this.stuck !== null) return;
      this.#stage.say(next.modelSays);
      await this.#act(next.act, action);
      this.#stage.say(null);
    }
  }

  /** The newest card that the act decides; null for another act. Where there is none, the customer is stuck. */
  #card(act: Act, open: readonly ActionView[]): ActionView | null {
    if (act.kind !== 'decide') return null;
    const action = open.findLast(({ by }) => by === act.by);
    const whose = act.by === 'customer' ? 'the customer' : 'an operator';
    if (!action) this.stuck = `There was no open card for ${whose} to ${act.decision}.`;
    return action ?? null;
  }

  async #act(act: Act, action: ActionView | null): Promise<void> {
    const begun = performance.now();
    const id = await this.#begin();
    const from = (await this.#events()).at(-1)?.seq ?? 0;
    const received = await this.#do(act, id, action);
    let firstMs: number | null = null;
    if (received) {
      const reply = turnEvents(this.#stage.frontdesk.desk, { conversationId: id, ...received, signal: this.#signal });
      for await (const event of reply) {
        if (event.type === 'segment.released') firstMs ??= performance.now() - begun;
      }
    }
    this.#signal.throwIfAborted();
    const ms = performance.now() - begun;
    const { desk } = this.#stage.frontdesk;
    const turn = turnOf({
      act,
      events: (await this.#events()).filter(({ seq }) => seq > from),
      steps: await desk.store.log.steps(id),
      tools: desk.defaultAgent.tools,
      times: { firstMs: Math.round(firstMs ?? ms), ms: Math.round(ms) },
    });
    this.turns.push(turn);
    if (turn.outcome === 'failed' && MODEL_DOWN.test(turn.code ?? '')) {
      throw new Error(`The model did not answer (${turn.code}).`);
    }
  }

  /** Null where nobody replies to it. */
  async #do(act: Act, conversationId: string, action: ActionView | null): Promise<ReceivedMessage | null> {
    const { desk, turns } = this.#stage.frontdesk;
    if (act.kind === 'say') return answerMessage({ desk, turns }, { conversationId, text: act.text });
    if (act.kind === 'sign_in') {
      await identifyCustomer(desk, conversationId, await this.#stage.tokenOf(this.#whole(act.customer)));
      return null;
    }
    if (!action) return null;
    const { id: actionId, hash } = action;
    const { decision, by } = act;
    const decided = await decideAction({ desk, turns }, { conversationId, actionId, hash, decision, by });
    return { messageId: actionId, seq: decided.seq };
  }

  /** The conversation begins with the first thing that the customer does. */
  async #begin(): Promise<string> {
    if (this.#id !== null) return this.#id;
    const { language, customer } = this.#case;
    const { id } = await startConversation(this.#stage.frontdesk.desk, {
      ...(language !== null && { language }),
      ...(customer && { customerToken: await this.#stage.tokenOf(this.#whole(customer)) }),
    });
    this.#id = id;
    return id;
  }

  /** With what the world knows of them. */
  #whole({ id, email, name }: SignedIn): SignedIn {
    const known = this.#stage.world?.customer?.(id);
    return { id, email: email ?? known?.email ?? null, name: name ?? known?.name ?? null };
  }

  async #events(): Promise<LoggedEvent[]> {
    return this.#id === null ? [] : this.#stage.frontdesk.desk.store.log.events(this.#id);
  }

  async #actions(): Promise<ActionView[]> {
    const { desk } = this.#stage.frontdesk;
    const conversation = this.#id === null ? null : await desk.store.conversations.get(this.#id);
    return conversation ? (await viewOf(desk, conversation)).actions : [];
  }

  /** Stops the reply that runs. Never rejects. */
  async end(): Promise<void> {
    if (this.#id !== null) await closeConversation(this.#stage.frontdesk.desk, this.#id).catch(() => {});
  }

  async record(): Promise<Record> {
    const { desk } = this.#stage.frontdesk;
    const conversation = this.#id === null ? null : await desk.store.conversations.get(this.#id);
    if (!conversation) return NOTHING_SAID;
    const events = await this.#events();
    return {
      events,
      steps: await desk.store.log.steps(conversation.id),
      actions: await this.#actions(),
      status: conversation.status,
      handedOff: events.some(({ type }) => type === 'handoff.requested'),
    };
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof FrontdeskError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}

type DeskAgent = Stage['frontdesk']['desk']['defaultAgent'];

/** All that the model is told: the prompt, what tools say of themselves, and what each desk adds when it takes over. */
function promptText({ prompt: { system, opening }, tools, routes }: DeskAgent): string {
  const opened = opening.flatMap(({ content }) => (typeof content === 'string' ? [content] : content.map(textOf)));
  const described = tools.map(({ name, description }) => `${name}: ${description}`);
  const briefs = [...routes.values()].map(({ brief }) => brief);
  return [...described, ...system.map(({ text }) => text), ...opened, ...briefs].join('\n\n');
}

function textOf(block: { type: string }): string {
  return 'text' in block ? String(block.text) : '';
}
