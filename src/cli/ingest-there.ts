import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { filesBelow } from '../ingest/folder-source.ts';
import type { UpkeepState } from '../knowledge/upkeep.ts';
import type { IngestOptions } from './ingest.ts';
import type { IngestReport, Telling } from './ingest-report.ts';
import { type Call, errorOf, serverCall } from './server-call.ts';

const POLL_MS = 300;

/** The types that a server takes, by the extension of a file. */
const TYPES: Record<string, string> = {
  '.md': 'text/markdown; charset=utf-8',
  '.markdown': 'text/markdown; charset=utf-8',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/**
 * Lets a running server do it: without places it looks at its own folder and sites, files that are named are sent to it.
 * Throws where nothing can be done.
 */
export async function ingestThere(config: Config, options: IngestOptions, telling: Telling): Promise<IngestReport> {
  if (options.watch) throw new Error('A server watches its folder itself: start it with `frontdesk start --watch`.');
  const call = serverCall(config);
  const begun = performance.now();
  const counts = options.places.length === 0 ? await syncThere(call, telling) : await send(call, options, telling);
  const { agent, ...rest } = counts;
  const report = { ...rest, agent, problems: [], vectors: 0, ms: Math.round(performance.now() - begun) };
  telling.report(report);
  return report;
}

async function syncThere(call: Call, telling: Telling) {
  const started = await call('POST', 'v1/operator/knowledge/sync');
  if (started.status !== 202) throw new Error(errorOf(started).message);
  for (;;) {
    await sleep(POLL_MS);
    const answer = await call('GET', 'v1/operator/knowledge');
    if (answer.status !== 200) throw new Error(errorOf(answer).message);
    const state = answer.body as unknown as UpkeepState & { agent: string };
    if (state.running || state.last === null) {
      telling.show({ what: 'sources', done: 0, of: Math.max(1, state.sources.length) });
      continue;
    }
    const { endedAt: _, failures, ...counts } = state.last;
    const flat = failures.map(({ problem, ...failure }) => ({ ...failure, ...problem }));
    return { ...counts, failures: flat, agent: state.agent };
  }
}

async function send(call: Call, { places, remove }: IngestOptions, telling: Telling) {
  const state = await call('GET', 'v1/operator/knowledge');
  if (state.status !== 200) throw new Error(errorOf(state).message);
  const files = await filesOf(places);
  const counts = { found: files.length, changed: 0, unchanged: 0, removed: 0, failed: 0 };
  const failures: IngestReport['failures'] = [];
  for (const [done, { path, name }] of files.entries()) {
    telling.show({ what: 'files', done, of: files.length });
    const address = `v1/operator/knowledge/documents/${encodeURIComponent(name)}`;
    const type = TYPES[extname(name).toLowerCase()] ?? '';
    const answer = remove
      ? await call('DELETE', address)
      : await call('PUT', address, { bytes: Uint8Array.from(await readFile(path)), type });
    if (answer.status === 204) counts.removed += 1;
    else if (answer.status === 200) counts[answer.body.changed ? 'changed' : 'unchanged'] += 1;
    else {
      counts.failed += 1;
      failures.push({ source: 'push', key: name, ...errorOf(answer), serving: false });
    }
  }
  return { ...counts, failures, agent: String(state.body.agent) };
}

async function filesOf(places: string[]): Promise<{ path: string; name: string }[]> {
  const files: { path: string; name: string }[] = [];
  for (const place of places) {
    if (/^https?:\/\//i.test(place)) {
      throw new Error(`A server reads ${place} only where its agent folder names it, in knowledge/sources.yaml.`);
    }
    const found = (await filesBelow(resolve(place))).filter(({ name }) => extname(name).toLowerCase() in TYPES);
    if (found.length === 0) throw new Error(`There is no file at ${resolve(place)} that can be read.`);
    files.push(...found);
  }
  return files;
}
