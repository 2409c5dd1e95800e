import { connect, type Socket } from 'node:net';
import type { LoggedEvent } from '../../../src/protocol/events.ts';

/** How a connection came to its end. `refused`: nobody listened, or the answer was not an event stream. */
export type Ending = 'done' | 'cut' | 'ended' | 'refused';

export type FollowOptions = {
  port: number;
  /** Hangs up, content, at the first event for which it is true. */
  until(event: LoggedEvent): boolean;
  /** Bytes of the answer, its head included, after which the connection is cut. */
  cutAfter?: number;
};

/** Where the cuts fell. */
export type Cuts = { head: number; betweenFrames: number; inFrame: number; inCharacter: number };

/**
 * A client of a conversation's event stream on a bare socket: each connection resumes after the last whole frame of the
 * one before. Throws on a frame that a client must never see: a gap, a repetition, an id that is not its seq.
 */
export class Follower {
  readonly seen: LoggedEvent[] = [];
  readonly cuts: Cuts = { head: 0, betweenFrames: 0, inFrame: 0, inCharacter: 0 };
  readonly #conversation: { path: string; token: string };
  readonly #looking = new Set<() => void>();

  constructor(conversation: { path: string; token: string }) {
    this.#conversation = conversation;
  }

  get last(): number {
    return this.seen.at(-1)?.seq ?? 0;
  }

  /** Resolves when an event of that type has been seen. */
  has(type: LoggedEvent['type']): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.seen.some((event) => event.type === type)) return;
        this.#looking.delete(look);
        resolve();
      };
      this.#looking.add(look);
      look();
    });
  }

  /** One connection, from its request to its end. */
  follow({ port, until, cutAfter = Number.POSITIVE_INFINITY }: FollowOptions): Promise<Ending> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      const wire = new Wire();
      let left = cutAfter;
      const end = (ending: Ending) => {
        resolve(ending);
        socket.destroy();
      };
      socket.on('connect', () => this.#ask(socket));
      socket.on('data', (bytes) => {
        if (left <= 0) return;
        try {
          for (const frame of wire.push(bytes.subarray(0, left))) {
            if (this.#take(frame) && until(this.seen.at(-1) as LoggedEvent)) return end('done');
          }
        } catch (error) {
          reject(error);
          socket.destroy();
        }
        left -= bytes.length;
        if (left > 0) return;
        this.cuts[wire.position()] += 1;
        end('cut');
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(wire.isStream ? 'ended' : 'refused'));
    });
  }

  #ask(socket: Socket): void {
    const { path, token } = this.#conversation;
    const resume = this.last > 0 ? `Last-Event-ID: ${this.last}\r\n` : '';
    socket.write(
      `GET ${path}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nAccept: text/event-stream\r\n${resume}\r\n`,
    );
  }

  /** True where the frame was an event. */
  #take(frame: string): boolean {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
    const [id, data] = [field('id'), field('data')];
    if (id === undefined && data === undefined) return false;
    const event = JSON.parse(data ?? '') as LoggedEvent;
    if (id !== String(event.seq)) throw new Error(`the frame has id ${id} and seq ${event.seq}`);
    if (event.seq !== this.last + 1) throw new Error(`after ${this.last} came ${event.seq}`);
    this.seen.push(event);
    for (const look of this.#looking) look();
    return true;
  }
}

/** The bytes of one HTTP answer in chunks, and the frames in it. */
class Wire {
  isStream = false;
  #raw = Buffer.alloc(0);
  #body = Buffer.alloc(0);
  #left: number | null = null;

  /** The whole frames that these bytes complete. */
  push(bytes: Buffer): string[] {
    this.#raw = Buffer.concat([this.#raw, bytes]);
    if (!this.isStream && !this.#takeHead()) return [];
    while (this.#takeChunk());
    const frames: string[] = [];
    for (let end = this.#body.indexOf('\n\n'); end >= 0; end = this.#body.indexOf('\n\n')) {
      frames.push(new TextDecoder('utf-8', { fatal: true }).decode(this.#body.subarray(0, end)));
      this.#body = this.#body.subarray(end + 2);
    }
    return frames;
  }

  position(): keyof Cuts {
    if (!this.isStream) return 'head';
    if (this.#body.length === 0) return 'betweenFrames';
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(this.#body);
      return 'inFrame';
    } catch {
      return 'inCharacter';
    }
  }

  #takeHead(): boolean {
    const end = this.#raw.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = this.#raw.toString('latin1', 0, end);
    if (!/^HTTP\/1\.1 200 /.test(head) || !/^transfer-encoding: chunked$/im.test(head)) {
      throw new Error(`not an event stream in chunks:\n${head}`);
    }
    this.#raw = this.#raw.subarray(end + 4);
    this.isStream = true;
    return true;
  }

  /** Moves what is there of the current chunk into the body; false where nothing more can be moved. */
  #takeChunk(): boolean {
    if (this.#left === null) {
      const end = this.#raw.indexOf('\r\n');
      if (end < 0) return false;
      this.#left = Number.parseInt(this.#raw.toString('latin1', 0, end), 16);
      if (Number.isNaN(this.#left)) throw new Error('a chunk without its size');
      this.#raw = this.#raw.subarray(end + 2);
    }
    const part = this.#raw.subarray(0, this.#left);
    this.#body = Buffer.concat([this.#body, part]);
    this.#raw = this.#raw.subarray(part.length);
    this.#left -= part.length;
    if (this.#left > 0 || this.#raw.length < 2) return false;
    this.#raw = this.#raw.subarray(2);
    this.#left = null;
    return this.#raw.length > 0;
  }
}
