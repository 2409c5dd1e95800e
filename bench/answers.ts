import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localEmbedder } from '../src/adapters/embeddings/local-embedder.ts';
import { type Embedder, likeness } from '../src/language/embedder.ts';
import { questionContent, wordingOf } from '../src/language/question.ts';
import { PAIRS } from './answers/pairs.ts';

/**
 * When two questions may share an answer: precision and hit rate by threshold of likeness, for likeness alone and for
 * likeness between questions of the same content.
 *
 *     npm run bench:answers -- [--banking77 train.csv] [--clinc150 data.json] [--sample 5000]
 *
 * Of a labelled set, every second message stands for what was answered before; each of the others takes the answer of the
 * likest one, which is right where both have the same intent. Both sets label coarsely and inconsistently in
 * places, so that precision below 100 % is partly theirs.
 */
type Message = { text: string; intent: string };
type Rule = 'likeness alone' | 'same content';
type Tally = { hits: number; right: number };

const RULES: readonly Rule[] = ['likeness alone', 'same content'];
const THRESHOLDS = [0, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

const { values } = parseArgs({
  options: {
    banking77: { type: 'string' },
    clinc150: { type: 'string' },
    sample: { type: 'string', default: '5000' },
  },
});
const embedder = localEmbedder();
await measurePairs(embedder);
if (values.banking77) await measureSet('banking77', readBanking(values.banking77), Number(values.sample));
if (values.clinc150) await measureSet('clinc150', readClinc(values.clinc150), Number(values.sample));
await embedder.close();

async function measurePairs(encoder: Embedder): Promise<void> {
  const { same, other } = PAIRS;
  const judged = await Promise.all(
    [...same, ...other].map(async ([one, two], at) => {
      const [a, b] = await encoder.embed([one, two]);
      const content = questionContent(one);
      return {
        pair: [one, two],
        isSame: at < same.length,
        likeness: a && b ? likeness(a, b) : 0,
        sameContent: content !== null && content === questionContent(two),
      };
    }),
  );
  console.log(`\npairs written by hand: ${same.length} same, ${other.length} other`);
  for (const rule of RULES) {
    const row = THRESHOLDS.map((threshold) => {
      const hits = judged.filter((one) => one.likeness >= threshold && (rule !== 'same content' || one.sameContent));
      const right = hits.filter(({ isSame }) => isSame).length;
      return `${threshold}: ${right} of ${same.length}, ${hits.length - right} wrong`;
    });
    console.log(`${rule.padEnd(16)}${row.join(' | ')}`);
  }
  for (const { pair, isSame, sameContent } of judged) if (sameContent && !isSame) console.log('  wrong:', pair);
}

async function measureSet(name: string, all: Message[], sample: number): Promise<void> {
  const messages = spread(all, sample);
  const vectors = await embedder.embed(messages.map(({ text }) => text));
  const contents = messages.map(({ text }) => questionContent(text));
  const wordings = messages.map(({ text }) => wordingOf(text));
  const tallies = new Map(RULES.map((rule) => [rule, THRESHOLDS.map((): Tally => ({ hits: 0, right: 0 }))]));
  const asked = messages.flatMap((_, at) => (at % 2 === 1 ? [at] : []));
  for (const at of asked) {
    const best = new Map(RULES.map((rule) => [rule, { likeness: -1, at: -1 }]));
    for (let known = 0; known < messages.length; known += 2) {
      if (wordings[known] === wordings[at]) continue;
      const alike = likeness(vectors[at] ?? new Float32Array(), vectors[known] ?? new Float32Array());
      for (const rule of RULES) {
        if (alike <= (best.get(rule)?.likeness ?? -1)) continue;
        const fits = rule !== 'same content' || (contents[at] !== null && contents[at] === contents[known]);
        if (fits) best.set(rule, { likeness: alike, at: known });
      }
    }
    for (const [rule, found] of best) {
      tallies.get(rule)?.forEach((tally, index) => {
        if (found.at < 0 || found.likeness < (THRESHOLDS[index] ?? 1)) return;
        tally.hits += 1;
        if (messages[found.at]?.intent === messages[at]?.intent) tally.right += 1;
      });
    }
  }
  console.log(`\n${name}: ${asked.length} messages against ${messages.length - asked.length} known`);
  for (const [rule, row] of tallies) {
    const cells = row.map(({ hits, right }, index) => {
      return `${THRESHOLDS[index]}: ${percent(hits, asked.length)} hit, ${percent(right, hits)} right`;
    });
    console.log(`${rule.padEnd(16)}${cells.join(' | ')}`);
  }
}

/** Every n-th message, in an order that is the same each time and mixes the intents. */
function spread(all: Message[], most: number): Message[] {
  const mixed = all.map((message, at) => ({ message, key: (at * 7_919) % 10_007 })).sort((a, b) => a.key - b.key);
  return mixed.slice(0, most).map(({ message }) => message);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** `text,category` with a header; texts in quotes may have commas and line breaks. */
function readBanking(file: string): Message[] {
  const rows = readFileSync(file, 'utf8').matchAll(/(?:^|\n)(?:"((?:[^"]|"")*)"|([^,\n]*)),([\w?]+)(?=\r?\n|$)/g);
  return [...rows].slice(1).map(([, quoted, plain, intent]) => {
    return { text: (quoted ?? plain ?? '').replaceAll('""', '"').trim(), intent: intent ?? '' };
  });
}

function readClinc(file: string): Message[] {
  const { train } = JSON.parse(readFileSync(file, 'utf8')) as { train: [string, string][] };
  return train.map(([text, intent]) => ({ text, intent }));
}
