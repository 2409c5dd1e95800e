import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GENERAL, OFF_TOPIC } from '../agent/route.ts';
import type { Agent } from '../agent-folder/agent.ts';

/** With fewer examples than these a desk is often missed, or could be found better. */
const FEW = 5;
const MODEST = 10;
const PAIRS = 10;

/** Where an example stands: `routes/claims/utterances.txt:12`. */
export type Placed = { text: string; desk: string; intent: string | null; at: string };

/** How a desk fares. `right`: the share of its examples that go to it when they are not learned from; null without any. */
export type DeskReport = { desk: string; examples: number; right: number | null; takenFor: Record<string, number> };

/** Shares are 0 to 1. `sure`: of the examples that are for a desk, those with a confidence that decides alone. */
export type RoutesReport = {
  agent: string;
  examples: number;
  accuracy: number;
  sure: number;
  accuracySure: number;
  desks: DeskReport[];
  confusable: { likeness: number; one: Placed; other: Placed }[];
};

/** Examples by their text, which no two desks share. */
export async function placesOf(folder: string, { routes, training }: Agent): Promise<Map<string, Placed>> {
  const places = new Map<string, Placed>();
  for (const { name, utterances } of routes) {
    for (const { text, intent, line } of utterances) {
      places.set(text, { text, desk: name, intent, at: `${fileOf(name)}:${line}` });
    }
  }
  for (const [desk, texts] of [
    [GENERAL, training.general],
    [OFF_TOPIC, training.offTopic],
  ] as const) {
    const lines = (await readFile(join(folder, fileOf(desk)), 'utf8').catch(() => '')).split('\n');
    const trimmed = lines.map((line) => line.trim());
    for (const text of texts) {
      const line = trimmed.indexOf(text) + 1;
      places.set(text, { text, desk, intent: null, at: line > 0 ? `${fileOf(desk)}:${line}` : fileOf(desk) });
    }
  }
  return places;
}

function fileOf(desk: string): string {
  return `routes/${desk}/utterances.txt`;
}
