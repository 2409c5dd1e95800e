import type { Prompt } from '../agent/prompt.ts';
import type { Route } from '../agent/route.ts';
import type { Tool } from '../agent/tool.ts';
import type { Labels } from '../knowledge/documents.ts';
import type { WebSourceSpec } from '../knowledge/web-sources.ts';
import type { AgentDefinition } from './define.ts';
import type { GuardSettings } from './guard-settings.ts';
import type { Policy } from './read-policies.ts';
import type { ToolServer } from './yaml/mcp-tools.ts';

/** An example of what customers say to a route. `line` is where it stands in its `utterances.txt`, from 1. */
export type Utterance = { text: string; intent: string | null; line: number };

/** A route as its folder describes it. */
export type FolderRoute = Route & {
  /** For people: `Roadside help`. */
  title: string;
  utterances: Utterance[];
  /** What its searches are narrowed to; null for nothing. Folders lie below `knowledge/`, without a slash at the end. */
  knowledge: { folders: string[]; labels: Labels } | null;
};

/** Examples beside those of the routes: what the general desk answers itself, and what the company has nothing to do with. */
export type TrainingSet = { general: string[]; offTopic: string[] };

/** A folder, loaded, checked and compiled. */
export type Agent = {
  /** The folder's name: the `agent` of a conversation, and its id in the API. */
  id: string;
  definition: AgentDefinition;
  /** The first message, by language; `default` is `greeting.md`, others are `greeting.<language>.md`. */
  greetings: { default: string } & Record<string, string>;
  prompt: Prompt;
  /** Sorted by name; empty where the agent has no routes. */
  routes: FolderRoute[];
  training: TrainingSet;
  guards: GuardSettings;
  policies: Policy[];
  /** The folder's own tools, those of its routes too, sorted by name. Built-in tools are added where the turn is put together. */
  tools: Tool[];
  /** Servers that some of the tools belong to. */
  toolServers: ToolServer[];
  /** Ends what tools keep open, such as processes. */
  closeTools(): Promise<void>;
  /** Where its documents come from: a folder of files (which may not exist), and the web. */
  knowledge: { folder: string; sources: readonly WebSourceSpec[] };
};
