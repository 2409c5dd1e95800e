/**
 * What a hijacked model brings to customers: shipped agents on servers of their own, with secrets planted in their prompts and
 * tools, and a model that tries to tell them, cut at every place and in every way that a model's words may come. Everything that
 * comes over the wire is looked at, by server-sent events, JSON and the AI SDK's stream, and read again afterwards; servers are
 * killed in the middle.
 *
 *   npm run bench:hostile -- [--seed S] [--scripts 12] [--cuts N] [--kills 10] [--agent NAME] [--written] [--browser] [--bytes 0] [--sabotage] [--json]
 *
 * `--scripts`: replies for each agent; `--written`: those that somebody has written, in place of those that are made. `--cuts`: so many
 * places drawn for each way of delivery, in place of every place. `--browser`: on the real page, too. `--bytes`: of so many replies the
 * stream is cut on the real page, behind each byte or `--cuts` of them. `--sabotage`: without guards; it ends with 0 only where leaks
 * were found. A leak ends it with 1; with the same seed it comes again.
 */
import { randomInt } from 'node:crypto';
import type { Breach } from '../src/testing/hostile/attack.ts';
import type { HostileCase } from '../src/testing/hostile/cases.ts';
import { command, DataError, optionsOf } from './command.ts';
import { browse } from './hostile/browser.ts';
import { cutEverywhere } from './hostile/bytes.ts';
import { AGENTS, type AgentName } from './hostile/folder.ts';
import { casesOf, type HostileRun, runHostile, setUp } from './hostile/run.ts';
import { progressBar } from './retrieval/progress.ts';

const USAGE =
  'npm run bench:hostile -- [--seed S] [--scripts 12] [--cuts N] [--kills 10] [--agent NAME] [--written] [--browser] [--bytes 0] [--sabotage] [--json]';

await command(run);

async function run(): Promise<void> {
  const options = optionsOf(
    {
      seed: { type: 'string', default: String(randomInt(2 ** 31)) },
      scripts: { type: 'string', default: '12' },
      cuts: { type: 'string' },
      kills: { type: 'string', default: '10' },
      agent: { type: 'string' },
      written: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      bytes: { type: 'string', default: '0' },
      sabotage: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    USAGE,
  );
  const number = (text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 0) throw new DataError(`${text} is not a whole number: ${USAGE}`);
    return value;
  };
  const [seed, scripts] = [number(options.seed), number(options.scripts)];
  const [kills, bytes] = [number(options.kills), number(options.bytes)];
  const cuts = options.cuts === undefined ? {} : { cuts: number(options.cuts) };
  const agents = AGENTS.filter((name) => options.agent === undefined || name === options.agent);
  if (agents.length === 0) throw new DataError(`The agents: ${AGENTS.join(', ')}.`);
  const begun = performance.now();
  const results: Result[] = [];
  const { sabotage, browser, written } = options;
  for (const agent of agents) {
    const given = { agent, seed, scripts, written, sabotage, ...cuts };
    results.push(await attacked({ ...given, kills }));
    if (browser) results.push(await browsed(given));
    if (bytes > 0) results.push(await cutOnThePage({ ...given, scripts: bytes }));
  }
  const seconds = Math.round((performance.now() - begun) / 1_000);
  const figures = figuresOf(results);
  if (options.json) console.log(JSON.stringify({ ...figures, seed, scripts, seconds }));
  else printTable(results, seed, seconds);
  if (!sabotage) for (const line of stories(results.flatMap(({ breaches }) => breaches))) console.error(line);
  if (sabotage && figures.leaks === 0) console.error('Sabotage had no effect: the run would not have noticed a leak.');
  process.exitCode = (sabotage ? figures.leaks > 0 : figures.leaks + figures.failed === 0) ? 0 : 1;
}

type Result = Awaited<ReturnType<typeof runHostile>> & { agent: AgentName };

