import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeModel } from '../adapters/claude.ts';
import { openSqliteStore } from '../adapters/sql/sqlite.ts';
import { assemble } from '../compose.ts';
import type { Config } from '../config.ts';
import type { DeskAgent, Logger } from '../conversations/desk.ts';
import type { App } from '../http/route.ts';
import { buildKnowledgeIndex } from '../knowledge/lexical-index.ts';
import { startMockClaude } from '../testing/mock-claude.ts';

/**
 * Conversations at once, and how often, after one alone: code is compiled well when it has run often. Without them the first message takes
 * 4.4 times as long as a later one, with them 1.3, and the start 0.4 s more.
 */
const AT_ONCE = 4;
const ROUNDS = 2;
/** It ends then, as when a large knowledge is read for the first time. */
const LONGEST_MS = 900;
const QUESTION = 'What do you do, and what does it cost?';
/**
 * What replies have, so that the guards read all of it: a fact, figures, promises, contacts. In Latin-1, as most replies are: for
 * others expressions are made anew.
 */
const REPLY =
  'Rehearsals are held in the evening, before the doors of the theater open. ' +
  'This one pays up to $2,500 a year, takes 10 days from 3 May 2026 at 10:30, and is 5% less with Max. ' +
  "We'll refund all of it within 2 weeks if you call 1-800-555-0100 or write to nobody@example.com.";
const SILENT: Logger = { info() {}, warn() {}, error() {} };

/** What nobody searches through the API, nor by meaning, while there is nobody. */
const NOTHING_KNOWN = { knowledge: buildKnowledgeIndex([]), embedder: null, identity: null };

/**
 * Walks the whole way of a message a few times before anybody comes, so that the first customer does not wait for code
 * that never ran: the agent with its knowledge, beside a store that is thrown away and mock Claude on loopback. None of
 * the company's tools is called, and nothing is left. Where it cannot be done, it is done without.
 */
export async function rehearse(config: Config, agent: DeskAgent): Promise<void> {
  await play(config, agent).catch(() => undefined);
}

async function play(config: Config, agent: DeskAgent): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-rehearsal-'));
  const mock = await startMockClaude({ script: () => ({ text: REPLY }) });
  try {
    const store = await openSqliteStore({ folder, durable: false });
    const model = claudeModel({ baseUrl: mock.url });
    const over = AbortSignal.timeout(LONGEST_MS);
    const closing = new AbortController();
    const stage = { agent: endingAt(over, agent), ...NOTHING_KNOWN, model, store, logger: SILENT, closing };
    const { app, turns } = assemble({ ...config, limits: null, paused: false, webhook: null }, stage);
    await Promise.race([hold(app, over), once(over, 'abort')]).finally(async () => {
      closing.abort();
      await turns.close();
      await store.close();
    });
  } finally {
    await mock.close();
    await rm(folder, { recursive: true });
  }
}

/** The agent, but a search that waits for the encoder ends with the rehearsal. */
function endingAt(over: AbortSignal, agent: DeskAgent): DeskAgent {
  const nothing = once(over, 'abort').then(() => ({ passages: [], relevance: null, isGap: false }));
  return { ...agent, firstSearch: (messages, route) => Promise.race([agent.firstSearch(messages, route), nothing]) };
}

/** The first alone: on a slow machine the time may be over before several have come to their ends. */
async function hold(app: App, over: AbortSignal): Promise<void> {
  for (const atOnce of [1, ...Array.from({ length: ROUNDS }, () => AT_ONCE)]) {
    if (over.aborted) return;
    await Promise.all(Array.from({ length: atOnce }, () => converse(app)));
  }
}

async function converse(app: App): Promise<void> {
  const opened = await app.request('/v1/conversations', { method: 'POST' });
  const { id, token } = (await opened.json()) as { id: string; token: string };
  const reply = await app.request(`/v1/conversations/${id}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ text: QUESTION }),
  });
  await reply.text();
}
