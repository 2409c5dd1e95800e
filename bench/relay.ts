/**
 * What the way of a reply costs, from the model's socket to the customer's: N streams at 50 deltas a second through the
 * real server on each store, beside the least that a relay can do (`floor`), the bare SDK and the AI SDK, all in one run.
 *
 *   npm run bench:relay -- [--streams 250] [--seconds 6] [--postgres URL] [--json]
 *
 * The process under test has a core for itself, the model and the clients have the others. The run is void, and its
 * exit code 2, when the load itself used more than four fifths of a core (`--limit 0.8`).
 */
import { parseArgs } from 'node:util';
import { pinGenerator } from './relay/cores.ts';
import { type Figures, measure, round } from './relay/measure.ts';
import type { Subject } from './relay/subject.ts';
import { aiSdk, floor, sdk, withPostgres, withSqlite } from './relay/subjects.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '250' },
    seconds: { type: 'string', default: '6' },
    limit: { type: 'string', default: '0.8' },
    postgres: {
      type: 'string',
      default: process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test',
    },
    json: { type: 'boolean', default: false },
  },
});
const streams = Number(values.streams);
const windowMs = Number(values.seconds) * 1000;
const WARM_MS = Math.min(3_000, windowMs);
/** Streams for the AI SDK, tried until it uses less than `UNSATURATED` of its core: beyond that it only falls behind. */
const AI_SDK_STREAMS = [50, 30, 15];
const UNSATURATED = 0.8;

const { core, note } = pinGenerator();
const floors = [await run('floor', floor)];
const sqlite = await withSqlite((subject) => run('sqlite', subject));
const postgres = await withPostgres(values.postgres, (subject) => run('postgres', subject));
floors.push(await run('floor again', floor));
const bareSdk = await run('sdk', sdk);
const aiSdkRuns = await runUnsaturated();
const runs = [...floors, sqlite, ...(postgres ? [postgres] : []), bareSdk, ...aiSdkRuns];
report();

async function run(name: string, subject: Subject, count = streams): Promise<Figures> {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name}: ${count} streams …`);
  const figures = await measure(subject, { streams: count, warmMs: WARM_MS, windowMs, core });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return figures;
}

async function runUnsaturated(): Promise<Figures[]> {
  const tried: Figures[] = [];
  for (const count of AI_SDK_STREAMS) {
    tried.unshift(await run('ai_sdk', aiSdk, Math.min(count, streams)));
    if ((tried[0]?.core ?? 0) < UNSATURATED) break;
  }
  return tried;
}

function report(): void {
  const ai_sdk = aiSdkRuns[0] as Figures;
  const mean = (key: 'cpu_us' | 'p50' | 'p99') => round((floors[0]?.[key] ?? 0) / 2 + (floors[1]?.[key] ?? 0) / 2);
  const generator_load = Math.max(...runs.map((figures) => figures.generator_load));
  const isVoid = generator_load > Number(values.limit);
  const result = {
    streams,
    generator_load,
    ...(isVoid && { void: true, why: `The load used ${generator_load} of its core: it was itself too slow.` }),
    pinning: note,
    floor: { cpu_us: mean('cpu_us'), p50: mean('p50'), p99: mean('p99'), runs: floors },
    sdk: bareSdk,
    stores: { sqlite, postgres },
    ai_sdk,
    ratio_floor: round(sqlite.cpu_us / mean('cpu_us')),
    ratio_ai_sdk: round(ai_sdk.cpu_us / sqlite.cpu_us),
  };
  if (isVoid) process.exitCode = 2;
  if (values.json) console.log(JSON.stringify(result));
  else printTable(result);
}

type Result = { why?: string; ratio_floor: number; ratio_ai_sdk: number };

function printTable({ why, ratio_floor, ratio_ai_sdk }: Result): void {
  const rows: [string, Figures | null][] = [
    ['floor', floors[0] ?? null],
    ['sqlite', sqlite],
    ['postgres', postgres],
    ['floor again', floors[1] ?? null],
    ['sdk', bareSdk],
    ...aiSdkRuns.toReversed().map((figures): [string, Figures] => ['ai_sdk', figures]),
  ];
  console.log(`${note}\n`);
  console.log('             streams   deltas/s   CPU us/delta   core    p50 ms   p99 ms   KB/stream   lost   load');
  for (const [name, figures] of rows) {
    if (!figures) console.log(`${name.padEnd(12)} no server at ${values.postgres}`);
    else console.log(`${name.padEnd(12)} ${line(figures)}`);
  }
  console.log(`\nsqlite / floor: ${ratio_floor}   ai_sdk / sqlite: ${ratio_ai_sdk}`);
  if (why) console.log(`VOID: ${why}`);
}

function line(figures: Figures): string {
  const { p50, p99, core, rss_kb, generator_load, lost } = figures;
  const columns = [
    [figures.streams, 7],
    [figures.deltas_per_second, 10],
    [figures.cpu_us, 14],
    [core, 6],
    [p50, 9],
    [p99, 8],
    [rss_kb, 11],
    [lost, 6],
    [generator_load, 6],
  ] as const;
  return columns.map(([value, width]) => String(value).padStart(width)).join(' ');
}
