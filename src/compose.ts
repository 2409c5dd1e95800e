import { existsSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { claudeModel } from './adapters/claude.ts';
import { metrics } from './adapters/metrics.ts';
import { OFFLINE_MODEL_ID, OFFLINE_TEXTS, offlineModel } from './adapters/offline-model/offline-model.ts';
import { openStore } from './adapters/sql/open-store.ts';
import type { SqlStore } from './adapters/sql/store.ts';
import { webhookSender } from './adapters/webhook.ts';
import type { Model } from './agent/model.ts';
import type { Router } from './agent/route.ts';
import { GUARD_TIMES } from './agent/run-guards.ts';
import type { Agent } from './agent-folder/agent.ts';
import { loadAgent } from './agent-folder/load-agent.ts';
import { formatProblems, type Problem } from './agent-folder/problems.ts';
import { promptWarnings } from './agent-folder/prompt-warnings.ts';
import type { Outside } from './agent-folder/read-yaml-tools.ts';
import { openKnowledge } from './agent-knowledge.ts';
import { type FastChecks, openFastChecks } from './compose-checks.ts';
import { knowledgeWarnings, type OpenEmbedder, openEmbedder, openSummariser, reranked } from './compose-knowledge.ts';
import { keptFolder, type LearningStep, openRouting } from './compose-routing.ts';
import { ANY_AUDIENCE, type Config, isOffline, isStaffed, UNSTAFFED, version } from './config.ts';
import { forgetStale } from './conversations/answered-once.ts';
import { deliverWebhooks } from './conversations/deliver-webhooks.ts';
import type { AnswerBounds, Desk, DeskAgent, Logger } from './conversations/desk.ts';
import { countedLog, EventCounts } from './conversations/event-counts.ts';
import { reconcileHandoffs } from './conversations/handoff.ts';
import type { IdentityVerifier } from './conversations/identity.ts';
import { type Limits, NO_LIMITS } from './conversations/limits.ts';
import type { Store } from './conversations/log.ts';
import { isPriced, priceTable } from './conversations/prices.ts';
import { RunningTurns } from './conversations/running-turns.ts';
import { toDeskAgent } from './desk-agent.ts';
import { createApp } from './http/app.ts';
import type { App } from './http/route.ts';
import { openFileReader } from './ingest/read-files.ts';
import type { KnowledgeIndex } from './knowledge/documents.ts';
import { withStoredVectors } from './knowledge/stored-vectors.ts';
import type { Summariser } from './knowledge/summaries.ts';
import type { KnowledgeUpkeep } from './knowledge/upkeep.ts';
import type { Embedder } from './language/embedder.ts';

/** Estimated tokens of history after which older turns are summarised. */
const COMPACT_AFTER_TOKENS = 60_000;
/** Milliseconds between words of the offline model: about as fast as a reader's eye wants it. */
const OFFLINE_DELTA_MS = 12;

/** Claude makes do with what words find, and can search again. */
const PATIENCE_MS = 1_000;
/** Processes that read files at once, so that one core is left for customers. */
const READERS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** The offline model has only what the search finds: right after the first start it rather waits. */
const OFFLINE_PATIENCE_MS = 20_000;

export type Frontdesk = {
  app: App;
  desk: Desk;
  turns: RunningTurns;
  /** Sentences for whoever set the agent up: what works, but probably not as meant. */
  warnings: string[];
  /** Resolves once the routes are learned as well as they will be. Never rejects. */
  learned: Promise<void>;
  /** Takes up what an earlier server left: open turns, webhook calls. For a server that has its port. */
  begin(options?: { watch: boolean }): void;
  /** Ends streams, stops turns where they are (a restart resumes them), and closes the store. */
  close(): Promise<void>;
};

export type ComposeOptions = {
  /** Hears how far the learning of an agent's routes is, which may go on for a while. */
  onLearning?: (step: LearningStep) => void;
  /** Milliseconds between words of the offline model; by default as a reader's eye wants it. */
  offlineDeltaMs?: number;
  /** Milliseconds that a message waits to be read by router and screens; by default as long as a customer should. */
  patienceMs?: number;
};

/**
 * Puts the server together. Throws `AgentFolderError`, `FolderInUseError`, or a sentence about the key or the database;
 * nothing is left open then.
 */
export async function compose(config: Config, options: ComposeOptions = {}): Promise<Frontdesk> {
  const logger = createLogger(config.logLevel);
  const embedder = openEmbedder(config, { onTrouble: (sentence) => logger.warn({}, sentence) });
  const closing = new AbortController();
  const opened: Closer[] = [];
  return composeWith(config, { embedder, closing, logger, opened, options }).catch(async (error) => {
    closing.abort();
    for (const close of opened) await close();
    await embedder?.close();
    throw error;
  });
}

type Closer = () => Promise<void>;
type Beginnings = {
  embedder: OpenEmbedder | null;
  closing: AbortController;
  logger: TalkativeLogger;
  opened: Closer[];
  options: ComposeOptions;
};

/** `opened` gets what has to be closed where this does not come to its end. */
async function composeWith(config: Config, beginnings: Beginnings): Promise<Frontdesk> {
  const { embedder, closing, logger, opened, options } = beginnings;
  const withoutEncoder = (error: unknown) => {
    if (!closing.signal.aborted) logger.warn({ error: String(error) }, 'the encoder does not read');
  };
  const withoutAnswers = (error: unknown) => {
    if (!closing.signal.aborted)
      logger.warn({ error: String(error) }, 'answers to older knowledge could not be erased');
  };
  // The local one loads beside the rest, so that the first question finds it running; without it words must do.
  const loading = config.encoder === 'local' ? embedder?.embed(['']).catch(withoutEncoder) : null;
  const { agent: folder, warnings: folderWarnings } = await loadAgent(
    config.agentFolder,
    config.secrets,
    outsideOf(config, logger),
  );
  opened.push(folder.closeTools);
  const store = await openStore(config, (error) => {
    logger.warn({ error: String(error) }, 'trouble with the store');
  });
  const giveUp = async (error: unknown) => {
    await store.close();
    throw error;
  };
  let isOpen = !config.rehearsal;
  const house = { desk: (): Desk => desk, isOpen: () => isOpen, logger, settings: store.settings };
  const summariser = openSummariser(config, house);
  const knowledge = await loadKnowledge(config, { folder, store, embedder, summariser, logger }).catch(giveUp);
  const index = reranked(knowledge.index, config, house);
  // One behind an API would have every message wait for the network.
  const near = config.encoder === 'local' ? embedder : null;
  const routing = await openRouting({
    ...{ agent: folder, vectors: store.knowledge.vectors, signal: closing.signal },
    keptIn: folder.routes.length > 0 ? await keptFolder(config.dataFolder) : null,
    embedder: near,
    onTrouble: (error) => logger.warn({ error: String(error) }, 'trouble with the routing'),
    patienceMs: options.patienceMs,
    ...(options.onLearning && { onProgress: options.onLearning }),
  });
  const router = routing?.router ?? null;
  const fastChecks = openFastChecks(config, house);
  const { patienceMs } = options;
  const ready = { folder, index, router, embedder: near, fastChecks, folderWarnings, patienceMs };
  const { agent, warnings } = readyAgent(config, ready);
  const stored = embedder && withStoredVectors(embedder, store.knowledge.vectors);
  const identity = await openIdentity(config, logger);
  const own = { agent, knowledge: index, model: createModel(config, stored, options), identity };
  const parts = { ...own, store, embedder, logger, closing };
  const { desk, turns, app } = assemble(config, { ...parts, upkeep: knowledge.upkeep });
  await reconcileHandoffs(desk).catch(async (error) => {
    await knowledge.close();
    return giveUp(error);
  });
  await loading;
  let deliveries: ReturnType<typeof deliverWebhooks> | undefined;
  return {
    app,
    desk,
    turns,
    warnings: [...warnings, ...knowledge.warnings],
    learned: routing?.ready ?? Promise.resolve(),
    begin(options = { watch: false }) {
      isOpen = true;
      turns.start();
      const texts = isOffline(config) && config.encoder === 'local' ? OFFLINE_TEXTS : [];
      knowledge.begin({
        ...{ texts, watch: options.watch },
        onChange: () => void forgetStale(desk, agent).catch(withoutAnswers),
      });
      if (config.webhook) deliveries = deliverWebhooks(desk, webhookSender(config.webhook));
    },
    async close() {
      closing.abort();
      await turns.close();
      await deliveries?.close();
      await knowledge.close();
      await store.close();
      await folder.closeTools();
      await embedder?.close();
    },
  };
}

type DeskParts = {
  agent: DeskAgent;
  knowledge: KnowledgeIndex;
  model: Model;
  store: Store;
  embedder: Embedder | null;
  identity: IdentityVerifier | null;
  logger: Logger;
};

/** The server of one agent over a store and a model. Streams end when `closing` does. */
export function assemble(
  config: Config,
  { closing, upkeep = null, ...parts }: DeskParts & { closing: AbortController; upkeep?: KnowledgeUpkeep | null },
): Pick<Frontdesk, 'app' | 'desk' | 'turns'> {
  const { knowledge, store } = parts;
  const counts = new EventCounts();
  const desk = createDesk(config, { ...parts, counts, store: { ...store, log: countedLog(store.log, counts) } });
  // Every start is an owner of its own: a lease of an earlier one is nobody's.
  const turns = new RunningTurns(desk, `${hostname()}:${uuid()}`);
  return {
    desk,
    turns,
    app: createApp({
      ...{ desk, turns, knowledge, upkeep, settings: httpSettings(config, closing.signal) },
      metrics: metrics({ counts, guardTimes: GUARD_TIMES, version: version() }),
    }),
  };
}

/** What a server says that bounds nobody. */
export const UNLIMITED =
  'Visitors can send and spend without limit: FRONTDESK_RATE_LIMIT=off is for load tests. Leave it out to serve people.';

type FolderParts = {
  folder: Agent;
  store: SqlStore;
  embedder: Embedder | null;
  summariser: Summariser | null;
  logger: Logger;
};

function loadKnowledge(config: Config, { folder, store, embedder, logger, summariser }: FolderParts) {
  return openKnowledge({
    store: store.knowledge,
    agent: folder,
    reader: openFileReader({ workers: READERS, trusted: true }),
    ...{ embedder, summariser },
    network: { loopback: config.fetchLoopback },
    version: version(),
    isFirst: async (what, windowMs) => {
      return (await store.tallies.take([{ key: what, amount: 1, most: 1, windowMs }], Date.now())) === null;
    },
    patienceMs: isOffline(config) ? OFFLINE_PATIENCE_MS : PATIENCE_MS,
    onTrouble: (error) => logger.warn({ error: String(error) }, 'trouble with the knowledge'),
  });
}

type Loaded = {
  folder: Agent;
  index: KnowledgeIndex;
  router: Router | null;
  embedder: Embedder | null;
  fastChecks: FastChecks | null;
  folderWarnings: Problem[];
  patienceMs: number | undefined;
};

function readyAgent(config: Config, { folder, folderWarnings, ...parts }: Loaded) {
  const { model, fastModel } = config;
  const offlineModel = isOffline(config) ? OFFLINE_MODEL_ID : undefined;
  const agent = toDeskAgent(folder, { model, fastModel, staffed: isStaffed(config), offlineModel, ...parts });
  const warnings = folderWarnings.length > 0 ? formatProblems(folderWarnings).split('\n') : [];
  if (!isStaffed(config)) warnings.push(UNSTAFFED);
  if (config.identity?.audience === null) warnings.push(ANY_AUDIENCE);
  warnings.push(...limitWarnings(config), ...knowledgeWarnings(config));
  if (!isOffline(config)) warnings.push(...promptWarnings(agent, agent.modelId));
  return { agent, warnings };
}

/** Throws on a key or an address that can never work. */
function createModel(config: Config, embedder: Embedder | null, options: ComposeOptions): Model {
  // Its weights are fitted to the local encoder's likenesses.
  const fitted = config.encoder === 'local' ? embedder : null;
  if (isOffline(config)) return offlineModel({ embedder: fitted, deltaMs: options.offlineDeltaMs ?? OFFLINE_DELTA_MS });
  return claudeModel(config.anthropic);
}

/** Its library is loaded for who verifies tokens: every start would wait for it. */
async function openIdentity({ identity }: Config, logger: Logger): Promise<IdentityVerifier | null> {
  if (identity === null) return null;
  const { identityVerifier } = await import('./adapters/identity.ts');
  return identityVerifier(identity, { logger });
}

function createDesk(
  config: Config,
  { agent, model, store, embedder, identity, logger, counts }: Omit<DeskParts, 'knowledge'> & { counts: EventCounts },
): Desk {
  return {
    store,
    counts,
    agents: new Map([[agent.id, agent]]),
    defaultAgent: agent,
    model,
    offline: isOffline(config),
    bounds: config.turn,
    answers: answerBounds(config),
    embedder,
    limits: limitsOf(config),
    identity,
    paused: config.paused ? { since: Date.now(), reason: 'FRONTDESK_PAUSED' } : null,
    compactAfterTokens: COMPACT_AFTER_TOKENS,
    staffed: isStaffed(config),
    webhook: config.webhook !== null,
    logger,
    now: Date.now,
    newId: (kind) => `${kind}_${uuid()}`,
  };
}

/** The offline model's answers cost nothing: it gives its own each time, unless it is told otherwise. */
function answerBounds(config: Config): AnswerBounds | null {
  const { use, hours, most } = config.answers;
  return (use ?? !isOffline(config)) ? { keepMs: hours * 3_600_000, most } : null;
}

function limitsOf({ limits, messageCharacters: characters }: Config): Limits {
  if (!limits) return { ...NO_LIMITS, characters };
  const { budgets, prices, ...rates } = limits;
  return { characters, rates, spending: { budgets, prices: priceTable(prices) } };
}

/** Sentences on limits that do not hold as somebody may think. */
function limitWarnings({ limits, model, fastModel, paused, ...config }: Config): string[] {
  const unpriced = limits ? [model, fastModel].filter((id) => !isPriced(id, limits.prices)) : [];
  return [
    ...(limits ? [] : [UNLIMITED]),
    ...(paused ? ['The agent is switched off by FRONTDESK_PAUSED: nobody gets an answer from it.'] : []),
    ...(isOffline(config)
      ? []
      : [...new Set(unpriced)].map(
          (id) => `The price of ${id} is not known: budgets count it as the dearest Claude. Set FRONTDESK_PRICES.`,
        )),
  ];
}

function httpSettings(config: Config, closing: AbortSignal) {
  const webFolder = fileURLToPath(new URL('../dist/web', import.meta.url));
  const { origins, operatorToken, proxies, limits } = config;
  const streamsPerAddress = limits?.addressStreams ?? null;
  const own = { origins, operatorToken, proxies, streamsPerAddress };
  return { ...own, webFolder: existsSync(webFolder) ? webFolder : null, version: version(), closing };
}

type TalkativeLogger = Logger & { debug(fields: object, message: string): void };

/** What servers of tools are started with. */
function outsideOf({ path }: Config, logger: TalkativeLogger): Partial<Outside> {
  const log = {
    debug: (sentence: string) => logger.debug({}, sentence),
    warn: (sentence: string) => logger.warn({}, sentence),
  };
  return { log, ...(path !== null && { path }) };
}

function createLogger(level: Config['logLevel']): TalkativeLogger {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: false }));
}
