import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unreadable } from '../agent-folder/list-files.ts';
import { compareText, inFileOrder, type Problem, type Report } from '../agent-folder/problems.ts';
import { checkFields } from '../agent-folder/yaml/tool-fields.ts';
import { readYaml, type YamlFile } from '../agent-folder/yaml/yaml-file.ts';
import type { Case, Suite } from './suite.ts';
import { DEFAULTS, FILE, MOST } from './suite-file.ts';
import { filledIn, unfold, warnOfLossy } from './unfold-case.ts';

const LARGEST_BYTES = 1_000_000;

/**
 * `problems`: everything that is wrong, by file and line, each with the case's name; then the suites are not whole. `warnings`: what
 * works, but probably not as meant.
 */
export type ReadSuites = { suites: Suite[]; problems: Problem[]; warnings: Problem[] };

/** Reads `evals/*.yaml` and `*.yml` of an agent folder, in name order. A folder without any has no suites. Never rejects for what stands in files. */
export async function readSuites(folder: string): Promise<ReadSuites> {
  const report: Report = { problems: [], warnings: [] };
  const suites: Suite[] = [];
  let room = MOST.cases;
  for (const file of await suiteFiles(folder, report)) {
    const suite = await readSuite({ folder, file, room }, report);
    if (!suite) continue;
    suites.push(suite);
    room -= suite.cases.length;
  }
  report.problems.push(...twins(suites.flatMap(({ cases }) => cases)));
  return { suites, problems: inFileOrder(report.problems), warnings: inFileOrder(report.warnings) };
}

async function suiteFiles(folder: string, report: Report): Promise<string[]> {
  try {
    const names = await readdir(join(folder, 'evals'));
    return names
      .filter((name) => /^[^.].*\.ya?ml$/.test(name))
      .sort(compareText)
      .map((name) => `evals/${name}`);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) report.problems.push({ file: 'evals/', line: 1, message: unreadable(error) });
    return [];
  }
}

type Place = { folder: string; file: string; room: number };

async function readSuite({ folder, file, room }: Place, report: Report): Promise<Suite | null> {
  const size = await stat(join(folder, file)).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_BYTES) {
    report.problems.push({ file, line: 1, message: 'is larger than 1 MB: split it into several suites' });
    return null;
  }
  const yaml = await readYaml(folder, file, report);
  const fields = yaml && checkFields({ file: yaml, schema: FILE }, yaml.value ?? {});
  if (!fields) return null;
  const planned = fields.cases.reduce((sum, { table }) => sum + (table?.length ?? 1), 0);
  if (planned > room) {
    yaml.complain(
      ['cases'],
      `cases: ${planned} in this suite, tables unfolded; all suites together have ${MOST.cases} at most`,
    );
    return null;
  }
  const { suite = basename(file).replace(/\.ya?ml$/, ''), vars = {}, cases: raw } = fields;
  const used = new Set<string>();
  const defaults = readDefaults(yaml, fields.defaults ?? {}, { vars, used });
  if (!defaults) return null;
  const cases = raw.flatMap((fields, at) => unfold(fields, { yaml, suite, vars, used, defaults, at }));
  warnOfLossy(vars, yaml, ['vars']);
  warnOfUnused(yaml, Object.keys(vars), used);
  return { file, name: suite, cases };
}

function readDefaults(file: YamlFile, raw: Record<string, unknown>, names: Parameters<typeof filledIn>[1]) {
  const complain = (message: string) => file.complain(['defaults'], `defaults: ${message}`);
  return checkFields({ file, schema: DEFAULTS, at: ['defaults'] }, filledIn(raw, names, complain));
}

function warnOfUnused(file: YamlFile, names: readonly string[], used: ReadonlySet<string>): void {
  for (const name of names.filter((one) => !used.has(one))) {
    file.warn(['vars', name], `vars: {${name}} stands nowhere in this suite`);
  }
}

function twins(cases: readonly Case[]): Problem[] {
  const first = new Map<string, Case>();
  return cases.flatMap((one) => {
    const twin = first.get(one.id);
    if (!twin) first.set(one.id, one);
    const where = twin && `${twin.file}:${twin.line}`;
    const message = `case "${one.name}": there is another of this name in the suite "${one.suite}" (${where}): rename one`;
    return twin ? [{ file: one.file, line: one.line, message }] : [];
  });
}
