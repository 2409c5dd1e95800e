import type { Redact } from '../http/redact.ts';
import type { ToolDefinition } from './tool-definition.ts';

/** How a server is reached. `env` and `headers` have their secrets in place. */
export type McpAddress =
  | {
      kind: 'stdio';
      command: string;
      args: readonly string[];
      /** All that the process gets of an environment. */
      env: Readonly<Record<string, string>>;
      cwd: string;
    }
  | { kind: 'http'; url: string; headers: Readonly<Record<string, string>> };

/** A server of tools, as a file of the agent folder states it. */
export type McpSpec = {
  /** The file, for whoever reads a warning. */
  file: string;
  address: McpAddress;
  /** Names of the tools that are wanted, as the server spells them. */
  wanted: readonly string[] | 'all';
  /** What the tools were when somebody looked at them; null where the server's own word at the start counts. */
  pinned: readonly ToolDefinition[] | null;
  /** Milliseconds for a connection to come about, from the start of the process on. */
  connectMs: number;
  /** Takes the secrets of `address` out of whatever the server says. */
  redact: Redact;
};

/** Where sentences for whoever runs the server go. */
export type McpLog = { debug(sentence: string): void; warn(sentence: string): void };
