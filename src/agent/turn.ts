import type Anthropic from '@anthropic-ai/sdk';
import type { Citation, Decider, Status } from '../protocol/conversation.ts';
import type { EventBody, NoticeCode, TurnOutcome } from '../protocol/events.ts';
import { Origins } from './argument-origin.ts';
import type { Customer } from './customer.ts';
import { Evidence, type Known } from './evidence.ts';
import type { AnswerCheck, Correction, Guard } from './guard.ts';
import type { Model, ModelFailure, ModelRequest } from './model.ts';
import { type ModelStep, runModelStep } from './model-step.ts';
import { NUDGES, nudgeFor } from './notes.ts';
import type { Prompt } from './prompt.ts';
import type { Proposing } from './propose-action.ts';
import { Reply } from './reply.ts';
import { publicName, runTools } from './run-tools.ts';
import type { Contact, Sentences } from './sentences.ts';
import { type CachedFrom, NO_TOKENS, type StepRecord, type TurnEntry } from './step.ts';
import { type Desks, movedTo, type Switching, settingsOf } from './switch-desk.ts';
import type { Tool } from './tool.ts';
import { orAborted } from './tool-outcome.ts';
import { mergeRoles, stepMessages } from './transcript.ts';

/** Limits of one turn (OWASP AISVS 9.1.2: no endless loops). */
export type TurnBounds = {
  /** Model calls. */
  steps: number;
  /** Seconds after which no further model call begins. */
  seconds: number;
  /** How often the same tools may give the same results: that time leads nowhere, and a person goes on. */
  repeats: number;
};

export const DEFAULT_BOUNDS: TurnBounds = { steps: 12, seconds: 60, repeats: 3 };

/** How often a step that gave no whole answer is followed by another one for that reason. */
const CONTINUATIONS = 2;

export type TurnInput = {
  conversationId: string;
  turnId: string;
  /** Id of the reply. */
  messageId: string;
  language: string | null;
  status: Status;
  /** Who the customer is, as a token that still holds has shown; null for anybody else. */
  customer: Customer | null;
  prompt: Prompt;
  model: Model;
  /** Asked beside the reply, about what its guards doubt; paid as its own calls are. */
  aside: Model;
  /** The agent's own, where the desk has no other. */
  modelId: string;
  maxTokens: number;
  desks: Desks;
  /** The conversation before this turn, without the prompt's opening. */
  history: Anthropic.MessageParam[];
  /** The customer's message as blocks, without passages; empty where the turn takes up decisions only. */
  question: Anthropic.ContentBlockParam[];
  questionText: string;
  /** All that the customer has said, oldest first, the message included. */
  said: readonly string[];
  /** Passages for the question, put before it in the first step; what the desk knows. */
  firstSearch(): Promise<Anthropic.SearchResultBlockParam[]>;
  /** What of this turn was in the log before a crash; nothing for a new turn. */
  resumed: ResumedTurn;
  tools: readonly Tool[];
  proposing: Proposing;
  guards: readonly Guard[];
  /** What looks at the whole reply once it is out, in their order. */
  checks: readonly AnswerCheck[];
  /** Hears that a check gave no answer. */
  onCheckFailed(check: string, error: unknown): void;
  /** What answers the message in place of the model; null where the model does. */
  screened: Screened | null;
  company: string;
  contact: Contact;
  knowledgeVersion: string;
  /** Resolves the API's citations against the search results of a request: null for one that points at none of them. */
  citer: Citer;
  sentences: Sentences;
  bounds: TurnBounds;
  /** Set where `model` gives a reply again that was made before. */
  cached?: CachedFrom;
  signal: AbortSignal;
};

/** A sentence of ours that answers a message. `reason`: for whoever takes over; `code`: the turn's. */
export type Screened = { sentence: string; reason: string; code: string };

/** A turn's complete steps, with what each released. */
export type ResumedTurn = {
  steps: { record: StepRecord; released: string }[];
  citations: Citation[];
  handedOff: boolean;
};

export const NEW_TURN: ResumedTurn = { steps: [], citations: [], handedOff: false };

export type Citer = (
  messages: readonly Anthropic.MessageParam[],
) => (location: Anthropic.TextCitation) => Omit<Citation, 'number'> | null;

/** `overflow`: the history is too long for the model, nothing has ended; shorten it and run the turn again. */
export type TurnResult = TurnOutcome | 'overflow';

