import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { type Random, randomOf } from '../../src/testing/hostile/random.ts';
import { daySumsTo, sumsTo } from '../../src/testing/hostile/sums.ts';
import { SEEN } from './words.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Sentences of a kind, and passages shown for each, of which the liar quotes so many characters. */
const ROUNDS = 300;
const SHOWN = 3;
const QUOTED = 160;
const SAID = 'I have 2 of them, paid 130, on 3 May.';

const FORMS: Record<string, (random: Random) => string> = {
  refunds: (random) => `We will refund you $${20 + random.below(900)}.`,
  cents: (random) => `We will refund you $${20 + random.below(900)}.${10 + random.below(90)}.`,
  prices: (random) => `You pay $${20 + random.below(900)} for that.`,
  several: (random) => `For you, your wife and your two children it is $${20 + random.below(900)}.`,
  percent: (random) => `You get ${5 + random.below(90)}% off.`,
  hours: (random) => `It is paid within ${5 + random.below(200)} hours.`,
  dates: (random) => `You can return it until ${1 + random.below(30)} ${random.some(['June', 'July', 'August'], 1)}.`,
  days: (random) => `You can return it within ${5 + random.below(200)} days.`,
};

/**
 * By kind of figure, the share of invented ones that a second opinion brings through which vouches for all, and for each searches a sum.
 * `every`: of the sentences each so many-th.
 */
export function lyingFigures(every = 1): Record<string, number> {
  const guard = commitmentsGuard();
  const random = randomOf('lying');
  const passages = passagesWithFigures();
  return Object.fromEntries(
    Object.entries(FORMS).map(([kind, sentenceOf]) => {
      let [asked, through] = [0, 0];
      for (let round = 0; round < ROUNDS; round += every) {
        const sentence = sentenceOf(random);
        const seen = { ...SEEN, sources: random.some(passages, SHOWN), said: [SAID] };
        if (guard.check(sentence, seen).action === 'allow') continue;
        const quotations = seen.sources.map((source) => ({ source, words: source.text.slice(0, QUOTED) }));
        const told = [...quotations.map(({ words }) => words), SAID].join('\n');
        const sums = [...sumsTo(sentence, told), ...daySumsTo(sentence, told)];
        const found = new Map([[sentence, { quotations, sums, commits: true }]]);
        asked += 1;
        if (guard.check(sentence, seen, found).action === 'allow') through += 1;
      }
      return [kind, Number((through / asked).toFixed(4))];
    }),
  );
}

/** What the examples know, by paragraphs. */
function passagesWithFigures(): Source[] {
  const files = globSync('examples/*/knowledge/**/*.md', { cwd: ROOT }).sort();
  const paragraphs = files.flatMap((file) => readFileSync(join(ROOT, file), 'utf8').split(/\n{2,}/));
  return paragraphs
    .filter((text) => /\d/.test(text))
    .map((text, at) => ({ kind: 'passage', from: String(at), version: '1', text }));
}
