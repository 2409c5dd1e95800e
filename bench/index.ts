/**
 * The lexical index at scale, beside MiniSearch with the same stop words and stems, each in a process of its own: how
 * long a search takes, what memory it holds, and how a change of one document is felt. The text is made from a seed.
 * MiniSearch is left out above 100,000 passages, where it takes minutes and gigabytes.
 *
 *   npm run bench:index -- [--passages 10000,100000,500000] [--json]
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type Engine, type Figures, measure } from './index/measure.ts';

const { values } = parseArgs({
  options: {
    passages: { type: 'string', default: '10000,100000,500000' },
    json: { type: 'boolean', default: false },
    /** For the child processes: the engine. */
    only: { type: 'string' },
  },
});
const MINISEARCH_UP_TO = 100_000;
const sizes = values.passages.split(',').map(Number);

if (values.only !== undefined) {
  console.log(JSON.stringify(await measure(values.only as Engine, sizes[0] ?? 0)));
} else {
  const rows: Figures[] = [];
  for (const size of sizes) {
    rows.push(await inChild('frontdesk', size));
    if (size <= MINISEARCH_UP_TO) rows.push(await inChild('minisearch', size));
  }
  const ratios = sizes.map((size) => ({ passages: size, times_faster: timesFaster(rows, size) }));
  if (values.json) console.log(JSON.stringify({ rows, ratios }));
  else {
    console.table(rows);
    console.table(ratios);
  }
}

async function inChild(engine: Engine, passages: number): Promise<Figures> {
  const args = ['--expose-gc', fileURLToPath(import.meta.url), '--only', engine, '--passages', String(passages)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

/** How many times the median search of MiniSearch ours goes into; null where MiniSearch did not run. */
function timesFaster(rows: readonly Figures[], size: number): number | null {
  const of = (engine: Engine) => rows.find((row) => row.engine === engine && row.passages === size)?.query_p50_ms;
  const [ours, theirs] = [of('frontdesk'), of('minisearch')];
  return ours === undefined || theirs === undefined ? null : Number((theirs / ours).toFixed(1));
}
