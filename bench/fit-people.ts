/**
 * Fits the weights of the screens for abuse and for danger to life (src/screening/abuse.bin, self-harm.bin) to lines that were
 * written for them (bench/guards/training), and prints what they find. The same lines give the same weights.
 *
 *   node bench/fit-people.ts [--half] [--quiet FILE]
 *
 * `--half`: fits to every other line, measures on the rest, and writes nothing. `--quiet`: ordinary messages, one a line, of which
 * none is to be found.
 */
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from '../src/routing/bytes.ts';
import { raritiesOf, Terms, weigh } from '../src/routing/features.ts';
import { trainLinear } from '../src/routing/linear.ts';
import { joinRows } from '../src/routing/rows.ts';
import { abuseIn } from '../src/screening/abuse.ts';
import { type Likeness, likenessFrom, likenessOf } from '../src/screening/likeness.ts';
import { readingsOf } from '../src/screening/readings.ts';
import { selfHarmIn } from '../src/screening/self-harm.ts';
import { ownBenign, ownScreened, readLines } from './guards/sets.ts';
import { trainingTexts } from './guards/training-lines.ts';

const { values: given } = parseArgs({
  options: { half: { type: 'boolean', default: false }, quiet: { type: 'string' } },
});

const ROOT = join(import.meta.dirname, '..');
/** Texts that have a term, at least: what one of them alone says is chance. */
const FEWEST = 2;
/** A term whose weight is smaller is left out. */
const LEAST = 0.06;
const PASSES = 40;
/** Texts made of a line: enough for each alternative to be among them. */
const VARIANTS = 16;

type Part = 'even' | 'odd' | undefined;
const [learned, kept]: [Part, Part] = given.half ? ['even', 'odd'] : [undefined, undefined];
const ordinary = [
  ...trainingTexts(['harmless*.txt']),
  ...globSync('examples/*/routes/*/utterances.txt', { cwd: ROOT })
    .sort()
    .flatMap((file) => readLines(join(ROOT, file)))
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim()),
];
const quiet = given.quiet === undefined ? [] : readLines(given.quiet);

for (const [screen, other, look] of [
  ['self-harm', 'abuse', selfHarmIn],
  ['abuse', 'self-harm', abuseIn],
] as const) {
  const grave = trainingTexts([`${screen}.txt`, `${screen}-second.txt`], learned, VARIANTS);
  const harmless = [
    ...trainingTexts(
      [
        `${screen}-harmless.txt`,
        `${other}-harmless.txt`,
        `${other}.txt`,
        `${other}-second.txt`,
        'people-harmless.txt',
        'people-harmless-second.txt',
      ],
      learned,
      VARIANTS,
    ),
    ...ordinary,
  ];
  const bytes = await weightsFor(grave, harmless);
  if (!given.half) writeFileSync(join(ROOT, `src/screening/${screen}.bin`), bytes);
  const model = likenessFrom(bytes);
  console.log(`${screen}: ${grave.length} to find, ${harmless.length} harmless texts, ${bytes.length} bytes`);
  const own = ownScreened(screen);
  const sets = {
    'grave lines': trainingTexts([`${screen}.txt`], kept),
    'near misses': trainingTexts([`${screen}-harmless.txt`], kept),
    'own set, grave': own.filter(({ isAttack }) => isAttack).map(({ text }) => text),
    'own set, harmless': own.filter(({ isAttack }) => !isAttack).map(({ text }) => text),
    'ordinary messages': ownBenign(),
    ...(quiet.length > 0 && { quiet }),
  };
  for (const [name, texts] of Object.entries(sets)) await print(name, texts, look, model);
}

async function print(
  name: string,
  texts: readonly string[],
  look: (text: string, model: Likeness) => readonly string[],
  model: Likeness,
): Promise<void> {
  const found = texts.map((text) => look(text, model));
  const share = (few: number) => `${((100 * few) / texts.length).toFixed(2)} %`;
  const [all, ruled] = [
    found.filter((one) => one.length > 0),
    found.filter((one) => one.some((rule) => rule !== 'likeness')),
  ];
  const margins = texts.map((text) => likenessOf(model, readingsOf(text))).sort((a, b) => b - a);
  const at = [0.001, 0.01, 0.5, 0.9].map((part) => (margins[Math.floor(part * margins.length)] ?? 0).toFixed(2));
  console.log(
    `  ${name.padEnd(20)}${texts.length} texts, found ${share(all.length)}, by rules ${share(ruled.length)}; margins ${at.join(' ')}`,
  );
}

async function weightsFor(grave: readonly string[], harmless: readonly string[]): Promise<Uint8Array> {
  const texts = [...grave, ...harmless];
  const labels = Int32Array.from(texts, (_, at) => (at < grave.length ? 1 : 0));
  const all = new Terms();
  for (const text of texts) all.add(text);
  const known = all.vocabulary(FEWEST);
  const counted = texts.map((text) => known.count(text));
  const rarities = raritiesOf(counted, known.terms);
  const rows = counted.map((one) => weigh(one, rarities));
  const line = await trainLinear(joinRows(rows, null), known.terms.length, labels, 2, async () => {}, PASSES);
  // Of the two classes the second is what is to be found.
  const weights = line.sparse.filter((_, at) => at % 2 === 1);
  const ids = [...known.terms.keys()].filter((id) => Math.abs(weights[id] ?? 0) >= LEAST);
  return pack(
    { terms: ids.map((id) => known.terms[id]), bias: line.bias[1] ?? 0 },
    {
      rarities: Float32Array.from(ids, (id) => rarities[id] ?? 0),
      weights: Float32Array.from(ids, (id) => weights[id] ?? 0),
    },
  );
}
