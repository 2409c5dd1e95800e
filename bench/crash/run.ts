import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { seeded } from '../../src/routing/random.ts';
import type { MockClaude } from '../../src/testing/index.ts';
import { checkHistory, type Outcomes, type Violation } from './check.ts';
import { readActions } from './logged-actions.ts';
import { startModel } from './model.ts';
import { Moments } from './moments.ts';
import { type Faults, runNemesis } from './nemesis.ts';
import { Nodes, ServerNode } from './nodes.ts';
import { type OnExit, type Place, postgresPlace, type StoreKind, sqlitePlace } from './places.ts';
import { type Plan, planConversations } from './plan.ts';
import { type CrashShop, startShop } from './shop.ts';
import { type Mall, Shopper } from './shopper.ts';

export type CrashOptions = {
  turns: number;
  kills: number;
  seed: number;
  store: StoreKind;
  /** Keys are ignored by the shop, and the tools' lookups find nothing: there have to be duplicates then. */
  sabotage: boolean;
  /** A database to use in place of a cluster of one's own; it is not broken. */
  lentDatabase?: string | null;
  onProgress?(kills: number): void;
};

export type CrashResult = {
  outcomes: Outcomes;
  faults: Faults;
  conversations: number;
  violations: Violation[];
  /** What the servers wrote of errors. */
  complaints: string[];
  logs: ReadonlyMap<string, readonly LoggedEvent[]>;
};

const AGENT = fileURLToPath(new URL('agent', import.meta.url));
const SECRET = 'the-crash-harness-signs-its-customers-with-this';
/** Customers at once. With two servers, those of a dead one wait until its leases lapse. */
const AT_ONCE = { sqlite: 6, postgres: 24 };
/** Looks for logs in which nothing is under way, and milliseconds between two. */
const LOOKS = 4;
const BETWEEN_LOOKS_MS = 15_000;

/** Serves customers by servers that are killed, and compares afterwards what everybody says of it. */
export async function runCrash(options: CrashOptions): Promise<CrashResult> {
  const undo: (() => void)[] = [];
  const undoAll = () => {
    for (const step of undo.splice(0).reverse()) step();
  };
  const interrupt = () => process.exit(130);
  process.once('exit', undoAll);
  // Not `once`: a second one, as a shell may send it, must not end what the first one began.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  try {
    return await runIn(options, (step) => undo.push(step));
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
    process.off('exit', undoAll);
    undoAll();
  }
}

async function runIn(options: CrashOptions, onExit: OnExit): Promise<CrashResult> {
  const { turns, kills, seed, store, sabotage } = options;
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-crash-'));
  onExit(() => rmSync(folder, { recursive: true, force: true }));
  const plans = planConversations({ turns, seed });
  const moments = new Moments();
  const random = seeded(seed + 1);
  const place: Place =
    store === 'sqlite'
      ? sqlitePlace(folder)
      : await postgresPlace(folder, { lent: options.lentDatabase ?? null, onExit });
  const shop = await startShop({ folder, moments, plans, random: seeded(seed + 2), ignoreKeys: sabotage });
  const models = await Promise.all(place.environments.map((_, node) => startModel(moments, node)));
  const nodes = new Nodes(serversOf({ place, shop, models, sabotage }));
  onExit(() => nodes.list.map((node) => node.strike('SIGKILL')));
  try {
    for (const node of nodes.list) node.launch();
    const rounds = plans.reduce((sum, plan) => sum + plan.rounds.length, 0);
    const pacer = pacerOf({ rounds, kills, slack: AT_ONCE[store] });
    const nemesis = runNemesis({
      ...{ kills, nodes, moments, random, crashDatabase: place.crashDatabase },
      onKill(done) {
        pacer.killed(done);
        options.onProgress?.(done);
      },
    });
    const mall = { nodes, moments, pace: pacer.pace, customerToken };
    const [shoppers, faults] = await Promise.all([serve(plans, mall, AT_ONCE[store]), nemesis]);
    const logs = await finish({ shoppers, nodes, place });
    const checked = checkHistory(
      shoppers.map(({ witness }) => witness),
      logs,
      shop.effects(),
    );
    const complaints = nodes.list.flatMap((node) => node.complaints);
    const ends = complaints.filter((line) => line.startsWith('EXIT'));
    const unwanted = ends.map((sentence): Violation => ({ kind: 'surprises', conversation: '-', sentence }));
    const violations = [...checked.violations, ...unwanted];
    return { ...checked, violations, faults, conversations: shoppers.length, complaints, logs };
  } finally {
    for (const node of nodes.list) node.strike('SIGKILL');
    await Promise.all(nodes.list.map((node) => node.gone()));
    await Promise.all([shop.close(), ...models.map((model) => model.close())]);
    await place.remove();
  }
}

