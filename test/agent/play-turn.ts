import type Anthropic from '@anthropic-ai/sdk';
import { Origins } from '../../src/agent/argument-origin.ts';
import type { Model, ModelEvent, ModelRequest } from '../../src/agent/model.ts';
import type { Proposing } from '../../src/agent/propose-action.ts';
import type { StepContext } from '../../src/agent/run-tools.ts';
import { sentencesFor } from '../../src/agent/sentences.ts';
import type { StepRecord, TurnEntry } from '../../src/agent/step.ts';
import { NO_DESKS, type Switching } from '../../src/agent/switch-desk.ts';
import { READ_ONLY, type Tool } from '../../src/agent/tool.ts';
import { DEFAULT_BOUNDS, NEW_TURN, runTurn, type TurnInput, type TurnResult } from '../../src/agent/turn.ts';
import { citationResolver, shownPassages } from '../../src/knowledge/citations.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';

export const CONTACT = { phone: '555-0100', hours: 'Mon-Fri 9-5' };
export const SENTENCES = sentencesFor(null, CONTACT);

/** Nothing is open; ids count up. */
export const PROPOSING: Proposing = {
  open: [],
  newId: () => `act_${++actions}`,
  now: () => Date.now(),
};
/** An agent without routes. */
export const SWITCHING: Switching = { ...NO_DESKS, spoken: false, messages: [] };
/** No guard has anything against it. */
export const PASSING: StepContext['screen'] = (text) => ({ text, events: [] });
/** A conversation in which the customer has said so much, and nothing else was seen. */
export function originsOf(...said: string[]): Origins {
  return new Origins({ seen: { said, sources: [], customer: null, contact: {} }, messages: [], tools: [], agreed: [] });
}
let actions = 0;

export const PASSAGE: Anthropic.SearchResultBlockParam = {
  type: 'search_result',
  source: 'passage:chargers.md#1',
  title: 'Home chargers',
  content: [
    { type: 'text', text: 'A home charger is covered up to 1,500 dollars. ' },
    { type: 'text', text: 'The cable counts as part of it.' },
  ],
  citations: { enabled: true },
};

export type Played = {
  entries: TurnEntry[];
  events: EventBody[];
  records: StepRecord[];
  requests: ModelRequest[];
  result: TurnResult;
  reply: Reply;
};

/** Runs a turn over a script or a model, to its end. */
export async function play(model: ScriptedStep[] | Model, overrides: Partial<TurnInput> = {}): Promise<Played> {
  const scripted = Array.isArray(model) ? scriptedModel(model) : null;
  const requests: ModelRequest[] = scripted?.requests ?? [];
  const running = runTurn(turnInput(scripted?.model ?? (model as Model), overrides));
  const entries: TurnEntry[] = [];
  const before = overrides.resumed?.steps.map(({ released }) => released).join('');
  for (;;) {
    const next = await running.next();
    if (next.done) {
      scripted?.assertDone();
      const events = entries.flatMap((entry) => entry.events);
      const records = entries.flatMap(({ step }) => step ?? []);
      return { entries, events, records, requests, result: next.value, reply: readReply(events, before) };
    }
    entries.push(next.value);
  }
}

