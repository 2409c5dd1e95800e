import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { offlineModel } from '../../../src/adapters/offline-model/offline-model.ts';
import { openSqliteStore } from '../../../src/adapters/sql/sqlite.ts';
import { loadAgent } from '../../../src/agent-folder/load-agent.ts';
import { answerMessage, turnEvents } from '../../../src/conversations/answer-message.ts';
import { readConversation, startConversation } from '../../../src/conversations/conversation.ts';
import type { Desk } from '../../../src/conversations/desk.ts';
import { RunningTurns } from '../../../src/conversations/running-turns.ts';
import { toDeskAgent } from '../../../src/desk-agent.ts';
import type { Citation } from '../../../src/protocol/conversation.ts';
import { makeDesk } from '../../conversations/make-desk.ts';
import { folderIndex } from '../../knowledge/folder-index.ts';
import { keptEncoder } from '../../knowledge/kept-encoder.ts';

/** What came back for one message. */
export type Said = {
  text: string;
  citations: Citation[];
  /** The folder's own tools that were called, in order, with their inputs. */
  calls: { name: string; input: unknown }[];
  /** Every tool that was called, built-in ones too. */
  tools: string[];
};

/** An agent folder behind the offline model, over the real use cases and a real store. */
export async function openTalk(folder: string) {
  const embedder = keptEncoder();
  const model = offlineModel({ embedder });
  const data = await mkdtemp(join(tmpdir(), 'frontdesk-talk-'));
  const store = await openSqliteStore({ folder: data, commitWindowMs: 0 });
  const { agent } = await loadAgent(folder);
  const ready = toDeskAgent(agent, {
    model: 'frontdesk-offline',
    fastModel: 'frontdesk-offline',
    staffed: true,
    index: await folderIndex(folder, { embedder, patienceMs: 1_000 }),
  });
  const logger = { info() {}, warn: console.warn, error: console.error };
  const { desk } = makeDesk(store, {
    model,
    agent: ready,
    desk: { offline: true, compactAfterTokens: 60_000, logger },
  });
  const turns = new RunningTurns(desk, 'test');
  return {
    /** Holds a conversation; gives what was answered to each message. */
    async talk(...messages: string[]): Promise<Said[]> {
      const { id } = await startConversation(desk, {});
      const said: Said[] = [];
      for (const text of messages) said.push(await say(desk, turns, { id, text }));
      return said;
    },
    async close() {
      await turns.close();
      await store.close();
      await embedder.close();
      await rm(data, { recursive: true });
    },
  };
}

async function say(desk: Desk, turns: RunningTurns, { id, text }: { id: string; text: string }): Promise<Said> {
  const before = (await desk.store.log.steps(id)).length;
  const received = await answerMessage({ desk, turns }, { conversationId: id, text });
  const signal = AbortSignal.timeout(20_000);
  for await (const event of turnEvents(desk, { conversationId: id, ...received, signal })) void event;
  const reply = (await readConversation(desk, id)).messages.at(-1);
  const steps = (await desk.store.log.steps(id)).slice(before);
  const used = steps.flatMap(({ output }) => output).filter((block) => block.type === 'tool_use');
  const own = used.filter(({ name }) => !['search_knowledge', 'hand_off', 'resolve'].includes(name));
  return {
    text: reply?.role === 'agent' ? reply.text : '',
    citations: reply?.citations ?? [],
    calls: own.map(({ name, input }) => ({ name, input })),
    tools: used.map(({ name }) => name),
  };
}
