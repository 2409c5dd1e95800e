import { setTimeout as pause } from 'node:timers/promises';
import type { Model } from '../../../agent/model.ts';
import type { SourceDocument } from '../../../knowledge/documents.ts';
import type { Summariser, SummaryStore } from '../../../knowledge/summaries.ts';
import { type Batches, NoBatchesError } from '../../claude/batches.ts';
import { askTool, ModelCallError } from '../ask-tool.ts';
import { summaryBatches } from './batch-run.ts';
import { KeptSummaries, withSummaries } from './kept-summaries.ts';
import { keysOf, planSummaries, readSummaries, type SummaryCall } from './plan.ts';
import type { Purse } from './purse.ts';

export type SummariserOptions = {
  /** For calls one by one; it keeps to its own budget. */
  model: Model;
  modelId: string;
  store: SummaryStore;
  /** Null: all calls one by one. */
  batches: Batches | null;
  /** For batches. */
  purse: Purse;
  /** Where several nodes share the store: one of them works at a time. */
  turn?: Turn;
  /** Hears sentences for the log. */
  onTrouble?: (sentence: string) => void;
  /** Calls from which on a batch is worth its wait. Default 50. */
  batchFrom?: number;
  /** Between looks at a batch. Default 30,000 ms. */
  lookMs?: number;
};

/** `take` is false while another has it. Whoever crashed with it loses it after a while. */
export type Turn = { take(): Promise<boolean>; giveBack(): Promise<void> };

/** Documents that are worked on at once, where calls are made one by one. */
const AT_ONCE = 4;
const BATCH_FROM = 50;
const LOOK_MS = 30_000;
/** After these every further call would fail alike. */
const HOPELESS: readonly string[] = ['budget_spent', 'spend_limit', 'paused', 'rate_limited', 'overloaded'];

/** Summaries by the fast model, kept in the store. One at a time works on them. Not measured here. */
export function fastModelSummariser(options: SummariserOptions): Summariser {
  const { modelId, store, batches, turn, batchFrom = BATCH_FROM, lookMs = LOOK_MS, onTrouble = () => {} } = options;
  const kept = new KeptSummaries(store);
  const run = batches && summaryBatches({ batches, store, kept, purse: options.purse, onTrouble, lookMs });
  let working: Promise<unknown> = Promise.resolve();

  async function known(documents: readonly SourceDocument[]): Promise<SourceDocument[]> {
    const found: SourceDocument[] = [];
    for (const document of documents) {
      const texts = await kept.of(document.id);
      found.push(Object.keys(texts).length > 0 ? withSummaries(document, keysOf(document), texts) : document);
    }
    return found;
  }

  async function plan(documents: readonly SourceDocument[], ttl: '5m' | '1h'): Promise<SummaryCall[]> {
    const calls: SummaryCall[] = [];
    for (const document of documents) {
      const has = new Set(Object.keys(await kept.of(document.id)));
      calls.push(...planSummaries(document, has, { modelId, ttl }));
    }
    return calls;
  }

  async function work(documents: readonly SourceDocument[], signal: AbortSignal): Promise<void> {
    const current = new Map(documents.map((document) => [document.id, new Set(keysOf(document))]));
    await run?.finish(current, signal);
    const calls = await plan(documents, '5m');
    if (run && calls.length >= batchFrom) {
      try {
        return await run.send(await plan(documents, '1h'), current, signal);
      } catch (error) {
        if (!(error instanceof NoBatchesError)) throw error;
        onTrouble(`there are no batches, so ${calls.length} calls are made one by one: ${error.message}`);
      }
    }
    await askOneByOne(calls, { ...options, kept, onTrouble, current, signal });
  }

  async function workInTurn(documents: readonly SourceDocument[], signal: AbortSignal): Promise<void> {
    while (turn && !(await turn.take())) await pause(lookMs, undefined, { signal });
    await work(documents, signal).finally(() => turn?.giveBack());
  }

  return {
    known,
    async summarise(documents, signal) {
      const mine = working.then(() => workInTurn(documents, signal));
      working = mine.catch((error: Error) => {
        if (!signal.aborted) onTrouble(`summaries are missing: ${error.message}`);
      });
      await working;
      return known(documents);
    },
  };
}

type Asking = Pick<SummariserOptions, 'model'> & {
  kept: KeptSummaries;
  current: ReadonlyMap<string, ReadonlySet<string>>;
  onTrouble(sentence: string): void;
  signal: AbortSignal;
};

/** A few documents at once, each call of a document after the other, since all but the first read it from the cache. */
async function askOneByOne(calls: readonly SummaryCall[], asking: Asking): Promise<void> {
  const byDocument = [...Map.groupBy(calls, ({ documentId }) => documentId).values()];
  const stop = new AbortController();
  const signal = AbortSignal.any([asking.signal, stop.signal]);
  const worker = async () => {
    for (let own = byDocument.shift(); own; own = byDocument.shift()) {
      for (const call of own) {
        if (signal.aborted) return;
        if (await isHopeless(call, { ...asking, signal })) stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function isHopeless(call: SummaryCall, { model, kept, current, onTrouble, signal }: Asking): Promise<boolean> {
  try {
    const texts = readSummaries(await askTool(model, call.request, signal), call);
    if (texts.size === 0) throw new Error('the answer has no summary');
    await kept.add(call, texts, current.get(call.documentId));
    return false;
  } catch (error) {
    if (signal.aborted) return true;
    onTrouble(`no summaries of passages ${call.from} and after of ${call.documentId}: ${(error as Error).message}`);
    return error instanceof ModelCallError && HOPELESS.includes(error.code);
  }
}
