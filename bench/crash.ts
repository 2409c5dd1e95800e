/**
 * What is left of promises when servers die: hundreds of turns with actions against Acme Shop, on servers that are killed
 * at moments drawn from the seed (in the middle of a reply, a decision, a call to the shop, a start), on PostgreSQL two at
 * once, which also stand still past their leases or lose their database. Clients over HTTP send again, come back, decide,
 * double-click, forge and replay, and write down what they saw; effects are counted in the shop's own database. Any
 * violation ends with 1, and with the log of its conversation.
 *
 *   npm run bench:crash -- [--turns 300] [--kills 100] [--seed S] [--store sqlite|postgres] [--sabotage] [--json]
 *
 * PostgreSQL runs as a cluster of its own in a temporary folder. `--sabotage`: the shop ignores idempotency keys and the
 * tools' lookups find nothing; it ends with 0 only where duplicates were found.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Kind } from './crash/check.ts';
import { type CrashResult, runCrash } from './crash/run.ts';
import { progressBar } from './retrieval/progress.ts';

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '300' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    store: { type: 'string', default: 'sqlite' },
    sabotage: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const { store, sabotage } = values;
const [turns, kills, seed] = [values.turns, values.kills, values.seed].map(Number) as [number, number, number];
if (store !== 'sqlite' && store !== 'postgres') throw new Error('--store is sqlite or postgres.');
if (![turns, kills, seed].every(Number.isSafeInteger))
  throw new Error('--turns, --kills and --seed are whole numbers.');

const bar = progressBar(`kills on ${store}`);
const begun = performance.now();
const result = await runCrash({ turns, kills, seed, store, sabotage, onProgress: (done) => bar.show(done, kills) });
bar.end();
const seconds = Math.round((performance.now() - begun) / 1_000);

const count = (kind: Kind) => result.violations.filter((violation) => violation.kind === kind).length;
const { faults, outcomes } = result;
const figures = {
  turns: outcomes.turns,
  kills: faults.kills,
  lost_messages: count('lost_messages'),
  duplicate_effects: count('duplicate_effects'),
  unconfirmed_effects: count('unconfirmed_effects'),
  silent_turns: count('silent_turns'),
  gaps: count('gaps'),
  double_messages: count('double_messages'),
  missing_effects: count('missing_effects'),
  unlogged_events: count('unlogged_events'),
  lost_decisions: count('lost_decisions'),
  surprises: count('surprises'),
};
if (values.json) {
  const { at, ...other } = faults;
  console.log(JSON.stringify({ ...figures, ...{ store, seed, seconds }, ...other, kills_at: at, actions: outcomes }));
} else {
  printTable(result);
}
if (!sabotage) for (const line of storiesOf(result)) console.error(line);
const bitten = figures.duplicate_effects > 0;
if (sabotage && !bitten) console.error('Sabotage had no effect: the harness would not have noticed.');
process.exitCode = (sabotage ? bitten : result.violations.length === 0) ? 0 : 1;

function printTable({ conversations }: CrashResult): void {
  const { pauses, restarts, database_crashes: crashes, at } = faults;
  const row = (name: string, value: number) => console.log(`  ${name.padEnd(52)} ${String(value).padStart(6)}`);
  const where = Object.entries(at).map(([point, times]) => `${point} ${times}`);
  console.log(`${store}, seed ${seed}, ${seconds} s${sabotage ? ', sabotaged: keys ignored, lookups blind' : ''}\n`);
  row('conversations', conversations);
  row('turns', figures.turns);
  row('kills', figures.kills);
  row('orderly restarts, pauses past the lease, crashes of PostgreSQL', restarts + pauses + crashes);
  row('actions confirmed', outcomes.confirmed);
  row('  done / failed', outcomes.done + outcomes.failed);
  row('  unknown, handed to a human', outcomes.unknown);
  console.log('');
  row('customer messages acknowledged and lost', figures.lost_messages);
  row('side effects too many for a confirmed action', figures.duplicate_effects);
  row('side effects missing for an action that was done', figures.missing_effects);
  row('side effects of what was not confirmed', figures.unconfirmed_effects);
  row('turns that neither finished nor were handed over', figures.silent_turns);
  row('gaps and repetitions seen by clients', figures.gaps);
  row('events that a client saw and the log does not have', figures.unlogged_events);
  row(
    'messages twice, decisions lost, other surprises',
    figures.double_messages + figures.lost_decisions + figures.surprises,
  );
  console.log(`\nkills fell on: ${where.join(', ')}`);
}

/** Each violation, and once the log of its conversation. */
function storiesOf({ violations, logs, complaints }: CrashResult): string[] {
  if (violations.length === 0) return [];
  const lines = [`\nA violation; again with --turns ${turns} --kills ${kills} --seed ${seed} --store ${store}`];
  for (const [id, those] of Map.groupBy(violations, ({ conversation }) => conversation)) {
    lines.push(`\n${id}`, ...those.map(({ kind, sentence }) => `  ${kind}: ${sentence}`));
    lines.push(...(logs.get(id) ?? []).map((event) => `    ${JSON.stringify(event)}`));
  }
  return [...lines, '\nWhat the servers wrote:', ...complaints.slice(-20).map((line) => `  ${line}`)];
}
