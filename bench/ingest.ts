/**
 * What `frontdesk ingest` costs, the whole command in a process of its own: a corpus of articles that is read for the first
 * time, the same when nothing was touched, when every file was touched but none changed, and when one was changed.
 *
 *   npm run bench:ingest -- [--documents 1000] [--runs 5] [--json]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const BIN = fileURLToPath(new URL('../bin/frontdesk.js', import.meta.url));
const AGENT = fileURLToPath(new URL('../examples/acme-insurance', import.meta.url));
const WORDS =
  'policy claim battery charger premium driver garage window repair invoice renewal discount cover excess'.split(' ');
/** Paragraphs of an article, and words of a paragraph. */
const PARAGRAPHS = 12;
const LENGTH = 40;

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const documents = Number(values.documents);
const folder = await mkdtemp(join(tmpdir(), 'frontdesk-bench-ingest-'));
const agent = join(folder, 'agent');
const knowledge = join(agent, 'knowledge');
await cp(AGENT, agent, { recursive: true });
await rm(knowledge, { recursive: true });
await mkdir(knowledge);
for (let n = 0; n < documents; n++) await writeFile(join(knowledge, `${n}.md`), article(n, 0));

const first = await ingest(documents);
const figures = {
  documents,
  first_ms: first,
  unchanged_ms: await median(async () => {}, 0),
  touched_ms: await median(async (run) => {
    for (let n = 0; n < documents; n++) await utimes(join(knowledge, `${n}.md`), run + 1, run + 1);
  }, 0),
  one_changed_ms: await median((run) => writeFile(join(knowledge, '7.md'), article(7, run + 1)), 1),
};
await rm(folder, { recursive: true });

if (values.json) console.log(JSON.stringify(figures));
else {
  console.log(`${documents} documents, the whole command, median of ${values.runs}`);
  console.log(`for the first time   ${figures.first_ms} ms (once)`);
  console.log(`nothing touched      ${figures.unchanged_ms} ms   wanted for 1,000 documents: below 2000`);
  console.log(`touched, unchanged   ${figures.touched_ms} ms`);
  console.log(
    `one changed          ${figures.one_changed_ms} ms   first / one changed: ${round(first / figures.one_changed_ms)}`,
  );
}

/** The same numbers give the same text, which has a sentence of its own in every paragraph. */
function article(n: number, edition: number): string {
  const paragraphs = Array.from({ length: PARAGRAPHS }, (_, p) => {
    const words = Array.from({ length: LENGTH }, (_, w) => WORDS[(n * 31 + p * 17 + w * (1 + (n % 7))) % WORDS.length]);
    return `Article ${n}, part ${p}, edition ${p === 0 ? edition : 0}. The ${words.join(' ')} is described here.`;
  });
  return `# Article ${n}\n\n${paragraphs.join('\n\n')}\n`;
}

async function median(change: (run: number) => Promise<unknown>, changed: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    await change(run);
    times.push(await ingest(changed));
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** One command from its start to its end, in ms. The encoder is off: it reads only what is new, at its own pace. */
async function ingest(changed: number): Promise<number> {
  const begun = performance.now();
  const env = { PATH: process.env.PATH ?? '', FRONTDESK_DATA: join(folder, 'data'), FRONTDESK_AGENT: agent };
  const child = spawn(process.execPath, [BIN, 'ingest', '--json'], {
    env: { ...env, FRONTDESK_ENCODER: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  await once(child, 'close');
  const ms = Math.round(performance.now() - begun);
  const report = JSON.parse(printed) as { found: number; changed: number };
  if (report.found !== documents || report.changed !== changed) throw new Error(`an odd report: ${printed}`);
  return ms;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
