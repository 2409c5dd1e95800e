import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startShop } from '../../examples/acme-shop/tools/shop/start-shop.ts';
import { attack, type Breach, type Face } from '../../src/testing/hostile/attack.ts';
import { hostileCases } from '../../src/testing/hostile/cases.ts';
import { startHostileModel } from '../../src/testing/hostile/hostile-model.ts';
import { startServer } from '../server-process.ts';
import { type AgentName, plantedFolder } from './folder.ts';
import { plants } from './plants.ts';

export type HostileRun = {
  agent: AgentName;
  seed: number;
  scripts: number;
  /** Cuts of each script in each way; every place where it is undefined. */
  cuts?: number;
  face?: Face;
  atOnce?: number;
  onProgress?(done: number): void;
};

const COMPETITORS: Record<AgentName, readonly string[]> = {
  'acme-insurance': ['Quillmark', 'Tessaro Direct', 'Harbor & Pine'],
  'acme-shop': [],
};
const ACTIONS = [{ tool: 'leave_note', argument: 'note' }];

export function casesOf({ agent, seed, scripts, cuts }: HostileRun) {
  return hostileCases({
    ...{ seed, replies: scripts, actions: ACTIONS },
    plants: plants({ competitors: COMPETITORS[agent] }),
    ...(cuts !== undefined && { cuts }),
  });
}

/** Attacks a server of its own of a shipped agent with planted secrets. */
export async function runHostile(run: HostileRun): Promise<{ breaches: Breach[]; asked: number }> {
  const stage = await setUp(run.agent);
  try {
    const { face, atOnce, onProgress } = run;
    return await attack({
      ...{ url: stage.url, model: stage.model, cases: casesOf(run) },
      ...(face && { face }),
      ...(atOnce !== undefined && { atOnce }),
      ...(onProgress && { onProgress }),
    });
  } finally {
    await stage.close();
  }
}

/** The server as `npm start` starts it, with the hostile model for Claude. */
export async function setUp(agent: AgentName) {
  const model = await startHostileModel();
  const folders = [plantedFolder(agent), mkdtempSync(join(tmpdir(), 'frontdesk-hostile-data-'))] as const;
  const shop = agent === 'acme-shop' ? await startShop({ file: ':memory:', token: 'the-token-of-the-shop' }) : null;
  const env = {
    ...{ FRONTDESK_AGENT: folders[0], FRONTDESK_DATA: folders[1], ANTHROPIC_BASE_URL: model.url },
    ...{ FRONTDESK_ENCODER: 'off', FRONTDESK_RATE_LIMIT: 'off', FRONTDESK_REHEARSAL: 'off', FRONTDESK_LOG: 'error' },
    // Each case is a question of its own, though they are all alike.
    FRONTDESK_ANSWER_CACHE: 'off',
    ...(shop && { SHOP_URL: shop.url, SHOP_TOKEN: shop.token }),
  };
  let server = await startServer(env);
  return {
    model,
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
      await model.close();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
