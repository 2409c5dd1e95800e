import { type ChildProcess, fork } from 'node:child_process';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadAnswer, ReadRequest } from './reader-process.ts';
import {
  defaultBounds,
  type FileToRead,
  type ReadBounds,
  type ReadProblem,
  type ReadProblemCode,
  type ReadResult,
  sizeText,
  tooLarge,
} from './readers/read-result.ts';

export { readableExtensions } from './readers/format.ts';
export {
  defaultBounds,
  type FileToRead,
  type ReadBounds,
  type ReadProblem,
  type ReadResult,
} from './readers/read-result.ts';

/** A process that nothing was asked of for so long is ended: it keeps up to 200 MB. */
const IDLE_MS = 30_000;
/** Starting takes about 150 ms; on a machine that is very busy, longer. */
const START_MS = 30_000;

export type Reader = {
  /** Never rejects for what a file holds. Files wait in order until a process is free. */
  read(file: FileToRead): Promise<ReadResult>;
  /** Ends the processes; files that still wait are answered with a problem. */
  close(): Promise<void>;
};

type Job = { file: FileToRead; done: (result: ReadResult) => void };

/**
 * Reads files in processes of their own, at most `workers` at a time: a hostile or broken file costs itself only. A
 * process that had to be ended is replaced with the next file.
 */
export function createReader(options: { workers?: number; bounds?: Partial<ReadBounds> } = {}): Reader {
  const bounds = { ...defaultBounds, ...options.bounds };
  const waiting: Job[] = [];
  const idle: ReadingProcess[] = [];
  const all = new Set<ReadingProcess>();
  let closed = false;

  function next(): void {
    const job = waiting[0];
    if (job === undefined || closed) return;
    const free = idle.pop() ?? start();
    if (free === null) return;
    waiting.shift();
    void free.read(job.file, bounds).then((result) => {
      if (free.isAlive) idle.push(free);
      job.done(result);
      next();
    });
    next();
  }

  function start(): ReadingProcess | null {
    if (all.size >= (options.workers ?? 1)) return null;
    const started = new ReadingProcess(bounds, () => {
      all.delete(started);
      if (idle.includes(started)) idle.splice(idle.indexOf(started), 1);
      next();
    });
    all.add(started);
    return started;
  }

  return {
    read: (file) => {
      if (file.bytes.length > bounds.maxBytes) {
        return Promise.resolve({ problem: tooLarge(file.bytes.length, bounds.maxBytes) });
      }
      if (closed) return Promise.resolve({ problem: CLOSED });
      return new Promise((done) => {
        waiting.push({ file, done });
        next();
      });
    },
    close: async () => {
      closed = true;
      for (const { done } of waiting.splice(0)) done({ problem: CLOSED });
      await Promise.all([...all].map((process) => process.end()));
    },
  };
}

/** Of Node's permission model; the thread is its watch. */
const LOCKED_IN = ['--permission', '--allow-fs-read=*', '--allow-worker'];

const CLOSED: ReadProblem = {
  code: 'interrupted',
  message: 'The reader was closed before the file was read: read it again.',
};

/** One process; it reads one file at a time. */
class ReadingProcess {
  isAlive = true;
  #isStopped = false;
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #ended: Promise<ReadProblemCode>;
  #idle: NodeJS.Timeout | undefined;

  constructor(bounds: ReadBounds, onEnd: () => void) {
    const path = fileURLToPath(new URL(`./reader-process${extname(import.meta.url)}`, import.meta.url));
    this.#child = fork(path, {
      // What reads untrusted files gets no secrets, and may neither write files nor start programs.
      env: {},
      execArgv: [...LOCKED_IN, `--max-old-space-size=${Math.ceil(bounds.memoryBytes / 2 ** 20)}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#ready = new Promise((resolve) => this.#child.once('message', () => resolve()));
    this.#ended = new Promise((resolve) => {
      const end = (code: ReadProblemCode) => {
        this.isAlive = false;
        clearTimeout(this.#idle);
        resolve(code);
        onEnd();
      };
      this.#child.on('error', () => end('unreadable'));
      this.#child.once('exit', (_, signal) => end(this.#isStopped ? 'interrupted' : codeOfSignal(signal)));
    });
  }

  async read(file: FileToRead, bounds: ReadBounds): Promise<ReadResult> {
    clearTimeout(this.#idle);
    this.#child.ref();
    this.#child.channel?.ref();
    const early = await within(START_MS, Promise.race([this.#ready.then(() => null), this.#ended]));
    if (early !== null) return this.#failed(early === 'late' ? 'took_too_long' : early, bounds);
    const answer = new Promise<ReadAnswer>((resolve) => this.#child.once('message', resolve));
    this.#child.send({ file, bounds } satisfies ReadRequest);
    const outcome = await within(bounds.timeMs, Promise.race([answer, this.#ended]));
    if (outcome === 'late') return this.#failed('took_too_long', bounds);
    if (typeof outcome === 'string') return this.#failed(outcome, bounds);
    // A process that stays large would end with the next file that is not to blame.
    if (outcome.memory > bounds.memoryBytes / 2) await this.end();
    else this.#rest();
    return outcome.result;
  }

  async end(): Promise<void> {
    this.#isStopped = true;
    // Its end must be seen even where nothing else keeps the program running.
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Does not keep the program running, and ends after a while. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
    this.#idle = setTimeout(() => void this.end(), IDLE_MS);
    this.#idle.unref();
  }

  async #failed(code: ReadProblemCode, bounds: ReadBounds): Promise<ReadResult> {
    await this.end();
    return { problem: { code, message: messageOf(code, bounds) } };
  }
}

/** SIGKILL is of its own watch, or of the system; SIGABRT is V8 without heap. */
function codeOfSignal(signal: NodeJS.Signals | null): ReadProblemCode {
  return signal === 'SIGKILL' || signal === 'SIGABRT' ? 'out_of_memory' : 'unreadable';
}

function messageOf(code: ReadProblemCode, { timeMs, memoryBytes }: ReadBounds): string {
  switch (code) {
    case 'took_too_long':
      return `The file took longer than ${timeMs / 1000} s to read: split it, or save it in a simpler form.`;
    case 'out_of_memory':
      return `The file needed more than ${sizeText(memoryBytes)} of memory to read: split it, or save it in a simpler form.`;
    case 'interrupted':
      return CLOSED.message;
    default:
      return 'The file broke the reader: open and save it again, or replace it.';
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The bytes of a file, or why it is not read: it is refused by its size before it is read, and by what it turns out to
 * hold where that is more.
 */
export async function loadFile(
  path: string,
  maxBytes: number = defaultBounds.maxBytes,
): Promise<{ bytes: Uint8Array } | { problem: ReadProblem }> {
  let file: FileHandle | null = null;
  try {
    // Not waiting for a writer, where it is a pipe.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile()) return { problem: { code: 'unreadable', message: 'This is no file: remove it.' } };
    if (stat.size > maxBytes) return { problem: tooLarge(stat.size, maxBytes) };
    const buffer = Buffer.alloc(stat.size + 1);
    let size = 0;
    for (let read = 1; read > 0; size += read) {
      read = (await file.read(buffer, size, buffer.length - size, size)).bytesRead;
    }
    if (size <= stat.size) return { bytes: buffer.subarray(0, size) };
    return { problem: { code: 'unreadable', message: 'The file grew while it was read: try again.' } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      problem: { code: 'unreadable', message: `The file cannot be opened: check that it may be read (${reason}).` },
    };
  } finally {
    await file?.close();
  }
}
