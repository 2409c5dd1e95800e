import { claudeBatches } from './adapters/claude/batches.ts';
import { apiEmbedder } from './adapters/embeddings/api-embedder.ts';
import type { AskOptions } from './adapters/embeddings/ask-embeddings.ts';
import { openAiApi, voyageApi } from './adapters/embeddings/embeddings-api.ts';
import { localEmbedder } from './adapters/embeddings/local-embedder.ts';
import { fastModelReranker } from './adapters/fast-model/reranker.ts';
import { fastModelSummariser } from './adapters/fast-model/summaries/summariser.ts';
import { BESIDE_PROGRAM, type Config } from './config.ts';
import type { Desk, Logger } from './conversations/desk.ts';
import type { SettingStore } from './conversations/log.ts';
import { houseModel } from './conversations/model-calls.ts';
import { priceTable } from './conversations/prices.ts';
import { type HouseBudget, setAside } from './conversations/spending.ts';
import type { KnowledgeIndex } from './knowledge/documents.ts';
import { withReranker } from './knowledge/rerank.ts';
import type { Summariser } from './knowledge/summaries.ts';
import type { Embedder } from './language/embedder.ts';

/** How long a search waits for the fast model's order, beside what it waits for the encoder. */
const RERANK_MS = 2_500;

export type OpenEmbedder = Embedder & { close(): Promise<void> };

/** The configured encoder, or null for none. Asks nobody yet. */
export function openEmbedder(config: Config, options: AskOptions): OpenEmbedder | null {
  const { encoder, encoderApi } = config;
  if (encoderApi) return apiEmbedder((encoder === 'voyage' ? voyageApi : openAiApi)(encoderApi), options);
  return encoder === 'local' ? localEmbedder({ keptIn: BESIDE_PROGRAM }) : null;
}

/** `desk` is needed with the first call only: it may come later than the index. */
type House = { desk: () => Desk; logger: Logger };

/** False in a rehearsal, which costs nothing. */
type Opening = { isOpen: () => boolean };

/** The index with the fast model's order, where that is switched on. */
export function reranked(index: KnowledgeIndex, config: Config, house: House & Opening): KnowledgeIndex {
  if (!config.rerank || !hasClaude(config)) return index;
  const { desk, logger, isOpen } = house;
  const model = (...call: Parameters<Desk['model']>) => houseModel(desk(), 'rerank')(...call);
  const ordered = withReranker(index, fastModelReranker({ model, modelId: config.fastModel }), {
    patienceMs: RERANK_MS,
    onTrouble: (sentence) => logger.warn({}, sentence),
  });
  return {
    get version() {
      return index.version;
    },
    passage: (id) => index.passage(id),
    search: (search) => (isOpen() ? ordered : index).search(search),
  };
}

/** Who writes summaries of passages, or null where that is switched off. They stay in `settings`. */
export function openSummariser(
  config: Config,
  { desk, logger, settings }: House & { settings: SettingStore },
): Summariser | null {
  if (!config.summaries || !hasClaude(config)) return null;
  const { apiKey, baseUrl } = config.anthropic;
  const budget: HouseBudget = { name: 'summaries', dollars: config.summaries.dollars };
  return fastModelSummariser({
    model: (...call) => houseModel(desk(), 'summaries', budget)(...call),
    modelId: config.fastModel,
    store: settings,
    batches: claudeBatches({ ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }) }),
    purse: {
      price: priceTable(config.limits?.prices ?? {})(config.fastModel),
      setAside: (dollars) => setAside(desk(), budget, dollars),
    },
    // The embedded database has one node.
    ...(config.databaseUrl && { turn: turnOf(desk) }),
    onTrouble: (sentence) => logger.warn({}, sentence),
  });
}

/** A tally of one is a turn: whoever counts it first has it, and loses it after a quarter of an hour. */
function turnOf(desk: () => Desk) {
  const key = 'summaries are written';
  return {
    take: async () =>
      (await desk().store.tallies.take([{ key, amount: 1, most: 1, windowMs: 900_000 }], desk().now())) === null,
    giveBack: () => desk().store.tallies.add([key], -1, desk().now()),
  };
}

/** Sentences on what is switched on and cannot work. */
export function knowledgeWarnings(config: Config): string[] {
  if (hasClaude(config)) return [];
  const asked = [...(config.rerank ? ['FRONTDESK_RERANK'] : []), ...(config.summaries ? ['FRONTDESK_SUMMARIES'] : [])];
  return asked.map(
    (variable) => `${variable} is on and does nothing: it needs ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL.`,
  );
}

function hasClaude({ anthropic }: Config): boolean {
  return anthropic.apiKey !== null || anthropic.baseUrl !== null;
}
