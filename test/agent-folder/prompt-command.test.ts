import { runCommand } from 'citty';
import { expect, onTestFinished, test, vi } from 'vitest';
import { promptCommand } from '../../src/cli/prompt.ts';
import { makeFolder, ROUTES, WORKSHOP, workshopWith } from './folders.ts';

async function prompt(defaultFolder: string, rawArgs: string[] = []) {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    const spy = vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  const before = process.exitCode;
  await runCommand(promptCommand({ agentFolder: defaultFolder, model: 'claude-opus-4-6', secrets: {}, path: null }), {
    rawArgs,
  });
  const { exitCode } = process;
  process.exitCode = before;
  return { ...written, exitCode };
}

test('prints the parts with their sizes, the hash, the size and the warning', async () => {
  const { stdout, stderr, exitCode } = await prompt(makeFolder(WORKSHOP));
  expect(stderr).toBe('');
  expect(exitCode).toBeUndefined();
  expect(stdout).toMatch(/^=== tool get_slot \(\d+ characters\)\n\{/);
  expect(stdout).toMatch(/=== system \(66 characters\)\nYou are Olli/);
  expect(stdout).toMatch(/=== first user turn \(\d+ characters\)\n<context name="workshop">/);
  expect(stdout).toMatch(/=== assistant \(\d+ characters\)\nUnderstood/);
  expect(stdout).toMatch(/\nhash {4}[0-9a-f]{16}\n/);
  expect(stdout).toMatch(/\nwarning The prompt has about \d+ tokens, and claude-opus-4-6 caches none under 4096/);
});

test('--json prints one object; a folder and a model may be named', async () => {
  const { stdout } = await prompt('nowhere', [makeFolder(WORKSHOP, 'bikes'), '--model', 'other-model', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    agent: 'bikes',
    model: 'other-model',
    cacheableMinimum: 0,
    promptWarnings: [],
    warnings: [],
    system: [{ type: 'text' }],
    opening: [{ role: 'user' }, { role: 'assistant' }],
    tools: ['get_slot', 'hand_off', 'resolve', 'search_knowledge'].map((name) => ({
      name,
      input_schema: { type: 'object' },
    })),
  });
});

test('the briefs of routes follow the prompt; --route prints one alone', async () => {
  const folder = workshopWith(ROUTES);
  const whole = (await prompt(folder)).stdout;
  expect(whole).toMatch(/=== assistant[\s\S]*=== brief of bike-hire \(\d+ characters\)\n<route name="bike-hire">/);
  expect((await prompt(folder, ['--route', 'repairs'])).stdout).toMatch(/^<route name="repairs">[\s\S]*<\/route>\n$/);
  const facts = JSON.parse((await prompt(folder, ['--json'])).stdout) as { routes: object[] };
  expect(facts.routes[1]).toMatchObject({ name: 'repairs', tools: ['book_slot', 'get_order'] });
  expect(JSON.parse((await prompt(folder, ['--json', '--route', 'repairs'])).stdout)).toEqual(facts.routes[1]);
  const missing = await prompt(folder, ['--route', 'repair']);
  expect(missing).toMatchObject({ stdout: '', exitCode: 1 });
  expect(missing.stderr).toBe(
    'workshop has no route "repair" (did you mean "repairs"?): its routes are bike-hire, repairs.\n',
  );
});

test('a wrong folder prints its problems and fails', async () => {
  const { stdout, stderr, exitCode } = await prompt(workshopWith({ 'guardrails.md': null }));
  expect(stdout).toBe('');
  expect(stderr).toMatch(/ {2}guardrails\.md:1 {2}is missing\n$/);
  expect(exitCode).toBe(1);
});
