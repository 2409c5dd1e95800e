import { basename } from 'node:path';
import type { Tool } from '../agent/tool.ts';
import type { McpLog } from '../tools/mcp/spec.ts';
import type { FolderFiles } from './folder-files.ts';
import { isRecord } from './json-schema.ts';
import type { Report } from './problems.ts';
import { BUILT_IN, ofRoute } from './read-tools.ts';
import { readMcpTools, type ToolServer } from './yaml/mcp-tools.ts';
import { readOpenApiTools } from './yaml/openapi-tools.ts';
import { readRequestTool } from './yaml/request-tool.ts';
import { readYaml, type YamlFile } from './yaml/yaml-file.ts';

export type YamlFolder = {
  root: string;
  files: FolderFiles;
  /** The values of `${secret:NAME}`. */
  secrets: Readonly<Record<string, string>>;
  /** The files of tools that are there already, by their names. */
  named: ReadonlyMap<unknown, string>;
  outside: Outside;
};

/** What servers of tools are started with: where programs are found, and who reads what is said of them. */
export type Outside = { path: string; log: McpLog };

/** The tools of YAML files, and what they keep open: whoever loads them closes it. */
export type YamlTools = { tools: Tool[]; servers: ToolServer[]; close(): Promise<void> };

/** What a file gives. Problems are reported in its lines; `close` is for what the tools hold open. */
export type FileTools = { tools: Tool[]; close?: () => Promise<void>; server?: ToolServer };

/** What a reader is told beside the file. */
export type Reading = { root: string; agent: string; secrets: Readonly<Record<string, string>> } & Outside;

type Reader = (file: YamlFile, reading: Reading) => FileTools | Promise<FileTools>;

/** The keys of which each file has one. */
const KINDS = ['request', 'openapi', 'mcp'] as const;
const READERS: Partial<Record<(typeof KINDS)[number], Reader>> = {
  openapi: async (file, reading) => ({ tools: await readOpenApiTools(file, reading) }),
  request: (file, reading) => ({ tools: [readRequestTool(file, reading) ?? []].flat() }),
  mcp: readMcpTools,
};

/** `tools/*.yaml`, the agent's and those of its routes: tools that are an HTTP call, an OpenAPI description or an MCP server. */
export async function readYamlTools(
  { root, files, secrets, named: taken, outside }: YamlFolder,
  report: Report,
): Promise<YamlTools> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(closers.map((closer) => closer()));
  };
  const tools: Tool[] = [];
  const servers: ToolServer[] = [];
  if (!files.hasAgent) return { tools, servers, close };
  const named = new Map(taken);
  const reading = { root, secrets, agent: basename(root), ...outside };
  // Together: servers that have to start do not wait for each other.
  const all = await Promise.all(
    files.yamlTools.map(async (path) => {
      const file = await readYaml(root, path, report);
      return file && !isDescription(file.value) ? { path, file, found: await readFile(file, reading) } : [];
    }),
  );
  for (const { path, file, found } of all.flat()) {
    if (found.close) closers.push(found.close);
    if (found.server) servers.push(found.server);
    for (const tool of found.tools) {
      const twin = named.get(tool.name);
      if (twin) file.complain(['name'], `tool "${tool.name}" is already defined in ${twin}`);
      if (BUILT_IN.includes(tool.name)) file.complain(['name'], `name: "${tool.name}" is the name of a built-in tool`);
      named.set(tool.name, twin ?? path);
      tools.push(ofRoute(path, tool));
    }
  }
  return { tools, servers, close };
}

async function readFile(file: YamlFile, reading: Reading): Promise<FileTools> {
  const { value } = file;
  const kinds = KINDS.filter((kind) => isRecord(value) && Object.hasOwn(value, kind));
  const [kind] = kinds;
  const read = kind && kinds.length === 1 ? READERS[kind] : undefined;
  if (read) return read(file, reading);
  file.complain([], kinds.length === 1 ? `${kind}: not read yet` : `expected exactly one of ${KINDS.join(', ')}`);
  return { tools: [] };
}

/** An OpenAPI description that lies beside the file that takes tools from it. */
function isDescription(value: unknown): boolean {
  return isRecord(value) && /^\d/.test(String(value.openapi ?? value.swagger ?? '')) && isRecord(value.info);
}
