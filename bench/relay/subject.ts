import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Probe } from './subjects/probe.ts';

/** A program that relays, and how its streams are read. */
export type Subject = {
  /** Path from `bench/relay`, with arguments. */
  program: string[];
  environment: Record<string, string>;
  /** The HTTP request of each stream. May ask the program first, before the load begins. */
  requests(url: string, streams: number): Promise<string[]>;
  /** What an event of the stream adds to the text, from which place on; null where it adds nothing. */
  read(data: string, length: number): { start: number; text: string } | null;
};

export type Running = {
  url: string;
  port: number;
  ask(question: 'begin' | 'tell'): Promise<Probe>;
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
};

const LONGEST_START_MS = 60_000;
const LONGEST_STOP_MS = 10_000;
const PROBE = fileURLToPath(new URL('subjects/probe.ts', import.meta.url));

/** Starts a program on a core of its own and waits for its address. */
export async function startSubject(
  { program, environment }: Subject,
  { core, modelUrl }: { core: number | null; modelUrl: string },
): Promise<Running> {
  const [file = '', ...rest] = program;
  const command = [process.execPath, '--import', PROBE, fileURLToPath(new URL(file, import.meta.url)), ...rest];
  const pinned = core === null ? command : ['taskset', '-c', String(core), ...command];
  const child = spawn(pinned[0] as string, pinned.slice(1), {
    env: { PATH: process.env.PATH ?? '', ANTHROPIC_BASE_URL: modelUrl, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const url = await address(child);
    return {
      url,
      port: Number(new URL(url).port),
      ask: async (question) => {
        child.send(question);
        const [probe] = await once(child, 'message');
        return probe as Probe;
      },
      stop: () => stop(child, 'SIGTERM'),
      kill: () => stop(child, 'SIGKILL'),
    };
  } catch (error) {
    await stop(child, 'SIGKILL');
    throw error;
  }
}

async function address(child: ChildProcess): Promise<string> {
  let printed = '';
  const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_START_MS);
  for await (const chunk of child.stdout ?? []) {
    printed += chunk;
    const url = / at (http:\S+)/.exec(printed)?.[1];
    if (!url) continue;
    clearTimeout(late);
    return url.replace('localhost', '127.0.0.1');
  }
  throw new Error(`A process under test did not start: ${printed}`);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP_MS);
  await exited;
  clearTimeout(late);
}
