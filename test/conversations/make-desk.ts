import type { Model } from '../../src/agent/model.ts';
import { DEFAULT_BOUNDS } from '../../src/agent/turn.ts';
import type { Desk, DeskAgent } from '../../src/conversations/desk.ts';
import { NO_LIMITS } from '../../src/conversations/limits.ts';
import type { Store } from '../../src/conversations/log.ts';
import { citationResolver, citedPassage, shownPassages } from '../../src/knowledge/citations.ts';
import { moodOfMessages } from '../../src/routing/mood.ts';
import { CONTACT, PASSAGE } from '../agent/play-turn.ts';

export type DeskOptions = { model: Model; agent?: Partial<DeskAgent>; desk?: Partial<Desk> };

export type LogLine = { level: string; facts: Record<string, unknown>; message: string };

let ids = 0;

/** The use cases over a store, with a small agent; what they log is kept. */
export function makeDesk(store: Store, options: DeskOptions): { desk: Desk; logged: LogLine[] } {
  const logged: LogLine[] = [];
  const log = (level: string) => (facts: Record<string, unknown>, message: string) => {
    logged.push({ level, facts, message });
  };
  const agent = { ...testAgent(), ...options.agent };
  const desk: Desk = {
    store,
    agents: new Map([[agent.id, agent]]),
    defaultAgent: agent,
    model: options.model,
    offline: false,
    bounds: DEFAULT_BOUNDS,
    answers: null,
    embedder: null,
    limits: NO_LIMITS,
    identity: null,
    paused: null,
    compactAfterTokens: 100_000,
    staffed: true,
    webhook: false,
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    now: () => Date.now(),
    newId: (kind) => `${kind}_${process.pid}_${++ids}`,
    ...options.desk,
  };
  return { desk, logged };
}

function testAgent(): DeskAgent {
  return {
    id: 'test-agent',
    name: 'Ada',
    company: 'Test Company',
    contact: CONTACT,
    greeting: () => 'Hello, I am Ada, an AI.',
    prompt: {
      system: [{ type: 'text', text: 'You are Ada.' }],
      opening: [
        { role: 'user', content: [{ type: 'text', text: 'The facts.', cache_control: { type: 'ephemeral' } }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Understood.' }] },
      ],
      hash: '0123456789abcdef',
      estimatedTokens: 10,
    },
    modelId: 'scripted',
    fastModelId: 'scripted-fast',
    maxTokens: 1024,
    tools: [],
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
    citer: (messages) => citationResolver(shownPassages(messages), () => undefined),
    citedPassage: (citation, messages) => citedPassage(citation, shownPassages(messages), undefined),
  };
}
