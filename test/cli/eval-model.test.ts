import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MockClaude, type MockHandler, startMockClaude } from '../../src/testing/mock-claude.ts';
import { WORKSHOP } from '../agent-folder/folders.ts';
import { createProcesses } from '../e2e/server/processes.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
const HOURS = 'We are open Tuesday to Saturday, 10 AM to 6 PM.';
const SUITE = `suite: Claude
cases:
  - name: hours
    table: [{ of: t1 }, { of: t2 }, { of: t3 }, { of: t4 }, { of: t5 }, { of: t6 }, { of: t7 }, { of: t8 }]
    tags: ["{of}"]
    ask: When are you open?
    expect: { says: Tuesday, rubric: The reply is polite. }
  - name: somebody in a hurry
    simulate: { persona: In a hurry., goal: Know the hours., most: 3 }
    expect: { says: Tuesday }
`;

/** At one time: replies of the agent that are being made. */
let at = { once: 0, most: 0 };
let graderIsDown = false;

/** The agent, the customer and the grader, told apart by the tool that they must answer by. */
const answer: MockHandler = async ({ tool_choice: choice, messages }) => {
  const forced = choice?.type === 'tool' ? choice.name : null;
  if (forced === 'grade' && graderIsDown) return { fault: { status: 401 } };
  if (forced === 'grade') return { tools: [{ name: 'grade', input: { reasoning: 'It is.', verdict: true } }] };
  if (forced === 'act') {
    const isTold = JSON.stringify(messages).includes('Tuesday to Saturday');
    const leaves = { act: 'leave', left: 'satisfied' };
    const says = { act: 'say', text: 'hours? quick' };
    return { tools: [{ name: 'act', input: { reasoning: 'Mine.', ...(isTold ? leaves : says) } }] };
  }
  at.once += 1;
  at.most = Math.max(at.most, at.once);
  await new Promise((resolve) => setTimeout(resolve, 300));
  at.once -= 1;
  return { text: HOURS };
};

let mock: MockClaude;
let folder = '';
beforeAll(async () => {
  mock = await startMockClaude({ script: answer });
  folder = join(processes.folder(), 'workshop');
  for (const [file, text] of Object.entries({ ...WORKSHOP, 'evals/claude.yaml': SUITE })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});
afterAll(async () => {
  await processes.cleanUp();
  await mock.close();
});

const data = processes.folder();
const evals = (args: string[], more: Record<string, string> = {}) =>
  processes.run(['eval', folder, '--json', ...args], {
    env: {
      FRONTDESK_DATA: data,
      ANTHROPIC_API_KEY: 'sk-ant-test-0123456789abcdef',
      ANTHROPIC_BASE_URL: mock.url,
      ...more,
    },
  }).ended;
const scorecardOf = (stdout: string) =>
  JSON.parse(stdout) as { cases: number; passed: number; cost_usd: number; criteria: Record<string, object> };

test('replies, customer and grades come over the wire, four at once in one process, and are paid for', async () => {
  at = { once: 0, most: 0 };
  const { code, stdout, stderr } = await evals(['--processes', '1', '--at-once', '4', '--update-baseline']);
  expect(code, stderr).toBe(0);
  const { cost_usd: cost, criteria, ...counts } = scorecardOf(stdout);
  expect(counts).toMatchObject({ cases: 9, passed: 9 });
  expect(criteria.response_relevance).toMatchObject({
    value: 1,
    n: 9,
    high: 1,
    pass: true,
    grader: expect.not.stringContaining('stand-in'),
  });
  expect(at.most).toBe(4);
  expect(cost).toBeGreaterThan(0);
  expect(mock.requests.filter(({ body }) => JSON.stringify(body).includes('hours? quick')).length).toBeGreaterThan(0);
  expect(mock.problems()).toEqual([]);

  const dear = 'claude-opus-4-6=500/2500,claude-haiku-4-5=100/500';
  const again = await evals(['--processes', '1', '--no-cache'], {
    FRONTDESK_PRICES: dear,
    FRONTDESK_DATA: processes.folder(),
  });
  expect(scorecardOf(again.stdout).cost_usd).toBeGreaterThan(50 * cost);
});

test('a budget cuts the run off, and the gate is shut', async () => {
  const args = ['--processes', '1', '--at-once', '1', '--no-cache', '--budget', '0.01', '--gate'];
  const { code, stdout, stderr } = await evals(args);
  const { cases, cost_usd: cost } = scorecardOf(stdout);
  expect(cases).toBeGreaterThanOrEqual(1);
  expect(cases).toBeLessThan(9);
  expect(cost).toBeGreaterThanOrEqual(0.01);
  expect(code).toBe(1);
  expect(stderr).toContain('The run was cut off');
});

test.each([
  ['the model', { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }, 'The model did not answer (model_unreachable).', false],
  ['the grader', {}, 'The model that grades gave no verdict', true],
])('%s is down: errors, no verdict of the gate', async (_, env, sentence, down) => {
  graderIsDown = down;
  const { code, stdout, stderr } = await evals(['--processes', '1', '--no-cache', '--gate'], env).finally(() => {
    graderIsDown = false;
  });
  expect(code).toBe(2);
  expect(scorecardOf(stdout).passed).toBe(down ? 1 : 0);
  expect(stderr).toContain(sentence);
  expect(stderr).toContain(`${down ? 8 : 9} cases could not be had to the end`);
});
