import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { type Target, testDatabaseUrl } from '../contracts/databases.ts';
import { checkLog, eventually, openDesk, settled, testTargets } from './test-desk.ts';

/** Lets a server answer, kills it once it has shown so many events, and gives what it had shown. */
async function killedAfter(target: Target, count: number): Promise<{ id: string; seen: LoggedEvent[] }> {
  const script = fileURLToPath(new URL('./answering-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(target)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines: string[] = [];
  const reading = createInterface({ input: child.stdout });
  reading.on('line', (line) => {
    lines.push(line);
    if (lines.length === count + 1) child.kill('SIGKILL');
  });
  await closed;
  const [head, ...seen] = lines;
  if (seen.length < count) throw new Error(`it ended after ${lines.join()}`);
  return { id: (JSON.parse(head ?? '') as { id: string }).id, seen: seen.map((line) => JSON.parse(line)) };
}

async function resumesAfterKill(target: Target, count: number): Promise<number> {
  const { id, seen } = await killedAfter(target, count);
  const { model } = scriptedModel([{ text: 'Here is all of it. Done.' }]);
  const desk = await openDesk({ model, target, owner: 'next' });
  const opened = Date.now();
  const left = await desk.store.log.events(id);
  expect(left.slice(0, seen.length)).toEqual(seen);
  desk.turns.start();
  await eventually(async () => (await desk.store.conversations.get(id))?.openTurn === null);
  const took = Date.now() - opened;
  await settled(desk);
  const events = await desk.store.log.events(id);
  expect(events.slice(0, left.length)).toEqual(left);
  expect(checkLog(events)).toMatchObject([{ outcome: 'completed', text: 'Here is all of it. Done.' }]);
  const isVisible = left.some(({ type }) => type === 'segment.released');
  expect(events.some(({ type }) => type === 'segments.superseded')).toBe(isVisible);
  await desk.close();
  return took;
}

test('SIGKILL in mid-reply, SQLite: nothing seen is lost, and the next start ends the turn at once', async () => {
  for (const count of [4, 9, 17]) {
    const targets = testTargets();
    expect(await resumesAfterKill(targets.folder(), count)).toBeLessThan(5_000);
  }
});

test.runIf(testDatabaseUrl())(
  'SIGKILL in mid-reply, PostgreSQL: another node ends the turn when the lease has lapsed',
  async () => {
    const targets = testTargets();
    const took = await resumesAfterKill(targets.schema(), 12);
    expect(took).toBeGreaterThan(1_000);
  },
);
