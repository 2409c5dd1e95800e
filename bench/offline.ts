/**
 * How well the offline model does: holds conversations that people wrote and checks each reply against what its author
 * said that a good one has. Prints the share of good replies by the row of part A that a message belongs to.
 *
 *   npm run bench:offline -- [--conversations FILE …] [--failures] [--json] [--kept]
 *
 * A file is `{ agent, conversations: [{ name, turns: [{ say, row, expect }] }] }`, see the types below.
 * `--kept`: texts that a run or a test on this machine has read before are not read again; times of replies mean little then.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localEmbedder } from '../src/adapters/embeddings/local-embedder.ts';
import { OFFLINE_MODEL_ID, offlineModel } from '../src/adapters/offline-model/offline-model.ts';
import { openSqliteStore } from '../src/adapters/sql/sqlite.ts';
import { loadAgent } from '../src/agent-folder/load-agent.ts';
import { answerMessage, turnEvents } from '../src/conversations/answer-message.ts';
import { readConversation, startConversation } from '../src/conversations/conversation.ts';
import type { Desk } from '../src/conversations/desk.ts';
import { RunningTurns } from '../src/conversations/running-turns.ts';
import { toDeskAgent } from '../src/desk-agent.ts';
import { folderIndex } from '../test/knowledge/folder-index.ts';
import { keptEncoder } from '../test/knowledge/kept-encoder.ts';
import { benchDesk } from './desk.ts';

type Expectation = {
  /** Every pattern must be found in the reply, none of `never`. */
  says?: string[];
  never?: string[];
  /** Articles that answer, without `.md`: reported beside, since the same fact may stand in the prompt. */
  cites?: string[];
  /** Nothing to do with the company: no article may be cited. */
  off_topic?: boolean;
  tool?: { name: string; input: Record<string, unknown> };
  status?: string;
};
type Turn = { say: string; row: string; expect?: Expectation };
type File = { agent: string; conversations: { name: string; turns: Turn[] }[] };
type Reply = { text: string; cited: string[]; calls: { name: string; input: unknown }[]; status: string };

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', multiple: true, default: ['bench/conversations/acme-insurance.json'] },
    failures: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    kept: { type: 'boolean', default: false },
  },
});

const embedder = values.kept ? keptEncoder() : localEmbedder();
const results: Record<string, { good: number; all: number }> = {};
const cited = { good: 0, all: 0 };
const whole = { good: 0, all: 0 };
const times: number[] = [];
for (const file of values.conversations) await hold(JSON.parse(readFileSync(file, 'utf8')) as File);
await embedder.close();
report();

async function hold({ agent: folder, conversations }: File): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'frontdesk-bench-'));
  const store = await openSqliteStore({ folder: data, commitWindowMs: 0 });
  const { agent } = await loadAgent(resolve(folder));
  const index = await folderIndex(resolve(folder), { embedder, patienceMs: 60_000 });
  const setup = { model: OFFLINE_MODEL_ID, fastModel: OFFLINE_MODEL_ID, staffed: true, index };
  const desk = benchDesk({ store, agent: toDeskAgent(agent, setup), model: offlineModel({ embedder }) });
  const turns = new RunningTurns(desk, 'bench');
  for (const { name, turns: said } of conversations) {
    const { id } = await startConversation(desk, {});
    let faults = 0;
    for (const turn of said) {
      const start = performance.now();
      const reply = await say(desk, turns, { id, text: turn.say });
      times.push(performance.now() - start);
      const wrong = faultsOf(reply, turn.expect ?? {});
      faults += wrong.length > 0 ? 1 : 0;
      count(turn, reply, wrong);
      if (wrong.length > 0 && values.failures)
        console.log(
          `\n${name} ${turn.row} ${turn.say}\n  -> ${reply.text.replaceAll('\n', ' / ')}\n  ${wrong.join('; ')}`,
        );
    }
    whole.all += 1;
    whole.good += faults === 0 ? 1 : 0;
  }
  await turns.close();
  await store.close();
  await rm(data, { recursive: true });
}

