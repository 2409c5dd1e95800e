import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { isRecord } from '../schema-words.ts';
import { Unsent } from './call-failure.ts';

/** The longest message, and what may come in one window of time, before a server counts as flooding us. */
const LONGEST_MESSAGE = 4_000_000;
const WINDOW_MS = 10_000;
const MOST_BYTES = 32_000_000;
const MOST_MESSAGES = 20_000;
/** Written and not yet taken by the server. */
const MOST_WAITING = 8_000_000;
/** How long a process may take to end by itself, and then by SIGTERM. */
const GOODBYE_MS = 300;
const TERM_MS = 700;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export type ServerProcess = {
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  onStderr(chunk: string): void;
};

/**
 * A server as a process of its own, one JSON message a line. It leads a process group, which is ended as a whole: also
 * what the server started, also when this process ends. What it writes is bounded; whoever floods is ended.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  #child: Child | null = null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #window = { until: 0, bytes: 0, messages: 0 };
  #closing: Promise<void> | null = null;
  #isClosed = false;
  readonly #server: ServerProcess;

  constructor(server: ServerProcess) {
    this.#server = server;
  }

  /** Rejects where the command cannot be run. */
  async start(): Promise<void> {
    const { command, args, env, cwd, onStderr } = this.#server;
    const child = spawn(command, args, { env, cwd, stdio: 'pipe', detached: true, windowsHide: true });
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stderr.setEncoding('utf8').on('data', onStderr);
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream.on('error', (error) => this.onerror?.(error));
    }
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve).once('error', reject);
    });
    if (child.pid !== undefined) track(child.pid);
    // Helpers of a server that has ended may hold its pipes open for ever.
    child.once('exit', () => void this.close());
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const { stdin } = this.#child ?? {};
    if (!stdin?.writable || this.#closing) throw new Unsent('the process has ended');
    if (stdin.writableLength > MOST_WAITING) throw new Unsent('the process does not read');
    stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Ends the process group; the second call waits for the first. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child?.pid !== undefined) {
      const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      if (!hasEnded()) await Promise.race([ended, sleep(GOODBYE_MS)]);
      killGroup(child.pid, 'SIGTERM');
      if (!hasEnded()) await Promise.race([ended, sleep(TERM_MS)]);
      killGroup(child.pid, 'SIGKILL');
      untrack(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
    }
    this.#waiting = [];
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onclose?.();
  }

  #receive(chunk: Buffer): void {
    if (this.#closing) return;
    const now = Date.now();
    if (now > this.#window.until) this.#window = { until: now + WINDOW_MS, bytes: 0, messages: 0 };
    this.#window.bytes += chunk.length;
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...this.#waiting, chunk.subarray(from, end)]);
      this.#waiting = [];
      this.#waitingBytes = 0;
      from = end + 1;
      this.#window.messages += 1;
      this.#take(line);
    }
    if (from < chunk.length) this.#waiting.push(chunk.subarray(from));
    this.#waitingBytes += chunk.length - from;
    const { bytes, messages } = this.#window;
    if (this.#waitingBytes <= LONGEST_MESSAGE && bytes <= MOST_BYTES && messages <= MOST_MESSAGES) return;
    this.onerror?.(new Error('the process wrote more than is taken from it, and was ended'));
    void this.close();
  }

  /** A line that is no message is a server's own talk, which some write to the wrong stream. */
  #take(line: Buffer): void {
    if (line.length === 0 || line.length > LONGEST_MESSAGE) return;
    try {
      const message: unknown = JSON.parse(line.toString('utf8'));
      if (isRecord(message) && message.jsonrpc === '2.0') this.onmessage?.(message as JSONRPCMessage);
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

const groups = new Set<number>();
let isWatched = false;

/** A process that ends without closing takes its servers with it. */
function track(pid: number): void {
  groups.add(pid);
  if (isWatched) return;
  isWatched = true;
  process.once('exit', () => {
    for (const group of groups) killGroup(group, 'SIGKILL');
  });
}

function untrack(pid: number): void {
  groups.delete(pid);
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