/**
 * One reply: model calls and tools until the model is done. Yields what to append to the log, in order, and ends with
 * exactly one `turn.ended` (unless it returns `overflow`). A resumed turn goes on after its complete steps.
 */
export async function* runTurn(input: TurnInput): AsyncGenerator<TurnEntry, TurnResult> {
  const turn = new Turn(input);
  if (input.screened) return yield* turn.endScreened(input.screened);
  if (turn.answered) return yield* turn.finish();
  while (turn.stepsLeft()) {
    if (turn.circles) return yield* turn.giveUp('turn_loop', 'The agent went in circles and could not finish.');
    const step = turn.step;
    turn.reply.beginStep(step);
    yield { events: [{ type: 'step.started', turnId: input.turnId, step }] };
    const stepInput = await turn.stepInput();
    const outcome = yield* runModelStep(turn.modelStep(stepInput));
    if (outcome.ended === 'aborted' || input.signal.aborted) return yield* turn.end('stopped');
    if (outcome.ended === 'guarded') return yield* turn.endGuarded();
    if (outcome.ended === 'failed') {
      yield { events: turn.reply.withdrawStep() };
      if (outcome.failure.code === 'context_overflow') return 'overflow';
      return yield* turn.fail(outcome.failure);
    }
    if (outcome.stopReason === 'model_context_window_exceeded') {
      yield { events: turn.reply.withdrawStep() };
      return 'overflow';
    }
    if (outcome.stopReason === 'refusal') {
      yield { events: turn.reply.withdrawStep() };
      return yield* turn.endWith(input.sentences.refused, 'completed', 'model_refused');
    }
    const asks = yield* finishStep(turn, stepInput, outcome);
    if (asks) return 'awaiting_decision';
    if (input.signal.aborted) return yield* turn.end('stopped');
    if (turn.answered) return yield* turn.finish();
  }
  return yield* turn.giveUp('turn_limit', 'The agent needed too many steps and could not finish.');
}

type CompleteStep = Extract<ModelStep, { ended: 'complete' }>;

/** Runs the tools that the step asked for and writes the step down. True where it ends the turn: somebody has to decide. */
async function* finishStep(
  turn: Turn,
  stepInput: Anthropic.ContentBlockParam[],
  outcome: CompleteStep,
): AsyncGenerator<TurnEntry, boolean> {
  const { turnId, conversationId, language, customer, signal, tools, proposing } = turn.input;
  const step = turn.step;
  const calls = outcome.output.filter((block) => block.type === 'tool_use');
  if (calls.length === 0) {
    yield { events: [], step: turn.complete(stepInput, outcome, []) };
    return false;
  }
  yield {
    events: calls.map(
      (call) => ({ type: 'tool.started', turnId, step, callId: call.id, tool: publicName(call.name, tools) }) as const,
    ),
  };
  const {
    results,
    proposals,
    asks,
    movedTo: desk,
    refused,
    ...run
  } = await runTools(calls, tools, {
    ...{ conversationId, turnId, language, status: turn.status, customer, idempotencyKey: null },
    ...{ signal, step, proposing, route: turn.desks.route, switching: turn.switching, origins: turn.origins },
    screen: (text, of) => turn.reply.screenArguments(text, of),
  });
  if (signal.aborted) return false;
  const events = run.events.flatMap((event) => turn.screened(event));
  turn.handedOff ||= events.some((event) => event.type === 'handoff.requested');
  turn.reply.note(refused);
  const record = turn.complete(stepInput, outcome, results);
  if (desk !== null) turn.move(desk);
  // In one entry with its end, so that no crash can come between a proposal and the end of the turn that made it.
  const end = asks.size > 0 ? turn.endAsking(asks) : [];
  yield { events: [...events, ...end], step: record, ...(proposals.length > 0 ? { proposals } : {}) };
  return asks.size > 0;
}

/** The state of a running turn: its steps so far, its reply, and what follows from them. */
class Turn {
  readonly input: TurnInput;
  readonly reply: Reply;
  step: number;
  handedOff: boolean;
  desks: Desks;
  /** True when the newest step has said the last words of the reply. */
  answered = false;
  readonly #steps: ResumedTurn['steps'] = [];
  #maxTokens: number;
  #continuations = 0;
  #nudge: string | null = null;
  #joined = false;
  /** How often each set of calls came with the same results. */
  readonly #states = new Map<string, number>();
  #noticed = new Set<NoticeCode>();
  #startedAt = Date.now();
  readonly #known: Known;
  /** What the newest model call was shown. */
  #shown: readonly Anthropic.MessageParam[] = [];

