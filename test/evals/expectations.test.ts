import { describe, expect, it } from 'vitest';
import type { CaseRun, RunTurn } from '../../src/evals/case-run.ts';
import { agreementOfStandIns } from '../../src/evals/graders/agreement.ts';
import { checkRun } from '../../src/evals/graders/expectations.ts';
import { kappaOf, mcnemarExact, passPowK, wilson } from '../../src/evals/statistics.ts';
import type { Case } from '../../src/evals/suite.ts';

const TURN: RunTurn = {
  act: { kind: 'say', text: 'When do you open?' },
  reply: 'We open at 9 AM.',
  citations: [],
  calls: [{ tool: 'cancel', input: { order: 'A-1', miles: 12000 }, ok: true, effect: 'write', own: true }],
  route: 'contact',
  outcome: 'completed',
  code: null,
  guards: [{ guard: 'commitments', action: 'withhold', reason: 'none' }],
  found: [],
  firstMs: 1,
  ms: 2,
};

const RUN = {
  turns: [TURN],
  status: 'open',
  handedOff: false,
  changes: [{ path: 'orders.A-1.status', before: 'open', after: 'cancelled' }],
  prompt: 'Never promise a refund.',
  stuck: null,
} as unknown as CaseRun;

function failedOf(wanted: Case['expect'], run: CaseRun = RUN): string[] {
  const expected = { changes: { 'orders.A-1.status': 'cancelled' }, ...wanted };
  const one = { customerSide: { kind: 'script', turns: [{ line: 1, act: TURN.act, modelSays: null, expect: {} }] } };
  const checks = checkRun({ ...one, expect: expected, measures: [] } as unknown as Case, run);
  return checks.filter(({ passed }) => !passed).map(({ kind }) => kind);
}

const text = (of: string) => [{ kind: 'text' as const, text: of }];
const cited = { ...TURN, citations: [{ source: 'a.md', url: null, title: 'Hours' }] } as unknown as RunTurn;

describe('every key passes on a run that is as wanted and fails on one that is not', () => {
  const table: [string, Case['expect'], Case['expect']][] = [
    ['says', { says: text('9 am') }, { says: text('8 am') }],
    ['saysOne', { saysOne: [...text('8 am'), ...text('9 am')] }, { saysOne: text('8 am') }],
    ['never', { never: text('8 am') }, { never: text('9 am') }],
    ['cites', { cites: [] }, { cites: ['a.md'] }],
    ['route', { route: ['contact'] }, { route: ['claims'] }],
    ['guards', { guards: ['commitments'] }, { guards: [] }],
    ['status', { status: 'open' }, { status: 'waiting_for_human' }],
    ['prompt', { prompt: text('promise a refund') }, { prompt: text('competitors') }],
    ['changes', {}, { changes: {} }],
    ['ends', { ends: 'resolved' }, { ends: 'escalated' }],
    ['declined', { ends: 'resolved' }, { ends: 'declined' }],
    ['calls', { calls: [{ tool: 'cancel', with: { order: 'a-1' } }] }, { calls: [{ tool: 'quote', with: {} }] }],
    [
      'calls',
      { calls: [{ tool: 'cancel', with: { miles: 12000 } }] },
      { calls: [{ tool: 'cancel', with: { miles: '12,000' } }] },
    ],
    ['calls', { calls: [{ tool: 'cancel', with: {} }] }, { calls: [] }],
  ];
  it.each(table)('%s', (kind, right, wrong) => {
    expect(failedOf(right)).toEqual([]);
    expect(failedOf(wrong)).toContain(kind);
  });

  it('cites one of the sources, by article or title', () => {
    const run = { ...RUN, turns: [cited] };
    expect(failedOf({ cites: ['b.md', 'hours'] }, run)).toEqual([]);
    expect(failedOf({ cites: ['b.md'] }, run)).toEqual(['cites']);
    expect(failedOf({ cites: [] }, run)).toEqual(['cites']);
  });
});

it('a guard that has upheld a sentence has not acted on it', () => {
  const guards = [{ guard: 'commitments', action: 'uphold', reason: 'second_opinion' }];
  const run = { ...RUN, turns: [{ ...TURN, guards }] } as unknown as CaseRun;
  expect(failedOf({ guards: [] }, run)).toEqual([]);
  expect(failedOf({ guards: ['commitments'] }, run)).toEqual(['guards']);
});

it('a second write of an expected tool with other arguments is another write', () => {
  const [first] = TURN.calls;
  const second = { ...first, input: { order: 'B-2' } };
  const run = { ...RUN, turns: [{ ...TURN, calls: [first, second] }] } as unknown as CaseRun;
  const calls = [{ tool: 'cancel', with: { order: 'A-1' } }];
  expect(failedOf({ calls }, run)).toEqual(['calls']);
  expect(failedOf({ calls: [...calls, { tool: 'cancel', with: { order: 'B-2' } }] }, run)).toEqual([]);
});

describe('statistics', () => {
  it('agree with figures worked out by hand', () => {
    expect(mcnemarExact(0, 5)).toBeCloseTo(0.0625, 9);
    expect(mcnemarExact(3, 3)).toBe(1);
    expect(passPowK(3, 4, 2)).toBeCloseTo(0.5, 9);
    expect(wilson(0, 10)?.high).toBeCloseTo(0.2775, 4);
    expect(
      kappaOf([
        [true, true],
        [true, false],
        [false, false],
        [false, false],
      ]),
    ).toBeCloseTo(0.5, 9);
  });
});

it('stand-ins agree with their labels beyond chance', async () => {
  const graders = await agreementOfStandIns(null);
  for (const { kappa } of graders) expect(kappa).toBeGreaterThan(0);
});
