import { z } from 'zod';
import type { Tool } from '../../agent/tool.ts';
import { didYouMean } from '../../language/did-you-mean.ts';
import type { HttpCall } from '../../tools/http/http-call.ts';
import { httpTool } from '../../tools/http/http-tool.ts';
import { isSafe } from '../../tools/http/outgoing.ts';
import { redactor } from '../../tools/http/redact.ts';
import { parseTemplate, secretsOf, withSecrets } from '../../tools/http/template.ts';
import type { Json, OpenApiDocument, Operation } from '../../tools/openapi/document.ts';
import { findOperation, type ImportedOperation, importOperation } from '../../tools/openapi/import-operation.ts';
import { schemesOf } from '../../tools/openapi/security.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { Reading } from '../read-yaml-tools.ts';
import { answerRules, compileWrite, DEFAULT_TIMEOUT_MS } from './compile-write.ts';
import { readDescription } from './openapi-file.ts';
import { COMMON, checkEffect, checkFields } from './tool-fields.ts';
import type { YamlFile } from './yaml-file.ts';

/** As many reads as are taken where none is named. */
const MOST_READS = 32;
/** Characters of an operation's schema. */
const LARGEST_SCHEMA = 24_000;

const FILE = z.strictObject({
  openapi: z.string().trim().min(1),
  server: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }).optional(),
  auth: z.record(z.string(), z.string()).optional(),
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'expected lower-case letters, digits and _')
    .optional(),
  timeoutMs: COMMON.timeoutMs,
  untrusted: COMMON.untrusted,
  operations: z
    .array(z.union([z.string(), z.record(z.string(), z.unknown())]))
    .min(1)
    .optional(),
});
type FileFields = z.output<typeof FILE>;

/** Beside what every tool may say: values that are the same in every call, and the fields that the model is shown. */
const OPERATION = z.strictObject({
  ...COMMON,
  fixed: z.record(z.string(), z.unknown()).optional(),
  fields: z.array(z.string()).optional(),
});
type OperationFields = z.output<typeof OPERATION>;

type Chosen = { operation: Operation; overrides: unknown; at: readonly PropertyKey[] };

/** The tools of a file with `openapi`: those of its operations that can be called. Problems are reported in its lines. */
export async function readOpenApiTools(file: YamlFile, reading: Reading): Promise<Tool[]> {
  const fields = checkFields({ file, schema: FILE }, file.value);
  if (fields === null) return [];
  const found = await readDescription(fields.openapi, { root: reading.root, file: file.file });
  if ('problem' in found) {
    file.complain(['openapi'], `openapi: ${fields.openapi} ${found.problem}`);
    return [];
  }
  const auth = secretValues(file, fields.auth ?? {}, { ...reading, schemes: schemesOf(found.document) });
  const chosen = chosenOperations(file, fields, found.document);
  if (auth === null) return [];
  const options = { server: fields.server ?? null, from: found.from, auth };
  const unusable: string[] = [];
  const tools = chosen.flatMap((one) => {
    const imported = importOperation(found.document, one.operation, options);
    if (!('problem' in imported)) return operationTool(file, { one, imported, fields, reading }) ?? [];
    const message = `${nameOf(one.operation)} ${imported.problem}`;
    unusable.push(message);
    if (fields.operations === undefined) file.warn(one.at, `${message}; it is left out`);
    else file.complain(one.at, message);
    return [];
  });
  // Reads that nobody named may be left out, but not all of them.
  const [first] = unusable;
  if (fields.operations === undefined && first && tools.length === 0) file.complain(['openapi'], first);
  return tools;
}

function chosenOperations(
  file: YamlFile,
  { openapi: named, operations }: FileFields,
  document: OpenApiDocument,
): Chosen[] {
  if (operations === undefined) {
    const reads = document.operations.filter(({ method, raw }) => method === 'GET' && raw.deprecated !== true);
    if (reads.length === 0) {
      file.complain(['openapi'], `openapi: ${named} has no reads: name what the agent needs under operations`);
    }
    if (reads.length <= MOST_READS) return reads.map((operation) => ({ operation, overrides: {}, at: ['openapi'] }));
    const message = `has ${reads.length} reads: name those that the agent needs under operations`;
    file.complain(['openapi'], `openapi: ${message}, ${MOST_READS} at most are taken by themselves`);
    return [];
  }
  const names = document.operations.map(nameOf);
  return operations.flatMap((entry, index): Chosen[] => {
    const [[wanted, overrides] = ['', {}], ...more] =
      typeof entry === 'string' ? [[entry, {}] as const] : Object.entries(entry);
    const at = typeof entry === 'string' ? ['operations', index] : ['operations', index, wanted];
    const operation = findOperation(document, wanted);
    if (more.length > 0) file.complain(['operations', index], `operations[${index}]: expected one operation an entry`);
    else if (operation) return [{ operation, overrides: overrides ?? {}, at }];
    else file.complain(at, `operations[${index}]: there is no ${wanted}${didYouMean(wanted, names)}`);
    return [];
  });
}

