import { z } from 'zod';
import { shown } from '../tools/schema-words.ts';
import { GUARDS_FILE } from './folder-files.ts';
import { DEFAULT_GUARDS, type GuardName, type GuardSettings, ON, ORDER, type OrderedGuard } from './guard-settings.ts';
import { isRecord } from './json-schema.ts';
import type { Report } from './problems.ts';
import { checkFields } from './yaml/tool-fields.ts';
import { readYaml, type YamlFile } from './yaml/yaml-file.ts';

const LONGEST_SENTENCE = 300;
/** Of an answer in place of the model's, which may name several people to turn to. */
const LONGEST_ANSWER = 1_000;
const HOST = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;
const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

const text = z.string().trim().min(1);
const say = wording(LONGEST_SENTENCE);
const answer = wording(LONGEST_ANSWER);
const ACTIONS = ['replace', 'hand_off', 'stop'] as const;
const action = z.enum(ACTIONS).optional();
const share = z.number().min(0).max(1);
const host = z.string().regex(HOST, wanted('expected hosts such as help.acme.com')).toLowerCase();
const hosts = z
  .array(host, wanted('expected a list of hosts, such as [help.acme.com]'))
  .min(1, 'expected at least one host');

const NAMES = 'expected names, as a list ([VeloRent]) or each with its other spellings (VeloRent: [Velo Rent])';
const NO_NAMES = 'expected at least one name';
const aliases = z.union([text, z.array(text)], wanted('expected another spelling, or a list of them')).nullable();
const byName = z.record(z.string(), aliases);
/** A list, or other spellings by name: none, one, or a list of them. */
const competitors = z
  .union([z.array(text).min(1, NO_NAMES), byName.refine(hasNames, NO_NAMES)], unlessParts(NAMES))
  .transform((names) => (Array.isArray(names) ? Object.fromEntries(names.map((name) => [name, []])) : spelled(names)));

// What other YAML takes for true and false, this one leaves as it is written.
const OFF = ['off'] as const;
const ON_OFF = ['on', ...OFF] as const;

/** What may be said of each guard, a row each: a word, or fields. What is left out of the fields is as in `ON`. */
const GUARDS = {
  leaks: guard(ON_OFF, { action, say }),
  character: guard(ON_OFF, { action, say }),
  competitors: guard(
    OFF,
    { names: competitors, action, say },
    'expected "off", or fields with the names of your competitors, such as "names: [VeloRent]"',
  ),
  commitments: guard(ON_OFF, { action, say, 'second-opinion': z.enum([...ON_OFF, 'always', 'decides']).optional() }),
  groundedness: guard(ON_OFF, { action: z.enum(['mark', ...ACTIONS]).optional(), threshold: share.optional(), say }),
  links: guard(ON_OFF, { hosts: hosts.optional(), say }),
  'personal-data': guard(ON_OFF, { names: z.array(text).min(1).optional(), say }),
  'fact-check': z.enum(ON_OFF).optional(),
  injection: guard(ON_OFF, {
    threshold: z.number().gt(0).lt(1).optional(),
    'second-opinion': z.enum(ON_OFF).optional(),
  }),
  abuse: guard(ON_OFF, { say: answer }),
  'self-harm': guard(ON_OFF, { say: answer }),
} satisfies Record<GuardName, z.ZodType>;

const order = z.array(z.enum(ORDER)).refine(isEachOnce, 'expected each guard once').optional();
const FILE = z.strictObject({ ...GUARDS, order });

/**
 * `guards.yaml`: which guards the agent has, how they act, and in which order. The defaults, and problems in the report, where it is not
 * sound. `company`: whose competitors are named, where that is known.
 */
export async function readGuards(root: string, company: string | null, report: Report): Promise<GuardSettings> {
  const file = await readYaml(root, GUARDS_FILE, report);
  const fields = file && checkFields({ file, schema: FILE }, file.value ?? {});
  if (!fields) return DEFAULT_GUARDS;
  if (company !== null && typeof fields.competitors === 'object')
    refuseOwnName(file, fields.competitors.names, company);
  const { order: first = [], ...said } = fields;
  const settings = Object.entries(said).map(([name, of]) => [name, told(name as GuardName, of)]);
  return { ...DEFAULT_GUARDS, ...Object.fromEntries(settings), order: wholeOrder(first) };
}

/** One text for all languages, or one for each. */
function wording(longest: number) {
  const sentence = text.max(longest);
  const byLanguage = z
    .record(z.string(), sentence)
    .refine(isByLanguage, 'expected sentences by language, such as en or es');
  const other = `expected text of at most ${longest} characters, or such a text by language (en, es)`;
  return z.union([sentence, byLanguage], unlessFields(other)).optional();
}

function guard<Words extends readonly string[], Fields extends z.ZodRawShape>(
  words: Words,
  fields: Fields,
  other = `expected ${words.map((word) => `"${word}"`).join(', ')} or fields (${Object.keys(fields).join(', ')})`,
) {
  return z.union([z.enum(words), z.strictObject(fields)], unlessFields(other)).optional();
}

type Refused = { input?: unknown };

/** The author's message, and what stands there. */
function wanted(message: string) {
  return { error: ({ input }: Refused) => `${message}, got ${shown(input)}` };
}

/** The same, but of fields: what is wrong within them is told of each. */
function unlessFields(message: string) {
  return { error: ({ input }: Refused) => (isRecord(input) ? undefined : wanted(message).error({ input })) };
}

/** The same, but of a list, too. */
function unlessParts(message: string) {
  return {
    error: ({ input }: Refused) => (Array.isArray(input) ? undefined : unlessFields(message).error({ input })),
  };
}

function spelled(names: z.output<typeof byName>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(names).map(([name, others]) => [name, others === null ? [] : [others].flat()]),
  );
}

/** No reply could name the company any more. */
function refuseOwnName(file: YamlFile, names: Readonly<Record<string, readonly string[]>>, company: string): void {
  for (const [name, others] of Object.entries(names)) {
    const own = [name, ...others].find((one) => plainName(one) === plainName(company));
    if (own === undefined) continue;
    const path = ['competitors', 'names', name];
    file.complain(
      path,
      `competitors.names: "${own}" is the company's own name, which replies must be free to say: take it out`,
    );
  }
}

/** A name without its case, its spaces and the form of its company: "ACME Ltd." is Acme. */
function plainName(name: string): string {
  const words =
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}&+]+/gu) ?? [];
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join('');
}

const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'inc llc ltd limited corp plc gmbh ag se kg bv nv sa sas sarl srl spa'.split(' '),
);

function told(name: GuardName, of: string | object | undefined): object | null {
  if (of === undefined) return DEFAULT_GUARDS[name];
  if (of === 'off') return null;
  return of === 'on' ? ON[name] : { ...ON[name], ...(of as object) };
}

/** Those that the folder does not name come after those that it names. */
function wholeOrder(first: readonly OrderedGuard[]): OrderedGuard[] {
  return [...first, ...ORDER.filter((name) => !first.includes(name))];
}

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function hasNames(names: object): boolean {
  return Object.keys(names).some((name) => name.trim() !== '');
}

function isByLanguage(sentences: Record<string, string>): boolean {
  const languages = Object.keys(sentences);
  return languages.length > 0 && languages.every((language) => LANGUAGE.test(language));
}