  constructor(input: TurnInput) {
    this.input = input;
    const { steps, citations, handedOff } = input.resumed;
    this.step = steps.length;
    this.handedOff = handedOff;
    this.desks = input.desks;
    this.#maxTokens = settingsOf(this.desks, input).maxTokens;
    this.reply = new Reply({
      turnId: input.turnId,
      guards: input.guards,
      aside: input.aside,
      text: steps.map(({ released }) => released).join(''),
      citations,
    });
    this.#known = { ...input, question: input.questionText };
    for (const { record, released } of steps) this.#takeUp(record, released);
  }

  /** Where the conversation stands by now, as far as this turn has moved it. */
  get status(): Status {
    return this.handedOff ? 'waiting_for_human' : this.input.status;
  }

  /** What decides whether the model may hand over to another desk now. */
  get switching(): Switching {
    return { ...this.desks, spoken: this.reply.text.trim() !== '', messages: this.#messages };
  }

  /** Where the arguments of what the newest step asks for may come from: what it was shown. */
  get origins(): Origins {
    const { tools, proposing } = this.input;
    const messages = this.#shown;
    const seen = new Evidence(this.#known, messages, () => this.reply.text);
    return new Origins({ seen, messages, tools, agreed: proposing.agreed ?? [] });
  }

  /** Another desk goes on. */
  move(route: string): void {
    this.desks = movedTo(route, { ...this.switching, messages: this.#shown });
    this.#maxTokens = settingsOf(this.desks, this.input).maxTokens;
  }

  /** Everything that the model has been shown and has said. What one model thought is nothing to another. */
  get #messages(): Anthropic.MessageParam[] {
    const { prompt, history } = this.input;
    const { modelId } = settingsOf(this.desks, this.input);
    const steps = this.#steps.flatMap(({ record, released }) =>
      stepMessages(record, released, record.model === modelId),
    );
    return [...prompt.opening, ...history, ...steps];
  }

  stepsLeft(): boolean {
    return this.step < this.input.bounds.steps && Date.now() - this.#startedAt < this.input.bounds.seconds * 1000;
  }

  /** What stands on the customer's side before the next model call. */
  async stepInput(): Promise<Anthropic.ContentBlockParam[]> {
    if (this.step > 0) return this.#nudge === null ? [] : [{ type: 'text', text: this.#nudge }];
    if (this.input.question.length === 0) return [];
    return [...(await this.input.firstSearch()), ...this.input.question];
  }

  modelStep(stepInput: Anthropic.ContentBlockParam[]): Parameters<typeof runModelStep>[0] {
    const { model, signal } = this.input;
    const request = this.#request(stepInput);
    this.#shown = request.messages;
    this.reply.show(new Evidence(this.#known, request.messages, () => this.reply.joinedText), signal);
    return {
      model,
      request,
      reply: this.reply,
      joined: this.#joined,
      mayGoOn: this.#continuations < CONTINUATIONS,
      cite: this.input.citer(request.messages),
      notice: this.#noticeOnce,
      signal,
    };
  }

  #request(stepInput: Anthropic.ContentBlockParam[]): ModelRequest {
    const { prompt, tools } = this.input;
    return {
      model: settingsOf(this.desks, this.input).modelId,
      max_tokens: this.#maxTokens,
      system: prompt.system,
      messages: mergeRoles([...this.#messages, { role: 'user', content: stepInput }]),
      tools: tools.map(({ name, description, inputSchema }) => ({ name, description, input_schema: inputSchema })),
    };
  }

  /** Each notice once a turn: a customer need not read the same sentence three times. */
  readonly #noticeOnce = (code: NoticeCode): EventBody[] => {
    if (this.#noticed.has(code)) return [];
    this.#noticed.add(code);
    return [{ type: 'notice', turnId: this.input.turnId, code, text: this.input.sentences.notices[code] }];
  };

  /** Writes a step down and moves on to the next. */
  complete(
    stepInput: Anthropic.ContentBlockParam[],
    outcome: CompleteStep,
    toolResults: Anthropic.ToolResultBlockParam[],
  ): StepRecord {
    const { turnId, prompt, knowledgeVersion, cached } = this.input;
    const record: StepRecord = {
      turnId,
      step: this.step,
      kind: 'answer',
      model: settingsOf(this.desks, this.input).modelId,
      promptHash: prompt.hash,
      knowledgeVersion,
      input: stepInput,
      output: outcome.output,
      toolResults,
      stopReason: outcome.stopReason,
      usage: outcome.usage,
      ...this.#guarded,
      ...(cached ? { cached } : {}),
    };
    this.step += 1;
    this.#takeUp(record, this.reply.stepText);
    return record;
  }

  /** Goes on from a complete step: what the next call is shown of it, and whether there is a next call. */
  #takeUp(record: StepRecord, released: string): void {
    this.#steps.push({ record, released });
    const cutOff = record.stopReason === 'max_tokens';
    this.#nudge = record.toolResults.length > 0 ? null : this.#nudgeAfter(record, released);
    this.#joined = cutOff && this.#nudge !== null && released !== '';
    this.answered = record.toolResults.length === 0 && this.#nudge === null;
    if (record.toolResults.length > 0) this.#countState(record);
    if (cutOff && this.#nudge !== null) this.#maxTokens *= 2;
  }

  #countState({ output, toolResults }: StepRecord): void {
    const calls = output.flatMap((block) => (block.type === 'tool_use' ? [[block.name, block.input]] : []));
    const state = JSON.stringify([calls, toolResults.map(({ content }) => content)]);
    this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
  }

  /** True where the model goes in circles. */
  get circles(): boolean {
    return [...this.#states.values()].some((times) => times >= this.input.bounds.repeats);
  }

  /** What to tell the model after a step without tool calls that gave no whole answer; null where it did. */
  #nudgeAfter({ stopReason }: StepRecord, released: string): string | null {
    if (stopReason === 'pause_turn') return NUDGES.cutOff;
    if (this.#continuations >= CONTINUATIONS) return null;
    const nudge = nudgeFor(stopReason, released.trim() === '');
    if (nudge !== null) this.#continuations += 1;
    return nudge;
  }

  /** What the guards did in this step, as its record has it. */
  get #guarded(): Pick<StepRecord, 'guarded'> {
    const { acts } = this.reply;
    return acts.length > 0 ? { guarded: acts } : {};
  }

  /** The record of what the guards did where no model call has one. */
  #guardedRecord(): StepRecord {
    const { turnId, prompt, knowledgeVersion } = this.input;
    const { modelId } = settingsOf(this.desks, this.input);
    return {
      ...{ turnId, step: this.step, kind: 'guarded', model: modelId, promptHash: prompt.hash, knowledgeVersion },
      ...{ input: [], output: [], toolResults: [], stopReason: null, usage: NO_TOKENS },
      ...this.#guarded,
    };
  }

  /** Ends an answered turn: the whole reply is looked at, and what has to be set right is, in the entry that ends it. */
  async *finish(): AsyncGenerator<TurnEntry, TurnOutcome> {
    const outcome = this.handedOff ? 'handed_off' : 'completed';
    const { checks, signal } = this.input;
    if (checks.length === 0 || this.reply.text.trim() === '') return yield* this.end(outcome);
    this.reply.beginStep(this.step);
    const text = this.reply.text;
    const events: EventBody[] = [];
    for (const check of checks) {
      const correction = await this.#checked(check, text);
      if (signal.aborted) return yield* this.end('stopped');
      if (correction) events.push(...this.reply.correct(check.name, correction));
    }
    if (events.length === 0) return yield* this.end(outcome);
    yield { events: [...events, this.#ended(outcome)], step: this.#guardedRecord() };
    return outcome;
  }

  async #checked(check: AnswerCheck, text: string): Promise<Correction | null> {
    const { signal, conversationId, turnId, onCheckFailed } = this.input;
    const either = AbortSignal.any([signal, AbortSignal.timeout(check.timeoutMs)]);
    const seen = new Evidence(this.#known, this.#messages, () => text);
    try {
      return await orAborted(check.check({ text, seen, conversationId, turnId }, either), either);
    } catch (error) {
      if (!signal.aborted) onCheckFailed(check.name, error);
      return null;
    }
  }

  /** Answers with a sentence of ours, and asks for a person. */
  *endScreened({ sentence, reason, code }: Screened): Generator<TurnEntry, TurnOutcome> {
    this.reply.beginStep(this.step);
    const said = this.reply.say(sentence);
    yield { events: [...said, ...this.#askPerson(reason), this.#ended('handed_off', code)] };
    return 'handed_off';
  }

  *end(outcome: TurnOutcome): Generator<TurnEntry, TurnOutcome> {
    const { sentences } = this.input;
    if (this.reply.text.trim() === '' && outcome === 'completed') {
      return yield* this.endWith(sentences.noAnswer, 'failed', 'empty_answer');
    }
    if (this.reply.text.trim() === '' && outcome === 'handed_off') {
      return yield* this.endWith(sentences.handedOff, 'handed_off');
    }
    yield { events: [this.#ended(outcome)] };
    return outcome;
  }

  /** Says one of our own sentences and ends, in one entry. */
  *endWith(sentence: string, outcome: TurnOutcome, code?: string): Generator<TurnEntry, TurnOutcome> {
    this.reply.beginStep(this.step);
    yield { events: [...this.reply.say(sentence), this.#ended(outcome, code)] };
    return outcome;
  }

  /** How a turn ends that somebody has to decide something for: never without a word. */
  endAsking(asks: ReadonlySet<Decider>): EventBody[] {
    const { askedCustomer, askedColleague, handedOff } = this.input.sentences;
    const ended = this.#ended('awaiting_decision');
    if (this.reply.text.trim() !== '') return [ended];
    this.reply.beginStep(this.step);
    const asked = asks.has('customer') ? askedCustomer : askedColleague;
    return [...this.reply.say(this.handedOff ? `${asked}\n\n${handedOff}` : asked), ended];
  }

  /** Ends after a model call that came to nothing. */
  *fail({ code }: ModelFailure): Generator<TurnEntry, TurnOutcome> {
    const { sentences } = this.input;
    if (code === 'paused') return yield* this.endWith(sentences.paused, 'failed', code);
    if (code === 'budget_spent') return yield* this.endWith(sentences.budgetSpent, 'failed', code);
    return yield* this.endWith(sentences.modelFailed, 'failed', `model_${code}`);
  }

  /** The event as it may be public: the reason of a handoff is the model's words too. */
  screened(event: EventBody): EventBody[] {
    if (event.type !== 'handoff.requested') return [event];
    const { text, events } = this.reply.screen(event.reason);
    return [...events, { ...event, reason: text ?? 'The agent asked for a person.' }];
  }

  /** Ends as a guard has decided, in one entry with what it did: so it happens once, whatever crashes. */
  *endGuarded(): Generator<TurnEntry, TurnOutcome> {
    const { by, events } = this.reply.ended as NonNullable<Reply['ended']>;
    const asksPerson = by.action === 'hand_off';
    const outcome = asksPerson ? 'handed_off' : 'completed';
    const handoff = asksPerson ? this.#askPerson(`A guard ended the reply: ${by.guard}, ${by.reason}.`) : [];
    const record = this.#guardedRecord();
    this.reply.beginStep(this.step);
    const said = this.reply.say(this.input.sentences.cutShort);
    yield { events: [...events, ...said, ...handoff, this.#ended(outcome, 'guarded')], step: record };
    return outcome;
  }

  /** Ends a turn that leads nowhere: a person goes on. */
  *giveUp(code: 'turn_loop' | 'turn_limit', reason: string): Generator<TurnEntry, TurnOutcome> {
    this.reply.beginStep(this.step);
    const said = this.reply.say(this.input.sentences.tooManySteps);
    yield { events: [...said, ...this.#askPerson(reason), this.#ended('handed_off', code)] };
    return 'handed_off';
  }

  /** Asks for a person, where nobody has. */
  #askPerson(reason: string): EventBody[] {
    if (this.status === 'waiting_for_human') return [];
    return [
      { type: 'handoff.requested', by: 'agent', reason },
      { type: 'status.changed', status: 'waiting_for_human' },
    ];
  }

  #ended(outcome: TurnOutcome, code?: string): EventBody {
    const { turnId, messageId, cached } = this.input;
    const more = { ...(code ? { code } : {}), ...(cached ? { cached: true as const } : {}) };
    return { type: 'turn.ended', turnId, messageId, outcome, ...more };
  }
}