type Servers = { place: Place; shop: CrashShop; models: readonly MockClaude[]; sabotage: boolean };

function serversOf({ place, shop, models, sabotage }: Servers): ServerNode[] {
  return place.environments.map((environment, node) => {
    return new ServerNode({
      ...environment,
      ...{ FRONTDESK_AGENT: AGENT, FRONTDESK_JWT_SECRET: SECRET, FRONTDESK_OPERATOR_TOKEN: SECRET },
      ...{ FRONTDESK_RATE_LIMIT: 'off', FRONTDESK_ENCODER: 'off', FRONTDESK_REHEARSAL: 'off', FRONTDESK_LOG: 'error' },
      ...{ ANTHROPIC_BASE_URL: models[node]?.url ?? '', SHOP_URL: shop.url(node), SHOP_TOKEN: shop.token },
      ...(sabotage ? { CRASH_BLIND: 'on' } : {}),
    });
  });
}

function customerToken(customer: string): Promise<string> {
  const token = new SignJWT({ name: customer }).setProtectedHeader({ alg: 'HS256' }).setSubject(customer);
  return token.setIssuedAt().setExpirationTime('3h').sign(new TextEncoder().encode(SECRET));
}

/** Lets the rounds begin as the kills go on, so that each kill meets some. */
function pacerOf({ rounds, kills, slack }: { rounds: number; kills: number; slack: number }) {
  let [begun, allowed] = [0, kills === 0 ? rounds : slack];
  let waiting: (() => void)[] = [];
  return {
    async pace(): Promise<void> {
      while (begun >= allowed) await new Promise<void>((resolve) => waiting.push(resolve));
      begun += 1;
    },
    killed(done: number): void {
      allowed = done >= kills ? rounds : Math.ceil((rounds * done) / kills) + slack;
      for (const resolve of waiting.splice(0)) resolve();
      waiting = [];
    },
  };
}

/** Goes through the plans, some at once. */
async function serve(plans: readonly Plan[], mall: Mall, atOnce: number): Promise<Shopper[]> {
  const shoppers: Shopper[] = [];
  let next = 0;
  const worker = async () => {
    for (let plan = plans[next++]; plan; plan = plans[next++]) {
      const shopper = await Shopper.arrive(plan, mall, next % mall.nodes.list.length);
      shoppers.push(shopper);
      await shopper.run();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return shoppers;
}

type Finishing = { shoppers: readonly Shopper[]; nodes: Nodes; place: Place };

/** Waits until nothing is under way, lets every client read the rest, and gives the logs as they are then. */
async function finish({ shoppers, nodes, place }: Finishing): Promise<Map<string, LoggedEvent[]>> {
  const ids = shoppers.map(({ witness }) => witness.conversation);
  const readLogs = async () => {
    await stopAll(nodes);
    return place.logs(ids);
  };
  const start = async () => {
    for (const node of nodes.list) node.launch();
    await Promise.all(nodes.list.map((node) => node.ready()));
  };
  let logs = await readLogs();
  for (let look = 1; look < LOOKS && ![...logs.values()].every(isQuiet); look += 1) {
    await start();
    await sleep(BETWEEN_LOOKS_MS);
    logs = await readLogs();
  }
  await start();
  for (let n = 0; n < shoppers.length; n += AT_ONCE.postgres) {
    const some = shoppers.slice(n, n + AT_ONCE.postgres);
    await Promise.all(some.map((shopper) => shopper.catchUp(logs.get(shopper.witness.conversation)?.length ?? 0)));
  }
  return readLogs();
}

async function stopAll(nodes: Nodes): Promise<void> {
  await Promise.all(
    nodes.list.map(async (node) => {
      await node.ready();
      node.strike('SIGTERM');
      const code = await node.gone();
      if (code !== 0) node.complaints.push(`EXIT: an orderly end gave ${code}`);
    }),
  );
}

function isQuiet(log: readonly LoggedEvent[]): boolean {
  const started = log.filter(({ type }) => type === 'turn.started').length;
  const ended = log.filter(({ type }) => type === 'turn.ended').length;
  const actions = [...readActions(log).values()];
  return started === ended && actions.every(({ decision, outcome }) => decision !== 'confirm' || outcome !== null);
}
