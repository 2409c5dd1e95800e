import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { HEAD, makeReply, type Reply, TAIL } from './replies.ts';

/** Milliseconds between the deltas of a stream: 50 a second. */
const DELTA_MS = 20;
/** Streams begin at different moments, so they speak at different moments: one slot of streams every two milliseconds. */
const SLOT_MS = 2;
const SLOTS = DELTA_MS / SLOT_MS;
/** Different texts; streams share them. */
const REPLIES = Array.from({ length: 8 }, (_, seed) => makeReply(seed));

/** One reply as it is spoken. */
export type ModelStream = {
  reply: Reply;
  /** Deltas spoken so far, and when each was written, on this process's clock. */
  sent: number;
  sentAt: Float64Array;
  ended: boolean;
};

export type ModelServer = {
  url: string;
  streams: Map<number, ModelStream>;
  /** From now on each reply ends with the sentence that it is in. */
  finish(): void;
  close(): Promise<void>;
};

/**
 * A Messages API that does nothing but stream: a request whose last message names `stream-17` gets a reply for stream
 * 17 that goes on until `finish`. Raw sockets and ready-made bytes, so that the load costs little beside what it loads.
 */
export async function startModelServer(): Promise<ModelServer> {
  const streams = new Map<number, ModelStream>();
  const slots = Array.from({ length: SLOTS }, () => new Map<ModelStream, Socket>());
  const sockets = new Set<Socket>();
  let finishing = false;

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    readRequests(socket, (body) => {
      const number = Number(/^\d+/.exec(body.slice(body.lastIndexOf('stream-') + 7))?.[0]);
      const reply = REPLIES[number % REPLIES.length] as Reply;
      const stream = { reply, sent: 0, sentAt: new Float64Array(reply.ends.length), ended: false };
      streams.set(number, stream);
      socket.write(HEAD);
      slots[number % SLOTS]?.set(stream, socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const begun = performance.now();
  let played = 0;
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - begun) / SLOT_MS);
    for (; played < due; played++) speak(slots[played % SLOTS] as Map<ModelStream, Socket>);
  }, SLOT_MS);

  function speak(slot: Map<ModelStream, Socket>): void {
    for (const [stream, socket] of slot) {
      const { reply, sent } = stream;
      const over = sent === reply.chunks.length || (finishing && sent > 0 && reply.closes[sent - 1]);
      if (over || socket.destroyed) {
        slot.delete(stream);
        stream.ended = !socket.destroyed;
        if (stream.ended) socket.write(TAIL);
        continue;
      }
      stream.sentAt[sent] = performance.now();
      stream.sent = sent + 1;
      socket.write(reply.chunks[sent] as Buffer);
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streams,
    finish() {
      finishing = true;
    },
    async close() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Gives the body of each request on a connection; every client here sends a Content-Length. */
function readRequests(socket: Socket, onBody: (body: string) => void): void {
  let held = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    held += text;
    for (;;) {
      const head = held.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(held.slice(0, head))?.[1] ?? 0);
      const end = head + 4 + length;
      if (held.length < end) return;
      const body = held.slice(head + 4, end);
      held = held.slice(end);
      onBody(body);
    }
  });
}
