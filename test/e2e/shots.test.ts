import { test } from 'vitest';
import { setStage, openPanel } from './widget-stage.ts';
import { send } from './chat-page.ts';
test('shots', { timeout: 120_000 }, async () => {
  const stage = await setStage();
  for (const [name, options, attributes] of [
    ['phone-light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }, ''],
    ['wide-dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }, 'data-color="#ffd400"'],
    ['phone-dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }, ''],
    ['wide-light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }, 'data-sign-in-url="/login"'],
  ] as const) {
    const { page } = await stage.visit({ attributes }, options);
    await openPanel(page);
    const shot = async (what: string) => { await page.waitForTimeout(250); await page.screenshot({ path: `/tmp/shots/${name}-${what}.png` }); };
    const conversation = [...stage.fake.conversations.values()].at(-1)!;
    await send(page, 'Cancel my order');
    await page.locator('[data-action="proposed"]').waitFor();
    await shot('1proposed');
    stage.fake.append(conversation, { type: 'action.decided', actionId: 'asked', decision: 'confirm', by: 'customer' });
    await page.locator('[data-action="confirmed"]').waitFor();
    await shot('2running');
    stage.fake.append(conversation, { type: 'action.finished', actionId: 'asked', outcome: 'done' });
    await page.locator('[data-action="done"]').waitFor();
    await send(page, 'cancel refund');
    await page.locator('[data-action="waiting"]').waitFor();
    await shot('3done-waiting');
    await send(page, 'cancel two');
    await page.locator('[data-action="proposed"]').first().waitFor();
    stage.fake.append(conversation, { type: 'action.decided', actionId: 'first', decision: 'confirm', by: 'customer' });
    stage.fake.append(conversation, { type: 'action.finished', actionId: 'first', outcome: 'unknown' });
    await page.locator('[data-action="unknown"]').waitFor();
    await shot('4unknown');
    await send(page, 'cancel hostile');
    await page.locator('.fd-card-more').first().waitFor();
    await shot('5hostile');
    await send(page, 'Show the orders of mine');
    await page.locator('[data-sign-in]').waitFor();
    await shot('6signin');
    await send(page, 'cancel soon');
    stage.fake.faults.push({ path: /actions/, status: 403, code: 'sign_in_required', times: 1 });
    await page.locator('[data-action="proposed"]').last().getByRole('button').first().click();
    await page.getByRole('alert').last().waitFor();
    await shot('7problem');
    await page.locator('[data-action="expired"]').waitFor();
    await shot('8expired');
  }
  await stage.close();
});
