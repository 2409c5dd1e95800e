import { type AnswerRules, WHOLE_ANSWER } from '../http/answer.ts';
import { type BuildRequest, isSafe } from '../http/outgoing.ts';
import { isRecord, type JsonSchema } from '../schema-words.ts';
import { dereference, type OpenApiDocument, type Operation } from './document.ts';
import { type InputField, operationInput } from './input-fields.ts';
import { type Credentials, credentialsOf } from './security.ts';
import { operationBuilder } from './serialize.ts';
import { serverOf } from './servers.ts';
import { shortened } from './simplify-schema.ts';

export type ImportOptions = {
  /** The address of the API; null for the one that the description names. */
  server: string | null;
  /** Where the description came from; null for a file. */
  from: string | null;
  /** Values by the name of their security scheme. */
  auth: Readonly<Record<string, string>>;
};

/** An operation as what a tool needs. `secrets` must never be told. */
export type ImportedOperation = {
  name: string;
  description: string;
  effect: 'read' | 'write';
  schema: JsonSchema;
  build: BuildRequest;
  problems: AnswerRules['problems'];
  secrets: readonly string[];
};

const LONGEST_NAME = 64;
const LONGEST_DESCRIPTION = 1_024;

/** The operations that `wanted` names: an operationId, or `GET /path`. Undefined where there is none. */
export function findOperation({ operations }: OpenApiDocument, wanted: string): Operation | undefined {
  const [method = '', path = ''] = wanted.trim().split(/\s+/);
  const named = operations.find(({ id }) => id === wanted);
  return named ?? operations.find((one) => one.path === path && one.method === method.toUpperCase());
}

/** An operation as a tool, or a sentence that says why it cannot be one. */
export function importOperation(
  document: OpenApiDocument,
  operation: Operation,
  options: ImportOptions,
): ImportedOperation | { problem: string } {
  const found = operationInput(document, operation);
  if ('problem' in found) return found;
  const base = serverOf(document, operation, { own: options.server, from: options.from });
  if (typeof base !== 'string') return base;
  const credentials = credentialsOf(document, operation, options.auth);
  if ('problem' in credentials) return credentials;
  const { method, path, raw } = operation;
  // What shows who is asking is no business of the model, also where it is described as a parameter.
  const input = { ...found, fields: found.fields.filter((field) => !isCredential(field, credentials)) };
  const required = input.fields.filter((field) => field.required).map(({ name }) => name);
  const schema: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(input.fields.map((field) => [field.name, field.schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  const unfilled = [...path.matchAll(/\{([^{}]+)\}/g)].find(
    ([, wire]) => !input.fields.some((field) => field.in === 'path' && field.wire === wire),
  );
  if (unfilled) return { problem: `does not describe {${unfilled[1]}} of its path` };
  return {
    name: toolName(operation),
    description: descriptionOf(operation),
    effect: isSafe(method) ? 'read' : 'write',
    schema,
    build: operationBuilder({ ...input, method, base, path, credentials }),
    problems: problemsOf(document, raw.responses),
    secrets: credentials.secrets,
  };
}

function isCredential({ in: place, wire }: InputField, { headers, query }: Credentials): boolean {
  if (place === 'header') return Object.hasOwn(headers, wire.toLowerCase());
  return place === 'query' && query.some(([name]) => name === wire);
}

/** `getOrder` and `orders/get` as `get_order` and `orders_get`. */
function toolName({ id, method, path }: Operation): string {
  return asName(id ?? '') || asName(`${method} ${path}`) || 'operation';
}

function asName(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replace(/^[^a-z]+|_+$/g, '');
  return words.slice(0, LONGEST_NAME).replace(/_+$/, '');
}

function descriptionOf({ raw, method, path }: Operation): string {
  const said = (text: unknown) => (typeof text === 'string' ? text.trim() : '');
  const [summary, description] = [said(raw.summary), said(raw.description)];
  const both = [summary, description === summary ? '' : description].filter(Boolean);
  return shortened(
    both.length > 0
      ? both.map((text, at) => (at < both.length - 1 ? text.replace(/[.\s]+$/, '') : text)).join('. ')
      : `${method} ${path}`,
    LONGEST_DESCRIPTION,
  );
}

/** What the description says of refusals. A time-out is none; of who may ask, the customer need not know. */
function problemsOf({ root }: OpenApiDocument, responses: unknown): AnswerRules['problems'] {
  const sentences: Record<number, string> = { ...WHOLE_ANSWER.problems };
  for (const [status, response] of Object.entries(isRecord(responses) ? responses : {})) {
    const text = dereference(root, response)?.description;
    if (!/^4\d\d$/.test(status) || ['401', '403', '408'].includes(status)) continue;
    if (typeof text === 'string' && text.trim() !== '') sentences[Number(status)] = shortened(text);
  }
  return sentences;
}
