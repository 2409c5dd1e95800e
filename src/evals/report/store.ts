import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunReport } from '../graded.ts';

/** A run without its cases: enough for a chart over time, and small. */
export type RunSummary = Omit<RunReport, 'cases' | 'leftOut' | 'graders'>;

/** The files of a kept run, absolute. */
export type RunFiles = { json: string; html: string; junit: string };

const KEPT = 50;
const ID = /^\d{8}-\d{6}-[0-9a-f]{6}$/;

/** `20261127-120301-5c0ffe`: when (UTC), then a hash of what was run. Sorts by time. */
export function runId(run: Pick<RunReport, 'agent' | 'at' | 'model' | 'promptHash' | 'knowledgeVersion'>): string {
  const time = new Date(run.at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const said = JSON.stringify([run.agent, run.at, run.model, run.promptHash, run.knowledgeVersion]);
  return `${time}-${createHash('sha256').update(said).digest('hex').slice(0, 6)}`;
}

/** Where the files of a run are, or will be. */
export function runFiles(dataFolder: string, id: string): RunFiles {
  const base = join(runsFolder(dataFolder), id);
  return { json: `${base}.json`, html: `${base}.html`, junit: `${base}.junit.xml` };
}

/** Keeps a run with its pages, each file whole or not at all, and lets go of all but the newest 50. */
export async function keepRun(
  dataFolder: string,
  report: RunReport,
  pages: { html: string; junit: string },
): Promise<RunFiles> {
  if (!ID.test(report.id)) throw new Error(`"${report.id}" is no id of a run: make it with runId.`);
  await mkdir(runsFolder(dataFolder), { recursive: true });
  const files = runFiles(dataFolder, report.id);
  const { cases: _cases, leftOut: _leftOut, graders: _graders, ...summary } = report;
  await writeWhole(files.html, pages.html);
  await writeWhole(files.junit, pages.junit);
  await writeWhole(files.json, `${JSON.stringify(report)}\n`);
  await writeWhole(summaryFile(dataFolder, report.id), `${JSON.stringify(summary satisfies RunSummary)}\n`);
  const ids = await idsIn(dataFolder);
  for (const id of ids.slice(0, -KEPT)) await forget(dataFolder, id);
  return files;
}

/**
 * A run: by `last` (the newest, of `agent` where that is given), an id or the beginning of one, or the path of its JSON file.
 * Rejects with a sentence where there is none.
 */
export async function readRun(dataFolder: string, which: string, agent?: string): Promise<RunReport> {
  if (which.endsWith('.json')) return readReport(resolve(which));
  if (which !== 'last') return readReport(runFiles(dataFolder, await idOf(dataFolder, which)).json);
  const newest = (await summaries(dataFolder)).findLast((run) => agent === undefined || run.agent === agent);
  if (!newest) throw new Error(`No run of evals is kept in ${runsFolder(dataFolder)}: run "frontdesk eval" first.`);
  return readReport(runFiles(dataFolder, newest.id).json);
}

/** The runs of this agent by the same kind of model that were before this one, oldest first; at most `most`. */
export async function earlierRuns(
  dataFolder: string,
  now: Pick<RunReport, 'id' | 'agent' | 'offline' | 'at'>,
  most = 20,
): Promise<RunSummary[]> {
  const all = await summaries(dataFolder);
  return all
    .filter((run) => run.id !== now.id && run.at <= now.at && run.agent === now.agent && run.offline === now.offline)
    .slice(-most);
}

function runsFolder(dataFolder: string): string {
  return join(dataFolder, 'evals', 'runs');
}

function summaryFile(dataFolder: string, id: string): string {
  return join(runsFolder(dataFolder), `${id}.summary.json`);
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

/** Ids of the runs that are kept whole, oldest first. */
async function idsIn(dataFolder: string): Promise<string[]> {
  const names = await readdir(runsFolder(dataFolder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.summary.json'))
    .map((name) => name.slice(0, -'.summary.json'.length))
    .filter((id) => ID.test(id))
    .sort();
}

async function forget(dataFolder: string, id: string): Promise<void> {
  const { json, html, junit } = runFiles(dataFolder, id);
  for (const file of [summaryFile(dataFolder, id), json, html, junit]) await rm(file, { force: true });
}

async function summaries(dataFolder: string): Promise<RunSummary[]> {
  const ids = await idsIn(dataFolder);
  return Promise.all(ids.map((id) => readJson<RunSummary>(summaryFile(dataFolder, id))));
}

async function idOf(dataFolder: string, which: string): Promise<string> {
  const ids = await idsIn(dataFolder);
  const found = ids.filter((id) => id.startsWith(which));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const newest = ids.slice(-5).reverse().join(', ');
  if (found.length > 1) throw new Error(`More than one run begins with "${which}": ${found.slice(-5).join(', ')}.`);
  throw new Error(
    `No run "${which}" is kept in ${runsFolder(dataFolder)}. ${newest ? `The newest: ${newest}.` : ''}`.trim(),
  );
}

async function readReport(file: string): Promise<RunReport> {
  const report = await readJson<Partial<RunReport> | null>(file);
  if (typeof report?.id !== 'string' || !Array.isArray(report.cases) || !report.scorecard) {
    throw new Error(`${file} is no report of a run of "frontdesk eval".`);
  }
  return report as RunReport;
}

async function readJson<T>(file: string): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? `${file} does not exist.` : `${file} cannot be read: ${error.message}`);
  });
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}
