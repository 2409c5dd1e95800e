import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStream } from './client.ts';
import { type ModelStream, startModelServer } from './model-server.ts';
import { type Running, type Subject, startSubject } from './subject.ts';

export type Load = {
  streams: number;
  /** Milliseconds between the last stream's beginning and the window, and the window itself. */
  warmMs: number;
  windowMs: number;
  core: number | null;
};

export type Figures = {
  streams: number;
  /** Deltas whose text reached its client within the window, a second. */
  deltas_per_second: number;
  /** CPU time of the process under test, user and system, per such delta. */
  cpu_us: number;
  /** Share of a core that it used. */
  core: number;
  /** Milliseconds from a piece's last delta leaving the model to the piece reaching the client. */
  p50: number;
  p99: number;
  /** Resident memory a stream over that of the idle process. */
  rss_kb: number;
  idle_rss_mb: number;
  /** How late its event loop was, milliseconds. */
  loop_p99: number;
  loop_max: number;
  /** Deltas whose text never came, of all that were sent from the beginning to the end. */
  lost: number;
  /** Share of a core that the load itself used. */
  generator_load: number;
};

/** Milliseconds between two new streams: they begin one after the other, as customers do. */
const START_EVERY_MS = 10;
const LONGEST_RAMP_MS = 20_000;
const LONGEST_DRAIN_MS = 15_000;

/** A client of one stream: the text it has, and how far into the model's deltas that reaches. */
type Listener = { text: string; reached: number; ended: boolean; socket: Socket };

/** Runs a subject under the load from its start to the last byte of the last stream. */
export async function measure(subject: Subject, load: Load): Promise<Figures> {
  const model = await startModelServer();
  const running = await startSubject(subject, { core: load.core, modelUrl: model.url }).catch(async (error) => {
    await model.close();
    throw error;
  });
  const listeners: Listener[] = [];
  const latencies: number[] = [];
  let inWindow = false;
  try {
    const idle = await running.ask('tell');
    const requests = await subject.requests(running.url, load.streams);
    for (const [n, request] of requests.entries()) {
      listeners.push(listen(subject, running.port, { request, stream: () => model.streams.get(n), note }));
      await sleep(START_EVERY_MS * 2 * Math.random());
    }
    await until(() => model.streams.size === load.streams, LONGEST_RAMP_MS);
    await sleep(load.warmMs);
    inWindow = true;
    const used = await window(running, { listeners, windowMs: load.windowMs });
    inWindow = false;
    model.finish();
    await until(() => listeners.every(({ ended }) => ended), LONGEST_DRAIN_MS);
    const lost = listeners.reduce((sum, { text }, n) => sum + missing(text, model.streams.get(n)), 0);
    return {
      streams: load.streams,
      ...used,
      ...spread(latencies),
      rss_kb: round((used.rss - idle.rss) / 1024 / load.streams),
      idle_rss_mb: round(idle.rss / 1024 / 1024),
      lost,
    };
  } finally {
    for (const { socket } of listeners) socket.destroy();
    await running.stop();
    await model.close();
  }

  function note(milliseconds: number): void {
    if (inWindow) latencies.push(milliseconds);
  }
}

/** Opens a stream and follows its text; `note` gets the time that each piece took. */
function listen(
  subject: Subject,
  port: number,
  to: { request: string; stream(): ModelStream | undefined; note(milliseconds: number): void },
): Listener {
  const take = (data: string) => {
    const piece = subject.read(data, listener.text.length);
    const stream = to.stream();
    if (!piece || !stream) return;
    if (piece.start < listener.text.length) listener.text = listener.text.slice(0, piece.start);
    listener.text += piece.text;
    const { ends } = stream.reply;
    while ((ends[listener.reached] ?? Number.POSITIVE_INFINITY) <= listener.text.length) listener.reached += 1;
    // The piece may end within a delta: that one was its last.
    const last = (ends[listener.reached - 1] ?? 0) < listener.text.length ? listener.reached : listener.reached - 1;
    to.note(performance.now() - (stream.sentAt[last] ?? 0));
  };
  const onEnd = (problem: string | null) => {
    listener.ended = true;
    if (problem !== null) console.error(`a stream broke: ${problem}`);
  };
  const listener: Listener = {
    text: '',
    reached: 0,
    ended: false,
    socket: openEventStream(port, to.request, { onData: take, onEnd }),
  };
  return listener;
}

/** What both sides used while it lasts. */
async function window(running: Running, { listeners, windowMs }: { listeners: Listener[]; windowMs: number }) {
  const reached = () => listeners.reduce((sum, listener) => sum + listener.reached, 0);
  const before = await running.ask('begin');
  const [own, begun, first] = [process.cpuUsage(), performance.now(), reached()];
  await sleep(windowMs);
  const after = await running.ask('tell');
  const [{ user, system }, lasted, deltas] = [process.cpuUsage(own), performance.now() - begun, reached() - first];
  return {
    deltas_per_second: round((deltas / lasted) * 1000),
    cpu_us: round((after.cpuUs - before.cpuUs) / deltas),
    core: round((after.cpuUs - before.cpuUs) / 1000 / lasted),
    rss: after.rss,
    loop_p99: round(after.loopP99),
    loop_max: round(after.loopMax),
    generator_load: round((user + system) / 1000 / lasted),
  };
}

/** Deltas of a stream that its client does not have, or has wrong: all after the first difference. */
export function missing(text: string, stream: ModelStream | undefined): number {
  if (!stream) return 1;
  const { reply, sent } = stream;
  const expected = reply.text.slice(0, reply.ends[sent - 1] ?? 0);
  if (text === expected) return 0;
  let same = 0;
  while (same < text.length && text[same] === expected[same]) same += 1;
  return Math.max(1, sent - reply.ends.findIndex((end) => end > same));
}

export async function until(condition: () => boolean, longestMs: number): Promise<void> {
  const deadline = performance.now() + longestMs;
  while (!condition() && performance.now() < deadline) await sleep(50);
}

function spread(times: number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99) };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
