/**
 * Fits the weights of the injection screen (src/screening/injection.bin) to lines that were written for it
 * (bench/guards/training) and the examples of the shipped agents' routes, and prints what they come to on public data that
 * it was not fitted on. The same lines give the same weights: `--check` writes nothing, and fails where they are others.
 *
 *   node bench/fit-injection.ts [--injection FILE] [--benign FILE] [--check]
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pack } from '../src/routing/bytes.ts';
import { type Row, raritiesOf, Terms, weigh } from '../src/routing/features.ts';
import { trainLinear } from '../src/routing/linear.ts';
import { joinRows } from '../src/routing/rows.ts';
import { injectionModelFrom } from '../src/screening/injection-model.ts';
import { keptEncoder } from '../test/knowledge/kept-encoder.ts';
import { injectionFigures } from './guards/injection.ts';
import { ownBenign, readInjections, readLines } from './guards/sets.ts';
import { trainingTexts } from './guards/training-lines.ts';

const { values: given } = parseArgs({
  options: { injection: { type: 'string' }, benign: { type: 'string' }, check: { type: 'boolean', default: false } },
});

const FILE = fileURLToPath(new URL('../src/screening/injection.bin', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));
/** Texts that have a term, at least: what one of them alone says is chance. */
const FEWEST = 2;
/** A term whose weights are smaller, of either model, is left out. */
const LEAST = 0.15;
/** Until nothing moves any more: with fewer, a line more or less shifts all margins. */
const PASSES = 40;

const attacks = trainingTexts(['attacks*.txt']);
const asked = globSync('*/routes/*/utterances.txt', { cwd: EXAMPLES })
  .sort()
  .flatMap((file) => readLines(`${EXAMPLES}/${file}`))
  .filter((line) => !line.startsWith('#'));
const harmless = [...trainingTexts(['harmless*.txt']), ...asked.map((line) => line.trim())];
const texts = [...attacks, ...harmless];
const labels = Int32Array.from(texts, (_, at) => (at < attacks.length ? 1 : 0));
const encoder = keptEncoder();
const vectors = await encoder.embed(texts);

const all = new Terms();
for (const text of texts) all.add(text);
const known = all.vocabulary(FEWEST);
const counted = texts.map((text) => known.count(text));
const rarities = raritiesOf(counted, known.terms);
const rows = counted.map((one) => weigh(one, rarities));
const [plain, joined] = [await fitted(rows, null), await fitted(rows, vectors)];
const kept = [...known.terms.keys()].filter(
  (id) => Math.max(Math.abs(plain.sparse[id] ?? 0), Math.abs(joined.sparse[id] ?? 0)) >= LEAST,
);
const bytes = pack(
  { terms: kept.map((id) => known.terms[id]), bias: [plain.bias, joined.bias] },
  {
    rarities: Float32Array.from(kept, (id) => rarities[id] ?? 0),
    plain: Float32Array.from(kept, (id) => plain.sparse[id] ?? 0),
    joined: Float32Array.from(kept, (id) => joined.sparse[id] ?? 0),
    dense: joined.dense,
  },
);
if (!given.check) writeFileSync(FILE, bytes);
else if (!readFileSync(FILE).equals(bytes)) {
  console.error('The weights are not those of the lines: run bench/fit-injection.ts.');
  process.exitCode = 1;
}
console.log(
  `${attacks.length} attacks, ${harmless.length} harmless texts, ${kept.length} of ${known.terms.length} terms, ${bytes.length} bytes`,
);

if (given.injection) {
  const model = injectionModelFrom(bytes);
  const lines = given.benign ? readLines(given.benign) : ownBenign();
  for (const embedder of [null, encoder]) {
    console.log(
      embedder ? 'with the encoder' : 'words alone',
      await injectionFigures(readInjections(given.injection), lines, { embedder, model }),
    );
  }
}
await encoder.close();

/** The line of the attacks; that of the others is the same from the other side. */
async function fitted(from: readonly Row[], meanings: readonly Float32Array[] | null) {
  const { sparse, dense, bias } = await trainLinear(
    joinRows(from, meanings),
    known.terms.length,
    labels,
    2,
    async () => {},
    PASSES,
  );
  const own = (list: Float32Array) => list.filter((_, at) => at % 2 === 1);
  return { sparse: own(sparse), dense: own(dense), bias: bias[1] ?? 0 };
}
