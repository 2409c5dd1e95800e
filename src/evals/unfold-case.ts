import { isRecord } from '../agent-folder/json-schema.ts';
import { checkFields } from '../agent-folder/yaml/tool-fields.ts';
import type { YamlFile } from '../agent-folder/yaml/yaml-file.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import { caseOf } from './case-of.ts';
import { fillIn, type Misuse, type Values } from './fill-in.ts';
import type { Case } from './suite.ts';
import { CASE, type DefaultFields } from './suite-file.ts';

/** `used`: grows by the names that are found. */
type Names = { vars: Values; used: Set<string> };
type Around = Names & { yaml: YamlFile; suite: string; defaults: DefaultFields; at: number };
type Raw = Record<string, unknown>;

/** A case of a file as it is written, or one for each row of its table; none, and problems in the file's report, where it is not sound. */
export function unfold({ table, ...raw }: Raw & { table?: Values[] | undefined }, around: Around): Case[] {
  if (!table) return readCase(raw, around);
  return table.flatMap((written, at) => {
    const row = filledIn(written, around, (message) => complainOf(raw.name, around)(['table', at], message)) as Values;
    const used = new Set<string>();
    const vars = { ...around.vars, ...row };
    const named =
      typeof raw.name !== 'string' || Object.keys(row).some((name) => raw.name?.toString().includes(`{${name}}`));
    const read = readCase(named ? raw : { ...raw, name: `${raw.name} ${at + 1}` }, { ...around, vars, used });
    warnOfLossy(written, around.yaml, ['cases', around.at, 'table', at]);
    for (const name of Object.keys(row).filter((one) => !used.has(one))) {
      const message = `case "${raw.name}": {${name}} of row ${at + 1} stands nowhere in the case`;
      around.yaml.warn(['cases', around.at, 'table', at], message);
    }
    for (const name of used) around.used.add(name);
    return read;
  });
}

/** Of values by name: where they stand they may be numbers, or texts. */
export function warnOfLossy(values: Values, yaml: YamlFile, path: PropertyKey[]): void {
  for (const { path: at, source, value } of lossyNumbers(values, yaml, path)) {
    yaml.warn(at, `${source} is a number, in a text it would be ${value}: write it in quotes if it is to be told so`);
  }
}

/** The value with its variables replaced; `complain` is told of each that has no value once. */
export function filledIn(value: unknown, { vars, used }: Names, complain: (message: string) => void): unknown {
  const complaints = new Set<string>();
  const values = new Proxy(vars, {
    get(of, name) {
      used.add(String(name));
      return Reflect.get(of, name);
    },
  });
  const filled = fillIn(value, values, (name, misuse) => complaints.add(adviceOn(name, misuse, Object.keys(vars))));
  for (const complaint of complaints) complain(complaint);
  return filled;
}

function adviceOn(name: string, misuse: Misuse, known: readonly string[]): string {
  if (misuse === 'bare') return `{${name}} stands without quotes, and YAML takes it for keys: write '{${name}}'`;
  if (misuse === 'list') return `{${name}} is a list, which can only stand alone, not within a text`;
  const advice = `name it in vars or in the table, or write {{${name}}} for the braces`;
  return `{${name}} has no value${didYouMean(name, known)}: ${advice}`;
}

function complainOf(name: unknown, { yaml, at }: Around) {
  return (path: readonly PropertyKey[], message: string) => {
    yaml.complain(['cases', at, ...path], `case "${String(name ?? `number ${at + 1}`)}": ${message}`);
  };
}

function readCase(raw: Raw, around: Around): Case[] {
  const { yaml, at, suite, defaults } = around;
  const complaints: string[] = [];
  const filled = filledIn(raw, around, (message) => complaints.push(message));
  const complain = complainOf(isRecord(filled) ? filled.name : raw.name, around);
  const found = { problems: 0 };
  const file: YamlFile = {
    ...yaml,
    complain(path, message) {
      found.problems += 1;
      complain(path.slice(2), message);
    },
  };
  for (const complaint of complaints) file.complain(['cases', at], complaint);
  for (const { path, source, value } of lossyNumbers(raw, yaml, ['cases', at])) {
    file.complain(path, `${source} would be read as ${value}: write it in quotes`);
  }
  const fields = checkFields({ file, schema: CASE, at: ['cases', at] }, filled);
  const read = fields ? caseOf(fields, { file, suite, defaults, at: ['cases', at] }) : null;
  return read && found.problems === 0 ? [read] : [];
}

/** Where a number is a number, and not a text that looks like one. */
const TYPED = ['calls', 'changes', 'repeat', 'most'];

type Lossy = { path: PropertyKey[]; source: string; value: number };

/** Numbers in places of texts that YAML would change: of `1.50` the zero is gone. */
function lossyNumbers(value: unknown, yaml: YamlFile, path: PropertyKey[]): Lossy[] {
  if (typeof value === 'number') {
    const source = yaml.sourceOf(path);
    return source === null || source === String(value) ? [] : [{ path, source, value }];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value)
    .filter(([key]) => !TYPED.includes(key))
    .flatMap(([key, one]) => lossyNumbers(one, yaml, [...path, Array.isArray(value) ? Number(key) : key]));
}
