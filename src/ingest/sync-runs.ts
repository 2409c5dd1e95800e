import type { Source } from './source.ts';
import { type Counts, PIPELINE, type SourceReport, type SyncOptions, type SyncParts, syncSource } from './sync.ts';

export type SyncReport = Counts & { sources: SourceReport[] };

/**
 * Brings the store up to what a source has now. Where the source is described otherwise than the last time, or read by
 * another version of ours, all of it is read anew.
 */
export async function syncDescribed(parts: SyncParts, source: Source, options: SyncOptions): Promise<SourceReport> {
  const { store, agent } = parts;
  const { id, kind } = source;
  const spec = JSON.stringify({ pipeline: PIPELINE, ...JSON.parse(source.spec) });
  const known = (await store.sources(agent)).find((one) => one.id === id)?.spec;
  const report = await syncSource(parts, source, { ...options, fresh: known !== undefined && known !== spec });
  // Not before: where a run is cut short, the next one has to begin anew.
  if (known !== spec && report.problem === null) await store.putSource(agent, { id, kind, spec });
  return report;
}

/** What became of several sources, together. */
export function together(sources: SourceReport[]): SyncReport {
  const sum = (field: keyof Counts) => sources.reduce((total, report) => total + report[field], 0);
  return {
    found: sum('found'),
    changed: sum('changed'),
    unchanged: sum('unchanged'),
    removed: sum('removed'),
    failed: sum('failed'),
    sources,
  };
}

/** Runs over sources in one process: each source by one run at a time. */
export class SyncRuns {
  readonly #parts: SyncParts;
  readonly #signal: AbortSignal;
  readonly #running = new Map<string, Promise<SourceReport>>();

  constructor(parts: SyncParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** One source after the other. Whoever asks for one that is being looked at gets the same report. */
  async run(sources: readonly Source[], { retry }: { retry: boolean } = { retry: true }): Promise<SyncReport> {
    const reports: SourceReport[] = [];
    for (const source of sources) reports.push(await this.#one(source, retry));
    return together(reports);
  }

  /** Resolves when nothing runs any more. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }

  #one(source: Source, retry: boolean): Promise<SourceReport> {
    const running =
      this.#running.get(source.id) ??
      syncDescribed(this.#parts, source, { signal: this.#signal, retry }).finally(() =>
        this.#running.delete(source.id),
      );
    this.#running.set(source.id, running);
    return running;
  }
}
