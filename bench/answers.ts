import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localEmbedder } from '../src/adapters/embeddings/local-embedder.ts';
import { likeness } from '../src/language/embedder.ts';
import { questionContent, wordingOf } from '../src/language/question.ts';
import { PAIRS } from './answers/pairs.ts';

/**
 * When two questions may share an answer, by the likeness from which on they do: for likeness alone, and for likeness
 * between questions of the same content.
 *
 *     npm run bench:answers -- [--banking77 train.csv] [--clinc150 data.json] [--sample 5000] [--json]
 *
 * The pairs are written by hand. Of a labelled set every second message stands for what was answered before; each of the
 * others takes the answer of the likest one in another wording, which is right where both have the same intent. Both sets label
 * inconsistently in places, so that what is missing to 100 % is partly theirs.
 */
type Message = { text: string; intent: string };
type Row = { threshold: number; hits: number; right: number };
type Rule = (typeof RULES)[number];
type Result = { set: string; asked: number; rows: Record<Rule, Row[]> };

const RULES = ['likeness alone', 'same content'] as const;
const THRESHOLDS = [0, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

const { values } = parseArgs({
  options: {
    banking77: { type: 'string' },
    clinc150: { type: 'string' },
    sample: { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
  },
});
const embedder = localEmbedder();
const sample = Number(values.sample);
const results = [await measurePairs()];
if (values.banking77) results.push(await measureSet('banking77', readBanking(values.banking77)));
if (values.clinc150) results.push(await measureSet('clinc150', readClinc(values.clinc150)));
await embedder.close();
console.log(values.json ? JSON.stringify(results) : results.map(asText).join('\n\n'));

async function measurePairs(): Promise<Result> {
  const { same, other } = PAIRS;
  const rows = emptyRows();
  for (const [at, [one, two]] of [...same, ...other].entries()) {
    const [a, b] = await embedder.embed([one, two]);
    const found = a && b ? likeness(a, b) : 0;
    const content = questionContent(one);
    count(rows['likeness alone'], found, at < same.length);
    if (content !== null && content === questionContent(two)) count(rows['same content'], found, at < same.length);
  }
  return { set: `${same.length} same and ${other.length} other pairs`, asked: same.length, rows };
}

async function measureSet(set: string, all: Message[]): Promise<Result> {
  const messages = await read(spread(all));
  const answered = messages.filter((_, at) => at % 2 === 0);
  const asked = messages.filter((_, at) => at % 2 === 1);
  const rows = emptyRows();
  for (const { vector, wording, content, intent } of asked) {
    const best = { 'likeness alone': { alike: -1, intent: '' }, 'same content': { alike: -1, intent: '' } };
    for (const known of answered) {
      if (known.wording === wording) continue;
      const found = { alike: likeness(known.vector, vector), intent: known.intent };
      for (const rule of RULES) {
        const fits = rule === 'likeness alone' || (content !== null && content === known.content);
        if (fits && found.alike > best[rule].alike) best[rule] = found;
      }
    }
    for (const rule of RULES) count(rows[rule], best[rule].alike, best[rule].intent === intent);
  }
  return { set, asked: asked.length, rows };
}

async function read(messages: Message[]) {
  const vectors = await embedder.embed(messages.map(({ text }) => text));
  return messages.map(({ text, intent }, at) => {
    const vector = vectors[at] ?? new Float32Array();
    return { intent, vector, wording: wordingOf(text), content: questionContent(text) };
  });
}

function emptyRows(): Record<Rule, Row[]> {
  const rows = () => THRESHOLDS.map((threshold): Row => ({ threshold, hits: 0, right: 0 }));
  return { 'likeness alone': rows(), 'same content': rows() };
}

function count(rows: Row[], alike: number, isRight: boolean): void {
  for (const row of rows) {
    if (alike < row.threshold) continue;
    row.hits += 1;
    if (isRight) row.right += 1;
  }
}

/** At most `sample`, in an order that is the same each time and mixes the intents. */
function spread(all: Message[]): Message[] {
  const mixed = all.map((message, at) => ({ message, key: (at * 7_919) % 10_007 })).sort((a, b) => a.key - b.key);
  return mixed.slice(0, sample).map(({ message }) => message);
}

function asText({ set, asked, rows }: Result): string {
  const lines = RULES.map((rule) => {
    const cells = rows[rule].map(({ threshold, hits, right }) => {
      return `${threshold}: recall ${percent(right, asked)}, precision ${percent(right, hits)} (${hits - right} of ${hits} wrong)`;
    });
    return [rule, ...cells].join('\n    ');
  });
  return [`${set}: ${asked} asked`, ...lines].join('\n  ');
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