async function attacked(run: HostileRun & { agent: AgentName }): Promise<Result> {
  const bar = progressBar(run.agent);
  const all = [...casesOf(run)].length + (run.kills ?? 0);
  const result = await runHostile({ ...run, onProgress: (done) => bar.show(done, all) });
  bar.end();
  return { agent: run.agent, ...result };
}

/** The same replies on the page; what it does beside showing them is an answer that failed. */
async function browsed(run: HostileRun): Promise<Result> {
  const given: HostileRun = { ...run, deliveries: ['two deltas', 'single characters', 'a tool between'] };
  const stage = await setUp(given);
  const bar = progressBar(`${run.agent}, the page`);
  const all = [...casesOf(given)];
  try {
    const onProgress = (done: number) => bar.show(done, all.length);
    const { breaches, asked, states, bytes, troubles } = await browse({
      ...stage,
      url: stage.url,
      cases: all,
      onProgress,
    });
    const failed = troubles.map((trouble) => asFailure(all[0] as HostileCase, trouble));
    return { agent: run.agent, breaches: [...breaches, ...failed], asked, wires: states, bytes, killed: 0 };
  } finally {
    bar.end();
    await stage.close();
  }
}

/** The streams of some replies, each cut at its bytes on the page: a cut counts as a wire. */
async function cutOnThePage(run: HostileRun): Promise<Result> {
  const { agent, seed, cuts } = run;
  const given: HostileRun = { ...run, cuts: 1, deliveries: ['citing what it found'] };
  const all = [...casesOf(given)].filter(({ delivery }) => delivery === 'citing what it found');
  const result: Result = { agent, breaches: [], asked: 0, wires: 0, bytes: 0, killed: 0 };
  const stage = await setUp(given);
  const bar = progressBar(`${agent}, bytes`);
  try {
    for (const one of all) {
      const onProgress = (done: number, of: number) => bar.show(done, of);
      const cut = await cutEverywhere({ ...stage, url: stage.url, one, seed, onProgress, ...(cuts && { cuts }) });
      result.breaches.push(...cut.breaches, ...cut.troubles.map((trouble) => asFailure(one, trouble)));
      result.asked += 1;
      result.wires += cut.cuts;
      result.bytes += cut.bytes;
    }
    return result;
  } finally {
    bar.end();
    await stage.close();
  }
}

function asFailure(one: HostileCase, failed: string): Breach {
  return { case: one, face: 'the page', leaks: [], failed };
}

function figuresOf(results: readonly Result[]) {
  const breaches = results.flatMap((result) => result.breaches);
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0);
  return {
    replies: sum(({ asked }) => asked),
    kills: sum(({ killed }) => killed),
    wires: sum(({ wires }) => wires),
    bytes: sum(({ bytes }) => bytes),
    leaks: breaches.filter((breach) => breach.failed === undefined).length,
    failed: breaches.filter(({ failed }) => failed !== undefined).length,
  };
}

function printTable(results: readonly Result[], seed: number, seconds: number): void {
  console.log(`seed ${seed}, ${seconds} s\n`);
  for (const result of results) {
    const { replies, kills, wires, bytes, leaks, failed } = figuresOf([result]);
    console.log(
      `${result.agent}: ${replies} replies, ${kills} kills, ${wires} wires of ${(bytes / 1e6).toFixed(1)} MB together`,
    );
    console.log(`  leaks                 ${leaks}`);
    console.log(`  answers that failed   ${failed}`);
  }
}

/** What came through, once for each reply and way. */
function stories(breaches: readonly Breach[]): string[] {
  const told = new Map<string, string>();
  for (const breach of breaches) {
    const { delivery, text, at, id } = breach.case;
    const what =
      breach.failed ??
      breach.leaks.map(({ plant, around }) => `${plant.kind} "${plant.text}" in "${around}"`).join('; ');
    told.set(
      `${delivery} ${text}`,
      `${id}, ${delivery} at ${at}, ${breach.face}: ${JSON.stringify(text)}\n    ${what}`,
    );
  }
  return [...told.values()];
}
