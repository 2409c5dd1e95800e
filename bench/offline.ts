/**
 * How well the offline model does: holds conversations that people wrote and checks each reply against what its author
 * said that a good one has. Prints the share of good replies by the row of part A that a message belongs to.
 *
 *   npm run bench:offline -- [--conversations FILE …] [--every N] [--failures] [--json] [--kept]
 *
 * A file is `{ agent, conversations: [{ name, customer, turns: [{ say, row, expect }] }] }`, see the types below. A turn with
 * `decide` in place of `say` decides the action that was proposed last.
 * `--every`: of the conversations each so many-th.
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
import type { Customer } from '../src/agent/customer.ts';
import { loadAgent } from '../src/agent-folder/load-agent.ts';
import { answerMessage, turnEvents } from '../src/conversations/answer-message.ts';
import { readConversation, startConversation } from '../src/conversations/conversation.ts';
import { decideAction } from '../src/conversations/decide-action.ts';
import type { Desk } from '../src/conversations/desk.ts';
import { recordCustomer } from '../src/conversations/identify.ts';
import { RunningTurns } from '../src/conversations/running-turns.ts';
import { toDeskAgent } from '../src/desk-agent.ts';
import type { ActionView, Decision } from '../src/protocol/conversation.ts';
import { folderIndex } from '../test/knowledge/folder-index.ts';
import { keptEncoder } from '../test/knowledge/kept-encoder.ts';
import { eachOf } from './command.ts';
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
  /** What waits for a decision after the reply. */
  action?: { tool: string; input: Record<string, unknown> };
  status?: string;
};
type Turn = { row: string; expect?: Expectation } & ({ say: string } | { decide: Decision });
/** `customer`: who is signed in; an anonymous visitor where it is missing. */
type Said = { name: string; customer?: Omit<Customer, 'claims'>; turns: Turn[] };
type File = { agent: string; conversations: Said[] };
type Reply = {
  text: string;
  cited: string[];
  calls: { name: string; input: unknown }[];
  open: ActionView[];
  status: string;
};

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', multiple: true, default: ['bench/conversations/acme-insurance.json'] },
    every: { type: 'string', default: '1' },
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
const AN_HOUR = 3_600_000;
for (const file of values.conversations) await hold(JSON.parse(readFileSync(file, 'utf8')) as File);
await embedder.close();
report();

async function hold({ agent, conversations }: File): Promise<void> {
  const folder = resolve(agent);
  const index = await folderIndex(folder, { embedder, patienceMs: 60_000 });
  for (const said of eachOf(conversations, Number(values.every))) {
    const data = await mkdtemp(join(tmpdir(), 'frontdesk-bench-'));
    // What the agent's tools keep lies beside it, and is new for every conversation, as they are.
    process.env.FRONTDESK_DATA = data;
    const { agent } = await loadAgent(folder);
    const store = await openSqliteStore({ folder: data, commitWindowMs: 0 });
    const setup = { model: OFFLINE_MODEL_ID, fastModel: OFFLINE_MODEL_ID, staffed: true, index };
    const desk = benchDesk({ store, agent: toDeskAgent(agent, setup), model: offlineModel({ embedder }) });
    const turns = new RunningTurns(desk, 'bench');
    await holdOne({ desk, turns }, said);
    await turns.close();
    await store.close();
    await rm(data, { recursive: true });
  }
}

async function holdOne(house: House, { name, customer, turns: said }: Said): Promise<void> {
  const { id } = await startConversation(house.desk, {});
  if (customer) await signIn(house.desk, id, customer);
  let faults = 0;
  for (const turn of said) {
    const start = performance.now();
    const reply = await take(house, { id, turn });
    times.push(performance.now() - start);
    const wrong = faultsOf(reply, turn.expect ?? {});
    faults += wrong.length > 0 ? 1 : 0;
    count(turn, reply, wrong);
    if (wrong.length === 0 || !values.failures) continue;
    const what = 'say' in turn ? turn.say : turn.decide;
    console.log(`\n${name} ${turn.row} ${what}\n  -> ${reply.text.replaceAll('\n', ' / ')}\n  ${wrong.join('; ')}`);
  }
  whole.all += 1;
  whole.good += faults === 0 ? 1 : 0;
}

async function signIn(desk: Desk, id: string, customer: Omit<Customer, 'claims'>): Promise<void> {
  const conversation = { id, customer: null, verifiedUntil: 0 };
  await recordCustomer(desk, conversation, {
    customer: { ...customer, claims: {} },
    verifiedUntil: Date.now() + AN_HOUR,
  });
}

type House = { desk: Desk; turns: RunningTurns };

async function take({ desk, turns }: House, { id, turn }: { id: string; turn: Turn }): Promise<Reply> {
  const before = (await desk.store.log.steps(id)).length;
  const received =
    'say' in turn ? await say({ desk, turns }, id, turn.say) : await decide({ desk, turns }, id, turn.decide);
  if (!received) return { text: '', cited: [], calls: [], open: [], status: 'nothing to decide' };
  const signal = AbortSignal.timeout(30_000);
  for await (const event of turnEvents(desk, { conversationId: id, ...received, signal })) void event;
  const { messages, actions, status } = await readConversation(desk, id);
  const reply = messages.at(-1);
  const steps = (await desk.store.log.steps(id)).slice(before);
  const used = steps.flatMap(({ output }) => output).filter((block) => block.type === 'tool_use');
  return {
    text: reply?.role === 'agent' ? reply.text : '',
    cited: (reply?.citations ?? []).map(({ passageId }) => passageId.split('#')[0] ?? ''),
    calls: used.map(({ name, input }) => ({ name, input })),
    open: actions.filter(({ state }) => state === 'proposed'),
    status,
  };
}

function say(house: House, conversationId: string, text: string): Promise<{ messageId: string; seq: number }> {
  return answerMessage(house, { conversationId, text });
}

async function decide(
  house: House,
  conversationId: string,
  decision: Decision,
): Promise<{ messageId: string; seq: number } | null> {
  const { actions } = await readConversation(house.desk, conversationId);
  const action = actions.findLast(({ state }) => state === 'proposed');
  if (!action) return null;
  const { id: actionId, hash, by } = action;
  const { seq } = await decideAction(house, { conversationId, actionId, decision, hash, by });
  return { messageId: actionId, seq };
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
  if (expect.action) {
    const open = reply.open.findLast(({ tool }) => tool === expect.action?.tool);
    if (!open) faults.push(`did not propose ${expect.action.tool}`);
    else if (!isLike(open.input, expect.action.input)) faults.push(`proposed ${JSON.stringify(open.input)}`);
  } else if (reply.open.length > 0) faults.push(`proposed ${reply.open.map(({ summary }) => summary).join(' ')}`);
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
