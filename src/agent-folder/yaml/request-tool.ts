import type { Tool } from '../../agent/tool.ts';
import { KEY_FIELD } from '../../tools/http/http-call.ts';
import { httpTool } from '../../tools/http/http-tool.ts';
import { isSafe } from '../../tools/http/outgoing.ts';
import { isRecord, type JsonSchema } from '../json-schema.ts';
import type { Reading } from '../read-yaml-tools.ts';
import { answerRules, compileWrite, DEFAULT_TIMEOUT_MS, templateCall } from './compile-write.ts';
import { inputSchema } from './input-schema.ts';
import { type Places, requestTemplate } from './request-template.ts';
import { checkEffect, checkFields, REQUEST_FILE } from './tool-fields.ts';
import type { YamlFile } from './yaml-file.ts';

/** The tool of a file with `request`; null, and problems in its lines, where it is not sound. */
export function readRequestTool(file: YamlFile, { agent, secrets }: Reading): Tool | null {
  const fields = checkFields({ file, schema: REQUEST_FILE }, file.value);
  if (fields === null) return null;
  const { name, description, timeoutMs = DEFAULT_TIMEOUT_MS, fromCustomer = {}, answer, untrusted = false } = fields;
  const effect = fields.effect ?? (isSafe(fields.request.method ?? 'GET') ? 'read' : 'write');
  const input = inputSchema(fields.input ?? {}, { file, at: ['input'] });
  if (!checkEffect(file, [], { ...fields, effect }) || input === null) return null;
  const { schema, messages } = input;
  const own = Object.keys(fromCustomer);
  const places: Places = {
    ...{ file, at: ['request'], secrets },
    known: [...Object.keys(schema.properties as object), ...own],
    certain: [...certainFields(schema), ...own],
  };
  const keyed =
    effect === 'write' ? { known: [...places.known, KEY_FIELD], certain: [...places.certain, KEY_FIELD] } : {};
  const template = requestTemplate(fields.request, { ...places, ...keyed });
  const write = effect === 'write' ? compileWrite(fields, { ...places, at: [], timeoutMs, schema }) : null;
  if (template === null || (effect === 'write' && write === null)) return null;
  warnOf({ file, schema, own, used: JSON.stringify(fields.request) });
  const call = templateCall(template, { secrets, timeoutMs, answer: answerRules(answer), isRead: effect === 'read' });
  const needsCustomer = fields.needs === 'verified-customer';
  return httpTool({ agent, name, description, schema, messages, needsCustomer, fromCustomer, untrusted, call, write });
}

function certainFields(schema: JsonSchema): string[] {
  return Array.isArray(schema.required) ? schema.required.map(String) : [];
}

function warnOf(tool: { file: YamlFile; schema: JsonSchema; own: readonly string[]; used: string }): void {
  const { file, schema, own, used } = tool;
  const fields = Object.entries(isRecord(schema.properties) ? schema.properties : {});
  for (const [field, property] of fields) {
    if (isRecord(property) && property.description !== undefined) continue;
    if (!own.includes(field))
      file.warn(['input', field], `input "${field}" has no description: the model has only its name to go by`);
  }
  const names = [...fields.map(([field]) => field), ...own];
  for (const name of new Set(names)) {
    if (new RegExp(`\\{${name}[.}]`).test(used)) continue;
    file.warn(['input', name], `"${name}" is not used by request`);
  }
}
