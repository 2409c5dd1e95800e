import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/evals/graded.ts';
import { compareRuns } from '../../src/evals/report/compare.ts';
import { junitXml } from '../../src/evals/report/junit.ts';
import { evalPage } from '../../src/evals/report/page.ts';
import { launchChromium, skipBrowserTests } from '../e2e/chromium.ts';
import { check, reportedCase, runReport, turn } from './run-reports.ts';

const DAY = 86_400_000;
const EARLIER = [
  [3, 7, 12, 40, 50, 61, 77],
  [3, 7, 12, 40],
  [3, 12, 40, 77, 90],
].map((failing, index) => runReport({ failing, at: Date.UTC(2026, 10, 20) + index * DAY }));
const HOSTILE = '</script></style><script>window.hit=1</script><img src=x onerror="window.hit=2">\'"`<b>\u202eb\u0007';

describe('the page', () => {
  it('has the verdict, every criterion, the comparison, and each failing case with what was wanted and found', () => {
    const report = runReport();
    const page = evalPage(report, { earlier: EARLIER, compare: compareRuns(EARLIER[2] ?? report, report) });
    expect(page).toContain('5 cases of 120 failed');
    expect(page).toContain('Sentiment maintenance over 4 runs: ');
    expect(page).toContain('1 got worse, 1 got better, 118 as before: may be chance, p = 1.');
    expect(page.match(/<li class="case failing"/g)).toHaveLength(5);
    expect(page).toContain('only what customers really did can tell');
    expect(page).toContain('needs Claude: the offline model knows English');
  });

  it('marks what differs: the forbidden text, the missing one, arguments and changes field by field', () => {
    const page = evalPage(runReport({ failing: [0, 1, 2, 3] }));
    expect(page).toContain('We <mark>guarantee</mark> that we are open');
    expect(page).toContain('Missing: “all day on Sunday”');
    expect(page).toMatch(
      /<tr class="differs"><th scope="row"><code>year<\/code><\/th><td>2022<\/td><td><mark>2021<\/mark>/,
    );
    expect(page).toMatch(/<tr class="alike"><th scope="row"><code>make<\/code><\/th><td>Tesla<\/td><td>Tesla<\/td>/);
    expect(page).toMatch(/<tr class="differs"><th scope="row"><code>orders\.A-1042\.status<\/code><\/th><td>cancelled/);
    expect(page).toMatch(/<tr class="differs"><th scope="row"><code>orders\.A-1042\.refund<\/code>.*not asked for/);
  });

  it('says a part of a prompt once, however many traces have it', () => {
    const page = evalPage(runReport());
    expect(page.match(/Our office is open from 9 AM to 5 PM\.&#60;\/passage&#62;/g)).toHaveLength(1);
    expect(page.match(/href="#part-/g)?.length).toBe(10);
  });

  it('stays below 5 MB with 1,000 cases of which all fail with long prompts', () => {
    const report = runReport({ cases: 1_000, failing: Array.from({ length: 1_000 }, (_, index) => index) });
    for (const [index, one] of report.cases.entries()) lengthen(one.runs[0]?.run.steps[0], `${index} `);
    const page = evalPage(report);
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
    expect(page).toContain('Its trace is in the JSON report');
  });
});

describe.skipIf(skipBrowserTests)('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each(['light', 'dark'] as const)('axe finds nothing, %s, with a trace open', async (colorScheme) => {
    const page = await open(browser, shown(), { colorScheme });
    for (const details of await page.locator('details').all())
      await details.evaluate((one) => one.setAttribute('open', ''));
    // By the browser itself: the page's own policy lets no script in.
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(axe);
    const violations = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
    );
    expect(violations).toEqual([]);
    await page.close();
  });

  it('filters by what fails, by tag and by words', async () => {
    const page = await open(browser, shown());
    const count = () => page.locator('#shown').textContent();
    expect(await count()).toBe('5 of 120 cases shown.');
    await page.getByLabel('All 120').check();
    expect(await count()).toBe('120 of 120 cases shown.');
    await page.getByLabel('Tag').selectOption('guide-A5');
    expect(await count()).toBe('24 of 120 cases shown.');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    await page.keyboard.type('SUITE-11.yaml guide');
    expect(await count()).toBe('2 of 120 cases shown.');
    await page.close();
  });

  it('is as wide as a phone', async () => {
    const page = await open(browser, shown(), { viewport: { width: 360, height: 700 } });
    for (const details of await page.locator('li.case details').all())
      await details.evaluate((one) => one.setAttribute('open', ''));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.close();
  });

  it('runs nothing of what was said, and asks nobody for anything', async () => {
    const html = evalPage(hostile(), { earlier: [hostile()], compare: compareRuns(hostile(true), hostile()) });
    const asked: string[] = [];
    const page = await open(browser, html, {}, asked);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('img, b:not(.why b)').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
    expect(asked).toEqual([]);
    await page.close();
  });

  it('reads the JUnit XML of hostile words as XML', async () => {
    const page = await browser.newPage();
    const read =
      'new DOMParser().parseFromString(XML, "application/xml").querySelectorAll("parsererror, failure").length';
    for (const report of [runReport(), hostile()]) {
      const xml = junitXml(report);
      const found = await page.evaluate(read.replace('XML', () => JSON.stringify(xml)));
      expect(found).toBe(report.cases.filter((one) => !one.passed).length);
    }
    const broken = await page.evaluate(read.replace('XML', '"<failure><a></failure>"'));
    expect(broken).toBeGreaterThan(0);
    await page.close();
  });
});

