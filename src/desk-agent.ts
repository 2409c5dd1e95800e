import type { Agent } from './agent-folder/agent.ts';
import { withTools } from './agent-folder/compile-prompt.ts';
import type { DeskAgent } from './conversations/desk.ts';
import { citationResolver, citedPassage, shownPassages } from './knowledge/citations.ts';
import type { KnowledgeIndex, Passage, ScoredPassage } from './knowledge/documents.ts';
import { GOOD_PASSAGE } from './knowledge/explain.ts';
import { firstSearchQuery } from './knowledge/first-search.ts';
import { buildKnowledgeIndex } from './knowledge/lexical-index.ts';
import { withEncoder } from './knowledge/second-opinion.ts';
import type { Embedder } from './language/embedder.ts';
import { handOffTool, resolveTool } from './tools/hand-off.ts';
import { searchKnowledgeTool, toSearchResult } from './tools/search-knowledge.ts';

/** Passages that stand before a customer's question. */
const FIRST_PASSAGES = 8;

export type Setup = {
  model: string;
  fastModel: string;
  staffed: boolean;
  /** With null the search knows words only. */
  embedder: Embedder | null;
  /** How long a search waits for the encoder. */
  patienceMs?: number;
  /** Puts another opinion on top of the search. */
  around?: (index: KnowledgeIndex) => KnowledgeIndex;
};

/** Claude makes do with what words find, and can search again. */
const PATIENCE_MS = 1_000;

/** `texts`: what an encoder can read ahead, so that the first question does not wait for it. */
export type ReadyAgent = DeskAgent & { texts: readonly string[]; index: KnowledgeIndex };

/** Makes a loaded folder ready to answer: its knowledge indexed, the built-in tools beside its own. */
export function toDeskAgent(agent: Agent, setup: Setup): ReadyAgent {
  const { definition, greetings } = agent;
  const lexical = buildKnowledgeIndex(agent.documents);
  const searched = withEncoder(lexical, setup.embedder, { patienceMs: setup.patienceMs ?? PATIENCE_MS });
  const index: KnowledgeIndex = setup.around?.(searched) ?? searched;
  const tools = [
    ...agent.tools,
    searchKnowledgeTool(index),
    handOffTool(definition.contact, setup.staffed),
    resolveTool(),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    id: agent.id,
    name: definition.name,
    company: definition.company,
    contact: definition.contact,
    greeting: (language) => greetings[language?.toLowerCase().split('-')[0] ?? 'default'] ?? greetings.default,
    prompt: withTools(agent.prompt, tools),
    modelId: definition.model ?? setup.model,
    fastModelId: setup.fastModel,
    maxTokens: definition.maxTokens ?? 1_024,
    tools,
    guards: [],
    knowledgeVersion: index.version,
    texts: searched.texts,
    index,
    async firstSearch(customerMessages) {
      const query = firstSearchQuery(customerMessages);
      if (query === null) return { passages: [], relevance: null, isGap: false };
      const question = customerMessages.at(-1) ?? query;
      const found = await index.search({ query, question, limit: FIRST_PASSAGES });
      const passages = withLead(found.passages, index).map(toSearchResult);
      return { passages, relevance: found.relevance, isGap: found.relevance < GOOD_PASSAGE };
    },
    citer: (messages) => citationResolver(shownPassages(messages), (id) => index.passage(id)),
    citedPassage: (citation, messages) =>
      citedPassage(citation, shownPassages(messages), index.passage(citation.passageId)),
  };
}

/** The passages found, and the beginning of the best article, which says what its other passages take for granted. */
function withLead(found: readonly ScoredPassage[], index: KnowledgeIndex): Passage[] {
  const passages = found.map(({ passage }) => passage);
  const lead = passages[0] && index.passage(`${passages[0].documentId}#1`);
  return lead && !passages.includes(lead) ? [...passages, lead] : passages;
}
