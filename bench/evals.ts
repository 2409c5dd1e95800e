/**
 * How long a large suite takes and what memory it needs: the folder's suites, and questions about its articles until there are enough
 * cases, had by the whole command with the offline model. Beside it the floor: a tenth of the same cases, had one after the other in one
 * process, with nothing graded, kept or reported.
 *
 *     npm run bench:evals -- [--agent examples/acme-insurance] [--cases 1000] [--json]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { prepareKnowledge } from '../src/cli/eval-knowledge.ts';
import { type Config, readConfig } from '../src/config.ts';
import { withoutNeedy } from '../src/evals/check-suites.ts';
import { readSuites } from '../src/evals/read-suites.ts';
import { runCase } from '../src/evals/run-case.ts';
import { scriptSide } from '../src/evals/script-side.ts';
import { openStage } from '../src/evals/stage.ts';
import type { Case } from '../src/evals/suite.ts';
import { command, DataError, optionsOf } from './command.ts';

const PROGRAM = fileURLToPath(new URL('../bin/frontdesk.js', import.meta.url));
const PROCESSES = Math.min(2, availableParallelism());
const LONGEST_MS = 1_800_000;
const OPENINGS = ['What do you know about', 'Hi, please explain', 'I have a question on', 'What is there to say about'];

await command(async () => {
  const options = {
    agent: { type: 'string', default: 'examples/acme-insurance' },
    cases: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  } as const;
  const { agent, cases: text, json } = optionsOf(options, '--agent FOLDER, --cases N, --json');
  const wanted = Number(text);
  if (!(Number.isInteger(wanted) && wanted >= 20))
    throw new DataError(`--cases is a whole number from 20, not "${text}".`);
  // Beside the folder: its tools find their packages from there.
  const place = mkdtempSync(join(dirname(resolve(agent)), '.large-'));
  try {
    // The name of the folder is the agent's id.
    const folder = join(place, basename(resolve(agent)));
    cpSync(resolve(agent), folder, { recursive: true });
    const config = readConfig({
      ...{ FRONTDESK_AGENT: folder, FRONTDESK_DATA: join(place, 'floor'), FRONTDESK_LOG: 'silent' },
    });
    const titles: string[] = [];
    const knowledge = await prepareKnowledge(
      config,
      () => {},
      ({ title }) => titles.push(title),
    );
    const cases = await enlarge(folder, titles, wanted);
    const whole = wholeRun(folder, place);
    const floor = await floorOf(config, knowledge.folder, cases);
    const measured = { ...whole, floorCasesASecond: floor, ofFloor: whole.casesASecond / (floor * PROCESSES) };
    console.log(json ? JSON.stringify(measured) : linesOf(measured).join('\n'));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

/** Gives the folder so many cases that this model can have, and gives them back. */
async function enlarge(folder: string, titles: readonly string[], wanted: number): Promise<Case[]> {
  const own = await casesOf(folder);
  const rows = Array.from({ length: Math.max(0, wanted - own.length) }, (_, at) => ({
    about: titles[at % titles.length],
    opening: OPENINGS[Math.floor(at / titles.length) % OPENINGS.length],
    at: String(at),
  }));
  const asked = { name: 'question {at}', ask: '{opening} {about} ({at})?', expect: { says: '{about}' }, table: rows };
  writeFileSync(join(folder, 'evals', 'many-questions.yaml'), stringify({ suite: 'Many questions', cases: [asked] }));
  return casesOf(folder);
}

async function casesOf(folder: string): Promise<Case[]> {
  const { suites, problems } = await readSuites(folder);
  if (problems.length > 0) throw new DataError(problems.map(({ message }) => message).join('\n'));
  const cases = suites.flatMap((suite) => suite.cases);
  return withoutNeedy(cases, true).cases;
}

type Whole = {
  cases: number;
  passed: number;
  seconds: number;
  casesASecond: number;
  parentMb: number;
  childMb: number;
};

function wholeRun(folder: string, place: string): Whole {
  const told = mkdtempSync(join(tmpdir(), 'memory-'));
  // Every process of the command says at its end what it needed.
  const hook = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(`${told}/`)} + process.pid + (process.send ? '.child' : '.parent'), String(process.resourceUsage().maxRSS)));`;
  const env = {
    ...process.env,
    ...{ FRONTDESK_DATA: join(place, 'data'), FRONTDESK_LOG: 'silent' },
    NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(hook)}"`,
  };
  const begun = performance.now();
  const args = [PROGRAM, 'eval', folder, '--json', '--processes', String(PROCESSES)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ env, encoding: 'utf8', timeout: LONGEST_MS, maxBuffer: 2 ** 28 },
  });
  const seconds = (performance.now() - begun) / 1_000;
  if (status !== 0) throw new Error(`The run ended with ${status}.\n${stderr.slice(-4_000)}`);
  const { cases, passed } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { cases: number; passed: number };
  const peak = (kind: string) => {
    const files = readdirSync(told).filter((name) => name.endsWith(kind));
    return Math.round(Math.max(...files.map((name) => Number(readFileSync(join(told, name), 'utf8')))) / 1_024);
  };
  const memory = { parentMb: peak('.parent'), childMb: peak('.child') };
  rmSync(told, { recursive: true });
  return { cases, passed, seconds, casesASecond: cases / seconds, ...memory };
}

/** Cases a second in one process, over the store of `data`. */
async function floorOf(config: Config, data: string, all: readonly Case[]): Promise<number> {
  const tenth = all.filter(({ customerSide }) => customerSide.kind === 'script').filter((_, at) => at % 10 === 0);
  const stage = await openStage(config, data);
  try {
    const begun = performance.now();
    for (const one of tenth) {
      const turns = one.customerSide.kind === 'script' ? one.customerSide.turns : [];
      await runCase(stage, one, { attempt: 0, key: '', side: scriptSide(turns), signal: new AbortController().signal });
    }
    return tenth.length / ((performance.now() - begun) / 1_000);
  } finally {
    await stage.close();
  }
}

function linesOf({
  cases,
  passed,
  seconds,
  ...rest
}: Whole & { floorCasesASecond: number; ofFloor: number }): string[] {
  const { casesASecond, parentMb, childMb, floorCasesASecond, ofFloor } = rest;
  return [
    `${cases} cases (${passed} pass) in ${seconds.toFixed(0)} s with ${PROCESSES} processes: ${casesASecond.toFixed(1)} a second`,
    `floor, one process: ${floorCasesASecond.toFixed(1)} a second; the whole command reaches ${(ofFloor * 100).toFixed(0)} % of ${PROCESSES} of them`,
    `peak resident memory: ${parentMb} MB, the largest process with an agent ${childMb} MB`,
  ];
}
