import { setTimeout as sleep } from 'node:timers/promises';
import { type Launched, launchServer } from '../server-process.ts';

/** One of the servers, over all its lives. */
export class ServerNode {
  /** Where it listens; null while it does not. */
  url: string | null = null;
  /** Stopped by SIGSTOP. */
  isPaused = false;
  /** What it wrote of errors, and ends of its that nobody wanted. */
  readonly complaints: string[] = [];
  readonly #env: Record<string, string>;
  #life: Launched | null = null;
  #wanted = false;

  constructor(env: Record<string, string>) {
    this.#env = env;
  }

  /** Starts it, and does not wait until it listens. */
  launch(): void {
    const life = launchServer(this.#env, (text) => this.complaints.push(text.trimEnd()));
    this.#life = life;
    this.#wanted = false;
    life.listening.then(
      (url) => {
        if (this.#life === life) this.url = url;
      },
      () => {},
    );
    void life.exited.then((code) => {
      if (this.#life !== life) return;
      this.url = null;
      if (!this.#wanted) this.complaints.push(`EXIT: it ended by itself with ${code}`);
    });
  }

  /** Resolves when it listens; throws where it ended by itself before. */
  async ready(): Promise<void> {
    const life = this.#life;
    try {
      await life?.listening;
    } catch (error) {
      if (this.#life === life && !this.#wanted) throw new Error([String(error), ...this.complaints].join('\n'));
      // It was killed as it started: the next one may be there already.
      if (this.#life !== life) await this.ready();
    }
  }

  /** Sends the signal in this very call. */
  strike(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void {
    this.isPaused = signal === 'SIGSTOP';
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      this.#wanted = true;
      this.url = null;
    }
    this.#life?.signal(signal);
  }

  /** Resolves to its exit code when it is gone. */
  async gone(): Promise<number | null> {
    const code = await this.#life?.exited;
    return code ?? null;
  }
}

/** The servers of a run, as clients reach them. */
export class Nodes {
  readonly list: readonly ServerNode[];

  constructor(list: readonly ServerNode[]) {
    this.list = list;
  }

  /** Gives one that listens, the `preferred` one where it does; waits while none does. */
  async reach(preferred: number, signal?: AbortSignal): Promise<{ url: string; node: number }> {
    for (;;) {
      for (let n = 0; n < this.list.length; n += 1) {
        const node = (preferred + n) % this.list.length;
        const url = this.list[node]?.url;
        if (url) return { url, node };
      }
      await sleep(15, undefined, signal ? { signal } : {});
    }
  }
}
