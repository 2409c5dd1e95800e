import type { RequestListener } from 'node:http';
import type { Customer } from '../../../src/agent/customer.ts';
import type { Tool, ToolContext } from '../../../src/agent/tool.ts';
import { loadAgent } from '../../../src/agent-folder/load-agent.ts';
import { AgentFolderError } from '../../../src/agent-folder/problems.ts';
import { workshopWith } from '../../agent-folder/folders.ts';
import { serve } from '../../ingest/web/servers.ts';

export const SECRETS = { SHOP_KEY: 'canary-0f9a/"secret"', SHOP_USER: 'canary-user:pässword'.replace('ä', 'a') };

/** The tools of a folder with these files in `tools/`. */
export async function toolsOf(
  files: Record<string, string>,
  secrets: Record<string, string> = SECRETS,
): Promise<Tool[]> {
  const { agent } = await loadAgent(folderWith(files), secrets);
  return agent.tools;
}

export async function toolOf(yaml: string, secrets?: Record<string, string>): Promise<Tool> {
  const [tool] = await toolsOf({ 'tool.yaml': yaml }, secrets);
  if (!tool) throw new Error('no tool');
  return tool;
}

/** What is wrong with these files, as `file:line sentence`. */
export async function problemsOf(
  files: Record<string, string>,
  secrets: Record<string, string> = SECRETS,
): Promise<string[]> {
  const error = await loadAgent(folderWith(files), secrets).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AgentFolderError)) throw new Error('the folder should not load', { cause: error });
  return error.problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

function folderWith(files: Record<string, string>): string {
  const tools = Object.entries(files).map(([name, text]) => [`tools/${name}`, text]);
  return workshopWith({ 'tools/get-slot.ts': null, ...Object.fromEntries(tools) });
}

export const CUSTOMER: Customer = { id: 'c-7', email: 'kim@example.com', name: 'Kim', claims: { tier: 'gold' } };

export function contextWith(given: Partial<ToolContext> = {}): ToolContext {
  return {
    conversationId: 'conversation',
    turnId: 'turn',
    language: 'en',
    status: 'open',
    customer: null,
    route: 'general',
    idempotencyKey: null,
    signal: new AbortController().signal,
    ...given,
  };
}

export type Seen = {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** A server that notes what it was asked, whole, before it answers. */
export async function serveNoting(answer: RequestListener): Promise<{ origin: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const { origin } = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  return { origin, seen };
}

/** Checks the input as a turn does, and runs the tool. */
export async function call(tool: Tool, input: unknown, given: Partial<ToolContext> = {}): Promise<string> {
  const parsed = tool.parse(input);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  const { content } = await tool.run(parsed.value, contextWith(given));
  return String(content);
}
