import { didYouMean } from '../../language/did-you-mean.ts';
import { type AnswerRules, WHOLE_ANSWER } from '../../tools/http/answer.ts';
import { type RequestTemplate, requestBuilder } from '../../tools/http/build-request.ts';
import { type HttpCall, KEY_FIELD } from '../../tools/http/http-call.ts';
import type { HttpWrite } from '../../tools/http/http-tool.ts';
import { type Redact, redactor } from '../../tools/http/redact.ts';
import { secretsOf } from '../../tools/http/template.ts';
import { isRecord, type JsonSchema } from '../json-schema.ts';
import { type Places, requestTemplate, sentenceTemplate } from './request-template.ts';
import type { AnswerFields, CommonFields, GetFields } from './tool-fields.ts';

export const DEFAULT_TIMEOUT_MS = 15_000;

type Around = Places & { timeoutMs: number; schema: JsonSchema };

/** What a write says of its confirmation, its recovery and its limits; null, and problems, where that is not sound. */
export function compileWrite(fields: CommonFields, around: Around): HttpWrite | null {
  const { expiresMinutes, confirmByMessage, idempotent, anyOrigin = [] } = fields;
  const confirm = compileConfirm(fields.confirm ?? 'customer', around);
  const withKey = { ...around, known: [...around.known, KEY_FIELD], certain: [...around.certain, KEY_FIELD] };
  const lookup = fields.lookup ? getCall(fields.lookup, { ...withKey, at: [...around.at, 'lookup'] }) : null;
  const limits = (fields.limits ?? []).map(({ amount, ...limit }) => ({ ...limit, amount: amount ?? null }));
  const wrong = limits.findIndex(({ amount }) => amount !== null && !isWholeField(around.schema, amount));
  if (wrong >= 0) {
    const message = 'amount: expected the name of a required field of type integer, such as an amount in cents';
    around.file.complain([...around.at, 'limits', wrong, 'amount'], `limits[${wrong}].${message}`);
  }
  const known = Object.keys(isRecord(around.schema.properties) ? around.schema.properties : {});
  const strange = anyOrigin.filter((field) => !known.includes(field));
  for (const field of strange) {
    const message = `anyOrigin: there is no field "${field}"${didYouMean(field, known)}`;
    around.file.complain([...around.at, 'anyOrigin'], message);
  }
  if (confirm === null || (fields.lookup && lookup === null) || wrong >= 0 || strange.length > 0) return null;
  const rules = {
    anyOrigin,
    ...(expiresMinutes !== undefined && { expiresMinutes }),
    ...(confirmByMessage !== undefined && { confirmByMessage }),
    ...(idempotent !== undefined && { idempotent }),
  };
  return { confirm, lookup, limits, rules };
}

function compileConfirm(confirm: NonNullable<CommonFields['confirm']>, around: Around): HttpWrite['confirm'] | null {
  if (confirm === 'customer' || confirm === 'operator') return { by: confirm, summary: null, facts: null };
  const { summary, by = 'customer', facts } = typeof confirm === 'string' ? { summary: confirm } : confirm;
  const at = [...around.at, 'confirm'];
  const known = facts ? [...around.known, 'facts'] : around.known;
  const template = sentenceTemplate(summary, { ...around, known, at });
  const call = facts ? getCall(facts, { ...around, at: [...at, 'facts'] }) : null;
  if (template === null || (facts && call === null)) return null;
  return { by, summary: template, facts: call };
}

function getCall(fields: GetFields, around: Around): HttpCall | null {
  const template = requestTemplate({ ...fields, method: 'GET' }, around);
  return template && templateCall(template, { ...around, answer: WHOLE_ANSWER, isRead: true });
}

/** A call that can be made, from its templates. */
export function templateCall(
  template: RequestTemplate,
  { secrets, ...rest }: Pick<Around, 'secrets' | 'timeoutMs'> & { answer: AnswerRules; isRead: boolean },
): HttpCall {
  const { answer, timeoutMs, isRead } = rest;
  return { build: requestBuilder(template, secrets), answer, timeoutMs, isRead, redact: redactSent(template, secrets) };
}

/** Hides the secrets of a call, and the header values that they are part of. */
function redactSent({ query, headers }: RequestTemplate, secrets: Readonly<Record<string, string>>): Redact {
  const names = [...Object.values(query), ...Object.values(headers)].flatMap(secretsOf);
  return redactor([...new Set(names)].flatMap((name) => secrets[name] ?? []));
}

export function answerRules(fields: AnswerFields = {}): AnswerRules {
  return {
    pick: fields.pick ?? null,
    problems: fields.problems ?? {},
    errorMessage: fields.errorMessage?.slice('$.'.length) ?? null,
    maxBytes: fields.maxBytes ?? WHOLE_ANSWER.maxBytes,
  };
}

function isWholeField(schema: JsonSchema, name: string): boolean {
  const field = isRecord(schema.properties) ? schema.properties[name] : undefined;
  const required = Array.isArray(schema.required) && schema.required.includes(name);
  return required && isRecord(field) && field.type === 'integer';
}
