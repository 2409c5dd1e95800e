import { z } from 'zod';
import { GUARDS_FILE } from './folder-files.ts';
import { DEFAULT_GUARDS, type GuardName, type GuardSettings, ON, ORDER, type OrderedGuard } from './guard-settings.ts';
import type { Report } from './problems.ts';
import { checkFields } from './yaml/tool-fields.ts';
import { readYaml } from './yaml/yaml-file.ts';

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
const share = z.number().refine((value) => value >= 0 && value <= 1, 'expected a number from 0 to 1');
const host = z.string().regex(HOST, 'expected hosts such as help.acme.com').toLowerCase();
const competitors = z
  .record(z.string(), z.array(text))
  .refine((names) => Object.keys(names).length > 0, 'expected at least one name');

// What other YAML takes for true and false, this one leaves as it is written.
const OFF = ['off'] as const;
const ON_OFF = ['on', ...OFF] as const;

/** What may be said of each guard, a row each: a word, or fields. What is left out of the fields is as in `ON`. */
const GUARDS = {
  leaks: guard(ON_OFF, { action, say }),
  character: guard(ON_OFF, { action, say }),
  competitors: guard(OFF, { names: competitors, action, say }),
  commitments: guard(ON_OFF, { action, say, 'second-opinion': z.enum([...ON_OFF, 'always', 'decides']).optional() }),
  groundedness: guard(ON_OFF, { action: z.enum(['mark', ...ACTIONS]).optional(), threshold: share.optional(), say }),
  links: guard(ON_OFF, { hosts: z.array(host).min(1).optional(), say }),
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

/** `guards.yaml`: which guards the agent has, how they act, and in which order. The defaults, and problems in the report, where it is not sound. */
export async function readGuards(root: string, report: Report): Promise<GuardSettings> {
  const file = await readYaml(root, GUARDS_FILE, report);
  const fields = file && checkFields({ file, schema: FILE }, file.value ?? {});
  if (!fields) return DEFAULT_GUARDS;
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
  return z.union([sentence, byLanguage]).optional();
}

function guard<Words extends readonly string[], Fields extends z.ZodRawShape>(words: Words, fields: Fields) {
  return z.union([z.enum(words), z.strictObject(fields)]).optional();
}

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

function isByLanguage(sentences: Record<string, string>): boolean {
  const languages = Object.keys(sentences);
  return languages.length > 0 && languages.every((language) => LANGUAGE.test(language));
}
