import type { Tool } from '../../agent/tool.ts';
import { cleanText } from '../../language/invisible.ts';
import { writeFields } from '../../tools/http/http-tool.ts';
import { briefly } from '../../tools/mcp/call-failure.ts';
import { McpServer } from '../../tools/mcp/mcp-server.ts';
import { mcpTool } from '../../tools/mcp/mcp-tool.ts';
import type { McpLog } from '../../tools/mcp/spec.ts';
import { pinOf, type ToolDefinition } from '../../tools/mcp/tool-definition.ts';
import { type ToolSchema, toolSchema } from '../../tools/mcp/tool-schema.ts';
import { compileWrite } from './compile-write.ts';
import { type McpFile, type McpToolFields, pinnedFile, readMcpFile } from './mcp-file.ts';
import { checkEffect } from './tool-fields.ts';
import type { YamlFile } from './yaml-file.ts';

const TOOL_NAME = /^[a-z][a-z0-9_]{0,63}$/;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_NAME = 100;
const MOST_TOOLS = 64;

export type McpReading = {
  root: string;
  agent: string;
  secrets: Readonly<Record<string, string>>;
  path: string;
  log: McpLog;
};

/** A server of tools, for whoever looks after it. */
export type ToolServer = {
  /** Relative to the folder. */
  file: string;
  /** Where its tools are pinned whole, relative to the folder, and what they are pinned to; null where they are not. */
  pinned: { file: string; pin: string | null };
  /** The chosen tools by the server's own word, now. Throws where it cannot be reached. */
  definitions(): Promise<ToolDefinition[]>;
};

/**
 * The tools of a server that a file names. What they are is what was pinned beside the file, else what the server says at
 * the start: then one that cannot be reached gives none, and a warning. Tools that cannot be used are left out with a
 * warning; only what the file itself says can be a problem.
 */
export async function readMcpTools(
  file: YamlFile,
  reading: McpReading,
): Promise<{ tools: Tool[]; close?: () => Promise<void>; server?: ToolServer }> {
  const read = await readMcpFile(file, reading);
  if (read === null) return { tools: [] };
  const { spec } = read;
  const server = new McpServer(spec, reading.log);
  const opened = { close: () => server.close(), server: serverOf(read, server) };
  if (spec.pinned) {
    server.begin();
    warnUnpinned(file, spec);
    return { ...opened, tools: toolsOf(chosen(spec.pinned, spec.wanted), { file, read, server, reading }) };
  }
  try {
    const all = await server.tools();
    return { ...opened, tools: toolsOf(checked(all, { file, read }), { file, read, server, reading }) };
  } catch (error) {
    const why = `the MCP server cannot be reached (${briefly(error)}), so that none of its tools is there.`;
    file.warn(['mcp'], `${why} Look whether it runs; \`frontdesk pin-tools\` keeps its tools for when it does not`);
    return { ...opened, tools: [] };
  }
}

function serverOf({ spec, pin }: McpFile, server: McpServer): ToolServer {
  return {
    file: spec.file,
    pinned: { file: pinnedFile(spec.file), pin: spec.pinned ? pinOf(spec.pinned) : pin },
    async definitions() {
      return chosen(await server.tools(), spec.wanted);
    },
  };
}

function warnUnpinned(file: YamlFile, { wanted, pinned }: McpFile['spec']): void {
  const missing = wanted === 'all' ? [] : wanted.filter((name) => !pinned?.some((tool) => tool.name === name));
  for (const name of missing) file.warn(['tools'], `tools: ${shown(name)} is not pinned: run \`frontdesk pin-tools\``);
}

function chosen(all: readonly ToolDefinition[], wanted: McpFile['spec']['wanted']): ToolDefinition[] {
  return all.filter(({ name }) => wanted === 'all' || wanted.includes(name));
}

/** The chosen ones of what a server has, where they are what was pinned. Warns of the others. */
function checked(all: readonly ToolDefinition[], { file, read }: { file: YamlFile; read: McpFile }): ToolDefinition[] {
  const { wanted } = read.spec;
  const found = chosen(all, wanted);
  const names = all.slice(0, MOST_TOOLS).map(({ name }) => shown(name));
  if (wanted !== 'all') {
    const has = `the server has ${names.join(', ')}`;
    if (wanted.length === 0) file.warn(['mcp'], `tools: none is chosen; ${has}`);
    const missing = wanted.filter((name) => !found.some((tool) => tool.name === name));
    for (const name of missing) file.warn(['tools'], `tools: ${shown(name)} is not there; ${has}`);
  }
  const actual = pinOf(found);
  if (read.pin === null || read.pin === actual) return found;
  const what = 'the tools are not what was pinned, so that none of them is there';
  file.warn(['pin'], `pin: ${what}. Look at what has changed; they amount to ${actual} now`);
  return [];
}

