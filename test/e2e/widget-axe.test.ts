import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { send } from './chat-page.ts';
import { skipBrowserTests } from './chromium.ts';
import { askWithSources, openPanel, type Stage, setStage } from './widget-stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let stage: Stage;

describe.skipIf(skipBrowserTests)('axe finds nothing', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage?.close());

  test.each(['light', 'dark'] as const)('in the widget, %s', async (colorScheme) => {
    const { page } = await stage.visit({}, { colorScheme, reducedMotion: 'reduce' });
    await page.locator('.fd-launcher').waitFor();
    expect(await found(page)).toEqual([]);
    await openPanel(page);
    await askWithSources(page);
    expect(await found(page)).toEqual([]);
    await page.locator('.fd-chip button').first().click();
    await page.locator('.fd-passage').waitFor();
    expect(await found(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.fd-cover').waitFor({ state: 'detached' });
    stage.fake.faults.push({ path: /messages/, status: 503, code: 'paused', times: 1, retryAfter: 60 });
    stage.fake.faults.push({ path: /handoff/, status: 503, code: 'unavailable', times: 1 });
    await send(page, 'Anyone there?');
    await page.locator('.fd-unsent').waitFor();
    await page.getByRole('button', { name: 'Talk to a person' }).first().click();
    await page.locator('.fd-bar-trouble').waitFor();
    expect(await found(page)).toEqual([]);
    await send(page, 'And bye');
    await page.locator('.fd-rating').waitFor();
    await page.locator('.fd-scores input').nth(3).check();
    await page.getByRole('button', { name: 'New conversation' }).click();
    expect(await found(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('in a page of its own, %s', async (colorScheme) => {
    const { page } = await stage.visit({}, { colorScheme, reducedMotion: 'reduce' });
    await page.goto(stage.fake.url);
    await page.locator('[data-role="agent"]').first().waitFor();
    await askWithSources(page);
    expect(await found(page)).toEqual([]);
  });

  test('where a brand has a pale colour', async () => {
    const { page } = await stage.visit(
      { attributes: 'data-color="#ffd400" data-theme="light"' },
      { reducedMotion: 'reduce' },
    );
    await openPanel(page);
    await askWithSources(page);
    expect(await found(page)).toEqual([]);
  });
});

/** What axe finds against the page, as one line each. */
async function found(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  );
}
