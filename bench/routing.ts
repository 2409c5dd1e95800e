/**
 * How well messages are routed. Trains the classifier on one file and asks it about another.
 *
 *   npm run bench:routing -- --train FILE --test FILE [--shots N] [--seed N] [--no-encoder] [--json]
 *
 * Files are CSV or TSV with `text` and `category` or `label`, or JSON with lists of `[text, label]` (`bench/routing/data.ts` says more).
 * `--shots N` learns from N messages of each label only: the first N after the file was shuffled by the seed (1 unless told). A label
 * that training never had counts as wrong. `query_ms` is one whole decision: the encoder reads a text that it has not seen, and the
 * classifier judges. `train_ms` is the whole training, and `embed_ms` the encoder's part of it.
 */
import { type LocalEmbedder, localEmbedder } from '../src/adapters/embeddings/local-embedder.ts';
import type { Embedder } from '../src/language/embedder.ts';
import { type Classifier, trainClassifier } from '../src/routing/train.ts';
import { command, DataError, optionsOf } from './command.ts';
import { progressBar } from './retrieval/progress.ts';
import { type Data, nameOf, readData, takeShots } from './routing/data.ts';
import { type Figures, figuresOf, type Said } from './routing/figures.ts';

const USAGE = 'npm run bench:routing -- --train FILE --test FILE [--shots N] [--seed N] [--no-encoder] [--json]';
const HELP = `${USAGE}

  --train FILE   what to learn from: CSV or TSV with text and category or label, or JSON with lists of [text, label]
                 (train, val, oos_train, oos_val)
  --test FILE    what to ask: the same, and in JSON the lists test and oos_test
  --shots N      learn from N messages of each label only: the first N after the file was shuffled by the seed
  --seed N       another order for --shots (1)
  --no-encoder   words alone
  --json         the figures as one line of JSON`;

type Timed = { train_ms: number; embed_ms: number; query_ms: { p50: number; p99: number } };

await command(run);

async function run(): Promise<void> {
  const options = readOptions();
  if (options === 'help') return void console.log(HELP);
  const whole = readData(options.train, 'train');
  const test = readData(options.test, 'test');
  const train = options.shots === null ? whole : takeShots(whole, options.shots, options.seed);
  const trained = await learn(train, options.encoder);
  const asked = await ask(trained.classifier, test, options.encoder);
  const timed = { train_ms: trained.train_ms, embed_ms: trained.embed_ms, query_ms: asked.query_ms };
  console.log(options.json ? toJson(figuresOf(asked.said), timed) : toText(figuresOf(asked.said), timed, train, test));
}

type Options = { train: string; test: string; shots: number | null; seed: number; encoder: boolean; json: boolean };

function readOptions(): Options | 'help' {
  const values = parse();
  if (values.help) return 'help';
  if (!values.train || !values.test) throw new DataError(`Both --train and --test are needed: ${USAGE}`);
  const shots = values.shots === undefined ? null : wholeNumber('--shots', values.shots, 1);
  const seed = wholeNumber('--seed', values.seed, 0);
  return { train: values.train, test: values.test, shots, seed, encoder: !values['no-encoder'], json: values.json };
}

function parse() {
  return optionsOf(
    {
      train: { type: 'string' },
      test: { type: 'string' },
      shots: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'no-encoder': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    USAGE,
  );
}

function wholeNumber(option: string, value: string, least: number): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new DataError(`${option} must be a whole number from ${least} on, not "${value}".`);
}

async function learn(train: Data, withEncoder: boolean) {
  const encoder = withEncoder ? localEmbedder() : null;
  const timed = encoder && timedEmbedder(encoder);
  const bar = progressBar('learn');
  const names = Object.fromEntries(train.examples.map(({ label }) => [label, nameOf(label)]));
  const start = performance.now();
  const classifier = await trainClassifier({ ...train, names }, { embed: timed?.embedder ?? null, progress: bar.show });
  const train_ms = performance.now() - start;
  bar.end();
  await encoder?.close();
  return { classifier, train_ms, embed_ms: timed?.spent() ?? 0 };
}

function timedEmbedder(encoder: LocalEmbedder): { embedder: Embedder; spent(): number } {
  let spent = 0;
  const embed = async (texts: readonly string[]) => {
    const start = performance.now();
    const vectors = await encoder.embed(texts);
    spent += performance.now() - start;
    return vectors;
  };
  return { embedder: { id: encoder.id, embed }, spent: () => spent };
}

async function ask(classifier: Classifier, test: Data, withEncoder: boolean) {
  // One that has read nothing yet: a vector that is remembered would cost nothing.
  const encoder = withEncoder ? localEmbedder() : null;
  await encoder?.embed(['It starts with the first text.']);
  const bar = progressBar('ask');
  const messages = [...test.examples, ...test.outside.map((text) => ({ text, label: null }))];
  const read = new Set<string>();
  const times: number[] = [];
  const said: Said[] = [];
  for (const [at, { text, label }] of messages.entries()) {
    const start = performance.now();
    const [vector = null] = encoder ? await encoder.embed([text], 'query') : [];
    const judged = classifier.classify(text, vector);
    if (!read.has(text)) times.push(performance.now() - start);
    read.add(text);
    said.push({ label, predicted: judged.label, confidence: judged.confidence, rejected: judged.outOfScope > 0.5 });
    if (at % 50 === 0) bar.show(at, messages.length);
  }
  bar.end();
  await encoder?.close();
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { said, query_ms: { p50: quantile(0.5), p99: quantile(0.99) } };
}

function toJson({ accuracy, macro_f1, oos, ece }: Figures, { train_ms, embed_ms, query_ms }: Timed): string {
  const share = (value: number | null) => (value === null ? null : round(value, 4));
  return JSON.stringify({
    accuracy: share(accuracy),
    macro_f1: share(macro_f1),
    oos: { in_accuracy: share(oos.in_accuracy), recall: share(oos.recall), precision: share(oos.precision) },
    ece: share(ece),
    train_ms: Math.round(train_ms),
    embed_ms: Math.round(embed_ms),
    query_ms: { p50: round(query_ms.p50, 3), p99: round(query_ms.p99, 3) },
  });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function toText({ accuracy, macro_f1, oos, ece }: Figures, timed: Timed, train: Data, test: Data): string {
  const percent = (value: number | null) => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
  const labels = new Set(train.examples.map(({ label }) => label)).size;
  const size = (data: Data) => `${data.examples.length} messages and ${data.outside.length} out of scope`;
  const { p50, p99 } = timed.query_ms;
  return [
    `learned from ${size(train)} (${labels} labels), asked ${size(test)}`,
    '',
    `accuracy in scope       ${percent(accuracy)}`,
    `macro F1                ${percent(macro_f1)}`,
    `out of scope            in scope right ${percent(oos.in_accuracy)}, recall ${percent(oos.recall)}, precision ${percent(oos.precision)}`,
    `calibration error       ${percent(ece)}`,
    `training                ${Math.round(timed.train_ms)} ms, of which ${Math.round(timed.embed_ms)} for the encoder`,
    `a decision              p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
  ].join('\n');
}
