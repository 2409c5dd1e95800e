/**
 * What the guards catch, and what they harm.
 *
 *   npm run bench:guards -- [--pii FILE] [--benign FILE] [--injection FILE] [--competitors FILE] [--commitments FILE]
 *                           [--groundedness FILE] [--opinion on|always|decides] [--half tuned|kept] [--every N] [--rounds N] [--json]
 *
 * Without files: on the sets of `bench/guards/sets`, which were written for it. `--pii`: JSON, a list of `{ full_text, spans: [{
 * entity_type, start_position, end_position }] }`. `--benign`: harmless messages, one a line.
 * `--injection`: JSON, `[{ t, y }]` or such lists by name, y 1 where the message attacks; told with the encoder, where it runs.
 * `--competitors`: JSON, `[{ text, names?, label }]`, label true where the text names a competitor; `names` as in `guards.yaml`, or a
 * list, else those of our own set. `--commitments`: JSON, `[{ text, evidence?, customer?, label }]`, label true where the text commits
 * to what its evidence, a text or a list of them, does not say, nor what the customer has written; `--opinion`: with a second opinion of
 * the fast model, which takes a key and costs its calls. `--groundedness`: JSON, `[{ text, evidence?, question?, label }]`, label true
 * where the evidence does not support the text. `--half`: of all sets but that of personal data the lines that the guards were tuned on,
 * or those that nobody looked at; `--every`: of what others wrote, and of what is made by rule, each so many-th. `latency_ms` is how much
 * later a segment comes through all guards of the example of an insurance, shown passages of its knowledge, with the harmless messages as
 * its words; `unguarded_ms` is the same without guards in the same run, and `reply_ms` with what gives a segment its place in the reply. Each segment counts with the median of some rounds; `gc_ms` is what collecting
 * garbage took besides, on average. `worst_ms`: the guards alone, over the kinds of segments and sources that take longest.
 */

import { claudeModel } from '../src/adapters/claude.ts';
import type { Model } from '../src/agent/model.ts';
import { readConfig } from '../src/config.ts';
import { command, DataError, optionsOf } from './command.ts';
import { OPINIONS, type OpinionKind } from './guards/asked.ts';
import { CHATS, chatFigures } from './guards/chats.ts';
import {
  commitmentFigures,
  commitmentFiguresAsked,
  ownCommitments,
  ownReplies,
  REPLIES,
} from './guards/commitments.ts';
import { disguisedFigures } from './guards/disguised.ts';
import { groundednessFigures, groundednessFiguresOf } from './guards/groundedness.ts';
import { type Latency, latencyOfAll, type Quantiles } from './guards/latency.ts';
import { lyingFigures } from './guards/lying.ts';
import { type PiiFigures, piiFigures } from './guards/personal-data.ts';
import { screenFigures, screensToJson, screensToText } from './guards/screens.ts';
import { ownBenign, ownMarked, readLines, readMarked } from './guards/sets.ts';
import {
  competitorFigures,
  othersCompetitors,
  ownFigures,
  strangersCompetitors,
  WORD_GUARDS,
  type WordFigures,
} from './guards/words.ts';
import { progressBar } from './retrieval/progress.ts';

const USAGE =
  'npm run bench:guards -- [--pii FILE] [--benign FILE] [--injection FILE] [--competitors FILE] [--commitments FILE] [--groundedness FILE] [--opinion on|always|decides] [--half tuned|kept] [--every N] [--rounds N] [--json]';
const HELP = `${USAGE}

  --pii FILE          marked messages: JSON, [{ full_text, spans: [{ entity_type, start_position, end_position }] }]
  --benign FILE       harmless messages, one a line
  --injection FILE    messages: JSON, [{ t, y }] or such lists by name, y 1 for an attack
  --competitors FILE  sentences: JSON, [{ text, names?, label }]
  --commitments FILE  answers: JSON, [{ text, evidence?, customer?, label }]
  --groundedness FILE sentences: JSON, [{ text, evidence?, question?, label }], label true for one that the evidence does not support
  --opinion KIND      on, always or decides: of --commitments the fast model is asked as guards.yaml says; takes ANTHROPIC_API_KEY
  --half tuned|kept   half of the sets for words: that which the guards were tuned on, or the other
  --every N           of what others wrote and what is made by rule each N-th only
  --rounds N          how often each segment is timed, 11 without; 0: not at all
  --json              the figures as one line of JSON`;

