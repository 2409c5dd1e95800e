import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Anthropic from '@anthropic-ai/sdk';
import { onTestFinished } from 'vitest';
import { metrics } from '../../src/adapters/metrics.ts';
import type { SqlStore } from '../../src/adapters/sql/store.ts';
import type { Model, ModelEvent, ModelRequest } from '../../src/agent/model.ts';
import { GUARD_TIMES } from '../../src/agent/run-guards.ts';
import type { Tool } from '../../src/agent/tool.ts';
import type { DeskAgent } from '../../src/conversations/desk.ts';
import { countedLog, EventCounts } from '../../src/conversations/event-counts.ts';
import { RunningTurns } from '../../src/conversations/running-turns.ts';
import { createApp, type HttpSettings } from '../../src/http/app.ts';
import { citationResolver, citedPassage, shownPassages } from '../../src/knowledge/citations.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import type { KnowledgeUpkeep } from '../../src/knowledge/upkeep.ts';
import { moodOfMessages } from '../../src/routing/mood.ts';
import { handOffTool } from '../../src/tools/hand-off.ts';
import { openTarget, type Target } from '../contracts/databases.ts';
import { makeDesk } from '../conversations/make-desk.ts';

/** No operators, no other sites, no page, no limits. */
export const BARE_SETTINGS: HttpSettings = {
  origins: [],
  operatorToken: null,
  webFolder: null,
  version: '1.2.3',
  proxies: 0,
  streamsPerAddress: null,
};

/** What an operator may search. */
const DOCUMENTS = [
  {
    id: 'chargers.md',
    title: 'Home chargers',
    url: null,
    language: 'en',
    text: '# Home chargers\n\nA home charger is covered.',
  },
  { id: 'es.md', title: 'Cargadores', url: null, language: 'es', text: 'Un cargador está cubierto.' },
];

export const OPERATOR_TOKEN = 'operator-token-of-the-tests';
export const PASSAGE: Anthropic.SearchResultBlockParam = {
  type: 'search_result',
  source: 'passage:chargers.md#1',
  title: 'Home chargers',
  content: [{ type: 'text', text: 'A home charger is covered up to 1,500 dollars.' }],
  citations: { enabled: true },
};

/** What the scripted model answers: text, text with a citation of `PASSAGE`, a tool call or several, or text after a wait. */
export type Answer =
  | string
  | { cited: string }
  | { tool: string; input: Record<string, unknown> }
  | { calls: { tool: string; input: Record<string, unknown> }[] }
  | { text: string; after: Promise<unknown> };

export type TestDesk = Awaited<ReturnType<typeof testDesk>>;

type TestDeskOptions = {
  answers?: Answer[];
  settings?: Partial<HttpSettings>;
  /** Besides the one that hands over. */
  tools?: Tool[];
  agent?: Partial<DeskAgent>;
  webhook?: boolean;
  upkeep?(store: SqlStore): Promise<KnowledgeUpkeep>;
  /** Where its store is, if not in a folder of its own. */
  target?: Target;
};

/** A real store, real turns, a scripted model and the app over them; all gone when the test is finished. */
export async function testDesk(options: TestDeskOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-http-'));
  const store = await openTarget(options.target ?? { kind: 'sqlite', folder });
  const requests: ModelRequest[] = [];
  const model = script(options.answers ?? [], requests);
  const counts = new EventCounts();
  const { desk, logged } = makeDesk(
    { ...store, log: countedLog(store.log, counts) },
    {
      model,
      agent: { ...testAgent(options.tools), ...options.agent },
      desk: { offline: true, webhook: options.webhook ?? false, counts },
    },
  );
  const turns = new RunningTurns(desk, 'test');
  const settings: HttpSettings = {
    ...BARE_SETTINGS,
    origins: ['https://shop.example'],
    operatorToken: OPERATOR_TOKEN,
    ...options.settings,
  };
  const upkeep = (await options.upkeep?.(store)) ?? null;
  const app = createApp({
    ...{ desk, turns, knowledge: buildKnowledgeIndex(DOCUMENTS), upkeep, settings },
    metrics: metrics({ counts, guardTimes: GUARD_TIMES, version: settings.version }),
  });
  onTestFinished(async () => {
    await turns.close();
    await store.close();
    await rm(folder, { recursive: true });
  });
  return { app, desk, turns, store, requests, logged, settings, folder };
}

