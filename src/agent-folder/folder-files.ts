import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../language/did-you-mean.ts';
import { checkEvals, type DeskFiles, listDesk, listPolicies, unreadable } from './list-files.ts';
import { compareText, type Report } from './problems.ts';
import { listRoutes, type RouteFiles } from './route-files.ts';

/** The files of an agent folder that the loader reads: paths relative to the folder, with `/`, in name order. */
export type FolderFiles = Omit<DeskFiles, 'tools' | 'yamlTools'> & {
  hasAgent: boolean;
  greetings: string[];
  /** Whether the folder names sources on the web. */
  hasSources: boolean;
  hasGuards: boolean;
  policies: string[];
  /** The agent's own, then those of its routes. */
  tools: string[];
  yamlTools: string[];
  routes: RouteFiles[];
};

const REQUIRED = ['agent.ts', 'greeting.md', 'guardrails.md'];
/** Which guards the agent has. */
export const GUARDS_FILE = 'guards.yaml';
const FOLDERS = ['context', 'evals', 'examples', 'knowledge', 'policies', 'routes', 'tools'];
/** What may lie beside the agent and is not read: what a folder that is a repository or a package of its own needs. */
const IGNORED = ['README.md', 'docs', 'LICENSE', 'package.json', 'package-lock.json', 'tsconfig.json', 'node_modules'];
/** What names the web sources of an agent. */
export const SOURCES_FILE = 'knowledge/sources.yaml';
const GREETING = /^greeting\.(.+)\.md$/;

/** Finds the files that belong to the agent; reports what is missing and what does not belong. */
export async function listFolder(root: string, report: Report): Promise<FolderFiles> {
  const names = (await readdir(root)).filter((name) => !name.startsWith('.')).sort(compareText);
  for (const name of REQUIRED) {
    if (!names.includes(name)) report.problems.push({ file: name, line: 1, message: 'is missing' });
  }
  for (const name of names) {
    if (![...REQUIRED, GUARDS_FILE, ...FOLDERS, ...IGNORED].includes(name) && !GREETING.test(name)) {
      const hint = didYouMean(name, [...REQUIRED, GUARDS_FILE, ...FOLDERS]);
      report.problems.push({ file: name, line: 1, message: `is not part of an agent folder${hint}` });
    }
  }
  const own = await listDesk({ root, at: '', names }, report);
  if (own.context.length === 0) {
    report.problems.push({ file: 'context/', line: 1, message: 'is missing: at least one context/*.md is needed' });
  }
  if (names.includes('evals')) await checkEvals(root, report);
  const routes = names.includes('routes') ? await listRoutes(root, report) : [];
  const desks = [own, ...routes];
  return {
    ...own,
    hasAgent: names.includes('agent.ts'),
    greetings: names.filter((name) => name === 'greeting.md' || GREETING.test(name)),
    hasSources: names.includes('knowledge') && (await isFile(join(root, SOURCES_FILE))),
    hasGuards: names.includes(GUARDS_FILE),
    policies: await listPolicies(root, names, report),
    tools: desks.flatMap(({ tools }) => tools),
    yamlTools: desks.flatMap(({ yamlTools }) => yamlTools),
    routes,
  };
}

/** The language of `greeting.<language>.md`, or null for `greeting.md`. */
export function languageOfGreeting(file: string): string | null {
  return GREETING.exec(file)?.[1] ?? null;
}

/**
 * A file's text without a byte order mark, lines ending in `\n`, so that a checkout on Windows compiles to the same
 * prompt. Null, and a problem in the report, where it cannot be read, is not UTF-8 or is empty.
 */
export async function readText(root: string, file: string, report: Report): Promise<string | null> {
  const problem = (message: string) => {
    report.problems.push({ file, line: 1, message });
    return null;
  };
  try {
    const bytes = await readFile(join(root, file));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
    return text.trim() === '' ? problem('is empty') : text;
  } catch (error) {
    if (error instanceof TypeError) return problem('is not UTF-8 text');
    return problem(unreadable(error));
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
