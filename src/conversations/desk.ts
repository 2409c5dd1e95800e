import type Anthropic from '@anthropic-ai/sdk';
import type { AnswerCheck, Guard } from '../agent/guard.ts';
import type { Model } from '../agent/model.ts';
import type { Prompt } from '../agent/prompt.ts';
import type { Mood, Route, Router } from '../agent/route.ts';
import type { Screens } from '../agent/screen.ts';
import type { Contact } from '../agent/sentences.ts';
import type { Tool } from '../agent/tool.ts';
import type { Citer, TurnBounds } from '../agent/turn.ts';
import type { Embedder } from '../language/embedder.ts';
import type { Citation, CitedPassage } from '../protocol/conversation.ts';
import type { EventCounts } from './event-counts.ts';
import type { IdentityVerifier } from './identity.ts';
import type { Limits } from './limits.ts';
import type { Conversation, Store } from './log.ts';
import type { Pause } from './pause.ts';

/** An agent, ready to answer: what the use cases need of a loaded folder. */
export type DeskAgent = {
  id: string;
  name: string;
  company: string;
  contact: Contact;
  /** The first message, in the customer's language where the folder has one. Says that it is an AI. */
  greeting(language: string | null): string;
  prompt: Prompt;
  modelId: string;
  fastModelId: string;
  maxTokens: number;
  /** Every tool the model sees, sorted by name. */
  tools: Tool[];
  /** In their order. */
  guards: readonly Guard[];
  checks: readonly AnswerCheck[];
  /** Its specialised desks by name; empty where it has none. */
  routes: ReadonlyMap<string, Route>;
  /** Null where there are none, and so nothing to choose. */
  router: Router | null;
  /** Null where nothing looks at messages. */
  screens: Screens | null;
  /** The mood that a customer's newest messages show, oldest first. `language`: what the conversation is in, where known. */
  mood(texts: readonly string[], language: string | null): Promise<Mood>;
  knowledgeVersion: string;
  /** Passages of what the desk `route` knows for the newest of the customer's messages; empty where it does not read like a question. */
  firstSearch(customerMessages: string[], route: string): Promise<FirstSearch>;
  citer: Citer;
  /** The passage behind a citation, as `messages` showed it or as it is now; null where the quote is in neither. */
  citedPassage(citation: Citation, messages: readonly Anthropic.MessageParam[]): CitedPassage | null;
};

/**
 * `relevance`: how probable it is, 0 to 1, that the passages answer what was asked; null where nothing was searched.
 * `isGap`: so improbable that the knowledge has nothing on it.
 */
export type FirstSearch = {
  passages: Anthropic.SearchResultBlockParam[];
  relevance: number | null;
  isGap: boolean;
};

/** How long an answer may be given again, and how many are kept. */
export type AnswerBounds = { keepMs: number; most: number };

/** What the use cases work with. */
export type Desk = {
  store: Store;
  agents: ReadonlyMap<string, DeskAgent>;
  defaultAgent: DeskAgent;
  model: Model;
  /** True where the offline model answers, which is not Claude. */
  offline: boolean;
  bounds: TurnBounds;
  /** Null where no question is answered as it was before. */
  answers: AnswerBounds | null;
  /** Null where nothing reads meaning. */
  embedder: Embedder | null;
  limits: Limits;
  /** Null where nothing is configured by which a customer could be known. */
  identity: IdentityVerifier | null;
  /** Set where the configuration keeps the agent switched off. */
  paused: Pause | null;
  /** Estimated tokens of history after which older turns are summarised. */
  compactAfterTokens: number;
  /** True where somebody can see a handoff: by the operator API or by the webhook. */
  staffed: boolean;
  /** True where a handoff calls a webhook. */
  webhook: boolean;
  logger: Logger;
  /** Where what is no event is counted; missing where nobody asks. */
  counts?: EventCounts;
  now(): number;
  newId(kind: 'conv' | 'msg' | 'turn' | 'answer' | 'gap' | 'act'): string;
};

/** The agent that a conversation was begun with, or the default one where it is gone. */
export function agentOf({ agents, defaultAgent }: Desk, { agent }: Pick<Conversation, 'agent'>): DeskAgent {
  return agents.get(agent) ?? defaultAgent;
}

/** The desk that has the conversation: a route's name, or `general`. Only of an agent with routes. */
export type RouteView = { route?: string };

export function routeView(desk: Desk, conversation: Pick<Conversation, 'agent' | 'route'>): RouteView {
  return agentOf(desk, conversation).routes.size > 0 ? { route: conversation.route } : {};
}

/** Takes facts for operators of the server. Never text that a customer wrote, never a secret. */
export type Logger = {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
};
