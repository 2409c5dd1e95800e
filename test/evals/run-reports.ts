import type { CaseRun, RunTurn } from '../../src/evals/case-run.ts';
import type { CriterionName } from '../../src/evals/criteria.ts';
import { CRITERIA } from '../../src/evals/criteria.ts';
import type { Check, Criterion, GradedRun, ReportedCase, RunReport } from '../../src/evals/graded.ts';
import { CRITERION_NAMES } from '../../src/evals/report/format.ts';
import { runId } from '../../src/evals/report/store.ts';

/** What a made-up run is to look like; the same gives the same. */
export type Making = { cases?: number; failing?: readonly number[]; at?: number; model?: string; offline?: boolean };

const ONLY_LIFE: readonly CriterionName[] = ['deflection', 'csat', 'handle_time'];
const MEASURED = CRITERION_NAMES.filter((name) => !ONLY_LIFE.includes(name));
const TAGS = ['guide-A1', 'guide-A5', 'guide-B2', 'adversarial', 'language'];
const START = Date.UTC(2026, 10, 27, 9, 0, 0);

/** A run as `frontdesk eval` leaves it: suites of ten cases, every check of a criterion, failures of every kind with their traces. */
export function runReport({ cases = 120, failing = [3, 7, 12, 40, 77], ...rest }: Making = {}): RunReport {
  const { at = START, model = 'offline', offline = true } = rest;
  const made = Array.from({ length: cases }, (_, index) => reportedCase(index, !failing.includes(index)));
  const named = { agent: 'Acme Insurance', at, model, promptHash: 'a1b2c3d4e5f6', knowledgeVersion: 'k-17' };
  const passed = made.filter((one) => one.passed).length;
  return {
    id: runId(named),
    ...named,
    offline,
    scorecard: {
      criteria: criteriaOf(made),
      cases,
      passed,
      cost_usd: made.reduce((sum, one) => sum + one.costUsd, 0),
      seconds: 41.5,
    },
    repeats: { passAt1: passed / cases, passPowK: passed / cases, k: 1 },
    graders: [
      { grader: 'stand-in: words in common', criterion: 'response_relevance', n: 60, agreement: 0.85, kappa: 0.61 },
    ],
    cases: made,
    leftOut: [
      { id: 'Languages/in Spanish', reason: 'needs Claude: the offline model knows English' },
      { id: 'Languages/in German', reason: 'needs Claude: the offline model knows English' },
    ],
    missing: 0,
  };
}

export function reportedCase(index: number, passed: boolean, run: Partial<CaseRun> = {}): ReportedCase {
  const suite = `Suite ${String(Math.floor(index / 10) + 1).padStart(2, '0')}`;
  const id = `${suite}/case ${index}`;
  const graded = gradedRun(id, index, passed);
  // Few are slow, as in life.
  const ms = 180 + ((index * 7919) % 400) + (index % 17 === 0 ? 2_600 : 0);
  return {
    id,
    suite,
    tags: [TAGS[index % TAGS.length] ?? '', ...(index % 11 === 0 ? ['state'] : [])],
    file: `evals/suite-${Math.floor(index / 10) + 1}.yaml`,
    line: 4 + (index % 10) * 9,
    passed,
    attempts: 1,
    attemptsPassed: passed ? 1 : 0,
    costUsd: 0.0008 + (index % 9) * 0.0003,
    ms,
    runs: [{ ...graded, run: { ...graded.run, ms, ...run } }],
  };
}

function gradedRun(id: string, index: number, passed: boolean): GradedRun {
  return { run: caseRun(id), checks: [...checksOf(index), ...(passed ? [] : failures(index))], passed };
}

export function check(kind: string, rest: Partial<Check> = {}): Check {
  const base: Check = {
    kind,
    criterion: 'response_accuracy',
    turn: 0,
    passed: true,
    counts: true,
    grader: 'expectations',
    wanted: '9 AM',
    found: '9 AM',
    reason: null,
  };
  return { ...base, ...rest };
}

function checksOf(index: number): Check[] {
  const criterion = MEASURED[index % MEASURED.length] ?? 'response_accuracy';
  const standIn = { grader: 'stand-in: words in common', counts: false, criterion: 'response_relevance' as const };
  return [
    check('says', { criterion }),
    check('answer', { ...standIn, wanted: 'We are open from 9 AM to 5 PM.', found: 'shares 8 of 9 words' }),
    check('rubric', { passed: null, counts: false, criterion: null, reason: 'no model judges offline' }),
  ];
}

