import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { GENERAL, OFF_TOPIC } from '../agent/route.ts';
import type { Agent } from '../agent-folder/agent.ts';
import type { closestPairs, Validated } from '../routing/cross-validate.ts';

/** With fewer examples a desk is often missed; with more than that, but fewer than `MODEST`, more would help. */
const FEW = 5;
const MODEST = 10;

/** An example and where it stands, such as `routes/claims/utterances.txt:12`. */
type Placed = { text: string; desk: string; at: string };

/** `right`: the share of its examples that would go to it had they not been learned from. `takenFor`: where the others would go. */
type DeskReport = { desk: string; examples: number; right: number; takenFor: Record<string, number> };

/** Shares are 0 to 1. `intents`: of the examples with an intent, those whose intent is found too; null where there are none. */
export type RoutesReport = {
  agent: string;
  examples: number;
  accuracy: number;
  intents: number | null;
  desks: DeskReport[];
  confusable: { likeness: number; one: Placed; other: Placed }[];
};

export type Checked = { agent: Agent; validated: readonly Validated[]; pairs: ReturnType<typeof closestPairs> };

/** `folder` is where the agent lies. `pairs` have the desks as their labels. */
export async function reportOf(folder: string, { agent, validated, pairs }: Checked): Promise<RoutesReport> {
  const places = await placesOf(folder, agent);
  const placed = (text: string, desk: string): Placed => ({ text, desk, at: places.get(text) ?? fileOf(desk) });
  const withIntent = validated.filter(({ label }) => label.includes('/'));
  const desks = [...new Set([GENERAL, ...agent.routes.map(({ name }) => name)])];
  return {
    agent: agent.id,
    examples: validated.length,
    accuracy: shareOf(validated, ({ label, predicted }) => deskOf(label) === deskOf(predicted)),
    intents: withIntent.length > 0 ? shareOf(withIntent, ({ label, predicted }) => label === predicted) : null,
    desks: desks
      .map((desk) => deskReport(desk, validated))
      .filter(({ desk, examples }) => desk !== GENERAL || examples > 0),
    confusable: pairs.map(({ a, b, likeness }) => {
      return { likeness: rounded(likeness), one: placed(a.text, a.label), other: placed(b.text, b.label) };
    }),
  };
}

function deskReport(desk: string, validated: readonly Validated[]): DeskReport {
  const own = validated.filter(({ label }) => deskOf(label) === desk);
  const takenFor: Record<string, number> = {};
  for (const { predicted } of own) {
    const other = deskOf(predicted);
    if (other !== desk) takenFor[other] = (takenFor[other] ?? 0) + 1;
  }
  return { desk, examples: own.length, right: shareOf(own, ({ predicted }) => deskOf(predicted) === desk), takenFor };
}

/** The desk of a label such as `claims/file_claim`. */
export function deskOf(label: string): string {
  return label.split('/')[0] ?? label;
}

/** For people. */
export function reportLines({ agent, examples, accuracy, intents, desks, confusable }: RoutesReport): string[] {
  const found = intents === null ? '' : `; the intent too of ${percent(intents)}`;
  return [
    `${styleText('bold', agent)}: ${examples} examples, ${percent(accuracy)} would go to their desk had they not been learned from${found}`,
    '',
    ...table(desks),
    ...adviceLines(desks),
    ...(confusable.length > 0 ? ['', styleText('bold', 'Most alike, and of different desks')] : []),
    ...confusable.flatMap(({ likeness, one, other }) => [
      '',
      `${percent(likeness)}  ${one.text}  ${styleText('dim', one.at)}`,
      `      ${other.text}  ${styleText('dim', other.at)}`,
    ]),
  ];
}

function table(desks: readonly DeskReport[]): string[] {
  const width = Math.max('desk'.length, ...desks.map(({ desk }) => desk.length));
  const row = (desk: string, examples: string, right: string, takenFor: string) =>
    `${desk.padEnd(width)}  ${examples.padStart(8)}  ${right.padStart(6)}  ${takenFor}`.trimEnd();
  return [
    styleText('bold', row('desk', 'examples', 'right', 'taken for')),
    ...desks.map(({ desk, examples, right, takenFor }) => {
      const others = Object.entries(takenFor).sort(([, a], [, b]) => b - a);
      const names = others.map(([other, times]) => `${other} ${times}`).join(', ');
      return row(desk, String(examples), examples > 0 ? percent(right) : '-', names);
    }),
  ];
}

function adviceLines(desks: readonly DeskReport[]): string[] {
  const few = desks.filter(({ examples }) => examples < MODEST);
  return [
    ...(few.length > 0 ? [''] : []),
    ...few.map(({ desk, examples }) => {
      if (examples >= FEW) return `! ${desk} has ${examples} examples: with ${MODEST} or more it is found more surely.`;
      const has = examples === 1 ? '1 example' : `${examples} examples`;
      return styleText('red', `✗ ${desk} has ${has}: with fewer than ${FEW} it is often missed.`);
    }),
  ];
}

/** Where each example stands, by its text, which no two desks share. */
async function placesOf(folder: string, { routes, training }: Agent): Promise<Map<string, string>> {
  const own = routes.flatMap(({ name, utterances }) => {
    return utterances.map(({ text, line }) => [text, `${fileOf(name)}:${line}`] as const);
  });
  const learned = await Promise.all([
    placesIn(folder, GENERAL, training.general),
    placesIn(folder, OFF_TOPIC, training.offTopic),
  ]);
  return new Map([...own, ...learned.flat()]);
}

async function placesIn(folder: string, desk: string, texts: readonly string[]): Promise<[string, string][]> {
  const file = await readFile(join(folder, fileOf(desk)), 'utf8').catch(() => '');
  const lines = file.split('\n').map((line) => line.trim());
  return texts.flatMap((text) => (lines.includes(text) ? [[text, `${fileOf(desk)}:${lines.indexOf(text) + 1}`]] : []));
}

function fileOf(desk: string): string {
  return `routes/${desk}/utterances.txt`;
}

function shareOf<T>(list: readonly T[], holds: (one: T) => boolean): number {
  return rounded(list.filter(holds).length / (list.length || 1));
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