function testAgent(tools: Tool[] = []): DeskAgent {
  const contact = { phone: '555-0100', hours: 'Mon-Fri 9-5' };
  return {
    id: 'test-agent',
    name: 'Ada',
    company: 'Test Company',
    contact,
    greeting: (language) => (language === 'es' ? 'Hola, soy Ada, una IA.' : 'Hello, I am Ada, an AI.'),
    prompt: { system: [], opening: [], hash: '0123456789abcdef', estimatedTokens: 0 },
    modelId: 'scripted',
    fastModelId: 'scripted',
    maxTokens: 1024,
    tools: [handOffTool(contact), ...tools],
    guards: [],
    checks: [],
    routes: new Map(),
    router: null,
    screens: null,
    mood: async (texts, language) => moodOfMessages(texts, language),
    knowledgeVersion: '1',
    firstSearch: async (messages) => {
      const passages = messages.at(-1)?.includes('charger') ? [PASSAGE] : [];
      return { passages, relevance: passages.length, isGap: passages.length === 0 };
    },
    citer: (messages) => citationResolver(shownPassages(messages), testPassage),
    citedPassage: (citation, messages) =>
      citedPassage(citation, shownPassages(messages), testPassage(citation.passageId)),
  };
}

function testPassage(id: string) {
  const url = 'https://test.example/chargers';
  return {
    id,
    documentId: 'chargers.md',
    title: 'Home chargers',
    headings: ['Cover'],
    url,
    sentences: PASSAGE.content.map(({ text }) => text),
    asked: [],
    language: null,
    labels: {},
    page: 3,
  };
}

/** Answers call after call; the last answer over and over. */
function script(answers: Answer[], requests: ModelRequest[]): Model {
  return async function* (request, signal) {
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? 'Understood.';
    requests.push(structuredClone(request));
    if (typeof answer === 'object' && 'after' in answer) {
      yield* textEvents(answer.text.slice(0, answer.text.indexOf('\n') + 1), 'open');
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
      await Promise.race([answer.after, aborted]);
      if (signal.aborted) return;
      yield* textEvents(answer.text.slice(answer.text.indexOf('\n') + 1), 'close');
      return;
    }
    if (typeof answer === 'string') yield* textEvents(answer);
    else if ('cited' in answer) yield* citedEvents(answer.cited);
    else if ('tool' in answer) yield* toolEvents([answer], requests.length);
    else if ('calls' in answer) yield* toolEvents(answer.calls, requests.length);
  };
}

const USAGE = { input_tokens: 1, output_tokens: 1, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };

function start(): ModelEvent {
  const message = { id: 'msg', type: 'message', role: 'assistant', model: 'scripted', content: [], usage: USAGE };
  return { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } } as never;
}

function* stop(reason: string): Generator<ModelEvent> {
  yield { type: 'content_block_stop', index: 0 };
  yield { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: USAGE } as never;
  yield { type: 'message_stop' };
}

function* textEvents(text: string, part: 'whole' | 'open' | 'close' = 'whole'): Generator<ModelEvent> {
  if (part !== 'close') {
    yield start();
    yield { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } };
  }
  for (const word of text.match(/\S+\s*/g) ?? []) {
    yield { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: word } };
  }
  if (part !== 'open') yield* stop('end_turn');
}

function* citedEvents(text: string): Generator<ModelEvent> {
  yield* [...textEvents(text)].slice(0, -3);
  const citation = {
    type: 'search_result_location',
    source: PASSAGE.source,
    title: PASSAGE.title,
    cited_text: PASSAGE.content[0]?.text ?? '',
    search_result_index: 0,
    start_block_index: 0,
    end_block_index: 1,
  } as const;
  yield { type: 'content_block_delta', index: 0, delta: { type: 'citations_delta', citation } };
  yield* stop('end_turn');
}

function* toolEvents(
  calls: { tool: string; input: Record<string, unknown> }[],
  request: number,
): Generator<ModelEvent> {
  yield start();
  for (const [index, { tool, input }] of calls.entries()) {
    const block = { type: 'tool_use', id: `call_${request}_${index}`, name: tool, input: {} };
    yield { type: 'content_block_start', index, content_block: block as never };
    const delta = { type: 'input_json_delta', partial_json: JSON.stringify(input) } as const;
    yield { type: 'content_block_delta', index, delta };
    if (index < calls.length - 1) yield { type: 'content_block_stop', index };
  }
  yield* [...stop('tool_use')].map((event) =>
    event.type === 'content_block_stop' ? { ...event, index: calls.length - 1 } : event,
  );
}
