import { setTimeout as pause } from 'node:timers/promises';
import type Anthropic from '@anthropic-ai/sdk';
import type { SummaryStore } from '../../../knowledge/summaries.ts';
import type { Batches, BatchResult } from '../../claude/batches.ts';
import type { KeptSummaries } from './kept-summaries.ts';
import { readSummaries, type SummaryCall } from './plan.ts';
import { costOf, mostOf, type Purse } from './purse.ts';

/** The batches that were sent and not yet collected, oldest first: their ids. What each asked stands beside. */
const OPEN = 'summaries: open batches';
const askedIn = (batchId: string) => `summaries: batch ${batchId}`;

/** The API takes 100,000 calls and 256 MB; smaller ones show progress. */
const MOST_CALLS = 2_000;
const MOST_CHARACTERS = 50_000_000;
/** Calls whose cost is set aside together. */
const TOGETHER = 20;

type Asked = Pick<SummaryCall, 'documentId' | 'from' | 'keys'>;
/** The keys of documents as they are, by document. */
type Current = ReadonlyMap<string, ReadonlySet<string>>;

type Parts = {
  batches: Batches;
  store: SummaryStore;
  kept: KeptSummaries;
  purse: Purse;
  onTrouble(sentence: string): void;
  lookMs: number;
};

/**
 * Batches that survive a crash: what was sent is written down at once, and collected by whoever comes next. Rejects when
 * the API or the store fails.
 */
export function summaryBatches(parts: Parts) {
  const { batches, store, kept, purse, onTrouble, lookMs } = parts;
  /** What was set aside for batches of this process. What a crash cuts off stays set aside: it was probably spent. */
  const bills = new Map<string, (spent: number) => Promise<void>>();

  async function openBatches(): Promise<string[]> {
    return JSON.parse((await store.read(OPEN)) ?? '[]') as string[];
  }

  async function forget(batchId: string): Promise<void> {
    await store.write(OPEN, JSON.stringify((await openBatches()).filter((id) => id !== batchId)));
    await store.write(askedIn(batchId), null);
  }

  /** Waits for the end of what was sent before, and keeps what came of it. */
  async function finish(current: Current, signal: AbortSignal): Promise<void> {
    for (const batchId of await openBatches()) await collect(batchId, current, signal);
  }

  async function collect(batchId: string, current: Current, signal: AbortSignal): Promise<void> {
    let state = await batches.state(batchId, signal);
    while (state === 'running') {
      await pause(lookMs, undefined, { signal });
      state = await batches.state(batchId, signal);
    }
    const asked = new Map(
      Object.entries(JSON.parse((await store.read(askedIn(batchId))) ?? '{}') as Record<string, Asked>),
    );
    let spent = 0;
    if (state === 'gone') onTrouble(`the batch ${batchId} is gone, with ${asked.size} calls`);
    else
      for await (const result of batches.results(batchId, signal)) {
        if (result.message?.usage) spent += costOf(result.message.usage, purse.price);
        await keep(result, asked.get(result.id), current);
      }
    await bills.get(batchId)?.(spent);
    bills.delete(batchId);
    await forget(batchId);
  }

  async function keep({ message, problem }: BatchResult, asked: Asked | undefined, current: Current): Promise<void> {
    if (!asked) return;
    const texts = readSummaries(toolInputOf(message), asked);
    if (texts.size > 0) return kept.add(asked, texts, current.get(asked.documentId));
    const why = problem || 'the answer has no summary';
    onTrouble(`no summaries of passages ${asked.from} and after of ${asked.documentId}: ${why}`);
  }

  /** Sends the calls, as far as there is money, and waits for their summaries. */
  async function send(calls: readonly SummaryCall[], current: Current, signal: AbortSignal): Promise<void> {
    for (const slice of slicesOf(calls)) {
      const { paid, settle } = await setAside(slice);
      if (paid.length > 0) await sendOne(paid, settle, signal);
      await finish(current, signal);
      if (paid.length < slice.length) throw new Error('the budget has no room for more of them today');
    }
  }

  async function sendOne(
    calls: readonly SummaryCall[],
    settle: (spent: number) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const batchId = await batches.submit(calls, signal).catch(async (error) => {
      await settle(0);
      throw error;
    });
    bills.set(batchId, settle);
    const asked = calls.map(({ id, documentId, from, keys }) => [id, { documentId, from, keys }]);
    await store.write(askedIn(batchId), JSON.stringify(Object.fromEntries(asked)));
    await store.write(OPEN, JSON.stringify([...(await openBatches()), batchId]));
  }

  async function setAside(calls: readonly SummaryCall[]) {
    const paid: SummaryCall[] = [];
    const settles: ((spent: number) => Promise<void>)[] = [];
    for (let at = 0; at < calls.length; at += TOGETHER) {
      const some = calls.slice(at, at + TOGETHER);
      const settle = await purse.setAside(some.reduce((sum, { request }) => sum + mostOf(request, purse.price), 0));
      if (!settle) break;
      paid.push(...some);
      settles.push(settle);
    }
    // Each gives back what it has set aside; the first one pays for all.
    const settle = async (spent: number) => {
      for (const [at, one] of settles.entries()) await one(at === 0 ? spent : 0);
    };
    return { paid, settle };
  }

  return { finish, send };
}

function* slicesOf(calls: readonly SummaryCall[]): Generator<SummaryCall[]> {
  let slice: SummaryCall[] = [];
  let characters = 0;
  for (const call of calls) {
    const length = JSON.stringify(call.request).length;
    if (slice.length > 0 && (slice.length >= MOST_CALLS || characters + length > MOST_CHARACTERS)) {
      yield slice;
      slice = [];
      characters = 0;
    }
    slice.push(call);
    characters += length;
  }
  if (slice.length > 0) yield slice;
}

function toolInputOf(message: Anthropic.Message | null): unknown {
  const block = message?.content.find(({ type }) => type === 'tool_use');
  return block?.type === 'tool_use' ? block.input : null;
}
