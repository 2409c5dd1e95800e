import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { compareText } from '../agent-folder/problems.ts';
import type { CaseRun } from './case-run.ts';
import type { AgentFacts } from './eval-process.ts';
import type { Case } from './suite.ts';

/** The newest so many are kept. */
const MOST_KEPT = 20_000;
/** What of `evals/` says what is expected, and not what is done. */
const EXPECTED = /^evals\/(?:[^/]+\.ya?ml|baseline\.json|README\.md)$/;

/**
 * What cases left when they were had before, in files of a folder. A key stands for all that can make a difference to what is done:
 * the program, the agent folder but for its suites, prompt and knowledge, the models, the customer's side, the attempt.
 */
export type RunCache = {
  keyOf(one: Case, attempt: number): string;
  /** Null where it was not had, or where what was kept cannot be read. */
  get(key: string): Promise<CaseRun | null>;
  /** A run with an error is not kept. */
  put(run: CaseRun): Promise<void>;
};

type Made = { folder: string; agentFolder: string; program: string; models: string[]; facts: AgentFacts };

/** Opens the cache in `folder`, which is made where it is missing; what is old is forgotten. */
export async function openCache({ folder, agentFolder, program, models, facts }: Made): Promise<RunCache> {
  await mkdir(folder, { recursive: true });
  await forgetOld(folder);
  const { promptHash, knowledgeVersion, model, offline } = facts;
  const common = [program, await hashOf(agentFolder), promptHash, knowledgeVersion, model, String(offline), ...models];
  const fileOf = (key: string) => join(folder, `${key}.json`);
  return {
    keyOf(one, attempt) {
      const { id, customerSide, customer, language } = one;
      const prompts = one.expect.prompt ? 'prompt' : '';
      const done = JSON.stringify([id, customerSide, customer, language, prompts, attempt], plainly);
      return createHash('sha256')
        .update([...common, done].join('\0'))
        .digest('hex');
    },
    async get(key) {
      try {
        const run = JSON.parse(await readFile(fileOf(key), 'utf8')) as CaseRun;
        return run.key === key ? run : null;
      } catch {
        return null;
      }
    },
    async put(run) {
      if (run.error !== null) return;
      const file = fileOf(run.key);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.${process.pid}`, JSON.stringify(run));
      await rename(`${file}.${process.pid}`, file);
    },
  };
}

/** What is expected of a turn, and where it stands, is nothing that is done. */
function plainly(key: string, value: unknown): unknown {
  if (key === 'expect' || key === 'line') return undefined;
  return value instanceof RegExp ? String(value) : value;
}

async function hashOf(agentFolder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(agentFolder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(agentFolder, join(entry.parentPath, entry.name)))
    .filter((file) => !EXPECTED.test(file) && !/(?:^|\/)(?:node_modules|\.[^/]*)(?:\/|$)/.test(file))
    .sort(compareText);
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(await readFile(join(agentFolder, file)));
  }
  return hash.digest('hex');
}

async function forgetOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  if (names.length <= MOST_KEPT) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const old = aged.sort((a, b) => b.at - a.at).slice(MOST_KEPT);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}