type Around = { file: YamlFile; read: McpFile; server: McpServer; reading: McpReading };

function toolsOf(definitions: readonly ToolDefinition[], around: Around): Tool[] {
  const { file, read } = around;
  if (definitions.length > MOST_TOOLS) {
    file.warn(['tools'], `tools: there are ${definitions.length}, and at most ${MOST_TOOLS} are taken: choose some`);
  }
  const tools: Tool[] = [];
  for (const definition of definitions.slice(0, MOST_TOOLS)) {
    const tool = toolOf(definition, around);
    if (typeof tool !== 'string' && tools.some(({ name }) => name === tool.name)) {
      file.warn(['tools'], `${shown(definition.name)} is left out: there is a tool of that name already`);
    } else if (typeof tool !== 'string') tools.push(tool);
    else
      file.warn(
        ['tools', ...(read.tools[definition.name] ? [definition.name] : [])],
        `${shown(definition.name)} is left out: ${tool}`,
      );
  }
  return tools;
}

/** A sentence where it cannot be used. */
function toolOf(definition: ToolDefinition, { file, read, server, reading }: Around): Tool | string {
  const fields: McpToolFields = Object.hasOwn(read.tools, definition.name) ? (read.tools[definition.name] ?? {}) : {};
  const name = nameOf(definition.name, fields, read.prefix);
  const schema = toolSchema(definition.inputSchema);
  if (!TOOL_NAME.test(name)) return 'it has no usable name: give it one with name:';
  if (!schema.ok) return schema.problem;
  const { fromCustomer = {}, needs, timeoutMs = read.timeoutMs, untrusted = read.untrusted } = fields;
  const known = Object.keys(schema.shown.properties as object);
  const strange = Object.keys(fromCustomer).filter((field) => !known.includes(field));
  if (strange.length > 0) return `fromCustomer: it has no field ${strange.join(', ')}`;
  const description = fields.description?.trim() || spoken(definition);
  if (description === '') return 'it has no description: give it one with description:';
  const effect = fields.effect ?? effectOf(definition, read.trustAnnotations);
  const write =
    effect === 'write' ? writeOf({ fields, schema, timeoutMs }, { file, reading, name: definition.name }) : null;
  if (effect === 'read' && !isPlainRead({ file, fields, name: definition.name })) return 'it is a read';
  if (effect === 'write' && write === null) return 'what the file says of it does not fit it';
  return mcpTool({
    ...{ agent: reading.agent, server, serverName: definition.name, name, description, schema, fromCustomer },
    ...{ needsCustomer: needs === 'verified-customer', untrusted, timeoutMs, redact: read.spec.redact, write },
  });
}

/** `get-Order.v2` becomes `get_order_v2`. */
function nameOf(name: string, fields: McpToolFields, prefix: string): string {
  return fields.name ?? `${prefix}${name.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`;
}

/** Only a server that says so has a tool that changes nothing. */
function effectOf({ annotations }: ToolDefinition, isTrusted: boolean): 'read' | 'write' {
  return isTrusted && annotations?.readOnlyHint === true ? 'read' : 'write';
}

function spoken({ title, description, annotations }: ToolDefinition): string {
  const said = [description, title, annotations?.title].find(
    (words) => typeof words === 'string' && words.trim() !== '',
  );
  return cleanText(String(said ?? '').slice(0, LONGEST_DESCRIPTION)).trim();
}

type Fields = { fields: McpToolFields; schema: Extract<ToolSchema, { ok: true }>; timeoutMs: number };

/** What a file says of a server's tool may fit no longer: then the tool is left out, and the agent still starts. */
function writeOf({ fields, schema, timeoutMs }: Fields, at: { file: YamlFile; reading: McpReading; name: string }) {
  const file = { ...at.file, complain: at.file.warn };
  const place = ['tools', at.name];
  if (!checkEffect(file, place, { ...fields, effect: 'write' })) return null;
  const { shown: whole } = schema;
  const known = Object.keys(whole.properties as object);
  const certain = Array.isArray(whole.required) ? whole.required.map(String) : [];
  const { secrets } = at.reading;
  const write = compileWrite(fields, { file, at: place, secrets, known, certain, timeoutMs, schema: whole });
  return write && { rules: writeFields(write), errorIs: fields.errorIs ?? ('failed' as const) };
}

function isPlainRead({ file, fields, name }: { file: YamlFile; fields: McpToolFields; name: string }): boolean {
  return checkEffect({ ...file, complain: file.warn }, ['tools', name], { ...fields, effect: 'read' });
}

/** A name that a server gave, for a warning. */
function shown(name: string): string {
  return JSON.stringify(cleanText(name.slice(0, LONGEST_NAME)));
}
