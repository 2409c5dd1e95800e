import { setTimeout as sleep } from 'node:timers/promises';
import { ToolProblem } from '../../agent/tool.ts';
import { briefly, failureOf, Unsent } from './call-failure.ts';
import { connect, type McpCall, type McpLink } from './connect.ts';
import type { McpLog, McpSpec } from './spec.ts';
import { isSame, type ToolDefinition } from './tool-definition.ts';

/** Pauses before a server is tried again: doubled each time, until it has stayed for a while. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
const STAYED_MS = 30_000;
/** How long a call waits for a server that is just coming back. */
const PATIENCE_MS = 2_000;
/** How often a server that says its tools are others is believed. */
const RECHECK_MS = 5_000;
/** Of one server's stderr, in the log. */
const LONGEST_LINE = 500;
const MOST_LINES = 200;

const UNAVAILABLE = 'This is not available right now. Nothing was done.';

/**
 * A server of tools over any number of connections. What its tools are is settled once: by what was pinned, else by its
 * first answer. A tool that is another after that is refused, until whoever runs the agent looks at it.
 */
export class McpServer {
  readonly #spec: McpSpec;
  readonly #log: McpLog;
  readonly #closing = new AbortController();
  #known: ReadonlyMap<string, ToolDefinition> | null;
  /** Tools that may not be called, and why. */
  #refused: ReadonlyMap<string, string> = new Map();
  #link: McpLink | null = null;
  /** The connection that is coming about. */
  #next: Promise<McpLink> | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #since = 0;
  #recheckedAt = 0;
  #lines = 0;

  constructor(spec: McpSpec, log: McpLog) {
    this.#spec = spec;
    this.#log = log;
    this.#known = spec.pinned && byName(this.#wanted(spec.pinned));
  }

  /**
   * Every tool that the server has now, by its own word. Connects where it has to: once, or, where that goes on in the
   * background, waits for it. Throws where it does not come about.
   */
  async tools(): Promise<ToolDefinition[]> {
    const link = this.#link ?? (await (this.#next ? this.#soon() : this.#once()));
    return link.list();
  }

  /** Connects in the background, and goes on trying. */
  begin(): void {
    this.#reconnect(0);
  }

