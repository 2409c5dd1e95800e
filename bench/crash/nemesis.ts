import { setTimeout as sleep } from 'node:timers/promises';
import { MOMENTS, type Moment, type Moments } from './moments.ts';
import type { Nodes, ServerNode } from './nodes.ts';
import { weighted } from './plan.ts';

export type Faults = Record<'kills' | 'pauses' | 'restarts' | 'database_crashes', number> & {
  /** How many kills fell on which moment. */
  at: Partial<Record<Moment | 'starting' | 'any time', number>>;
};

export type NemesisOptions = {
  kills: number;
  nodes: Nodes;
  moments: Moments;
  random: () => number;
  /** Breaks the database; null where it is in the server itself. */
  crashDatabase: (() => Promise<void>) | null;
  onKill(kills: number): void;
};

type Point = Moment | 'starting' | 'any time';

/** The moments of an action weigh more: they are short. */
const POINTS: readonly (readonly [Point, number])[] = [
  ...MOMENTS.map((moment) => [moment, 2] as const),
  ...(['decided', 'arrived', 'effected', 'answered'] as const).map((moment) => [moment, 2] as const),
  ['starting', 2],
  ['any time', 2],
];
const MOST_SKIPPED = 3;
const MOMENT_PATIENCE_MS = 6_000;
const LONGEST_AFTER_MS = 25;
const LONGEST_ANY_MS = 900;
const LONGEST_START_MS = 1_500;
/** Longer than a lease: somebody else has taken over by then. */
const PAUSE_MS = 13_500;
/** How often both of two servers are killed at once, and after how many kills something else happens. */
const BOTH = 0.2;
const EVERY = { restart: 9, pause: 12, database: 7 };

/** Kills servers at moments that `random` chooses, starts them again, and meanwhile does worse. */
export async function runNemesis(options: NemesisOptions): Promise<Faults> {
  const { nodes, random, kills, crashDatabase } = options;
  const faults: Faults = { kills: 0, pauses: 0, restarts: 0, database_crashes: 0, at: {} };
  for (let round = 1; faults.kills < kills; round += 1) {
    await kill(options, faults);
    options.onKill(faults.kills);
    if (round % EVERY.restart === 0) await restart(nodes, random, faults);
    if (crashDatabase && round % EVERY.database === 0) {
      await strikeAt(options, () => {});
      await crashDatabase();
      faults.database_crashes += 1;
    }
    if (nodes.list.length > 1 && round % EVERY.pause === 0) await pause(options, faults);
  }
  await Promise.all(nodes.list.map((node) => node.ready()));
  return faults;
}

async function kill(options: NemesisOptions, faults: Faults): Promise<void> {
  const { nodes, random } = options;
  const victims: ServerNode[] = [];
  const strike = (at: number | null) => {
    const all = random() < BOTH ? nodes.list : [nodes.list[at ?? Math.floor(random() * nodes.list.length)]];
    for (const victim of all) {
      victim?.strike('SIGKILL');
      if (victim) victims.push(victim);
    }
  };
  const point = weighted(POINTS, random);
  if (point === 'starting') {
    // The last one was started a moment ago.
    await sleep(random() * LONGEST_START_MS);
    strike(null);
    faults.at.starting = (faults.at.starting ?? 0) + 1;
  } else {
    await strikeAt(options, strike, { point, faults });
  }
  await Promise.all(victims.map((victim) => victim.gone()));
  faults.kills += victims.length;
  for (const victim of victims) victim.launch();
}

/** Strikes at that point, or at one by chance: in its very call, or a few milliseconds after. */
async function strikeAt(
  { nodes, moments, random }: NemesisOptions,
  strike: (node: number | null) => void,
  { point = weighted(POINTS, random), faults }: { point?: Point; faults?: Faults } = {},
): Promise<void> {
  await Promise.all(nodes.list.map((node) => node.ready()));
  let fell: Point = 'any time';
  if (point === 'any time' || point === 'starting') {
    await sleep(random() * LONGEST_ANY_MS);
    strike(null);
  } else {
    const skip = Math.floor(random() * MOST_SKIPPED);
    const afterMs = random() < 0.5 ? 0 : random() * LONGEST_AFTER_MS;
    let late: Promise<void> | undefined;
    const came = await moments.strikeAt({ moment: point, skip, patienceMs: MOMENT_PATIENCE_MS }, (node) => {
      if (afterMs === 0) strike(node);
      else late = sleep(afterMs).then(() => strike(node));
    });
    await late;
    if (came) fell = point;
  }
  if (faults) faults.at[fell] = (faults.at[fell] ?? 0) + 1;
}

/** An orderly end, as at an update. */
async function restart(nodes: Nodes, random: () => number, faults: Faults): Promise<void> {
  const node = nodes.list[Math.floor(random() * nodes.list.length)];
  await node?.ready();
  node?.strike('SIGTERM');
  const code = await node?.gone();
  if (code !== 0) node?.complaints.push(`EXIT: an orderly end gave ${code}`);
  node?.launch();
  faults.restarts += 1;
}

/** One server stands still until its leases have lapsed, and then goes on as if nothing had been. */
async function pause(options: NemesisOptions, faults: Faults): Promise<void> {
  const { nodes, random } = options;
  let victim: ServerNode | undefined;
  await strikeAt(
    options,
    (at) => {
      victim = nodes.list[at ?? Math.floor(random() * nodes.list.length)];
      victim?.strike('SIGSTOP');
    },
    {
      point: weighted(
        [
          ['arrived', 1],
          ['effected', 1],
          ['asked', 1],
          ['decided', 1],
        ],
        random,
      ),
    },
  );
  await sleep(PAUSE_MS);
  victim?.strike('SIGCONT');
  faults.pauses += 1;
}
