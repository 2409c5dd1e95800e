import type { Source } from './source.ts';
import { type Counts, type SourceReport, type SyncOptions, type SyncParts, syncSource } from './sync.ts';

export type SyncReport = Counts & { sources: SourceReport[] };

/** Sources after one another, as they are asked for. What one of them says stands in its report. */
export async function syncAll(parts: SyncParts, sources: readonly Source[], options: SyncOptions): Promise<SyncReport> {
  const reports: SourceReport[] = [];
  for (const source of sources) {
    await parts.store.putSource(parts.agent, { id: source.id, kind: source.kind, spec: source.spec });
    reports.push(await syncSource(parts, source, options));
  }
  return { ...totalOf(reports), sources: reports };
}

function totalOf(reports: readonly SourceReport[]): Counts {
  const sum = (field: keyof Counts) => reports.reduce((total, report) => total + report[field], 0);
  return {
    found: sum('found'),
    changed: sum('changed'),
    unchanged: sum('unchanged'),
    removed: sum('removed'),
    failed: sum('failed'),
  };
}