await command(run);

async function run(): Promise<void> {
  const options = parse();
  if (options.help) return void console.log(HELP);
  const marked = options.pii === undefined ? ownMarked() : readMarked(options.pii);
  const benign = options.benign === undefined ? ownBenign() : readLines(options.benign);
  const pii = piiFigures(marked, benign);
  const [rounds, every] = [Number(options.rounds), Number(options.every)];
  if (!(Number.isInteger(rounds) && rounds >= 0)) throw new DataError(`--rounds is a whole number from 0: ${USAGE}`);
  if (!(Number.isInteger(every) && every > 0)) throw new DataError(`--every is a whole number from 1: ${USAGE}`);
  const { half, competitors, commitments, groundedness } = options;
  if (half !== undefined && half !== 'tuned' && half !== 'kept')
    throw new DataError(`--half is tuned or kept: ${USAGE}`);
  const opinion = opinionOf(options);
  const chats = commitments === undefined ? await Promise.all(CHATS.map((name) => chatFigures(name, every))) : [];
  const unread = chats.reduce((sum, of) => sum + of.unread, 0);
  const figures: Named = [
    ...WORD_GUARDS.map((name): Named[number] => {
      const file = name === 'competitors' ? competitors : undefined;
      return [name, file === undefined ? ownFigures(name, half) : competitorFigures(file)];
    }),
    ['competitors-others', othersCompetitors(every)],
    ['competitors-strangers', strangersCompetitors(every)],
    ['commitments', commitments === undefined ? ownCommitments(half) : await commitmentsIn(commitments, opinion)],
    ...(commitments === undefined ? REPLIES.map((name): Named[number] => [name, ownReplies(name, every)]) : []),
    ...chats.flatMap((of, at) => OPINIONS.map((kind): Named[number] => [`${CHATS[at]}-${kind}`, of[kind]])),
    ['groundedness', groundedness === undefined ? groundednessFigures(half) : groundednessFiguresOf(groundedness)],
  ];
  const screens = await screenFigures(options.injection, benign);
  const latency = rounds === 0 ? null : await latencyOfAll(benign, rounds);
  const lying = chats.length > 0 ? lyingFigures(every) : null;
  const disguised = disguisedFigures(every);
  const second = { competitors_disguised: disguised, ...(lying && { chats_unread: unread, lying }) };
  if (options.json) return void console.log(toJson(pii, figures, { ...screensToJson(screens), ...second }, latency));
  console.log(
    [
      toText(pii, marked.length, benign.length),
      ...figures.map(wordsToText),
      disguisedToText(disguised),
      ...(lying
        ? [
            `chats: ${unread} segments of which nobody has said what the fast model would; the rules decide`,
            lyingToText(lying),
          ]
        : []),
      screensToText(screens),
      ...(latency ? [latencyToText(latency)] : []),
    ].join('\n'),
  );
}

function parse() {
  return optionsOf(
    {
      pii: { type: 'string' },
      benign: { type: 'string' },
      injection: { type: 'string' },
      competitors: { type: 'string' },
      commitments: { type: 'string' },
      groundedness: { type: 'string' },
      opinion: { type: 'string' },
      half: { type: 'string' },
      every: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '11' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    USAGE,
  );
}

/** Who is asked about the answers of a file; null where nobody is. Throws `DataError`. */
function opinionOf({ opinion, commitments }: { opinion?: string | undefined; commitments?: string | undefined }) {
  if (opinion === undefined) return null;
  const kind = OPINIONS.find((one) => one === opinion && one !== 'rules');
  if (!kind || commitments === undefined)
    throw new DataError(`--opinion is on, always or decides, and goes with --commitments: ${USAGE}`);
  const { anthropic, fastModel } = readConfig(process.env);
  if (anthropic.apiKey === null && anthropic.baseUrl === null)
    throw new DataError('--opinion asks the fast model: set ANTHROPIC_API_KEY.');
  return { kind, model: claudeModel(anthropic), modelId: fastModel };
}

async function commitmentsIn(file: string, opinion: Asked | null): Promise<WordFigures> {
  if (!opinion) return commitmentFigures(file);
  const bar = progressBar('answers');
  try {
    return await commitmentFiguresAsked(file, opinion.kind, { ...opinion, done: bar.show });
  } finally {
    bar.end();
  }
}

type Asked = { kind: OpinionKind; model: Model; modelId: string };

type Named = readonly (readonly [name: string, figures: WordFigures])[];

function toJson(
  { recall, precision, benign_altered }: PiiFigures,
  words: Named,
  more: object,
  latency: Latency | null,
): string {
  const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));
  const pii = { recall: rounded(recall), precision: rounded(precision), benign_altered: rounded(benign_altered) };
  const guards = words.map(([name, of]) => {
    const [caught, right, alarms] = [of.recall, of.precision, of.false_alarms].map(rounded);
    return [name, { recall: caught, precision: right, false_alarms: alarms }] as const;
  });
  return JSON.stringify({
    ...{ pii, ...Object.fromEntries(guards), ...more },
    ...(latency && latencyToJson(latency)),
  });
}

