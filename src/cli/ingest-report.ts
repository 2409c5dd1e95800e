import { cleanText } from '../language/invisible.ts';
import type { Step } from './progress.ts';

/** What a run came to. */
export type IngestReport = {
  agent: string;
  /** Items: files, pages, pushed documents. */
  found: number;
  changed: number;
  unchanged: number;
  removed: number;
  failed: number;
  failures: { source: string; key: string; code: string; message: string; serving: boolean }[];
  /** What went wrong as a whole: a source that could not be gone through, an encoder that does not read. */
  problems: string[];
  vectors: number;
  ms: number;
};

/** Who is told while a run goes on. */
export type Telling = { show(step: Step): void; report(report: IngestReport): void };

/** Counts in one line, and what could not be read below it. */
export function printReport(report: IngestReport): void {
  const { found, changed, unchanged, removed, failed, failures, problems, vectors, ms } = report;
  const counts = [
    `${found} found`,
    `${changed} changed`,
    `${unchanged} unchanged`,
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(failed > 0 ? [`${failed} could not be read`] : []),
    ...(vectors > 0 ? [`${vectors} texts read by the encoder`] : []),
  ];
  process.stdout.write(`${report.agent}: ${counts.join(', ')} (${(ms / 1000).toFixed(1)} s)\n`);
  for (const { key, message, serving } of failures) {
    process.stderr.write(
      `  ${printable(key)}: ${printable(message)}${serving ? ' Its earlier version is still found.' : ''}\n`,
    );
  }
  for (const problem of problems) process.stderr.write(`  ${printable(problem)}\n`);
}

/** Names and messages of others: what steers a terminal is left out. */
function printable(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ');
}
