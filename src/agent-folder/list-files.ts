import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../language/did-you-mean.ts';
import { compareText, type Report } from './problems.ts';

/** What the agent's folder and a route's have alike: paths relative to the agent's folder, with `/`, in name order. */
export type DeskFiles = {
  hasGuardrails: boolean;
  context: string[];
  examples: string[];
  tools: string[];
  yamlTools: string[];
};

type Place = { root: string; at: string; names: readonly string[] };

/** Finds them. `at`: empty, or where the route lies, such as `routes/claims/`. `names`: what lies directly there. */
export async function listDesk({ root, at, names }: Place, report: Report): Promise<DeskFiles> {
  const below = (folder: string) => listBelow(folder, { root, at, names }, report);
  const tools = await below('tools');
  const direct = tools.files.filter(tools.isDirect);
  return {
    hasGuardrails: names.includes('guardrails.md'),
    context: markdown(await below('context'), report),
    examples: markdown(await below('examples'), report),
    tools: toolFiles(direct, report),
    yamlTools: direct.filter((file) => file.endsWith('.yaml')),
  };
}

/** `policies/*.md`. */
export async function listPolicies(root: string, names: readonly string[], report: Report): Promise<string[]> {
  return markdown(await listBelow('policies', { root, at: '', names }, report), report);
}

/** What may lie in `evals/` beside the suites. */
const BESIDE_SUITES = ['world.ts', 'world.js', 'baseline.json', 'README.md'];

/** Reports what is neither a suite nor belongs to them. Reads none. */
export async function checkEvals(root: string, report: Report): Promise<void> {
  for (const file of await filesBelow(root, 'evals', report)) {
    const name = file.slice('evals/'.length);
    if (BESIDE_SUITES.includes(name) || (/\.ya?ml$/.test(name) && !name.includes('/'))) continue;
    const why = name.includes('/')
      ? 'subfolders are not looked into here'
      : `a suite is a .yaml file${didYouMean(name, BESIDE_SUITES)}`;
    notRead(file, why, report);
  }
}

async function listBelow(folder: string, { root, at, names }: Place, report: Report) {
  const files = names.includes(folder) ? await filesBelow(root, `${at}${folder}`, report) : [];
  return { files, isDirect: (file: string) => !file.slice(at.length + folder.length + 1).includes('/') };
}

/** The names in a folder that are not hidden, in order. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => !name.startsWith('.') && name !== 'node_modules').sort(compareText);
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
      for (const name of await namesIn(real)) await visit(`${path}/${name}`);
    }
  };
  try {
    await visit(folder);
  } catch (error) {
    report.problems.push({ file: `${folder}/`, line: 1, message: unreadable(error) });
  }
  if (found[0] !== folder) return found;
  report.problems.push({ file: folder, line: 1, message: 'must be a folder' });
  return [];
}

export function unreadable(error: unknown): string {
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

function markdown({ files, isDirect }: { files: string[]; isDirect(file: string): boolean }, report: Report): string[] {
  return files
    .filter((file) => file.endsWith('.md') || notRead(file, 'only .md files are', report))
    .filter((file) => isDirect(file) || notRead(file, 'subfolders are not looked into here', report));
}

/** `tools/*.ts`. Subfolders and data files are the tools' own, and theirs to import. */
function toolFiles(direct: string[], report: Report): string[] {
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
