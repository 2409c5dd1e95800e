import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { GENERAL, OFF_TOPIC } from '../agent/route.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import { stripInvisible } from '../language/invisible.ts';
import type { FolderRoute } from './agent.ts';
import { namesIn } from './list-files.ts';
import type { Report } from './problems.ts';
import type { RouteFiles } from './route-files.ts';
import { checkFields } from './yaml/tool-fields.ts';
import { readYaml } from './yaml/yaml-file.ts';

const LONGEST_WHEN = 300;
const LONGEST_TITLE = 60;

const text = z.string().trim().min(1);
/** Text for the model: one line, nothing hidden. */
const line = (longest: number) =>
  text
    .max(longest)
    .refine((value) => !value.includes('\n'), 'expected one line')
    .refine((value) => stripInvisible(value) === value, 'has invisible characters: type it anew');

const ROUTE = z.strictObject({
  when: line(LONGEST_WHEN),
  title: line(LONGEST_TITLE).optional(),
  model: text.optional(),
  maxTokens: z.int().min(1).optional(),
  knowledge: z
    .strictObject({ folders: z.array(text).min(1).optional(), labels: z.record(z.string(), text).optional() })
    .optional(),
});

/** What a `route.yaml` says of its route. */
export type RouteFile = Pick<FolderRoute, 'when' | 'title' | 'modelId' | 'maxTokens' | 'knowledge'>;

/** Null, and problems in the report, where it is not sound. */
export async function readRouteFile(
  root: string,
  { name, folder, hasDefinition }: RouteFiles,
  report: Report,
): Promise<RouteFile | null> {
  const path = `${folder}/route.yaml`;
  if (!hasDefinition) {
    const message = `is missing: it says in "when" what the route is for${didYouMean(name, [GENERAL, OFF_TOPIC])}`;
    report.problems.push({ file: path, line: 1, message });
    return null;
  }
  const file = await readYaml(root, path, report);
  const fields = file && checkFields({ file, schema: ROUTE }, file.value ?? {});
  if (fields === null) return null;
  const { when, title = inWords(name), model = null, maxTokens = null, knowledge } = fields;
  const folders = (knowledge?.folders ?? []).map((one) => one.replace(/\/+$/, ''));
  for (const [at, one] of folders.entries()) {
    const missing = await missingFolder(root, one);
    if (missing !== null) file?.complain(['knowledge', 'folders', at], `knowledge.folders: ${missing}`);
  }
  const narrowed = knowledge ? { folders, labels: knowledge.labels ?? {} } : null;
  return { when, title, modelId: model, maxTokens, knowledge: narrowed };
}

/** `roadside-help` becomes `Roadside help`. */
function inWords(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
}

/**
 * A sentence where a folder is not below `knowledge/`, spelt exactly so. Looked up name by name, since some file systems take
 * `Claims` for `claims`, and the filter does not.
 */
async function missingFolder(root: string, folder: string): Promise<string | null> {
  let at = 'knowledge';
  for (const name of folder.split('/')) {
    const names = await namesIn(join(root, at)).catch((): string[] => []);
    if (!names.includes(name)) return `${at}/ has no folder "${name}"${didYouMean(name, names)}`;
    at = `${at}/${name}`;
  }
  const found = await stat(join(root, at)).catch(() => null);
  return found?.isDirectory() ? null : `${at} is not a folder`;
}