  /**
   * The server's answer. Throws `ToolProblem` where the call was certainly not carried out, anything else where nobody
   * knows. A call that did not arrive is made again once; one of a read also where its connection was lost.
   */
  async call(call: McpCall): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const link = await this.#ready(call.signal);
      if (this.#refused.has(call.tool)) throw new ToolProblem(UNAVAILABLE);
      try {
        return await link.call(call);
      } catch (error) {
        if (call.signal.aborted) throw error;
        const failure = failureOf(error);
        const isGone = failure === 'unsent' || failure === 'lost';
        if (isGone) this.#lost(link);
        this.#warn(`"${call.tool}" was called without success (${briefly(error)})`);
        if (isGone && attempt === 1 && (failure === 'unsent' || call.isRead)) continue;
        if (failure === 'unsent' || failure === 'refused') throw new ToolProblem(UNAVAILABLE);
        throw new Error(`${this.#spec.file}: the server gave no answer to a call that it may have carried out`);
      }
    }
  }

  /** Ends the connection, and the process. */
  async close(): Promise<void> {
    this.#closing.abort();
    const open = [this.#link, this.#next].map(async (link) => (await link)?.close());
    await Promise.allSettled(open);
    this.#link = null;
  }

  async #once(): Promise<McpLink> {
    const next = this.#open().finally(() => {
      if (this.#next === next) this.#next = null;
    });
    this.#next = next;
    return next;
  }

  async #soon(): Promise<McpLink> {
    const late = sleep(this.#spec.connectMs, null, { signal: this.#closing.signal });
    const link = await Promise.race([this.#next, late]);
    if (link === null) throw new Unsent('it does not come about');
    return link;
  }

  async #ready(signal: AbortSignal): Promise<McpLink> {
    if (this.#link) return this.#link;
    if (!this.#next) this.#reconnect(0);
    const late = sleep(PATIENCE_MS, null, { signal, ref: false });
    const link = await Promise.race([this.#next, late]);
    if (link === null) throw new ToolProblem(UNAVAILABLE);
    return link;
  }

  /** One attempt: connected, its tools compared with what is known. */
  async #open(): Promise<McpLink> {
    const { address, connectMs } = this.#spec;
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(connectMs)]);
    let isOver = false;
    const link: McpLink = await connect(
      address,
      {
        onClosed: () => {
          isOver = true;
          this.#lost(link);
        },
        onChanged: () => void this.#recheck(link),
        onStderr: (chunk) => this.#logLines(chunk),
      },
      signal,
    );
    try {
      this.#compare(await link.list());
      if (isOver) throw new Unsent('the process has ended');
      signal.throwIfAborted();
    } catch (error) {
      await link.close();
      throw error;
    }
    this.#link = link;
    this.#since = Date.now();
    return link;
  }

  #lost(link: McpLink): void {
    if (this.#link !== link) return;
    this.#link = null;
    if (Date.now() - this.#since > STAYED_MS) this.#pauseMs = FIRST_PAUSE_MS;
    if (this.#closing.signal.aborted) return;
    this.#reconnect(this.#pauseMs);
    // Whatever is left of it: over HTTP a session, over stdio a process that floods.
    void link.close().catch(() => undefined);
  }

  #reconnect(pauseMs: number): void {
    const next = this.#untilOpen(pauseMs).finally(() => {
      if (this.#next === next) this.#next = null;
    });
    // A call that waits for it hears of it; without one, only closing ends the attempts.
    next.catch(() => undefined);
    this.#next = next;
  }

  async #untilOpen(firstPauseMs: number): Promise<McpLink> {
    let pause = firstPauseMs;
    for (let attempt = 1; ; attempt++) {
      await sleep(pause, undefined, { signal: this.#closing.signal, ref: false });
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, this.#pauseMs * 2));
      try {
        return await this.#open();
      } catch (error) {
        if (attempt === 1 || attempt % 20 === 0)
          this.#warn(`the server cannot be reached (${briefly(error)}); it is tried again`);
        pause = this.#pauseMs;
      }
    }
  }

  async #recheck(link: McpLink): Promise<void> {
    const now = Date.now();
    if (this.#link !== link || now - this.#recheckedAt < RECHECK_MS) return;
    this.#recheckedAt = now;
    await link.list().then(
      (tools) => this.#compare(tools),
      (error) =>
        this.#warn(`the server says that its tools are others now, and does not list them (${briefly(error)})`),
    );
  }

  #compare(tools: readonly ToolDefinition[]): void {
    const now = byName(this.#wanted(tools));
    this.#known ??= now;
    const refused = new Map<string, string>();
    for (const [name, known] of this.#known) {
      const current = now.get(name);
      if (!current) refused.set(name, 'is gone');
      else if (!isSame(known, current)) refused.set(name, 'is another than it was');
    }
    for (const [name, why] of refused) {
      if (this.#refused.get(name) !== why) this.#warn(`"${name}" ${why}, and is not called any more: ${ADVICE}`);
    }
    const added = [...now.keys()].filter((name) => !this.#known?.has(name));
    if (added.length > 0) this.#log.debug(`${this.#spec.file}: the server has new tools, seen at the next start`);
    this.#refused = refused;
  }

  #wanted(tools: readonly ToolDefinition[]): ToolDefinition[] {
    const { wanted } = this.#spec;
    return wanted === 'all' ? [...tools] : tools.filter(({ name }) => wanted.includes(name));
  }

  #logLines(chunk: string): void {
    for (const line of this.#spec.redact(chunk).split('\n')) {
      if (line.trim() === '' || ++this.#lines > MOST_LINES) continue;
      this.#log.debug(`${this.#spec.file}: ${JSON.stringify(line.slice(0, LONGEST_LINE))}`);
    }
  }

  #warn(sentence: string): void {
    if (!this.#closing.signal.aborted) this.#log.warn(`${this.#spec.file}: ${sentence}`);
  }
}

const ADVICE = 'look at what `frontdesk doctor` says of it, and restart or pin it anew';

function byName(tools: readonly ToolDefinition[]): Map<string, ToolDefinition> {
  return new Map(tools.map((tool) => [tool.name, tool]));
}
