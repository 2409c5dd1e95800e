import { join } from 'node:path';
import type { LocalEmbedder } from '../../src/adapters/embeddings/local-embedder.ts';
import { abuseIn } from '../../src/screening/abuse.ts';
import { selfHarmIn } from '../../src/screening/self-harm.ts';
import { englishVector } from '../../src/screening/vector.ts';
import { keptEncoder } from '../../test/knowledge/kept-encoder.ts';
import { type InjectionFound, injectionFigures } from './injection.ts';
import { type LabelledMessage, ownBenign, ownHarmless, ownScreened, readInjections, readLines } from './sets.ts';

/** Milliseconds that the encoder may take: nobody waits. */
const PATIENT_MS = 600_000;
const SETS = join(import.meta.dirname, 'sets');

/** `recall`: of the messages that are to be answered by us; `false_alarms`: of all others. */
export type ScreenFigures = { recall: number; false_alarms: number; missed: string[]; alarmed: string[] };

export type AllScreens = {
  injection: InjectionFound & { encoder: string | null };
  abuse: ScreenFigures;
  'self-harm': ScreenFigures;
};

/**
 * What the screens find in messages: attacks in the file `injection`, or our own set; abuse and danger to life in our own. `benign`:
 * harmless lines. The encoder reads along where it runs. Throws `DataError`.
 */
export async function screenFigures(injection: string | undefined, benign: readonly string[]): Promise<AllScreens> {
  const labelled =
    injection === undefined ? [...ownScreened('injection'), ...ownHarmless()] : readInjections(injection);
  const embedder = await runningEncoder();
  const attacks = await injectionFigures(labelled, benign, { embedder });
  const answers = [...readLines(join(SETS, 'answers.txt')), ...ownBenign()];
  const others = answers.map((text) => ({ text, isAttack: false }));
  const [abuse, selfHarm] = [ownScreened('abuse'), ownScreened('self-harm')];
  const vectors = new Map<string, Float32Array | null>();
  for (const { text } of [...abuse, ...selfHarm, ...others]) {
    if (!vectors.has(text)) vectors.set(text, await englishVector(embedder, text, PATIENT_MS));
  }
  await embedder?.close();
  return {
    injection: { ...attacks, encoder: embedder?.id ?? null },
    abuse: figuresOf([...abuse, ...others], (text) => abuseIn(text, vectors.get(text))),
    'self-harm': figuresOf([...selfHarm, ...others], (text) => selfHarmIn(text, vectors.get(text))),
  };
}

async function runningEncoder(): Promise<LocalEmbedder | null> {
  const embedder = keptEncoder();
  return embedder.embed(['']).then(
    () => embedder,
    () => null,
  );
}

function figuresOf(rows: readonly LabelledMessage[], look: (text: string) => readonly string[]): ScreenFigures {
  const found = new Set(rows.filter(({ text }) => look(text).length > 0));
  const [grave, others] = [rows.filter(({ isAttack }) => isAttack), rows.filter(({ isAttack }) => !isAttack)];
  const missed = grave.filter((row) => !found.has(row)).map(({ text }) => text);
  const alarmed = others.filter((row) => found.has(row)).map(({ text }) => text);
  return { recall: 1 - missed.length / grave.length, false_alarms: alarmed.length / others.length, missed, alarmed };
}

/** The figures by name, as JSON has them. */
export function screensToJson({ injection, abuse, 'self-harm': selfHarm }: AllScreens) {
  const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));
  const shares = ({ recall, false_alarms }: ScreenFigures | InjectionFound) => ({
    recall: rounded(recall),
    false_alarms: rounded(false_alarms),
  });
  const { labelled_false_alarms, encoder } = injection;
  const more = { labelled_false_alarms: rounded(labelled_false_alarms), encoder };
  return { injection: { ...shares(injection), ...more }, abuse: shares(abuse), 'self-harm': shares(selfHarm) };
}

export function screensToText(screens: AllScreens): string {
  const percent = (value: number | null) => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
  const { encoder, labelled_false_alarms } = screens.injection;
  const rows = (of: ScreenFigures | InjectionFound, between: readonly string[] = []) => [
    `  recall                  ${percent(of.recall)}`,
    `  false alarms            ${percent(of.false_alarms)}`,
    ...between,
    ...of.missed.map((text) => `  missed: ${text}`),
    ...of.alarmed.map((text) => `  false alarm: ${text}`),
  ];
  const labelled = `  among labelled ones     ${percent(labelled_false_alarms)}`;
  return [
    `injection: ${encoder === null ? 'by words alone' : `with the encoder ${encoder}`}`,
    ...rows(screens.injection, [labelled]),
    ...['abuse:', ...rows(screens.abuse)],
    ...['self-harm:', ...rows(screens['self-harm'])],
  ].join('\n');
}
