import { expect, test } from 'vitest';
import { benchCommand } from './command.ts';

const { run } = benchCommand('bench/second-opinion.ts');

test('the benchmark of second opinions tells by how many answers a reply ends later', async () => {
  const { code, stdout } = await run('--json', '--sentences', '3', '--rounds', '1', '--answer-ms', '1000');
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { answers_waited: number };
  expect(code).toBe(0);
  // Three where they are asked for one after the other; nearly one, whatever else the machine does.
  expect(figures.answers_waited).toBeGreaterThan(0.5);
  expect(figures.answers_waited).toBeLessThan(2);
});
