import type { Client, ClientOptions, Transport } from '@modelcontextprotocol/client';
import { boundedFetch } from './bounded-fetch.ts';
import { failureOf, Unsent } from './call-failure.ts';
import type { McpSpec } from './spec.ts';
import { StdioTransport } from './stdio-transport.ts';
import { type ToolDefinition, toDefinition } from './tool-definition.ts';

/** Where the key of an action stands in a call's `_meta`. */
const KEY = 'frontdesk/idempotencyKey';
const LIST_MS = 10_000;
const GOODBYE_MS = 500;

export type McpCall = {
  tool: string;
  input: Record<string, unknown>;
  /** Looks something up: may be made again. */
  isRead: boolean;
  idempotencyKey: string | null;
  signal: AbortSignal;
  timeoutMs: number;
};

/** A connection to a server. What goes wrong is thrown as `failureOf` tells it apart. */
export type McpLink = {
  /** Every tool that the server has; those that are none, or too large to look at, are left out. */
  list(): Promise<ToolDefinition[]>;
  /** The result as the server gave it. */
  call(call: McpCall): Promise<unknown>;
  /** Ends the session and, over stdio, the process with all that it started. */
  close(): Promise<void>;
};

export type McpEvents = {
  /** Once, also after `close`. Over HTTP only where a stream broke for good: a server that is gone shows at the next call. */
  onClosed(): void;
  /** The server says that its tools are others now. */
  onChanged(): void;
  onStderr(chunk: string): void;
};

/**
 * Connects to a server, with the handshake of 2025 and, where a server does not know it any more, that of 2026. Asks of
 * the server to do tools and nothing else: what it asks of us (sampling, elicitation, roots) is refused by the SDK,
 * since no such capability is declared. Rejects when `signal` is aborted, and leaves no process behind then.
 */
export async function connect(address: McpSpec['address'], events: McpEvents, signal: AbortSignal): Promise<McpLink> {
  try {
    return await connectAs('legacy', { address, events, signal });
  } catch (error) {
    const { data } = error as { data?: { status?: unknown } };
    const isRefusal = failureOf(error) === 'refused' || data?.status === 400 || isVersionProblem(error);
    if (!isRefusal || signal.aborted) throw error;
    return connectAs('auto', { address, events, signal });
  }
}

type Attempt = { address: McpSpec['address']; events: McpEvents; signal: AbortSignal };

async function connectAs(mode: 'legacy' | 'auto', { address, events, signal }: Attempt): Promise<McpLink> {
  // Loaded here and nowhere else: an agent without such servers does not pay for it.
  const sdk = await import('@modelcontextprotocol/client');
  const client = new sdk.Client({ name: 'frontdesk', version: '1' }, { ...OPTIONS, versionNegotiation: { mode } });
  let isOver = false;
  let onEnd = () => {};
  client.onclose = () => {
    isOver = true;
    onEnd();
  };
  // The stream of an answer that broke and cannot be had again: nothing else would end the call.
  client.onerror = ({ message }) => {
    if (/maximum reconnection attempts/i.test(message)) void client.close().catch(() => undefined);
  };
  client.setNotificationHandler('notifications/tools/list_changed', () => events.onChanged());
  const transport =
    address.kind === 'stdio'
      ? new StdioTransport({ ...address, onStderr: events.onStderr })
      : new sdk.StreamableHTTPClientTransport(new URL(address.url), {
          requestInit: { headers: { ...address.headers } },
          fetch: boundedFetch,
        });
  try {
    signal.throwIfAborted();
    await client.connect(transport as Transport, { signal, timeout: LONGEST_MS });
    if (isOver) throw new Unsent('the process has ended');
  } catch (error) {
    await transport.close();
    throw error;
  }
  onEnd = events.onClosed;
  return linkOf(client, async () => {
    if ('terminateSession' in transport) await bounded(transport.terminateSession());
    await client.close();
  });
}

/** The caller's signal bounds everything; the SDK's own clock must not be shorter. */
const LONGEST_MS = 600_000;

const OPTIONS: ClientOptions = {
  capabilities: {},
  listMaxPages: 8,
  inputRequired: { autoFulfill: false },
  // What a server says of its results is no reason to run its schemas.
  jsonSchemaValidator: {
    getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
  },
};

function linkOf(client: Client, close: () => Promise<void>): McpLink {
  return {
    async list() {
      const { tools } = await client.listTools(undefined, { timeout: LIST_MS, cacheMode: 'refresh' });
      return tools.flatMap((tool) => toDefinition(tool) ?? []);
    },
    call({ tool, input, idempotencyKey, signal, timeoutMs }) {
      const meta = idempotencyKey === null ? {} : { _meta: { [KEY]: idempotencyKey } };
      return client.callTool({ name: tool, arguments: input, ...meta }, { signal, timeout: timeoutMs });
    },
    close,
  };
}

/** A server says by JSON-RPC which versions it would speak. */
function isVersionProblem(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'number' || /protocol version/i.test(String(message));
}

async function bounded(goodbye: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  await Promise.race([goodbye.catch(() => undefined), late]);
  clearTimeout(timer);
}
