import { z } from 'zod';
import { cleanText } from '../language/invisible.ts';
import { STATUSES } from '../protocol/conversation.ts';
import { CRITERIA_NAMES, type CriterionName } from './criteria.ts';

/** Most of what a folder may hold, so that a mistake in a table is told before it runs for a day. */
export const MOST = { cases: 5_000, turns: 50, repeat: 100, messages: 30 };

const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

const text = z.string().trim().min(1);
/** Goes into reports and on to terminals: one line, nothing hidden. */
const title = z
  .union([text, z.number()])
  .transform(String)
  .refine((name) => cleanText(name) === name && !/[\n\t]/.test(name), 'expected one line without hidden characters');
const language = z.string().regex(LANGUAGE, 'expected a language code such as es or pt-BR');
const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** What is said in a reply is text, also where YAML takes it for a number. */
const said = z.union([text, z.number()]).transform(String);
const oneOrMore = z.union([said.transform((one) => [one]), z.array(said).min(1)]);
const NONE = z.literal('none').transform((): string[] => []);
const listOrNone = z.union([NONE, oneOrMore]);
const names = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
const customer = z.union([
  text.transform((id) => ({ id, email: null, name: null })),
  z
    .strictObject({ id: text, email: text.optional(), name: text.optional() })
    .transform(({ id, email = null, name = null }) => ({ id, email, name })),
]);
const withArguments = z.record(z.string(), z.unknown());
const calls = z.union([
  NONE.transform((): { tool: string; with: Record<string, unknown> }[] => []),
  z
    .array(z.strictObject({ tool: text, with: withArguments.optional() }))
    .transform((list) => list.map(({ tool, with: given = {} }) => ({ tool, with: given }))),
  z
    .record(z.string(), z.union([withArguments, z.null()]))
    .transform((by) => Object.entries(by).map(([tool, given]) => ({ tool, with: given ?? {} }))),
]);

const OF_A_REPLY = {
  says: oneOrMore.optional(),
  saysOne: oneOrMore.optional(),
  never: oneOrMore.optional(),
  answer: text.optional(),
  rubric: names.optional(),
  cites: listOrNone.optional(),
  calls: calls.optional(),
  route: names.optional(),
  guards: listOrNone.optional(),
};

const onlyOfCase = z
  .never({ error: 'can only be expected of the whole case: move it to the expect of the case' })
  .optional();
const ofTurn = z.strictObject({
  ...OF_A_REPLY,
  ends: onlyOfCase,
  status: onlyOfCase,
  changes: onlyOfCase,
  prompt: onlyOfCase,
});
const ofCase = z.strictObject({
  ...OF_A_REPLY,
  ends: z.enum(['resolved', 'escalated', 'declined']).optional(),
  status: z.enum(STATUSES as [string, ...string[]]).optional(),
  changes: z.union([z.literal('none').transform((): Record<string, unknown> => ({})), withArguments]).optional(),
  prompt: oneOrMore.optional(),
});

const decision = z.enum(['confirm', 'decline']);
const turn = z.strictObject({
  customer: said.optional(),
  decides: decision.optional(),
  operator: decision.optional(),
  signIn: customer.optional(),
  model: text.optional(),
  expect: ofTurn.optional(),
});

const simulate = z.strictObject({
  persona: text.optional(),
  goal: text,
  opening: text.optional(),
  facts: z.record(z.string(), scalar.transform(String)).optional(),
  mood: z.enum(['calm', 'annoyed', 'worried', 'confused']).optional(),
  language: language.optional(),
  decides: decision.optional(),
  done: oneOrMore.optional(),
  most: z.int().min(1).max(MOST.messages).optional(),
});

/** What may be null is then not as `defaults` say. */
const COMMON = {
  language: language.nullable().optional(),
  customer: customer.nullable().optional(),
  tags: names.optional(),
  needs: text.nullable().optional(),
  repeat: z.int().min(1).max(MOST.repeat).optional(),
  measures: z
    .union([z.enum(CRITERIA_NAMES).transform((one): CriterionName[] => [one]), z.array(z.enum(CRITERIA_NAMES)).min(1)])
    .optional(),
};

/** A case, its variables filled in. */
export const CASE = z.strictObject({
  name: title,
  ask: said.optional(),
  model: text.optional(),
  turns: z.array(turn).min(1).max(MOST.turns).optional(),
  simulate: simulate.optional(),
  expect: ofCase.optional(),
  ...COMMON,
});
export type CaseFields = z.output<typeof CASE>;

export const DEFAULTS = z.strictObject(COMMON);
export type DefaultFields = z.output<typeof DEFAULTS>;

const row = z.record(z.string(), z.union([scalar, z.array(scalar)]));
/** A file, as far as it can be read before its variables are filled in. */
export const FILE = z.strictObject({
  suite: title.optional(),
  vars: row.optional(),
  defaults: z.record(z.string(), z.unknown()).optional(),
  cases: z.array(z.looseObject({ table: z.array(row).min(1).optional() })).min(1, 'expected at least one case'),
});
