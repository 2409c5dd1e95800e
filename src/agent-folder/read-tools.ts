import { basename } from 'node:path';
import type { z } from 'zod';
import { WRITE_FIELDS } from '../agent/action-rules.ts';
import type { Tool } from '../agent/tool.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import { type Complain, checkActionFields } from './check-action-fields.ts';
import type { ToolDefinition } from './define.ts';
import type { FolderFiles } from './folder-files.ts';
import { isRecord } from './json-schema.ts';
import { loadModule } from './load-module.ts';
import type { Report } from './problems.ts';
import { routeOfFile } from './route-files.ts';
import { lineOfDefaultExport, lineOfKey } from './source-lines.ts';
import { toolFromDefinition } from './tool-from-definition.ts';

/** Tools that every agent has, and one that agents with routes have; see `src/tools`. */
export const BUILT_IN = ['search_knowledge', 'hand_off', 'resolve', 'switch_route'];
const FIELDS = [
  ...['name', 'description', 'input', 'effect', 'timeoutMs', 'untrusted', 'needs', 'fromCustomer'],
  ...[...WRITE_FIELDS, 'run'],
];

type Folder = { root: string; files: FolderFiles; load: number };

/** `tools/*.ts`, the agent's and those of its routes, imported and checked, and the file that has each name. */
export async function readTools(
  { root, files, load }: Folder,
  report: Report,
): Promise<{ tools: Tool[]; named: ReadonlyMap<unknown, string> }> {
  // Without agent.ts this is some other folder, and whatever lies in its tools/ must not run.
  const tools: Tool[] = [];
  const named = new Map<unknown, string>();
  if (!files.hasAgent) return { tools, named };
  for (const file of files.tools) {
    const loaded = await loadModule(root, file, load);
    if (!loaded.ok) {
      report.problems.push(loaded.problem);
      continue;
    }
    const { source } = loaded;
    const complain: Complain = (field, message) =>
      report.problems.push({ file, line: lineOfKey(source, field), message });
    if (!isRecord(loaded.default)) {
      const message = 'has no default export: write "export default defineTool({ … })"';
      report.problems.push({ file, line: lineOfDefaultExport(source), message });
      continue;
    }
    const { name } = loaded.default;
    const twin = named.get(name);
    if (twin && name !== undefined) complain('name', `tool ${JSON.stringify(name)} is already defined in ${twin}`);
    named.set(name, twin ?? file);
    const tool = checkedTool(loaded.default, basename(root), complain);
    if (tool) warnUndescribed({ file, source, tool }, report);
    if (tool) tools.push(ofRoute(file, tool));
  }
  return { tools, named };
}

/** The tool as that of the route whose file gives it. */
export function ofRoute(file: string, tool: Tool): Tool {
  const route = routeOfFile(file);
  return route === undefined ? tool : { ...tool, route };
}

function checkedTool(definition: Record<string, unknown>, agent: string, complain: Complain): Tool | null {
  let sound = true;
  const wrong: Complain = (field, message) => {
    sound = false;
    complain(field, message);
  };
  for (const field of Object.keys(definition)) {
    if (!FIELDS.includes(field)) wrong(field, `unknown field "${field}"${didYouMean(field, FIELDS)}`);
  }
  checkName(definition.name, wrong);
  const { description, effect, timeoutMs, untrusted, run, input } = definition;
  if (typeof description !== 'string' || description.trim() === '') {
    wrong('description', 'description: missing, the model needs it to know when to call the tool');
  }
  if (effect !== 'read' && effect !== 'write') {
    wrong('effect', `effect: expected "read" or "write", got ${JSON.stringify(effect) ?? 'nothing'}`);
  }
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && Number(timeoutMs) > 0)) {
    wrong('timeoutMs', `timeoutMs: expected a whole number of milliseconds above 0, got ${JSON.stringify(timeoutMs)}`);
  }
  if (untrusted !== undefined && typeof untrusted !== 'boolean') {
    wrong('untrusted', `untrusted: expected true or false, got ${JSON.stringify(untrusted)}`);
  }
  if (typeof run !== 'function') wrong('run', 'run: expected a function');
  if (!isZodObject(input)) wrong('input', 'input: expected a zod 4 object, z.object({ … })');
  else {
    checkCustomerFields(definition.fromCustomer, input, wrong);
    checkOriginFields(definition.anyOrigin, Object.keys(input.shape), wrong);
  }
  checkActionFields(definition, wrong);
  if (!sound) return null;
  try {
    return toolFromDefinition(definition as ToolDefinition, agent);
  } catch (error) {
    wrong(
      'input',
      `input: cannot be described to the model: ${error instanceof Error ? error.message : String(error)}`,
    );
    return null;
  }
}

function checkName(name: unknown, wrong: Complain): void {
  if (typeof name !== 'string' || !/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
    const got = JSON.stringify(name) ?? 'nothing';
    wrong('name', `name: expected a lower-case letter, then up to 63 of a-z, 0-9 and _, got ${got}`);
  } else if (BUILT_IN.includes(name)) {
    wrong('name', `name: "${name}" is the name of a built-in tool`);
  }
}

/** What is filled in from the customer's identity is taken out of the input, which must hold together without it. */
function checkCustomerFields(fromCustomer: unknown, input: z.ZodObject, wrong: Complain): void {
  if (!isRecord(fromCustomer)) return;
  const known = Object.keys(input.shape);
  for (const field of Object.keys(fromCustomer).filter((name) => !known.includes(name))) {
    wrong('fromCustomer', `fromCustomer: "${field}" is no field of input${didYouMean(field, known)}`);
  }
  const checks = input._zod.def.checks ?? [];
  if (checks.length > 0 && Object.keys(fromCustomer).length > 0) {
    wrong(
      'fromCustomer',
      'fromCustomer: cannot be used where input has .refine() or another check of the whole object',
    );
  }
}

function checkOriginFields(anyOrigin: unknown, known: readonly string[], wrong: Complain): void {
  if (anyOrigin === undefined) return;
  if (!Array.isArray(anyOrigin)) {
    wrong('anyOrigin', `anyOrigin: expected a list of fields of input, got ${JSON.stringify(anyOrigin)}`);
    return;
  }
  for (const field of anyOrigin.filter((name) => !known.includes(name))) {
    wrong('anyOrigin', `anyOrigin: ${JSON.stringify(field)} is no field of input${didYouMean(String(field), known)}`);
  }
}

/** By shape: the folder may bring a zod of its own. */
function isZodObject(input: unknown): input is z.ZodObject {
  const internals = isRecord(input) ? input._zod : undefined;
  return isRecord(internals) && isRecord(internals.def) && internals.def.type === 'object';
}

function warnUndescribed(from: { file: string; source: string; tool: Tool }, report: Report): void {
  const { properties } = from.tool.inputSchema;
  for (const [field, schema] of Object.entries(isRecord(properties) ? properties : {})) {
    if (isRecord(schema) && schema.description !== undefined) continue;
    const message = `input "${field}" has no .describe(): the model has only its name to go by`;
    report.warnings.push({ file: from.file, line: lineOfKey(from.source, field), message });
  }
}
