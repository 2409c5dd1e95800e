/**
 * How soon everybody is back: a server in the middle of many replies is killed and started again on the same folder and
 * port, and all clients connect again at once, each with the id of the last event that it has. A client is back when
 * it has read an event that was appended after the kill. No event may be missing, none may come twice.
 *
 *   npm run bench:recover -- [--clients 500] [--json]
 */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openEventStream } from './relay/client.ts';
import { pinGenerator } from './relay/cores.ts';
import { missing, round, until } from './relay/measure.ts';
import { startModelServer } from './relay/model-server.ts';
import { startSubject } from './relay/subject.ts';
import { followRequest, messageRequest, type Opened, openConversations, withSqlite } from './relay/subjects.ts';

const { values } = parseArgs({
  options: { clients: { type: 'string', default: '500' }, json: { type: 'boolean', default: false } },
});
const clients = Number(values.clients);
/** Milliseconds: between two first messages, of streaming before the kill, and the longest that anything may take. */
const START_EVERY_MS = 8;
const STREAMING_MS = 2_000;
const LONGEST_MS = 30_000;

type Event = { seq: number; at: number; type: string; start?: number; text?: string };
type Client = Opened & {
  last: number;
  text: string;
  backAt: number | null;
  ended: boolean;
  wrong: string[];
  socket?: Socket;
};

let killedAt = Number.POSITIVE_INFINITY;
const { core, note } = pinGenerator();
const model = await startModelServer();
const figures = await withSqlite(async (subject) => {
  const first = await startSubject(subject, { core, modelUrl: model.url });
  const all = (await openConversations(first.url, clients)).map(
    (opened): Client => ({ ...opened, last: 0, text: '', backAt: null, ended: false, wrong: [] }),
  );
  for (const [n, client] of all.entries()) {
    listen(client, first.port, messageRequest(client, n));
    await sleep(START_EVERY_MS);
  }
  await until(() => all.every(({ text }) => text !== ''), LONGEST_MS);
  await sleep(STREAMING_MS);
  killedAt = Date.now();
  await first.kill();

  const again = { ...subject, environment: { ...subject.environment, PORT: String(first.port) } };
  const second = await startSubject(again, { core, modelUrl: model.url });
  const openAt = performance.now();
  for (const client of all) listen(client, second.port, followRequest(client, client.last));
  await until(() => all.every(({ backAt }) => backAt !== null), LONGEST_MS);
  model.finish();
  await until(() => all.every(({ ended }) => ended), LONGEST_MS);
  const back = all.map(({ backAt }) => (backAt ?? Number.POSITIVE_INFINITY) - openAt).sort((a, b) => a - b);
  const lost = all.reduce((sum, { text }, n) => sum + missing(text, model.streams.get(n)), 0);
  for (const { socket } of all) socket?.destroy();
  await second.stop();
  return {
    clients,
    p50_ms: round(back[Math.floor(clients / 2)] ?? 0),
    all_ms: round(back.at(-1) ?? 0),
    wrong: all.flatMap(({ wrong }) => wrong),
    lost,
  };
});
await model.close();
if (figures.wrong.length > 0 || figures.lost > 0) process.exitCode = 1;
if (values.json) console.log(JSON.stringify({ ...figures, pinning: note }));
else {
  console.log(`${note}\n`);
  console.log(
    `${clients} clients back after the port: half of them in ${figures.p50_ms} ms, all in ${figures.all_ms} ms`,
  );
  console.log(`events missing, twice or refused: ${figures.wrong.length}   deltas lost: ${figures.lost}`);
  for (const sentence of figures.wrong.slice(0, 5)) console.log(`  ${sentence}`);
}

/** Follows a conversation from the event that the client has last. */
function listen(client: Client, port: number, request: string): void {
  client.socket = openEventStream(port, request, {
    onData: (data) => take(client, JSON.parse(data) as Event),
    onEnd(problem) {
      // The kill cuts every stream; nothing else may.
      if (problem !== null && !client.ended && killedAt > Date.now()) client.wrong.push(problem);
      if (problem?.startsWith('HTTP')) client.wrong.push(problem);
    },
  });
}

function take(client: Client, { seq, at, type, start = 0, text = '' }: Event): void {
  if (client.last > 0 && seq !== client.last + 1) client.wrong.push(`event ${seq} came after ${client.last}`);
  client.last = seq;
  if (at >= killedAt) client.backAt ??= performance.now();
  if (type === 'segment.released' || type === 'segments.superseded') client.text = client.text.slice(0, start) + text;
  if (type === 'turn.ended') client.ended = true;
}