function shown(): string {
  const report = runReport();
  return evalPage(report, { earlier: EARLIER, compare: compareRuns(EARLIER[2] ?? report, report) });
}

async function open(
  browser: Browser,
  html: string,
  options: Parameters<Browser['newPage']>[0] = {},
  asked: string[] = [],
): Promise<Page> {
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.setContent(html);
  await page.locator('#filter').waitFor();
  // The policy itself would tell of anything that it had to keep from running.
  expect(faults).toEqual([]);
  return page;
}

function lengthen(
  step: RunReport['cases'][number]['runs'][number]['run']['steps'][number] | undefined,
  by: string,
): void {
  step?.input.push({ type: 'text', text: by.repeat(3_000) });
}

function hostile(passed = false): RunReport {
  const report = runReport({ cases: 1, failing: [] });
  const call = { tool: HOSTILE, input: { [HOSTILE]: HOSTILE }, ok: false, effect: 'write' as const, own: true };
  const said = turn(HOSTILE, HOSTILE, { calls: [call], route: HOSTILE, code: HOSTILE, found: [HOSTILE] });
  const one = reportedCase(0, passed, {
    turns: [said],
    prompt: HOSTILE,
    promptHash: HOSTILE,
    changes: [{ path: HOSTILE, before: HOSTILE, after: HOSTILE }],
  });
  const kinds = ['says', 'never', 'calls', 'changes', HOSTILE];
  const wanted = [
    HOSTILE,
    `${HOSTILE} {"a":"${'<img src=x onerror=window.hit=3>'}"}`,
    JSON.stringify({ [HOSTILE]: { a: HOSTILE } }),
  ];
  const [run] = one.runs;
  if (run)
    run.checks = kinds.flatMap((kind) =>
      wanted.map((text) => check(kind, { passed, wanted: text, found: HOSTILE, grader: HOSTILE })),
    );
  return {
    ...report,
    agent: HOSTILE,
    model: HOSTILE,
    id: HOSTILE,
    cases: [{ ...one, id: HOSTILE, suite: HOSTILE, file: HOSTILE, tags: [HOSTILE] }],
    leftOut: [{ id: HOSTILE, reason: HOSTILE }],
    graders: [{ grader: HOSTILE, criterion: null, n: 1, agreement: 1, kappa: null }],
  };
}
