import type Anthropic from '@anthropic-ai/sdk';
import type { ModelRequest } from '../../agent/model.ts';
import { isBrief, OFF_TOPIC } from '../../agent/notes.ts';
import { deskOfTool, toldDesks } from '../../agent/switch-desk.ts';
import { withoutDataLine } from '../../agent/tool-outcome.ts';
import { blocksOf } from '../../agent/transcript.ts';
import type { Likeness } from './likeness.ts';

/** A tool call of an earlier step, with what came back. */
export type PastCall = { name: string; input: Record<string, unknown>; result: string; failed: boolean };

/** One thing the customer said, what the agent had said before it, and the tool calls that followed. */
export type Exchange = { agentBefore: string; customer: string; calls: PastCall[] };

/**
 * A passage that a search found; `index` is its place among all search results of the request, `rank` in the answer of
 * its own search, 0 for the best.
 */
export type ShownPassage = { index: number; rank: number; source: string; title: string; sentences: string[] };

/** What the offline model knows: a request of the Messages API, taken apart. Nothing else. */
export type Scene = {
  identity: string;
  /** Context blocks of the prompt, and of the desk's brief, by name; without the figures that replies are held against. */
  context: { name: string; text: string }[];
  /** The guardrails of the agent, and of its desk. */
  rules: string;
  examples: { customer: string; agent: string }[];
  /** Those that the desk may call. */
  tools: Anthropic.Tool[];
  /** Those of other desks, which would be refused here. */
  elsewhere: { tool: Anthropic.Tool; desk: string }[];
  exchanges: Exchange[];
  /** Everything the agent has said, newest last. */
  agentTexts: string[];
  passages: ShownPassage[];
  /** Every passage that was shown in the conversation, with the newest message or before. */
  shown: ShownPassage[];
  /** Results of the tools that the newest step asked for; empty where the customer spoke last. */
  results: PastCall[];
  /** Results that came together with the newest message: what became of actions that were decided with it. */
  decided: PastCall[];
  /** What was proposed and not decided in time, as the notes beside the newest message say it. */
  lapsed: string[];
  /** True where the runtime has noted beside the newest message that it has probably nothing to do with the company. */
  offTopic: boolean;
  today: Date;
  /** How alike two texts are; nothing is like anything until the encoder has read the scene's texts. */
  likeness: Likeness;
  /** Mends what is misspelt, by the words of the sources. */
  spell: (text: string) => string;
};

/** Takes the request apart. `likeness` and `spell` are still to be filled in. */
export function readScene(request: ModelRequest): Scene {
  const opening = request.messages[0] ? plain(blocksOf(request.messages[0])) : '';
  const { last: desk, briefs } = toldDesks(request.messages);
  const facts = `${opening}\n${briefs.get(desk) ?? ''}`;
  const scene: Scene = {
    identity: request.system.map(({ text }) => text).join('\n'),
    context: taggedBlocks(facts, 'context').filter(({ name }) => name !== POLICIES),
    rules: taggedBlocks(facts, 'guardrails')
      .map(({ text }) => text)
      .join('\n'),
    examples: taggedBlocks(facts, 'example').flatMap(({ text }) => exampleTurns(text)),
    tools: request.tools.filter(({ description }) => [null, desk].includes(deskOfTool(description ?? ''))),
    elsewhere: request.tools.flatMap((tool) => {
      const own = deskOfTool(tool.description ?? '');
      return own === null || own === desk ? [] : [{ tool, desk: own }];
    }),
    exchanges: [],
    agentTexts: [],
    passages: [],
    shown: [],
    results: [],
    decided: [],
    lapsed: [],
    offTopic: false,
    today: new Date(0),
    likeness: () => 0,
    spell: (text) => text,
  };
  const reader = new ConversationReader(scene);
  for (const message of request.messages.slice(1)) reader.take(message);
  return scene;
}

