import type { Prompt } from '../agent/prompt.ts';
import type { Tool } from '../agent/tool.ts';
import type { WebSourceSpec } from '../knowledge/web-sources.ts';
import type { AgentDefinition } from './define.ts';
import type { ToolServer } from './yaml/mcp-tools.ts';

/** A folder, loaded, checked and compiled. */
export type Agent = {
  /** The folder's name: the `agent` of a conversation, and its id in the API. */
  id: string;
  definition: AgentDefinition;
  /** The first message, by language; `default` is `greeting.md`, others are `greeting.<language>.md`. */
  greetings: { default: string } & Record<string, string>;
  prompt: Prompt;
  /** The folder's own tools, sorted by name. Built-in tools are added where the turn is put together. */
  tools: Tool[];
  /** Servers that some of the tools belong to. */
  toolServers: ToolServer[];
  /** Ends what tools keep open, such as processes. */
  closeTools(): Promise<void>;
  /** Where its documents come from: a folder of files (which may not exist), and the web. */
  knowledge: { folder: string; sources: readonly WebSourceSpec[] };
};
