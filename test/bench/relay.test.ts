import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const number = expect.any(Number);
const measured = { cpu_us: number, p50: number, p99: number, rss_kb: number, lost: 0 };

test('the relay benchmark takes every text from the model to its client, and is void when the load was too slow', async () => {
  const { code, figures } = await bench('--streams', '4', '--seconds', '0.5', '--limit', '0');
  expect(figures).toMatchObject({
    streams: 4,
    floor: { cpu_us: number, p50: number, p99: number },
    sdk: measured,
    ai_sdk: measured,
    stores: { sqlite: measured, ...(process.env.TEST_DATABASE_URL && { postgres: measured }) },
    ratio_floor: number,
    ratio_ai_sdk: number,
  });
  expect([code, figures.void]).toEqual([2, true]);
});

async function bench(...options: string[]): Promise<{ code: number; figures: Record<string, unknown> }> {
  const child = spawn(process.execPath, ['bench/relay.ts', '--json', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code, figures: JSON.parse(printed) as Record<string, unknown> };
}
