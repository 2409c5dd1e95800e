import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startShop } from '../../examples/acme-shop/tools/shop/start-shop.ts';
import {
  type Attacked,
  ask,
  attack,
  type Face,
  look,
  readAgain,
  startConversation,
} from '../../src/testing/hostile/attack.ts';
import { type HostileCase, type HostileOptions, hostileCases } from '../../src/testing/hostile/cases.ts';
import { startHostileModel } from '../../src/testing/hostile/hostile-model.ts';
import { startServer } from '../server-process.ts';
import { lookThrough, openInbox, stopped } from './afterwards.ts';
import { type AgentName, plantedFolder } from './folder.ts';
import { plants } from './plants.ts';
import { WRITTEN } from './written.ts';

export type HostileRun = {
  agent: AgentName;
  seed: number;
  scripts: number;
  /** The written replies in place of those that are made. */
  written?: boolean;
  /** Cuts of each script in each way; every place where it is undefined. */
  cuts?: number;
  deliveries?: HostileOptions['deliveries'];
  /** How often the server is killed in the middle of a reply, and how often a customer stops one. */
  kills?: number;
  /** The agent without its guards: leaks have to be found then. */
  sabotage?: boolean;
  face?: Face;
  atOnce?: number;
  onProgress?(done: number): void;
};

const COMPETITORS: Record<AgentName, readonly string[]> = {
  'acme-insurance': ['Quillmark', 'Tessaro Direct', 'Harbor & Pine'],
  'acme-shop': [],
};
const ACTIONS = [{ tool: 'leave_note', argument: 'note' }];

export function casesOf({ agent, seed, scripts, written = false, cuts, deliveries }: HostileRun) {
  return hostileCases({
    ...{ seed, replies: written ? WRITTEN.slice(0, scripts) : scripts, actions: ACTIONS },
    plants: plants({ competitors: COMPETITORS[agent] }),
    ...(cuts !== undefined && { cuts }),
    ...(deliveries && { deliveries }),
  });
}

/** Attacks a server of its own of a shipped agent with planted secrets. */
export async function runHostile(run: HostileRun): Promise<Attacked & { killed: number }> {
  const stage = await setUp(run);
  try {
    const { face, atOnce, kills = 0, onProgress } = run;
    const result = await attack({
      ...{ url: stage.url, model: stage.model, cases: casesOf(run) },
      ...(face && { face }),
      ...(atOnce !== undefined && { atOnce }),
      ...(onProgress && { onProgress }),
    });
    const slow = [...casesOf({ ...run, cuts: 1 })].filter(({ delivery }) => KILLED.includes(delivery));
    for (let stop = 0; stop < kills; stop += 1) {
      await stopped(stage, again(slow[stop % slow.length] as HostileCase, 'stopped'), {
        result,
        waitMs: (stop * 53) % 400,
      });
      onProgress?.(result.asked);
    }
    for (let kill = 0; kill < kills; kill += 1) {
      await killed(stage, again(slow[kill % slow.length] as HostileCase, 'killed'), {
        result,
        waitMs: (kill * 37) % 400,
      });
      onProgress?.(result.asked);
    }
    await lookThrough(stage.inbox, casesOf(run), result);
    return { ...result, killed: kills };
  } finally {
    await stage.close();
  }
}

/** The same under an id of its own: no other case has the number behind it. */
function again(one: HostileCase, how: 'stopped' | 'killed'): HostileCase {
  return { ...one, id: `${one.id}${how === 'stopped' ? '000000' : '0000000'}` };
}

/** Ways of saying a text that a server may be killed in the middle of. */
const KILLED = ['single characters', 'a tool between', 'the token limit between', 'slowly'];

/** A server that dies while the model speaks, and another in its place that ends the reply. */
async function killed(stage: Stage, one: HostileCase, { result, waitMs }: { result: Attacked; waitMs: number }) {
  result.asked += 1;
  stage.model.play({ ...one, turns: one.turns.map((turn) => ({ ...turn, deltaMs: 10 })) });
  try {
    const started = await startConversation(stage.url);
    const question = { text: `What does my cover include? (${one.id})`, idempotencyKey: one.id };
    const asking = ask(started, 'stream', question).catch(() => '');
    await sleep(waitMs);
    await stage.killAndRestart();
    const before = await asking;
    // Sent again, as a client does that heard nothing: the same key is the same message.
    const after = await ask(started, 'stream', question);
    look(one, { 'stream of the dead server': before, stream: after, ...(await readAgain(started)) }, result);
  } catch (error) {
    result.breaches.push({ case: one, face: 'a killed server', leaks: [], failed: String(error) });
  }
}

type Stage = Awaited<ReturnType<typeof setUp>>;

/** A database in place of SQLite, as for the server itself. */
const { DATABASE_URL } = process.env;

/** The server as `npm start` starts it, with the hostile model for Claude. */
export async function setUp({ agent, sabotage = false }: Pick<HostileRun, 'agent' | 'sabotage'>) {
  const [model, inbox] = await Promise.all([startHostileModel(), openInbox()]);
  const folders = [plantedFolder(agent, sabotage), mkdtempSync(join(tmpdir(), 'frontdesk-hostile-data-'))] as const;
  const shop = agent === 'acme-shop' ? await startShop({ file: ':memory:', token: 'the-token-of-the-shop' }) : null;
  const env = {
    ...{ FRONTDESK_AGENT: folders[0], FRONTDESK_DATA: folders[1], ANTHROPIC_BASE_URL: model.url },
    ...{ FRONTDESK_ENCODER: 'off', FRONTDESK_RATE_LIMIT: 'off', FRONTDESK_REHEARSAL: 'off', FRONTDESK_LOG: 'error' },
    // Each case is a question of its own, though they are all alike.
    FRONTDESK_ANSWER_CACHE: 'off',
    ...{ FRONTDESK_WEBHOOK_URL: inbox.url, FRONTDESK_WEBHOOK_SECRET: 'the-secret-of-the-webhook-of-the-bench' },
    ...(DATABASE_URL !== undefined && { DATABASE_URL }),
    ...(shop && { SHOP_URL: shop.url, SHOP_TOKEN: shop.token }),
  };
  let server = await startServer(env);
  return {
    ...{ model, inbox },
    get url() {
      return server.url;
    },
    /** Ends the server as a loss of power would, and starts it again in its place. */
    async killAndRestart() {
      const { port } = new URL(server.url);
      await server.end('SIGKILL');
      await sleep(20);
      server = await startServer({ ...env, PORT: port });
    },
    async close() {
      await server.end('SIGTERM');
      await shop?.close();
      await Promise.all([model.close(), inbox.close()]);
      for (const folder of [dirname(folders[0]), folders[1]]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
