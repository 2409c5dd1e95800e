import type { SourceDocument } from '../knowledge/documents.ts';
import type { KnowledgeStore, NewDocument } from '../knowledge/store.ts';
import type { Summariser } from '../knowledge/summaries.ts';
import { withTexts } from './cut-texts.ts';
import { type UpkeepLoop, upkeepLoop } from './upkeep-loop.ts';

/** Documents that go to the model together. */
const DOCUMENTS = 2_000;

type Parts = { store: KnowledgeStore; agent: string; summariser: Summariser | null; onTrouble(error: unknown): void };

/** Has summaries written of what is new in the store, and puts them there, for every node. */
export function summaryUpkeep({ store, agent, summariser, onTrouble }: Parts, signal: AbortSignal): UpkeepLoop {
  let version = 0;

  async function keep(documents: readonly SourceDocument[], upTo: number): Promise<void> {
    if (!summariser || signal.aborted) return;
    // What was paid for before is found at once, not after what is to be paid for.
    await put(await summariser.known(documents));
    await put(await summariser.summarise(documents, signal));
    version = upTo;
  }

  async function put(documents: readonly SourceDocument[]): Promise<void> {
    const changed: NewDocument[] = [];
    for (const document of documents) if (document.summaries) changed.push(await withTexts(document));
    if (changed.length > 0) await store.summarise(agent, changed);
  }

  async function work(): Promise<void> {
    if (!summariser) return;
    let documents: SourceDocument[] = [];
    let upTo = version;
    for await (const change of store.changes(agent, version)) {
      documents.push(...change.put);
      upTo = change.version;
      if (documents.length < DOCUMENTS) continue;
      await keep(documents, upTo);
      documents = [];
    }
    if (documents.length > 0) await keep(documents, upTo);
    version = upTo;
  }

  return upkeepLoop(work, { signal, onTrouble });
}