function latencyToJson({ guards, none, reply, replyWithout, worst, gcMs }: Latency) {
  const ms = ({ p50, p99 }: Quantiles) => ({ p50: Number(p50.toFixed(6)), p99: Number(p99.toFixed(6)) });
  return {
    ...{ latency_ms: ms(guards), unguarded_ms: ms(none), reply_ms: ms(reply), unguarded_reply_ms: ms(replyWithout) },
    ...{ worst_ms: Object.fromEntries(Object.entries(worst).map(([kind, of]) => [inSnakeCase(kind), ms(of)])) },
    gc_ms: Number(gcMs.toFixed(6)),
  };
}

function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(1)} %`;
}

function wordsToText([name, { recall, precision, false_alarms, sentences, missed, alarmed }]: Named[number]): string {
  return [
    `${name}: ${sentences} sentences`,
    `  recall                  ${percent(recall)}`,
    `  precision               ${percent(precision)}`,
    `  false alarms            ${percent(false_alarms)}`,
    ...missed.map((text) => `  missed: ${text}`),
    ...alarmed.map((text) => `  false alarm: ${text}`),
  ].join('\n');
}

function disguisedToText(disguised: ReturnType<typeof disguisedFigures>): string {
  const rows = Object.entries(disguised).map(([kind, { invented, ordinary }]) => {
    return `  ${kind.padEnd(32)}${percent(invented).padEnd(10)}${percent(ordinary)}`;
  });
  return ['competitors in disguise: names that are invented, and those of ordinary words', ...rows].join('\n');
}

function lyingToText(lying: Record<string, number>): string {
  const rows = Object.entries(lying).map(([kind, share]) => `  ${kind.padEnd(24)}${percent(share)}`);
  return ['invented figures that a second opinion which lies brings through', ...rows].join('\n');
}

/** With guards beside without, and how many times as long. */
function latencyToText({ guards, none, reply, replyWithout, gcMs, worst }: Latency): string {
  const row = (name: string, on: Quantiles, off: Quantiles) => {
    const cells = (['p50', 'p99'] as const).map((at) => {
      return `${on[at].toFixed(3)} / ${off[at].toFixed(3)} ms (${(on[at] / off[at]).toFixed(1)}x)`.padEnd(30);
    });
    return `  ${name.padEnd(22)}${cells.join('')}`.trimEnd();
  };
  return [
    'a segment with all guards / without: median, 99th percentile',
    row('the guards alone', guards, none),
    row('into the reply', reply, replyWithout),
    `  collecting garbage    ${gcMs.toFixed(3)} ms, on average, in none of these`,
    'the worst kinds of segments through the guards alone',
    ...Object.entries(worst).map(([kind, { p50, p99 }]) => {
      return `  ${inSnakeCase(kind).padEnd(22)}${p50.toFixed(3)} ${p99.toFixed(3)} ms`;
    }),
  ].join('\n');
}

function toText({ recall, precision, benign_altered, kinds }: PiiFigures, marked: number, benign: number): string {
  const rows = Object.entries(kinds).map(([kind, of]) => `  ${kind.padEnd(24)}${of.redacted} of ${of.marked}`);
  return [
    `personal data: ${marked} messages and ${benign} harmless ones`,
    `  recall                  ${percent(recall)}`,
    `  precision of tokens     ${percent(precision)}`,
    `  harmless ones altered   ${percent(benign_altered)}`,
    ...rows,
  ].join('\n');
}
