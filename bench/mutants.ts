/**
 * Whether the suites of an agent folder notice when the folder goes wrong: each mutant has one thing broken (a figure, a rule, a
 * tool, a source), and the gate must turn red for it.
 *
 *     npm run bench:mutants -- [--agent examples/acme-insurance] [--kind tool] [--suite figures] [--most 40] [--seed 1] [--json]
 *
 * `--kind`: only what is broken so, such as `tool`, `rule`, `source swapped`, `contact`. `--suite`: the suites whose names hold this are
 * had first, which takes less time: a case that passed and fails there turns the gate red. All are had where none does.
 * The folder needs `evals/baseline.json` of the model that answers here. First the folder itself must pass its gate.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progressOn } from '../src/cli/progress.ts';
import { command, DataError, optionsOf } from './command.ts';
import { type Mutation, mutationsOf } from './mutants/mutations.ts';

const PROGRAM = fileURLToPath(new URL('../bin/frontdesk.js', import.meta.url));
/** Of one run of all suites. */
const LONGEST_MS = 600_000;

await command(async () => {
  const usage = '--agent FOLDER, --kind KIND, --suite NAME, --most N, --seed N, --json';
  const { agent, kind, suite, most, seed, json } = optionsOf(
    {
      agent: { type: 'string', default: 'examples/acme-insurance' },
      kind: { type: 'string', default: '' },
      suite: { type: 'string', default: '' },
      most: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
    usage,
  );
  const folder = resolve(agent);
  const { status, output } = gateOf(folder, () => {});
  if (status !== 0) throw new DataError(`${agent} itself does not pass its gate:\n${output}`);
  const passing = suite === '' ? 0 : passedOf(folder, () => {}, suite);
  if (!Number.isFinite(passing))
    throw new DataError(`No suite of ${agent} has ${suite} in its name, or it cannot be had.`);
  const fails = (mutation: Mutation) => suite !== '' && passedOf(folder, mutation.apply, suite) < passing;
  const all = mutationsOf(folder).filter((mutation) => mutation.kind.includes(kind));
  const chosen = sample(all, { most: Number(most), seed: Number(seed) });
  const progress = progressOn(process.stderr);
  const results = chosen.map((mutation, at) => {
    progress.show({ what: 'mutants', done: at, of: chosen.length });
    const verdict = fails(mutation) ? { noticed: true, refused: false } : verdictOn(folder, mutation);
    return { kind: mutation.kind, what: mutation.what, ...verdict };
  });
  progress.end();
  if (json) console.log(JSON.stringify({ agent, seed: Number(seed), ...summaryOf(results), results }));
  else console.log(linesOf(results).join('\n'));
});

type Result = { kind: string; what: string; noticed: boolean; refused: boolean };

/** `refused`: the folder could not be loaded any more, which is noticed, too. */
function verdictOn(folder: string, { apply, what }: Mutation): { noticed: boolean; refused: boolean } {
  const { status, output } = gateOf(folder, apply);
  if (status === 0) return { noticed: false, refused: false };
  if (status === 1) return { noticed: true, refused: false };
  if (status === 2) return { noticed: true, refused: true };
  throw new Error(`${what}: the run ended with ${status}\n${output}`);
}

/** How many cases of the suites with this name pass; as many as there can be where the run came to no end of its own. */
function passedOf(folder: string, apply: Mutation['apply'], suite: string): number {
  const { status, stdout } = evalOf(folder, apply, ['--suite', suite, '--json']);
  if (status !== 0 && status !== 1) return Number.POSITIVE_INFINITY;
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').passed;
}

function gateOf(folder: string, apply: Mutation['apply']): { status: number | null; output: string } {
  const { status, stdout, stderr } = evalOf(folder, apply, ['--gate']);
  return { status, output: `${stderr}\n${stdout}`.slice(-4_000) };
}

function evalOf(folder: string, apply: Mutation['apply'], options: readonly string[]) {
  // Beside the folder: its tools find their packages from there.
  const place = mkdtempSync(join(dirname(folder), '.mutant-'));
  try {
    // The name of the folder is the agent's id.
    const copy = join(place, basename(folder));
    cpSync(folder, copy, { recursive: true });
    apply(copy);
    const env = { ...process.env, FRONTDESK_DATA: join(place, 'data'), FRONTDESK_LOG: 'silent' };
    const run = { env, encoding: 'utf8', timeout: LONGEST_MS, maxBuffer: 2 ** 28 } as const;
    return spawnSync(process.execPath, [PROGRAM, 'eval', copy, ...options], run);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** As many of each kind as there is room for, the same for the same seed. */
function sample(all: readonly Mutation[], { most, seed }: { most: number; seed: number }): Mutation[] {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const kinds = Map.groupBy(all, ({ kind }) => kind);
  const shuffled = [...kinds.values()].map((list) =>
    list.map((one) => ({ one, key: random() })).sort((a, b) => a.key - b.key),
  );
  const chosen: Mutation[] = [];
  for (let round = 0; chosen.length < Math.min(most, all.length); round++) {
    for (const list of shuffled) {
      const next = list[round];
      if (next && chosen.length < most) chosen.push(next.one);
    }
  }
  return chosen;
}

function summaryOf(results: readonly Result[]) {
  const noticed = results.filter((one) => one.noticed).length;
  return { mutants: results.length, noticed, refused: results.filter(({ refused }) => refused).length };
}

function linesOf(results: readonly Result[]): string[] {
  const { mutants, noticed, refused } = summaryOf(results);
  const kinds = Map.groupBy(results, ({ kind }) => kind);
  return [
    `${noticed} of ${mutants} mutants turn the gate red; ${refused} of them cannot be loaded at all.`,
    ...[...kinds].map(([kind, list]) => `  ${kind}: ${list.filter((one) => one.noticed).length} of ${list.length}`),
    ...results.filter((one) => !one.noticed).map(({ kind, what }) => `  not noticed: ${kind}, ${what}`),
  ];
}
