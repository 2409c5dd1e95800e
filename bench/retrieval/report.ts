import type { Figures } from './measure.ts';

type Row = Omit<Figures, 'query_ms' | 'mrr20'> & { query_ms?: Figures['query_ms'] };
export type Measured = { name: string; figures: Figures; buildMs: number };

/**
 * The rows of the guide, k=3: anthropics/anthropic-cookbook, skills/retrieval_augmented_generation,
 * evaluation/json_results, all 100 questions. Comparable with the cookbook's own documents and questions only.
 */
const PUBLISHED: [string, Pick<Row, 'precision' | 'recall' | 'f1' | 'mrr'>][] = [
  ['guide: voyage-2', { precision: 0.4283, recall: 0.6592, f1: 0.5193, mrr: 0.7367 }],
  ['guide: + summaries by Claude', { precision: 0.4533, recall: 0.7142, f1: 0.5546, mrr: 0.7733 }],
  ['guide: + re-ranking by Claude', { precision: 0.4367, recall: 0.6933, f1: 0.5359, mrr: 0.865 }],
];

/** A table for people. */
export function toTable(rows: readonly Measured[], isCookbook: boolean): string {
  const head = `${''.padEnd(31)}  P@3    R@3    F1     MRR@3  R@5    R@10   R@20   query p50/p99 ms   build ms`;
  const lines = rows.map(({ name, figures, buildMs }) => {
    const { p50, p99 } = figures.query_ms;
    const times = `${p50.toFixed(2)} / ${p99.toFixed(2)}`.padEnd(18);
    return `${name.padEnd(31)} ${cells(figures, 7)} ${times} ${Math.round(buildMs)}`;
  });
  const published = PUBLISHED.map(([name, figures]) => `${name.padEnd(31)} ${cells(figures, 4)}`);
  const note = isCookbook ? '' : ' (on its own documents and questions: not comparable with the rows above)';
  return [head, ...lines, '', `published${note}`, ...published].join('\n');
}

function cells(row: Partial<Row>, count: number): string {
  const values = [row.precision, row.recall, row.f1, row.mrr, row.recall5, row.recall10, row.recall20];
  return values
    .slice(0, count)
    .map((value) => (value ?? 0).toFixed(3).padEnd(6))
    .join(' ');
}

/** The same for programs, by name. */
export function toJson(rows: readonly Measured[], sizes: Record<string, number>): string {
  const [lexical, local, ...others] = rows;
  const own = Object.fromEntries(others.map(({ name, figures }) => [name, rounded(figures)]));
  return JSON.stringify({
    default: rounded((local ?? lexical)?.figures),
    lexical: rounded(lexical?.figures),
    ...(others.length > 0 ? { configured: own } : {}),
    build_ms: Math.round((local ?? lexical)?.buildMs ?? 0),
    lexical_build_ms: Math.round(lexical?.buildMs ?? 0),
    ...sizes,
  });
}

function rounded<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'number' ? Math.round(one * 10_000) / 10_000 : one)),
  ) as Value;
}