/** One of each kind of failure, in turn. */
function failures(index: number): Check[] {
  const all: Check[][] = [
    [check('says', { passed: false, wanted: 'all day on Sunday', found: 'not in the reply' })],
    [check('never', { passed: false, wanted: 'guarantee', found: 'guarantee', criterion: 'topic_adherence' })],
    [
      check('calls', {
        passed: false,
        criterion: 'content_generation',
        wanted: 'get_quote {"make":"Tesla","year":2022,"mileage":12000}',
        found: 'get_quote {"make":"Tesla","year":2021,"mileage":12000,"driver_age":35}',
      }),
    ],
    [
      check('changes', {
        passed: false,
        turn: null,
        wanted: '{"orders.A-1042.status":"cancelled"}',
        found: '{"orders.A-1042.status":"shipped","orders.A-1042.refund":80}',
      }),
    ],
    [check('ends', { passed: false, turn: null, wanted: 'escalated', found: 'resolved', criterion: 'escalation' })],
  ];
  return all[index % all.length] ?? [];
}

export function caseRun(caseId: string, rest: Partial<CaseRun> = {}): CaseRun {
  return {
    caseId,
    attempt: 0,
    key: 'key',
    model: 'offline',
    offline: true,
    promptHash: 'a1b2c3d4e5f6',
    knowledgeVersion: 'k-17',
    prompt: '',
    turns: [turn('When are you open?', 'We guarantee that we are open from 9 AM to 5 PM on weekdays.')],
    events: [],
    steps: [step()],
    actions: [],
    status: 'open',
    handedOff: false,
    changes: [
      { path: 'orders.A-1042.status', before: 'paid', after: 'shipped' },
      { path: 'orders.A-1042.refund', before: undefined, after: 80 },
    ],
    left: null,
    stuck: null,
    costUsd: 0.001,
    ms: 320,
    error: null,
    ...rest,
  };
}

export function turn(text: string, reply: string, rest: Partial<RunTurn> = {}): RunTurn {
  return {
    act: { kind: 'say', text },
    reply,
    citations: [
      {
        number: 1,
        title: 'Opening hours',
        url: null,
        quote: 'Our office is open from 9 AM to 5 PM, Monday to Friday.',
        passageId: 'p1',
        location: null,
        source: 'account/contact.md',
      },
    ],
    calls: [
      {
        tool: 'get_quote',
        input: { make: 'Tesla', year: 2021, mileage: 12_000, driver_age: 35 },
        ok: true,
        effect: 'read',
        own: true,
      },
    ],
    route: 'general',
    outcome: 'completed',
    code: null,
    guards: [{ guard: 'commitments', action: 'mark', reason: 'unsupported' }],
    found: ['account/contact.md', 'policies/cancel.md'],
    firstMs: 120,
    ms: 300,
    ...rest,
  };
}

function step(): CaseRun['steps'][number] {
  return {
    turnId: 't1',
    step: 0,
    kind: 'answer',
    model: 'offline',
    promptHash: 'a1b2c3d4e5f6',
    knowledgeVersion: 'k-17',
    input: [
      { type: 'text', text: '<passage source="account/contact.md">Our office is open from 9 AM to 5 PM.</passage>' },
      { type: 'text', text: 'When are you open?' },
    ],
    output: [
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', id: 'c1', name: 'get_quote', input: { make: 'Tesla', year: 2021 } },
    ],
    toolResults: [{ type: 'tool_result', tool_use_id: 'c1', content: '{"price": "$1,240 a year"}' }],
    stopReason: 'tool_use',
    usage: { input: 1200, output: 80, cacheRead: 900, cacheWrite: 0 },
    guarded: [{ guard: 'commitments', action: 'mark', reason: 'unsupported', of: 'We guarantee' }],
  };
}

function criteriaOf(cases: readonly ReportedCase[]): Record<CriterionName, Criterion> {
  return Object.fromEntries(CRITERION_NAMES.map((name) => [name, criterionOf(cases, name)])) as Record<
    CriterionName,
    Criterion
  >;
}

function criterionOf(cases: readonly ReportedCase[], name: CriterionName): Criterion {
  const { target } = CRITERIA[name];
  if (ONLY_LIFE.includes(name)) {
    const reason = 'only stored conversations tell: frontdesk insights';
    return { value: null, target, n: 0, low: null, high: null, pass: null, reason, grader: 'none' };
  }
  const told = cases.flatMap((one) => one.runs.flatMap((run) => run.checks)).filter((one) => one.criterion === name);
  const value = told.filter((one) => one.passed === true).length / Math.max(1, told.length);
  const half = 1.96 * Math.sqrt((value * (1 - value) + 0.02) / Math.max(1, told.length));
  const isStandIn = name === 'response_relevance';
  return {
    value,
    target,
    n: told.length,
    low: Math.max(0, value - half),
    high: Math.min(1, value + half),
    pass: isStandIn ? null : value >= (target ?? 0),
    ...(isStandIn ? { reason: 'only a stand-in looked at it: no evidence' } : {}),
    grader: isStandIn ? 'stand-in: words in common' : 'expectations',
  };
}
