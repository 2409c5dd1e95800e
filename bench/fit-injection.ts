/**
 * Fits the weights of the injection screen (src/screening/injection.bin) to lines that were written for it
 * (bench/guards/training) and the examples of the shipped agents' routes, and prints what they come to on public data that
 * it was not fitted on. The same lines give the same weights: `--check` writes nothing, and fails where they are others.
 *
 *   node bench/fit-injection.ts [--injection FILE] [--benign FILE] [--check]
 */
import { parseArgs } from 'node:util';
import { likenessFrom } from '../src/screening/likeness.ts';
import { keptEncoder } from '../test/knowledge/kept-encoder.ts';
import { fitLikeness, keepModel, ordinaryTexts } from './guards/fit-likeness.ts';
import { injectionFigures } from './guards/injection.ts';
import { ownBenign, readInjections, readLines } from './guards/sets.ts';
import { trainingTexts } from './guards/training-lines.ts';

const { values: given } = parseArgs({
  options: { injection: { type: 'string' }, benign: { type: 'string' }, check: { type: 'boolean', default: false } },
});

/** A term whose weights are smaller, of either model, is left out. */
const LEAST = 0.15;

const attacks = trainingTexts(['attacks*.txt']);
const harmless = ordinaryTexts();
const encoder = keptEncoder();
const bytes = await fitLikeness(attacks, harmless, encoder.embed, LEAST);
keepModel('injection', bytes, given.check);
console.log(`${attacks.length} attacks, ${harmless.length} harmless texts, ${bytes.length} bytes`);

if (given.injection) {
  const model = likenessFrom(bytes);
  const lines = given.benign ? readLines(given.benign) : ownBenign();
  for (const embedder of [null, encoder]) {
    console.log(
      embedder ? 'with the encoder' : 'words alone',
      await injectionFigures(readInjections(given.injection), lines, { embedder, model }),
    );
  }
}
await encoder.close();
