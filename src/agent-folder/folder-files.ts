import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../language/did-you-mean.ts';
import { compareText, type Report } from './problems.ts';

/** The files of an agent folder that the loader reads: paths relative to the folder, with `/`, in name order. */
export type FolderFiles = {
  hasAgent: boolean;
  hasGuardrails: boolean;
  greetings: string[];
  context: string[];
  examples: string[];
  /** Whether the folder names sources on the web. */
  hasSources: boolean;
  tools: string[];
  yamlTools: string[];
};

const REQUIRED = ['agent.ts', 'greeting.md', 'guardrails.md'];
const FOLDERS = ['context', 'examples', 'knowledge', 'tools'];
/** What may lie beside the agent and is not read: what a folder that is a repository or a package of its own needs. */
const IGNORED = ['README.md', 'docs', 'LICENSE', 'package.json', 'package-lock.json', 'tsconfig.json', 'node_modules'];
/** Folders of the format that this version does not read yet: an agent works without them. */
const NOT_READ = ['evals', 'policies', 'routes'];
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
    if (NOT_READ.includes(name)) {
      report.warnings.push({ file: name, line: 1, message: 'is not read by this version' });
    } else if (![...REQUIRED, ...FOLDERS, ...IGNORED].includes(name) && !GREETING.test(name)) {
      const hint = didYouMean(name, [...REQUIRED, ...FOLDERS]);
      report.problems.push({ file: name, line: 1, message: `is not part of an agent folder${hint}` });
    }
  }
  const inFolder = async (folder: string) => (names.includes(folder) ? await filesBelow(root, folder, report) : []);
  const context = flatMarkdown(await inFolder('context'), report);
  if (context.length === 0) {
    report.problems.push({ file: 'context/', line: 1, message: 'is missing: at least one context/*.md is needed' });
  }
  const inTools = await inFolder('tools');
  return {
    hasAgent: names.includes('agent.ts'),
    hasGuardrails: names.includes('guardrails.md'),
    greetings: names.filter((name) => name === 'greeting.md' || GREETING.test(name)),
    context,
    examples: flatMarkdown(await inFolder('examples'), report),
    hasSources: names.includes('knowledge') && (await isFile(join(root, SOURCES_FILE))),
    tools: toolFiles(inTools, report),
    yamlTools: inTools.filter((file) => /^tools\/[^/]+\.yaml$/.test(file)),
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
    return problem(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** Files below `folder`. Follows symbolic links (a mounted ConfigMap is made of them), each directory once. */
async function filesBelow(root: string, folder: string, report: Report): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = async (path: string): Promise<void> => {
    const real = await realpath(join(root, path));
    if (!(await stat(real)).isDirectory()) {
      found.push(path);
    } else if (!seen.has(real)) {
      seen.add(real);
      const names = (await readdir(real)).filter((name) => !name.startsWith('.') && name !== 'node_modules');
      for (const name of names.sort(compareText)) await visit(`${path}/${name}`);
    }
  };
  try {
    await visit(folder);
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    report.problems.push({ file: `${folder}/`, line: 1, message });
  }
  if (found[0] !== folder) return found;
  report.problems.push({ file: folder, line: 1, message: 'must be a folder' });
  return [];
}

function markdown(files: string[], report: Report): string[] {
  return files.filter((file) => file.endsWith('.md') || notRead(file, 'only .md files are', report));
}

function flatMarkdown(files: string[], report: Report): string[] {
  return markdown(files, report).filter(
    (file) => file.split('/').length === 2 || notRead(file, 'subfolders are not looked into here', report),
  );
}

/** `tools/*.ts`. Subfolders and data files are the tools' own, and theirs to import. */
function toolFiles(files: string[], report: Report): string[] {
  const direct = files.filter((file) => file.split('/').length === 2);
  return direct.filter((file) => {
    if (/\.(d|test)\.ts$/.test(file)) return false;
    if (/\.([mc]?js|[mc]ts|[jt]sx|yml)$/.test(file)) return notRead(file, 'a tool is a .ts or .yaml file', report);
    return file.endsWith('.ts');
  });
}

function notRead(file: string, why: string, report: Report): false {
  report.warnings.push({ file, line: 1, message: `is not read: ${why}` });
  return false;
}
