import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GENERAL, OFF_TOPIC } from '../agent/route.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import { type DeskFiles, listDesk, namesIn, unreadable } from './list-files.ts';
import type { Report } from './problems.ts';

/** The files of a route, or of a label that is only learned from: `general`, `off-topic`. */
export type RouteFiles = DeskFiles & {
  name: string;
  /** Relative to the agent's folder: `routes/<name>`. */
  folder: string;
  hasDefinition: boolean;
  hasUtterances: boolean;
};

const MOST_ROUTES = 200;
const NAME = /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PARTS = ['route.yaml', 'utterances.txt', 'guardrails.md', 'context', 'examples', 'tools'];
const ONLY_LEARNED = ['utterances.txt'];
const IGNORED = ['README.md'];

/** True for a folder that is no route, but says what is for the general desk or for nobody. */
export function isOnlyLearned(name: string): boolean {
  return name === GENERAL || name === OFF_TOPIC;
}

/** The route that a file of the folder belongs to; undefined for the agent's own. */
export function routeOfFile(file: string): string | undefined {
  return /^routes\/([^/]+)\//.exec(file)?.[1];
}

/** Finds the folders below `routes/`, in name order; reports what is missing and what does not belong. */
export async function listRoutes(root: string, report: Report): Promise<RouteFiles[]> {
  const found: RouteFiles[] = [];
  const problem = (file: string, message: string) => report.problems.push({ file, line: 1, message });
  const names = (await folderNames(root, 'routes', report)).filter((name) => !IGNORED.includes(name));
  const count = names.filter((name) => !isOnlyLearned(name)).length;
  if (count > MOST_ROUTES) {
    problem('routes/', `has ${count} routes: at most ${MOST_ROUTES} are possible`);
    return found;
  }
  for (const name of names) {
    const folder = `routes/${name}`;
    const isFolder = (await stat(join(root, folder)).catch(() => null))?.isDirectory() ?? false;
    if (!isFolder) problem(folder, 'is not part of routes/: each route is a folder');
    else if (!NAME.test(name)) {
      problem(folder, `"${name}" cannot name a route: lower-case words joined by "-", at most 40 characters`);
    } else found.push(await listRoute({ root, folder, name }, report));
  }
  return found;
}

async function listRoute(at: { root: string; folder: string; name: string }, report: Report): Promise<RouteFiles> {
  const { root, folder, name } = at;
  const names = (await folderNames(root, folder, report)).filter((one) => !IGNORED.includes(one));
  const allowed = isOnlyLearned(name) ? ONLY_LEARNED : PARTS;
  for (const one of names.filter((one) => !allowed.includes(one))) {
    const why = isOnlyLearned(name)
      ? `does not belong here: "${name}" is no route, and may hold utterances.txt only`
      : `is not part of a route${didYouMean(one, PARTS)}`;
    report.problems.push({ file: `${folder}/${one}`, line: 1, message: why });
  }
  const known = names.filter((one) => allowed.includes(one));
  return {
    ...(await listDesk({ root, at: `${folder}/`, names: known }, report)),
    ...{ name, folder },
    hasDefinition: known.includes('route.yaml'),
    hasUtterances: known.includes('utterances.txt'),
  };
}

async function folderNames(root: string, folder: string, report: Report): Promise<string[]> {
  try {
    return await namesIn(join(root, folder));
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
    const message = isFile ? 'must be a folder' : unreadable(error);
    report.problems.push({ file: isFile ? folder : `${folder}/`, line: 1, message });
    return [];
  }
}
