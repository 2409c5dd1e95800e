import type { AnswerCheck, Guard, Opinion } from './agent/guard.ts';
import type { Route, Router } from './agent/route.ts';
import { runGuards } from './agent/run-guards.ts';
import type { SecondOpinion } from './agent/screen.ts';
import type { Tool } from './agent/tool.ts';
import type { Agent, FolderRoute } from './agent-folder/agent.ts';
import { withTools } from './agent-folder/compile-prompt.ts';
import { greetingFor } from './agent-folder/greet.ts';
import type { GuardOptions, OrderedGuard, SentenceGuard } from './agent-folder/guard-settings.ts';
import type { DeskAgent } from './conversations/desk.ts';
import { characterGuard } from './guards/character.ts';
import { commitmentsGuard } from './guards/commitments.ts';
import { competitorsGuard } from './guards/competitors.ts';
import { groundednessGuard } from './guards/groundedness.ts';
import { leaksGuard } from './guards/leaks.ts';
import { linksGuard } from './guards/links.ts';
import { personalDataGuard } from './guards/personal-data.ts';
import { policyCheck } from './guards/policies.ts';
import { citationResolver, citedPassage, shownPassages } from './knowledge/citations.ts';
import type { Filter, KnowledgeIndex, Passage, ScoredPassage } from './knowledge/documents.ts';
import { GOOD_PASSAGE } from './knowledge/explain.ts';
import { firstSearchQuery } from './knowledge/first-search.ts';
import type { Embedder } from './language/embedder.ts';
import { openScreens } from './screening/screens.ts';
import { handOffTool, resolveTool } from './tools/hand-off.ts';
import { searchKnowledgeTool, toSearchResult } from './tools/search-knowledge.ts';
import { ofItsDesk, switchRouteTool } from './tools/switch-route.ts';

/** Passages that stand before a customer's question. */
const FIRST_PASSAGES = 8;

export type Setup = {
  /** What it replies with where its folder names no other. */
  model: string;
  fastModel: string;
  /** Where it replies with the offline model, whatever its folder names. */
  offlineModel?: string | undefined;
  staffed: boolean;
  /** Chooses between its routes; none where it has none, or where only the model is to choose. */
  router?: Router | null;
  /** Reads messages for the screens; none where there is none on this machine. */
  embedder?: Embedder | null;
  /** What the fast model is asked, where the folder wants it; none where no model can be asked. */
  fastChecks?: { factCheck: AnswerCheck; opinion: SecondOpinion; findings: Opinion } | null;
  /** What it knows; it may change meanwhile. */
  index: KnowledgeIndex;
  /** Milliseconds that a message waits to be read; missing for as long as a customer should. */
  patienceMs?: number | undefined;
};

