/**
 * Fits the weights of the screens for abuse and for danger to life (src/screening/abuse.bin, self-harm.bin) to lines that were
 * written for them (bench/guards/training), and prints what they find, with the encoder and by words alone. The same lines give the
 * same weights: `--check` writes nothing, and fails where they are others.
 *
 *   node bench/fit-people.ts [--half] [--quiet FILE] [--check]
 *
 * `--half`: fits to every other line, measures on the rest, and writes nothing. `--quiet`: ordinary messages, one a line, of which
 * none is to be found.
 */
import { parseArgs } from 'node:util';
import { abuseIn } from '../src/screening/abuse.ts';
import { likenessFrom } from '../src/screening/likeness.ts';
import { selfHarmIn } from '../src/screening/self-harm.ts';
import { englishVector } from '../src/screening/vector.ts';
import { keptEncoder } from '../test/knowledge/kept-encoder.ts';
import { fitLikeness, keepModel, ordinaryTexts } from './guards/fit-likeness.ts';
import { ownBenign, ownScreened, readLines } from './guards/sets.ts';
import { trainingTexts } from './guards/training-lines.ts';

const { values: given } = parseArgs({
  options: {
    half: { type: 'boolean', default: false },
    quiet: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

/** A term whose weights are smaller, of either model, is left out. */
const LEAST = 0.1;
/** Milliseconds that nobody reaches. */
const PATIENT = 600_000;

const [learned, kept] = given.half ? (['even', 'odd'] as const) : [undefined, undefined];
const quiet = given.quiet === undefined ? [] : readLines(given.quiet);
const encoder = keptEncoder();

for (const [screen, other, look] of [
  ['self-harm', 'abuse', selfHarmIn],
  ['abuse', 'self-harm', abuseIn],
] as const) {
  const grave = trainingTexts(graveOf(screen), learned);
  const harmless = [
    ...trainingTexts(
      ['self-harm-harmless*.txt', 'abuse-harmless*.txt', 'people-harmless*.txt', ...graveOf(other)],
      learned,
    ),
    ...ordinaryTexts(),
  ];
  const bytes = await fitLikeness(grave, harmless, encoder.embed, LEAST);
  if (!given.half) keepModel(screen, bytes, given.check);
  const model = likenessFrom(bytes);
  console.log(`${screen}: ${grave.length} to find, ${harmless.length} harmless texts, ${bytes.length} bytes`);
  const own = ownScreened(screen);
  const sets = {
    ...(given.half && {
      'grave lines': trainingTexts(graveOf(screen), kept, 1),
      'near misses': trainingTexts([`${screen}-harmless*.txt`], kept, 1),
    }),
    'own set, grave': own.filter(({ isAttack }) => isAttack).map(({ text }) => text),
    'own set, harmless': own.filter(({ isAttack }) => !isAttack).map(({ text }) => text),
    'ordinary messages': ownBenign(),
    ...(quiet.length > 0 && { quiet }),
  };
  for (const [name, texts] of Object.entries(sets)) {
    const vectors = await Promise.all(texts.map((text) => englishVector(encoder, text, PATIENT)));
    const found = texts.map((text, at) => look(text, vectors[at] ?? null, model));
    const share = (few: readonly unknown[]) => `${((100 * few.length) / texts.length).toFixed(2)} %`;
    const all = share(found.filter((one) => one.length > 0));
    const words = share(texts.filter((text) => look(text, null, model).length > 0));
    const ruled = share(found.filter((one) => one.some((rule) => rule !== 'likeness')));
    console.log(`  ${name.padEnd(20)}${texts.length} texts, found ${all}, by words alone ${words}, by rules ${ruled}`);
  }
}
await encoder.close();

/** The files of what a screen is to find. */
function graveOf(screen: 'self-harm' | 'abuse'): string[] {
  return [`${screen}.txt`, `${screen}-second.txt`, `${screen}-third.txt`];
}
