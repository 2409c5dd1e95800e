import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isRecord } from '../agent-folder/json-schema.ts';
import { compareText, type Problem, type Report } from '../agent-folder/problems.ts';
import { checkFields } from '../agent-folder/yaml/tool-fields.ts';
import { readYaml, type YamlFile } from '../agent-folder/yaml/yaml-file.ts';
import { caseOf } from './case-of.ts';
import { fillIn, type Values } from './fill-in.ts';

import type { Case, Suite } from './suite.ts';
import { CASE, type DefaultFields, FILE, MOST } from './suite-file.ts';

const LARGEST_BYTES = 1_000_000;

/** `problems`: everything that is wrong, by file and line, each with the case's name; then the suites are not whole. */
export type ReadSuites = { suites: Suite[]; problems: Problem[] };

/** Reads `evals/*.yaml` of an agent folder, in name order. A folder without any has no suites. */
export async function readSuites(folder: string): Promise<ReadSuites> {
  const report: Report = { problems: [], warnings: [] };
  const files = await suiteFiles(folder);
  const suites: Suite[] = [];
  for (const file of files) {
    const suite = await readSuite(folder, file, report);
    if (suite) suites.push(suite);
  }
  const ids = new Set<string>();
  for (const { id, file, line, name } of suites.flatMap(({ cases }) => cases)) {
    const message = `case "${name}": there is another of this name in a suite of this name`;
    if (ids.has(id)) report.problems.push({ file, line, message });
    ids.add(id);
  }
  return { suites, problems: report.problems };
}

async function suiteFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'evals')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort(compareText)
    .map((name) => `evals/${name}`);
}

async function readSuite(folder: string, file: string, report: Report): Promise<Suite | null> {
  if ((await stat(join(folder, file))).size > LARGEST_BYTES) {
    report.problems.push({ file, line: 1, message: 'is larger than 1 MB: split it into several suites' });
    return null;
  }
  const yaml = await readYaml(folder, file, report);
  if (!yaml) return null;
  const fields = checkFields({ file: yaml, schema: FILE }, yaml.value ?? {});
  if (!fields) return null;
  const name = fields.suite ?? basename(file).replace(/\.ya?ml$/, '');
  const around = { yaml, suite: name, vars: fields.vars ?? {}, defaults: fields.defaults ?? {} };
  const planned = fields.cases.reduce((sum, { table }) => sum + (table?.length ?? 1), 0);
  if (planned > MOST.cases) {
    yaml.complain(['cases'], `cases: ${planned} of them, at most ${MOST.cases} are taken`);
    return null;
  }
  return { file, name, cases: fields.cases.flatMap((raw, at) => unfold(raw, { ...around, at })) };
}

type Around = { yaml: YamlFile; suite: string; vars: Values; defaults: DefaultFields; at: number };

/** A case, or one for each row of its table. */
function unfold({ table, ...raw }: { table?: Values[] | undefined; name?: unknown }, around: Around): Case[] {
  if (!table) return [read(raw, around, {})].flat();
  const isNamed = typeof raw.name === 'string' && /\{[^{}]+\}/.test(raw.name);
  return table.flatMap((row, at) => {
    const named = isNamed || typeof raw.name !== 'string' ? raw : { ...raw, name: `${raw.name} ${at + 1}` };
    return read(named, around, row);
  });
}

function read(raw: Record<string, unknown>, { yaml, vars, at, suite, defaults }: Around, row: Values): Case[] {
  const name = typeof raw.name === 'string' ? raw.name : '?';
  const complaints: string[] = [];
  const unknown = (variable: string) => {
    complaints.push(`{${variable}} has no value: name it in vars or in the table, or write {{ for a brace`);
  };
  const filled = fillIn(raw, { ...vars, ...row }, unknown);
  const shown = isRecord(filled) && filled.name !== undefined ? String(filled.name) : name;
  const found = { complaints: 0 };
  const file: YamlFile = {
    ...yaml,
    complain(path, message) {
      found.complaints += 1;
      yaml.complain(path, `case "${shown}": ${message}`);
    },
  };
  for (const complaint of new Set(complaints)) file.complain(['cases', at], complaint);
  const fields = checkFields({ file, schema: CASE, at: ['cases', at] }, filled);
  const read = fields ? caseOf(fields, { file, suite, defaults, at: ['cases', at] }) : null;
  return read && found.complaints === 0 ? [read] : [];
}