class ConversationReader {
  readonly #scene: Scene;
  readonly #calls = new Map<string, PastCall>();
  #searchResults = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  take(message: Anthropic.MessageParam): void {
    if (message.role === 'assistant') this.#takeAgent(blocksOf(message));
    else this.#takeCustomer(blocksOf(message));
  }

  #takeAgent(blocks: Anthropic.ContentBlockParam[]): void {
    const text = plain(blocks);
    if (text) this.#scene.agentTexts.push(text);
    for (const block of blocks) {
      if (block.type !== 'tool_use') continue;
      const call = { name: block.name, input: toRecord(block.input), result: '', failed: false };
      this.#calls.set(block.id, call);
      this.#scene.exchanges.at(-1)?.calls.push(call);
    }
  }

  #takeCustomer(blocks: Anthropic.ContentBlockParam[]): void {
    const scene = this.#scene;
    scene.results = [];
    scene.decided = [];
    scene.lapsed = [];
    let offTopic = false;
    const said: string[] = [];
    const shown: ShownPassage[] = [];
    for (const block of blocks) {
      if (block.type === 'search_result') shown.push(this.#shown(block, shown.length));
      if (block.type === 'tool_result') shown.push(...this.#takeResult(block));
      if (block.type !== 'text') continue;
      const lapsed = /^\[Nobody confirmed this in time, so it was not done: (.+)\]$/s.exec(block.text)?.[1];
      if (lapsed) scene.lapsed.push(lapsed);
      const date = /^\[(\w{3}, \d{2} \w{3} \d{4})\]$/.exec(block.text)?.[1];
      if (date) scene.today = new Date(`${date} UTC`);
      else if (block.text.startsWith('<conversation_summary>')) this.#takeSummary(block.text);
      else if (block.text === OFF_TOPIC) offTopic = true;
      else if (!/^\[[^\]]*\]$/s.test(block.text) && !isBrief(block.text)) said.push(block.text);
    }
    if (said.length > 0) {
      scene.offTopic = offTopic;
      scene.exchanges.push({ agentBefore: scene.agentTexts.at(-1) ?? '', customer: said.join('\n'), calls: [] });
      scene.decided = scene.results;
      scene.results = [];
      scene.passages = shown;
    } else {
      scene.passages.push(...shown);
    }
  }

  #takeResult(block: Anthropic.ToolResultBlockParam): ShownPassage[] {
    const call = this.#calls.get(block.tool_use_id);
    const content = typeof block.content === 'string' ? [] : (block.content ?? []);
    if (call) {
      call.result = withoutDataLine(typeof block.content === 'string' ? block.content : plain(content));
      call.failed = block.is_error === true;
      this.#scene.results.push(call);
    }
    return content.filter((inner) => inner.type === 'search_result').map((inner, rank) => this.#shown(inner, rank));
  }

  #shown(block: Anthropic.SearchResultBlockParam, rank: number): ShownPassage {
    const index = this.#searchResults;
    this.#searchResults += 1;
    const passage = {
      index,
      rank,
      source: block.source,
      title: block.title,
      sentences: block.content.map(({ text }) => text),
    };
    this.#scene.shown.push(passage);
    return passage;
  }

  /** A summary of older turns, as the offline model itself writes it. */
  #takeSummary(text: string): void {
    for (const line of text.split('\n')) {
      const customer = /^Customer: (.+)/.exec(line)?.[1];
      if (customer) this.#scene.exchanges.push({ agentBefore: '', customer, calls: [] });
      const call = /^Tool call (\w+): (\{.*\})$/.exec(line);
      if (!call?.[1] || !call[2]) continue;
      const last = this.#scene.exchanges.at(-1);
      last?.calls.push({ name: call[1], input: toRecord(safeJson(call[2])), result: '', failed: false });
    }
  }
}

/** The sentences of a message, and the questions that hang on them by a comma. */
export function clauses(text: string): string[] {
  return text.split(
    /(?<=[.!?\n])\s+|[,:]\s+(?=(?:and |but |so |also )?(?:what|how|which|when|where|why|who|do|does|can|is|are|should|will)\b)/i,
  );
}

/** A message as it may be meant: the whole of it, or one part. */
export function readings(message: string): string[] {
  const parts = clauses(message).map((part) => part.trim());
  return [message, ...(parts.length > 1 ? parts.filter((part) => part.split(/\s+/).length > 2) : [])];
}

/** The company that the identity names, as in "the AI assistant of Acme Insurance"; empty where it names none. */
export function companyOf(identity: string): string {
  return (
    identity
      .match(
        /\b(?:for|of|at|by|from) (?:the )?((?:[A-Z][\w&'’-]*)(?:\s(?:[A-Z][\w&'’-]*|of|and|the|&)(?=\s[A-Z]|\b))*(?:\s[A-Z][\w&'’-]*)*)/,
      )?.[1]
      ?.trim() ?? ''
  );
}

/** The block of figures that replies are held against: a table for whoever checks, no words for customers. */
const POLICIES = 'policies';

function taggedBlocks(text: string, tag: string): { name: string; text: string }[] {
  const found = text.matchAll(new RegExp(`<${tag}(?: name="([^"]*)")?>\\n?([\\s\\S]*?)\\n?</${tag}>`, 'g'));
  return [...found].map((match) => ({ name: match[1] ?? '', text: match[2] ?? '' }));
}

function exampleTurns(text: string): { customer: string; agent: string }[] {
  const turns: { customer: string; agent: string }[] = [];
  const parts = text.split(/^(Customer|Agent): /m).slice(1);
  for (let i = 0; i + 3 < parts.length; i += 2) {
    if (parts[i] !== 'Customer' || parts[i + 2] !== 'Agent') continue;
    turns.push({ customer: (parts[i + 1] ?? '').trim(), agent: (parts[i + 3] ?? '').trim() });
  }
  return turns;
}

function plain(blocks: readonly { type: string; text?: unknown }[]): string {
  return blocks
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .join('\n')
    .trim();
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
