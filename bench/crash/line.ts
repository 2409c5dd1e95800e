import { setTimeout as sleep } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import type { Nodes } from './nodes.ts';

export type Access = { id: string; token: string };

/** A client hangs up where nothing came for so long, and asks another server: the heart beats less often. */
const SILENCE_MS = 6_000;
const AGAIN_MS = 30;

/** A client's event stream over any number of connections and servers, each from the last event that it has. */
export class Line {
  readonly seen: LoggedEvent[] = [];
  readonly breaks: string[] = [];
  readonly surprises: string[] = [];
  readonly #access: Access;
  readonly #nodes: Nodes;
  #over = new AbortController();
  readonly #looking = new Set<() => void>();
  readonly #onEvent: (event: LoggedEvent) => void;
  #following: Promise<void> | null = null;

  constructor(access: Access, nodes: Nodes, onEvent: (event: LoggedEvent) => void) {
    this.#access = access;
    this.#nodes = nodes;
    this.#onEvent = onEvent;
  }

  get last(): number {
    return this.seen.at(-1)?.seq ?? 0;
  }

  /** Follows until `close`, first by the server of that number; may be called again after it. */
  follow(preferred: number): void {
    this.#over = new AbortController();
    this.#following = this.#follow(preferred);
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#following;
  }

  /** What `find` finds in the events, as soon as it does; null where it does not within `patienceMs`. */
  until<Found>(find: (seen: readonly LoggedEvent[]) => Found | undefined, patienceMs: number): Promise<Found | null> {
    return new Promise((resolve) => {
      const end = (found: Found | null) => {
        clearTimeout(late);
        this.#looking.delete(look);
        resolve(found);
      };
      const late = setTimeout(() => end(null), patienceMs);
      const look = () => {
        const found = find(this.seen);
        if (found !== undefined) end(found);
      };
      this.#looking.add(look);
      look();
    });
  }

  async #follow(preferred: number): Promise<void> {
    const { signal } = this.#over;
    for (let at = preferred; !signal.aborted; ) {
      try {
        const { url, node } = await this.#nodes.reach(at, signal);
        at = node + 1;
        await this.#connection(url);
      } catch {
        // It was killed, or fell silent: another connection goes on from here.
      }
      await sleep(AGAIN_MS);
    }
  }

  async #connection(url: string): Promise<void> {
    const silent = new AbortController();
    const watch = setTimeout(() => silent.abort(), SILENCE_MS);
    try {
      const { id, token } = this.#access;
      const headers = { Authorization: `Bearer ${token}`, 'Last-Event-ID': String(this.last) };
      const signal = AbortSignal.any([this.#over.signal, silent.signal]);
      const response = await fetch(`${url}/v1/conversations/${id}/events`, { headers, signal });
      if (response.status !== 200) return this.#refused(response);
      const parser = createParser({ onEvent: ({ data }) => this.#take(JSON.parse(data) as LoggedEvent) });
      const decoder = new TextDecoder();
      for await (const bytes of response.body ?? []) {
        watch.refresh();
        parser.feed(decoder.decode(bytes, { stream: true }));
      }
    } finally {
      clearTimeout(watch);
    }
  }

  async #refused(response: Response): Promise<void> {
    const text = await response.text();
    if (response.status < 500) this.surprises.push(`the stream was refused with ${response.status} ${text}`);
  }

  #take(event: LoggedEvent): void {
    if (event.seq !== this.last + 1) this.breaks.push(`after ${this.last} came ${event.seq} (${event.type})`);
    this.seen.push(event);
    this.#onEvent(event);
    for (const look of this.#looking) look();
  }
}
