import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { redactor } from '../../tools/http/redact.ts';
import type { McpSpec } from '../../tools/mcp/spec.ts';
import { pinOf, type ToolDefinition, toDefinition } from '../../tools/mcp/tool-definition.ts';
import { isRecord } from '../json-schema.ts';
import { COMMON, checkFields } from './tool-fields.ts';
import type { YamlFile } from './yaml-file.ts';

const text = z.string().trim().min(1);
const texts = z.record(text, z.string());

const ADDRESS = z.strictObject({
  command: text.optional(),
  args: z.array(z.coerce.string()).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.coerce.string()).optional(),
  url: z.url({ protocol: /^https?$/, message: 'expected an http or https address' }).optional(),
  headers: texts.optional(),
});
const FILE = z.strictObject({
  mcp: ADDRESS,
  tools: z.unknown().optional(),
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}$/, 'expected a lower-case letter, then up to 31 of a-z, 0-9 and _')
    .optional(),
  trustAnnotations: z.boolean().optional(),
  untrusted: COMMON.untrusted,
  pin: z.string().startsWith('sha256-', { error: 'expected what `frontdesk doctor` prints: sha256-…' }).optional(),
  timeoutMs: COMMON.timeoutMs,
  connectMs: z.int().min(100).max(120_000).optional(),
});
const { answer: _, ...SHARED } = COMMON;
const TOOL = z.strictObject({ ...SHARED, errorIs: z.enum(['failed', 'unknown']).optional() });
const NAMES = z.array(text);
const TOOLS = z.record(text, TOOL);

/** What a file says of one tool, over what its server says. */
export type McpToolFields = z.output<typeof TOOL>;

export type McpFile = {
  spec: McpSpec;
  /** By the server's name for them. */
  tools: Readonly<Record<string, McpToolFields>>;
  prefix: string;
  trustAnnotations: boolean;
  /** What holds where a tool says nothing of it. */
  untrusted: boolean;
  /** What the tools' definitions must amount to; null for anything. */
  pin: string | null;
  timeoutMs: number;
};

type Around = {
  root: string;
  secrets: Readonly<Record<string, string>>;
  /** Where programs are found. */
  path: string;
};

const CONNECT_MS = 10_000;
const TIMEOUT_MS = 15_000;

/** A file with the key `mcp`; null, and problems in its lines, where it is not sound. */
export async function readMcpFile(file: YamlFile, around: Around): Promise<McpFile | null> {
  const fields = checkFields({ file, schema: FILE }, file.value);
  if (fields === null) return null;
  const chosen = chosenTools(file, fields.tools);
  const reached = addressOf(fields.mcp, { file, ...around });
  if (chosen === null || reached === null) return null;
  const pinned = await readPinned(file, around.root);
  if (pinned === undefined) return null;
  const pin = fields.pin ?? null;
  if (pin !== null && pinned !== null && pinOf(pinned) !== pin) {
    file.complain(['pin'], `pin: ${pinnedFile(file.file)} amounts to ${pinOf(pinned)}`);
    return null;
  }
  const {
    prefix = '',
    trustAnnotations = true,
    untrusted = true,
    timeoutMs = TIMEOUT_MS,
    connectMs = CONNECT_MS,
  } = fields;
  const { address, hidden } = reached;
  return {
    spec: { file: file.file, address, wanted: chosen.wanted, pinned, connectMs, redact: redactor(hidden) },
    tools: chosen.tools,
    ...{ prefix, trustAnnotations, untrusted, pin, timeoutMs },
  };
}

/** Where `frontdesk pin-tools` keeps what the tools of a file were. */
export function pinnedFile(file: string): string {
  return file.replace(/\.yaml$/, '.mcp.json');
}

type Chosen = { wanted: McpSpec['wanted']; tools: Record<string, McpToolFields> };

function chosenTools(file: YamlFile, tools: unknown): Chosen | null {
  if (tools === 'all') return { wanted: 'all', tools: {} };
  if (tools === undefined || Array.isArray(tools)) {
    const wanted = checkFields({ file, schema: NAMES, at: ['tools'] }, tools ?? []);
    return wanted && { wanted, tools: {} };
  }
  if (!isRecord(tools)) {
    file.complain(['tools'], 'tools: expected "all", a list of names, or fields by name');
    return null;
  }
  // A name with nothing after it: as the server says.
  const filled = Object.fromEntries(Object.entries(tools).map(([name, fields]) => [name, fields ?? {}]));
  const checked = checkFields({ file, schema: TOOLS, at: ['tools'] }, filled);
  return checked && { wanted: Object.keys(checked), tools: checked };
}

type Place = { file: YamlFile } & Around;

/** `hidden`: what must not be seen of it anywhere. Null, and problems, where it is no address. */
function addressOf(
  { command, args, env = {}, url, headers = {} }: z.output<typeof ADDRESS>,
  { file, secrets, root, path }: Place,
): { address: McpSpec['address']; hidden: string[] } | null {
  let sound = true;
  const complain = (field: readonly string[], message: string) => {
    sound = false;
    file.complain(['mcp', ...field], message);
  };
  const hidden: string[] = [];
  const filled = (field: string, values: Record<string, string>) =>
    Object.entries(values).map(([name, value]) => {
      const written = value.replace(/\$\{secret:([A-Z][A-Z0-9_]*)\}/g, (place, secret: string) => {
        const found = Object.hasOwn(secrets, secret) ? secrets[secret] : undefined;
        if (found === undefined) complain([field, name], `FRONTDESK_SECRET_${secret} is not set`);
        else hidden.push(found);
        return found ?? place;
      });
      if (value.includes('${secret') && written === value) {
        complain([field, name], `write \${secret:NAME}, with A-Z, 0-9 and _`);
      }
      return [name, written] as const;
    });
  if ((command === undefined) === (url === undefined)) complain([], 'mcp: expected one of command, url');
  const foreign = url === undefined ? { headers } : { args, env };
  for (const [field, value] of Object.entries(foreign)) {
    if (value !== undefined && Object.keys(value).length > 0) {
      complain([field], `mcp.${field}: has no meaning for ${url === undefined ? 'a command' : 'an address'}`);
    }
  }
  for (const [field, value] of Object.entries({ command, args: args?.join(' '), url })) {
    if (value?.includes('${secret:')) complain([field], `mcp.${field}: secrets go into env and headers only`);
  }
  const address: McpSpec['address'] =
    url === undefined
      ? {
          kind: 'stdio',
          command: command ?? '',
          args: args ?? [],
          env: Object.fromEntries([['PATH', path], ...filled('env', env)]),
          cwd: root,
        }
      : { kind: 'http', url, headers: Object.fromEntries(filled('headers', headers)) };
  return sound ? { address, hidden } : null;
}

/** Null where there is no such file; undefined, and a problem, where it is not sound. */
async function readPinned(file: YamlFile, root: string): Promise<ToolDefinition[] | null | undefined> {
  const path = join(root, dirname(file.file), pinnedFile(file.file).split('/').at(-1) ?? '');
  const json = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (json === null) return null;
  try {
    const { tools } = JSON.parse(json) as { tools: unknown[] };
    const definitions = tools.map(toDefinition);
    if (definitions.every((definition) => definition !== null)) return definitions;
  } catch {
    // Said below.
  }
  file.complain([], `${pinnedFile(file.file)} is not what \`frontdesk pin-tools\` writes: write it anew`);
  return undefined;
}
