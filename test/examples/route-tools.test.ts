import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import claimChecklist from '../../examples/acme-insurance/routes/claims/tools/claim-checklist.ts';
import returnWindow from '../../examples/acme-shop/routes/returns/tools/return-window.ts';
import type { ToolContext } from '../../src/agent/tool.ts';

const context: ToolContext = {
  ...{ conversationId: 'c', turnId: 't', language: null, customer: null, route: 'claims', idempotencyKey: null },
  status: 'open',
  signal: new AbortController().signal,
};
const article = (path: string) =>
  readFileSync(new URL(`../../examples/acme-insurance/knowledge/claims/${path}.md`, import.meta.url), 'utf8');

afterEach(() => {
  vi.useRealTimers();
});

describe('what to have ready for a claim', () => {
  const KINDS = ['accident', 'hit_and_run', 'theft', 'glass', 'other_damage'] as const;
  const of = async (kind: (typeof KINDS)[number]) => claimChecklist.run(claimChecklist.input.parse({ kind }), context);

  it('is what every claim needs, and what its kind needs besides', async () => {
    for (const kind of KINDS) {
      expect(await of(kind), kind).toMatchObject({
        have_ready: expect.arrayContaining(['the policy number', 'the date and place of the event']),
        within_days: 30,
        summary: expect.stringContaining('the policy number'),
      });
    }
    expect(JSON.stringify(await of('theft'))).toContain('all keys of the car');
    expect(JSON.stringify(await of('glass'))).not.toContain('police report');
    expect(claimChecklist.input.safeParse({ kind: 'meteor' }).success).toBe(false);
  });

  it('says no number that the help articles do not say', async () => {
    const known = ['file-a-claim', 'hit-and-run', 'stolen-car', 'glass', 'after-an-accident'].map(article).join('\n');
    for (const kind of KINDS) {
      const said = JSON.stringify(await of(kind)).match(/\d+ (?:days|hours)/g) ?? [];
      expect(said.length, kind).toBeGreaterThan(0);
      for (const term of said) expect(known, `${kind}: ${term}`).toContain(term);
    }
  });
});

describe('until when something can be sent back', () => {
  const on = (today: string, delivered_on: string) => {
    vi.useFakeTimers({ now: new Date(today), toFake: ['Date'] });
    return returnWindow.run(returnWindow.input.parse({ delivered_on }), context);
  };

  it('counts 30 days from the delivery, and the last day to its end', async () => {
    const window = { send_back_until: '2026-04-01', report_damage_until: '2026-03-16' };
    expect(await on('2026-04-01T23:59:00Z', '2026-03-02')).toMatchObject({ ...window, in_time_to_send_back: true });
    expect(await on('2026-04-02T00:00:00Z', '2026-03-02')).toMatchObject({ ...window, in_time_to_send_back: false });
    expect(await on('2026-03-16T12:00:00Z', '2026-03-02')).toMatchObject({ in_time_to_report_damage: true });
    expect(await on('2026-03-17T12:00:00Z', '2026-03-02')).toMatchObject({ in_time_to_report_damage: false });
  });

  it('knows leap days, and says so where nothing has come yet', async () => {
    expect(await on('2028-02-10T12:00:00Z', '2028-02-01')).toMatchObject({ send_back_until: '2028-03-02' });
    expect(await on('2026-03-01T12:00:00Z', '2026-03-02')).toEqual({ summary: expect.stringContaining('lies ahead') });
  });

  it('takes a day and nothing else', () => {
    for (const delivered_on of ['2026-02-30', 'yesterday', '', '02.03.2026'])
      expect(returnWindow.input.safeParse({ delivered_on }).success, delivered_on).toBe(false);
  });
});