/** Makes a loaded folder ready to answer: over what it knows, the built-in tools beside its own. */
export function toDeskAgent(agent: Agent, setup: Setup): DeskAgent {
  const { definition } = agent;
  const { index } = setup;
  // The offline model plays every desk.
  const modelOf = ({ modelId }: Route) => (setup.offlineModel === undefined ? modelId : null);
  const routes = new Map(agent.routes.map((route) => [route.name, { ...route, modelId: modelOf(route) }]));
  const filters = filtersOf(agent.routes);
  const tools = [
    ...agent.tools.map(ofItsDesk),
    searchKnowledgeTool(index, filters),
    handOffTool(definition.contact, setup.staffed),
    resolveTool(),
    ...(routes.size > 0 ? [switchRouteTool(routes)] : []),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const guards = guardsOf(agent, tools, setup.fastChecks?.findings ?? null);
  return {
    id: agent.id,
    name: definition.name,
    company: definition.company,
    contact: definition.contact,
    greeting: (language) => greetingFor(agent, language),
    prompt: withTools(agent.prompt, tools, agent.routes),
    modelId: setup.offlineModel ?? definition.model ?? setup.model,
    fastModelId: setup.offlineModel ?? setup.fastModel,
    maxTokens: definition.maxTokens ?? 1_024,
    tools,
    guards,
    checks: checksOf(agent, guards, setup.fastChecks?.factCheck ?? null),
    routes,
    router: setup.router ?? null,
    screens: openScreens({
      ...agent.guards,
      ...{ contact: definition.contact, staffed: setup.staffed, embedder: setup.embedder ?? null },
      ...(setup.patienceMs !== undefined && { patienceMs: setup.patienceMs }),
      opinion: agent.guards.injection?.['second-opinion'] === 'on' ? (setup.fastChecks?.opinion ?? null) : null,
    }),
    // Loaded with the first handoff that somebody looks at: most starts need none of its words.
    mood: async (texts, language) => (await import('./routing/mood.ts')).moodOfMessages(texts, language),
    // Read anew by each turn.
    get knowledgeVersion() {
      return index.version;
    },
    async firstSearch(customerMessages, route) {
      const query = firstSearchQuery(customerMessages);
      if (query === null) return { passages: [], relevance: null, isGap: false };
      const question = customerMessages.at(-1) ?? query;
      const filter = filters.get(route);
      const found = await index.search({ query, question, limit: FIRST_PASSAGES, ...(filter && { filter }) });
      const passages = withLead(found.passages, index).map(toSearchResult);
      return { passages, relevance: found.relevance, isGap: found.relevance < GOOD_PASSAGE };
    },
    citer: (messages) => citationResolver(shownPassages(messages), (id) => index.passage(id)),
    citedPassage: (citation, messages) =>
      citedPassage(citation, shownPassages(messages), index.passage(citation.passageId)),
  };
}

/** Those that the folder has, in its order. */
function guardsOf({ definition: { name }, guards }: Agent, tools: readonly Tool[], findings: Opinion | null): Guard[] {
  const { leaks, character, competitors, commitments, groundedness, links, 'personal-data': personalData } = guards;
  const made: Record<OrderedGuard, Guard | null> = {
    leaks: leaks && acting(leaks, leaksGuard({ ...leaks, name, tools: tools.map((tool) => tool.name) })),
    character: character && acting(character, characterGuard({ ...character, name })),
    competitors: competitors && acting(competitors, competitorsGuard(competitors)),
    commitments:
      commitments && acting(commitments, commitmentsGuard({ ...commitments, ...askedOf(commitments, findings) })),
    groundedness: groundedness && grounded(groundedness),
    links: links && linksGuard(links),
    'personal-data': personalData && personalDataGuard({ ...personalData, bound: boundOf(tools) }),
  };
  return guards.order.flatMap((guard) => made[guard] ?? []);
}

function askedOf({ 'second-opinion': wanted }: GuardOptions['commitments'], opinion: Opinion | null) {
  if (wanted === 'off' || !opinion) return {};
  return { opinion, asks: wanted === 'on' ? 'doubtful' : 'each', trusts: wanted === 'decides' } as const;
}

/** Tools whose calls are about the signed-in customer, whatever the model asks. */
function boundOf(tools: readonly Tool[]): string[] {
  return tools.filter(({ fromCustomer }) => Object.keys(fromCustomer).length > 0).map(({ name }) => name);
}

/** In the order in which they look: what is local first. */
function checksOf({ policies, guards }: Agent, all: readonly Guard[], factCheck: AnswerCheck | null): AnswerCheck[] {
  return [
    ...(policies.length > 0 ? [policyCheck(policies)] : []),
    ...(guards['fact-check'] && factCheck ? [guardedCheck(factCheck, all)] : []),
  ];
}

/** The check, whose sentence must pass the guards as it is: it quotes what others wrote. */
function guardedCheck(check: AnswerCheck, guards: readonly Guard[]): AnswerCheck {
  return {
    ...check,
    async check(answer, signal) {
      const correction = await check.check(answer, signal);
      const passes =
        correction !== null && runGuards(correction.sentence, guards, answer.seen).text === correction.sentence;
      return passes ? correction : null;
    },
  };
}

function grounded({ action, ...settings }: GuardOptions['groundedness']): Guard {
  if (action === 'mark') return groundednessGuard({ ...settings, replace: false });
  return acting({ action }, groundednessGuard({ ...settings, replace: true }));
}

/** The guard, which ends the reply, where `action` says so, instead of putting another sentence there. */
function acting({ action }: SentenceGuard, guard: Guard): Guard {
  if (action === 'replace') return guard;
  return {
    ...guard,
    check(candidate, seen, findings) {
      const verdict = guard.check(candidate, seen, findings);
      if (verdict.action !== 'replace') return verdict;
      const { text: _text, commitments: _commitments, upheld: _upheld, ...rest } = verdict;
      return { ...rest, action };
    },
  };
}

/** What the searches of routes are narrowed to, by name; a route that is not in it searches everything. */
function filtersOf(routes: readonly FolderRoute[]): ReadonlyMap<string, Filter> {
  return new Map(
    routes.flatMap(({ name, knowledge }) => {
      if (knowledge === null) return [];
      const { folders, labels } = knowledge;
      return [[name, { labels, ...(folders.length > 0 && { folders }) }] as const];
    }),
  );
}

/** The passages found, and the beginning of the best article, which says what its other passages take for granted. */
function withLead(found: readonly ScoredPassage[], index: KnowledgeIndex): Passage[] {
  const passages = found.map(({ passage }) => passage);
  const lead = passages[0] && index.passage(`${passages[0].documentId}#1`);
  return lead && !passages.includes(lead) ? [...passages, lead] : passages;
}