type Around = { one: Chosen; imported: ImportedOperation; fields: FileFields; reading: Reading };

function operationTool(file: YamlFile, { one, imported, fields, reading }: Around): Tool | null {
  const own = checkFields({ file, schema: OPERATION, at: one.at }, one.overrides);
  if (own === null) return null;
  const effect = own.effect ?? imported.effect;
  const fixed = own.fixed ?? {};
  if (/\$\{secret:/.test(JSON.stringify(fixed))) {
    file.complain([...one.at, 'fixed'], 'fixed: a secret goes into auth, by the name of its security scheme');
    return null;
  }
  const schema = shownSchema(file, { ...own, fixed, at: one.at, name: nameOf(one.operation) }, imported.schema);
  if (schema === null || !checkEffect(file, one.at, { ...own, effect })) return null;
  const { needs, fromCustomer = {}, timeoutMs = fields.timeoutMs ?? DEFAULT_TIMEOUT_MS } = own;
  const answer = answerRules(own.answer);
  const call: HttpCall = {
    build: (values) => imported.build({ ...values, ...fixed }),
    answer: { ...answer, problems: { ...imported.problems, ...answer.problems } },
    redact: redactor(imported.secrets),
    isRead: effect === 'read',
    timeoutMs,
  };
  if (!call.isRead && isSafe(one.operation.method)) file.warn(one.at, 'changes something, though it is a GET');
  const known = Object.keys(schema.properties as Json);
  const certain = [schema.required ?? []].flat().map(String);
  const places = { file, at: one.at, secrets: reading.secrets, known, certain };
  const write = call.isRead ? null : compileWrite(own, { ...places, timeoutMs, schema });
  if (!call.isRead && write === null) return null;
  return httpTool({
    agent: reading.agent,
    name: own.name ?? `${fields.prefix ?? ''}${imported.name}`.slice(0, 64),
    description: own.description ?? imported.description,
    messages: {},
    needsCustomer: needs === 'verified-customer',
    ...{ schema, fromCustomer, untrusted: own.untrusted ?? fields.untrusted ?? false, call, write },
  });
}

type Shown = Pick<OperationFields, 'fields' | 'fromCustomer'> & {
  fixed: Json;
  at: readonly PropertyKey[];
  name: string;
};

/** The schema without what is fixed, and with those optional fields only that the author names, where they do. */
function shownSchema(file: YamlFile, shown: Shown, schema: JsonSchema): JsonSchema | null {
  const { fixed, fields, fromCustomer = {}, at, name } = shown;
  const properties = schema.properties as Record<string, unknown>;
  const required = [schema.required ?? []].flat().map(String);
  const known = Object.keys(properties);
  let sound = true;
  for (const [key, names] of Object.entries({
    fixed: Object.keys(fixed),
    fields: fields ?? [],
    fromCustomer: Object.keys(fromCustomer),
  })) {
    for (const field of names.filter((wanted) => !known.includes(wanted))) {
      sound = false;
      file.complain([...at, key], `${key}: ${name} has no field "${field}"${didYouMean(field, known)}`);
    }
  }
  const wanted = (field: string) =>
    !Object.hasOwn(fixed, field) &&
    (fields === undefined || [...fields, ...required].includes(field) || Object.hasOwn(fromCustomer, field));
  const needed = required.filter((field) => wanted(field));
  const { required: _, ...rest } = schema;
  const still = Object.fromEntries(Object.entries(properties).filter(([field]) => wanted(field)));
  const left = { ...rest, properties: still, ...(needed.length > 0 && { required: needed }) };
  if (sound && JSON.stringify(left).length > LARGEST_SCHEMA) {
    sound = false;
    file.complain(at, `${name} takes more input than a prompt has room for: name what the agent needs under fields`);
  }
  return sound ? left : null;
}

function secretValues(
  file: YamlFile,
  auth: Record<string, string>,
  { secrets, schemes }: Pick<Reading, 'secrets'> & { schemes: readonly string[] },
): Record<string, string> | null {
  const values: Record<string, string> = {};
  let sound = true;
  for (const [name, text] of Object.entries(auth)) {
    if (!schemes.includes(name)) {
      sound = false;
      file.complain(['auth', name], `auth.${name}: the description has no such scheme${didYouMean(name, schemes)}`);
    }
    const template = parseTemplate(text);
    for (const secret of secretsOf(template).filter((known) => !Object.hasOwn(secrets, known))) {
      sound = false;
      file.complain(['auth', name], `auth.${name}: FRONTDESK_SECRET_${secret} is not set`);
    }
    if (secretsOf(template).length === 0)
      file.warn(['auth', name], `auth.${name}: lies open in the file; write \${secret:NAME}`);
    values[name] = withSecrets(template, secrets)
      .map((part) => ('text' in part ? part.text : ''))
      .join('');
  }
  return sound ? values : null;
}

function nameOf({ id, method, path }: Operation): string {
  return id ?? `${method} ${path}`;
}