export function turnInput(model: Model, overrides: Partial<TurnInput> = {}): TurnInput {
  return {
    conversationId: 'conv_1',
    turnId: 'turn_1',
    messageId: 'msg_1',
    language: null,
    status: 'open',
    customer: null,
    prompt: {
      system: [{ type: 'text', text: 'You are Ada.' }],
      opening: [
        { role: 'user', content: [{ type: 'text', text: 'The facts.' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Understood.' }] },
      ],
      hash: 'hash',
      estimatedTokens: 0,
    },
    model,
    aside: model,
    modelId: 'scripted',
    maxTokens: 100,
    desks: NO_DESKS,
    history: [],
    question: [{ type: 'text', text: 'Is my charger covered?' }],
    questionText: 'Is my charger covered?',
    said: ['Is my charger covered?'],
    firstSearch: async () => [],
    resumed: NEW_TURN,
    tools: [],
    proposing: PROPOSING,
    guards: [],
    checks: [],
    onCheckFailed: () => {},
    screened: null,
    company: 'Acme',
    contact: CONTACT,
    knowledgeVersion: '1',
    citer: (messages) => citationResolver(shownPassages(messages), () => undefined),
    sentences: SENTENCES,
    bounds: DEFAULT_BOUNDS,
    signal: new AbortController().signal,
    ...overrides,
  };
}

export type Reply = { text: string; citations: { start: number; end: number; number: number; quote: string }[] };

/** The reply as a client puts it together. Throws where an event does not fit what came before it. */
export function readReply(events: readonly EventBody[], before = ''): Reply {
  let text = before;
  let citations: Reply['citations'] = [];
  for (const event of events) {
    if (event.type === 'segment.released') {
      if (event.start !== text.length) throw new Error(`segment at ${event.start}, the text ends at ${text.length}`);
      if (event.text === '') throw new Error('an empty segment');
      text += event.text;
    }
    if (event.type === 'segments.superseded') {
      if (event.start >= text.length) throw new Error('superseded what was not there');
      text = text.slice(0, event.start);
      citations = citations.filter(({ end }) => end <= event.start);
    }
    if (event.type === 'citation.added') {
      const { start, end, citation } = event;
      if (start < 0 || end > text.length || start >= end) throw new Error(`citation ${start}-${end} of ${text.length}`);
      citations.push({ start, end, number: citation.number, quote: citation.quote });
    }
  }
  return { text, citations };
}

export function types(events: readonly EventBody[]): string[] {
  return events.map(({ type }) => type);
}

/** The one `turn.ended`, which must be the last event. */
export function ending(events: readonly EventBody[]): Extract<EventBody, { type: 'turn.ended' }> {
  const [ended, ...more] = events.filter((event) => event.type === 'turn.ended');
  if (!ended || more.length > 0 || events.at(-1) !== ended) throw new Error('not one turn.ended, at the end');
  return ended;
}

/** A tool that answers with what `run` gives; its input is any object with a string `word`. */
export function wordTool(name: string, run: Tool['run'], more: Partial<Tool> = {}): Tool {
  return {
    name,
    description: name,
    inputSchema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
    ...READ_ONLY,
    timeoutMs: 5_000,
    parse(input) {
      const word = (input as { word?: unknown }).word;
      return typeof word === 'string' ? { ok: true, value: { word } } : { ok: false, problems: ['word: a text'] };
    },
    run,
    ...more,
  };
}

type Stop = Anthropic.StopReason;

/** Raw events of one text block, piece by piece, without the end. */
export function opened(...pieces: string[]): ModelEvent[] {
  return [
    start(),
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
    ...pieces.map(
      (text): ModelEvent => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    ),
  ];
}

export function start(): ModelEvent {
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'scripted', content: [], usage: USAGE };
  return { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } } as never;
}

export function closed(stopReason: Stop = 'end_turn', index = 0): ModelEvent[] {
  return [
    { type: 'content_block_stop', index },
    { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage: USAGE } as never,
    { type: 'message_stop' },
  ];
}

const USAGE = { input_tokens: 1, output_tokens: 1, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };

/** Events of a tool call whose input arrives as `json`, in one piece or not at all. */
export function rawCall(name: string, json: string | null, index = 0): ModelEvent[] {
  const block = { type: 'tool_use', id: `call_${name}_${index}`, name, input: {} };
  const delta = { type: 'input_json_delta', partial_json: json ?? '' } as const;
  return [
    { type: 'content_block_start', index, content_block: block as never },
    ...(json === null ? [] : [{ type: 'content_block_delta', index, delta } as ModelEvent]),
  ];
}
