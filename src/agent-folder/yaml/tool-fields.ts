import { z } from 'zod';
import { WRITE_FIELDS } from '../../agent/action-rules.ts';
import { checkValue } from '../check-value.ts';
import { type JsonSchema, jsonSchemaOf } from '../json-schema.ts';
import type { YamlFile } from './yaml-file.ts';

const text = z.string().trim().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const templates = z.record(z.string(), scalar);
const TOOL_NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** One HTTP call, as `request`, `lookup` and `facts` take it. */
const CALL = {
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  url: text,
  query: templates.optional(),
  headers: templates.optional(),
};
const REQUEST = z.strictObject({ ...CALL, body: z.unknown().optional(), form: templates.optional() });
const GET = z.strictObject({ url: CALL.url, query: CALL.query, headers: CALL.headers });

const STATUS = /^4\d\d$/;
const ANSWER = z.strictObject({
  pick: z.array(text).min(1).optional(),
  problems: z
    .record(z.string(), text)
    .refine((sentences) => Object.keys(sentences).every((status) => STATUS.test(status)), {
      error: 'expected sentences by status from 400 to 499',
    })
    .optional(),
  errorMessage: z.string().startsWith('$.', { error: 'expected a path such as $.error.message' }).optional(),
  maxBytes: z.int().min(1).max(10_000_000).optional(),
});

const CONFIRM = z.union([
  text,
  z.strictObject({ summary: text, by: z.enum(['customer', 'operator']).optional(), facts: GET.optional() }),
]);
const LIMIT = z.strictObject({
  per: z.enum(['customer', 'conversation', 'agent']),
  most: z.int().min(1),
  hours: z.int().min(1).max(8_760),
  amount: text.optional(),
});

/** What a tool may say beside its call, in a file with `request` and for each operation of `openapi`. */
export const COMMON = {
  name: z.string().regex(TOOL_NAME, 'expected a lower-case letter, then up to 63 of a-z, 0-9 and _').optional(),
  description: text.optional(),
  effect: z.enum(['read', 'write']).optional(),
  timeoutMs: z.int().min(1).max(120_000).optional(),
  needs: z.enum(['verified-customer']).optional(),
  fromCustomer: z.record(z.string(), text).optional(),
  confirm: CONFIRM.optional(),
  expiresMinutes: z.int().min(1).max(43_200).optional(),
  confirmByMessage: z.boolean().optional(),
  idempotent: z.boolean().optional(),
  lookup: GET.optional(),
  limits: z.array(LIMIT).max(10).optional(),
  anyOrigin: z.array(text).optional(),
  untrusted: z.boolean().optional(),
  answer: ANSWER.optional(),
};

export const REQUEST_FILE = z.strictObject({
  ...COMMON,
  description: text,
  name: COMMON.name.unwrap(),
  input: z.record(z.string(), z.unknown()).optional(),
  request: REQUEST,
});

const common = z.strictObject(COMMON);
export type CommonFields = z.output<typeof common>;
export type RequestFields = z.output<typeof REQUEST>;
export type GetFields = z.output<typeof GET>;
export type AnswerFields = z.output<typeof ANSWER>;

/** Made once each: a file of suites checks thousands of values against one. */
const schemas = new WeakMap<z.ZodType, JsonSchema>();

/** The value that a schema makes of (a part of) a file; null, and problems in its lines, where it is not sound. */
export function checkFields<Schema extends z.ZodType>(
  { file, schema, at = [] }: { file: YamlFile; schema: Schema; at?: readonly PropertyKey[] },
  value: unknown,
): z.output<Schema> | null {
  const json = schemas.get(schema) ?? jsonSchemaOf(schema);
  schemas.set(schema, json);
  const checked = checkValue(schema, json, value);
  if (checked.ok) return checked.value as z.output<Schema>;
  for (const { path, message } of checked.problems) {
    file.complain([...at, ...path], `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`);
  }
  return null;
}

/** True where everything that is only for a write stands on a write. Reports the rest. */
export function checkEffect(
  file: YamlFile,
  at: readonly PropertyKey[],
  fields: CommonFields & { effect: string },
): boolean {
  const complaints: [string, string][] = [];
  if (fields.effect === 'read') {
    for (const field of WRITE_FIELDS.filter((name) => fields[name] !== undefined)) {
      complaints.push([field, 'is only for a tool that changes something, effect: write']);
    }
  }
  const { confirm, confirmByMessage, limits = [] } = fields;
  const by = typeof confirm === 'string' ? confirm : confirm?.by;
  if (by === 'operator' && confirmByMessage) {
    complaints.push(['confirmByMessage', 'a customer cannot confirm what waits for an operator']);
  }
  const known = fields.needs !== undefined || Object.keys(fields.fromCustomer ?? {}).length > 0;
  if (!known && limits.some(({ per }) => per === 'customer')) {
    complaints.push(['limits', 'a limit per customer needs a tool with needs: verified-customer']);
  }
  for (const [field, message] of complaints) file.complain([...at, field], `${field}: ${message}`);
  return complaints.length === 0;
}