async function say(desk: Desk, turns: RunningTurns, { id, text }: { id: string; text: string }): Promise<Reply> {
  const before = (await desk.store.log.steps(id)).length;
  const received = await answerMessage({ desk, turns }, { conversationId: id, text });
  const signal = AbortSignal.timeout(30_000);
  for await (const event of turnEvents(desk, { conversationId: id, ...received, signal })) void event;
  const { messages, status } = await readConversation(desk, id);
  const reply = messages.at(-1);
  const steps = (await desk.store.log.steps(id)).slice(before);
  const used = steps.flatMap(({ output }) => output).filter((block) => block.type === 'tool_use');
  return {
    text: reply?.role === 'agent' ? reply.text : '',
    cited: (reply?.citations ?? []).map(({ passageId }) => passageId.split('#')[0] ?? ''),
    calls: used.map(({ name, input }) => ({ name, input })),
    status,
  };
}

function faultsOf(reply: Reply, expect: Expectation): string[] {
  const has = (pattern: string) => new RegExp(pattern, 'is').test(reply.text);
  const faults = [
    ...(expect.says ?? []).filter((pattern) => !has(pattern)).map((pattern) => `does not say /${pattern}/`),
    ...(expect.never ?? []).filter(has).map((pattern) => `says /${pattern}/`),
  ];
  if (expect.off_topic && reply.cited.length > 0) faults.push(`cites ${reply.cited.join(', ')}`);
  if (expect.status && reply.status !== expect.status) faults.push(`status is ${reply.status}`);
  if (expect.tool) {
    const call = reply.calls.findLast(({ name }) => name === expect.tool?.name);
    if (!call) faults.push(`did not call ${expect.tool.name}`);
    else if (!isLike(call.input, expect.tool.input)) faults.push(`called with ${JSON.stringify(call.input)}`);
  }
  return faults;
}

/** Strings without regard to case; `{ regex }` for a pattern. */
function isLike(given: unknown, wanted: Record<string, unknown>): boolean {
  const input = given as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => {
    if (typeof value === 'object' && value !== null && 'regex' in value)
      return new RegExp(String(value.regex), 'i').test(String(input[name]));
    return String(input[name]).toLowerCase() === String(value).toLowerCase();
  });
}

function count({ row, expect }: Turn, { cited: sources }: Reply, faults: readonly string[]): void {
  const own = results[row] ?? { good: 0, all: 0 };
  results[row] = own;
  own.all += 1;
  own.good += faults.length === 0 ? 1 : 0;
  if (!expect?.cites?.length) return;
  cited.all += 1;
  const wanted = expect.cites.map((name) => `${name.replace(/^knowledge\/|\.md$/g, '')}.md`);
  cited.good += sources.some((source) => wanted.includes(source)) ? 1 : 0;
}

function report(): void {
  const all = Object.values(results).reduce((sum, { all }) => sum + all, 0);
  const good = Object.values(results).reduce((sum, { good }) => sum + good, 0);
  const sorted = times.toSorted((a, b) => a - b);
  const ms = {
    p50: Math.round(sorted[Math.floor(all * 0.5)] ?? 0),
    p99: Math.round(sorted[Math.floor(all * 0.99)] ?? 0),
  };
  const rows = Object.fromEntries(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (values.json) {
    console.log(JSON.stringify({ messages: all, good, share: share(good, all), rows, cited, whole, ms }));
    return;
  }
  console.log('\nrow       good / messages');
  for (const [row, { good: one, all: of }] of Object.entries(rows)) console.log(`${row.padEnd(9)} ${line(one, of)}`);
  console.log(`all       ${line(good, all)}`);
  console.log(`cited     ${line(cited.good, cited.all)}   an expected article, where there is one`);
  console.log(`whole     ${line(whole.good, whole.all)}   conversations without a fault`);
  console.log(`\ntime of a reply: ${ms.p50} ms p50, ${ms.p99} ms p99`);
}

function line(good: number, all: number): string {
  return `${String(good).padStart(3)} / ${String(all).padEnd(4)} ${String(Math.round(100 * share(good, all))).padStart(3)} %`;
}

function share(good: number, all: number): number {
  return all === 0 ? 0 : Math.round((good / all) * 1_000) / 1_000;
}
