import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../src/routing/bytes.ts';
import { type Row, raritiesOf, Terms, weigh } from '../../src/routing/features.ts';
import { trainLinear } from '../../src/routing/linear.ts';
import { joinRows } from '../../src/routing/rows.ts';
import { readLines } from './sets.ts';
import { trainingTexts } from './training-lines.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Texts that have a term, at least: what one of them alone says is chance. */
const FEWEST = 2;
/** Until nothing moves any more: with fewer, a line more or less shifts all margins. */
const PASSES = 40;

/** Ordinary messages: the harmless lines of training, and what the examples' routes are asked. */
export function ordinaryTexts(): string[] {
  const asked = globSync('examples/*/routes/*/utterances.txt', { cwd: ROOT })
    .sort()
    .flatMap((file) => readLines(join(ROOT, file)))
    .filter((line) => !line.startsWith('#'));
  return [...trainingTexts(['harmless*.txt']), ...asked.map((line) => line.trim())];
}

/**
 * The bytes of a screen's model that tells `grave` texts from `harmless` ones, by words alone and with the encoder's vectors. A term whose
 * weights are smaller than `least` is left out.
 */
export async function fitLikeness(
  grave: readonly string[],
  harmless: readonly string[],
  embed: (texts: string[]) => Promise<Float32Array[]>,
  least: number,
): Promise<Uint8Array> {
  const texts = [...grave, ...harmless];
  const labels = Int32Array.from(texts, (_, at) => (at < grave.length ? 1 : 0));
  const vectors = await embed(texts);
  const all = new Terms();
  for (const text of texts) all.add(text);
  const known = all.vocabulary(FEWEST);
  const counted = texts.map((text) => known.count(text));
  const rarities = raritiesOf(counted, known.terms);
  const rows = counted.map((one) => weigh(one, rarities));
  const width = known.terms.length;
  const [plain, joined] = [await fitted(rows, null, width, labels), await fitted(rows, vectors, width, labels)];
  const kept = [...known.terms.keys()].filter(
    (id) => Math.max(Math.abs(plain.sparse[id] ?? 0), Math.abs(joined.sparse[id] ?? 0)) >= least,
  );
  return pack(
    { terms: kept.map((id) => known.terms[id]), bias: [plain.bias, joined.bias] },
    {
      rarities: Float32Array.from(kept, (id) => rarities[id] ?? 0),
      plain: Float32Array.from(kept, (id) => plain.sparse[id] ?? 0),
      joined: Float32Array.from(kept, (id) => joined.sparse[id] ?? 0),
      dense: joined.dense,
    },
  );
}

/** Writes the model of a screen, or with `check` says where it is another one. */
export function keepModel(screen: string, bytes: Uint8Array, check: boolean): void {
  const file = join(ROOT, `src/screening/${screen}.bin`);
  if (!check) writeFileSync(file, bytes);
  else if (!readFileSync(file).equals(bytes)) {
    console.error(`${screen}.bin is not what its lines make: fit it again.`);
    process.exitCode = 1;
  }
}

/** The line of the grave texts; that of the others is the same from the other side. */
async function fitted(
  rows: readonly Row[],
  vectors: readonly Float32Array[] | null,
  width: number,
  labels: Int32Array,
) {
  const { sparse, dense, bias } = await trainLinear(joinRows(rows, vectors), width, labels, 2, async () => {}, PASSES);
  const own = (list: Float32Array) => list.filter((_, at) => at % 2 === 1);
  return { sparse: own(sparse), dense: own(dense), bias: bias[1] ?? 0 };
}
