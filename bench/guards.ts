/**
 * What the guards catch, and what they harm.
 *
 *   npm run bench:guards -- [--pii FILE] [--benign FILE] [--json]
 *
 * Without files: on the sets of `bench/guards/sets`, which were written for it. `--pii`: JSON, a list of `{ full_text, spans: [{
 * entity_type, start_position, end_position }] }`. `--benign`: harmless messages, one a line.
 */
import { parseArgs } from 'node:util';
import { type PiiFigures, piiFigures } from './guards/personal-data.ts';
import { DataError, ownBenign, ownMarked, readLines, readMarked } from './guards/sets.ts';

const USAGE = 'npm run bench:guards -- [--pii FILE] [--benign FILE] [--json]';
const HELP = `${USAGE}

  --pii FILE     marked messages: JSON, [{ full_text, spans: [{ entity_type, start_position, end_position }] }]
  --benign FILE  harmless messages, one a line
  --json         the figures as one line of JSON`;

try {
  run();
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function run(): void {
  const options = parse();
  if (options.help) return void console.log(HELP);
  const marked = options.pii === undefined ? ownMarked() : readMarked(options.pii);
  const benign = options.benign === undefined ? ownBenign() : readLines(options.benign);
  const pii = piiFigures(marked, benign);
  console.log(options.json ? toJson(pii) : toText(pii, marked.length, benign.length));
}

function parse() {
  try {
    return parseArgs({
      options: {
        pii: { type: 'string' },
        benign: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new DataError(`${error instanceof Error ? error.message : error} The options: ${USAGE}`);
  }
}

function toJson({ recall, precision, benign_altered }: PiiFigures): string {
  const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));
  const pii = { recall: rounded(recall), precision: rounded(precision), benign_altered: rounded(benign_altered) };
  return JSON.stringify({ pii });
}

function toText({ recall, precision, benign_altered, kinds }: PiiFigures, marked: number, benign: number): string {
  const percent = (value: number | null) => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
  const rows = Object.entries(kinds).map(([kind, of]) => `  ${kind.padEnd(24)}${of.redacted} of ${of.marked}`);
  return [
    `personal data: ${marked} messages and ${benign} harmless ones`,
    `  recall                  ${percent(recall)}`,
    `  precision of tokens     ${percent(precision)}`,
    `  harmless ones altered   ${percent(benign_altered)}`,
    ...rows,
  ].join('\n');
}
