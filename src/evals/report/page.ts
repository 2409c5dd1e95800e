import type { RunReport } from '../graded.ts';
import type { Comparison } from './compare.ts';
import type { RunSummary } from './store.ts';

export function evalPage(_: RunReport, __: { earlier: readonly RunSummary[]; compare: Comparison | null }): string {
  return '';
}
