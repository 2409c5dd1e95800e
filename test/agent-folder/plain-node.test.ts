import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeFolder, ROUTES, WORKSHOP, workshopWith } from './folders.ts';

const run = promisify(execFile);
const source = (path: string) => new URL(`../../src/${path}`, import.meta.url).href;

/** Runs a script in a Node of its own, without the test runner's module loader, somewhere outside the project. */
async function inNode(script: string, folder: string): Promise<{ out: unknown; stderr: string }> {
  const prelude = `import { loadAgent } from ${JSON.stringify(source('agent-folder/load-agent.ts'))};\nconst folder = ${JSON.stringify(folder)};\n`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', prelude + script], {
    cwd: folder,
  });
  return { out: JSON.parse(stdout), stderr };
}

const PROBLEMS = `
const error = await loadAgent(folder).then(() => null, (thrown) => thrown);
console.log(JSON.stringify(error.problems.map(({ file, line, message }) => file + ':' + line + ' ' + message)));`;

test('a folder outside the project, with no package.json near, loads in plain Node without a warning', async () => {
  const { out, stderr } = await inNode(
    `const { agent, warnings } = await loadAgent(folder);
     const [tool] = agent.tools;
     const result = await tool.run(tool.parse({ service: 'tyres', weeks: 1 }).value, {});
     console.log(JSON.stringify({ id: agent.id, warnings, tools: agent.tools.length, result, problems: tool.parse({ weeks: 9 }).problems }));`,
    makeFolder(WORKSHOP),
  );
  expect(stderr).toBe('');
  expect(out).toEqual({
    id: 'workshop',
    warnings: [],
    tools: 1,
    result: { content: '{"service":"tyres","slot":"in 1 weeks"}' },
    problems: ['service: missing, expected one of "brakes", "tyres"', 'weeks: expected an integer from 1 to 8, got 9'],
  });
});

test('the prompt is the same as under the test runner', async () => {
  const { loadAgent } = await import('../../src/agent-folder/load-agent.ts');
  const folder = makeFolder(WORKSHOP);
  const { out } = await inNode('console.log(JSON.stringify((await loadAgent(folder)).agent.prompt))', folder);
  expect(out).toEqual((await loadAgent(folder)).agent.prompt);
});

test.each([
  ['without routes does not load what reads them', {}, 0],
  ['with routes does', ROUTES, 1],
])('an agent %s', async (_, files, count) => {
  const { out } = await inNode(
    `import { registerHooks } from 'node:module';
     const loaded = [];
     registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
     await loadAgent(folder);
     console.log(JSON.stringify(loaded.filter((url) => url.includes('read-routes')).length));`,
    workshopWith(files),
  );
  expect(out).toBe(count);
});

test('the tool’s ToolProblem is the program’s own', async () => {
  const tool = (WORKSHOP['tools/get-slot.ts'] ?? '')
    .replace('{ defineTool }', '{ defineTool, ToolProblem }')
    .replace(/run: .*/, "run: () => { throw new ToolProblem('We are closed in August.'); },");
  const { out } = await inNode(
    `import { ToolProblem } from ${JSON.stringify(source('agent/tool.ts'))};
     const { agent } = await loadAgent(folder);
     const error = await agent.tools[0].run({}, {}).then(() => null, (thrown) => thrown);
     console.log(JSON.stringify([error instanceof ToolProblem, error.message]));`,
    workshopWith({ 'tools/get-slot.ts': tool }),
  );
  expect(out).toEqual([true, 'We are closed in August.']);
});

test('a second load sees changed files, also those that a tool imports', async () => {
  const tool = (WORKSHOP['tools/get-slot.ts'] ?? '')
    .replace('import { z }', "import { slot } from './lib/slot.ts';\nimport { z }")
    .replace(/run: .*/, 'run: () => slot as string,');
  const { out, stderr } = await inNode(
    `import { writeFileSync } from 'node:fs';
     const answer = async () => (await (await loadAgent(folder)).agent.tools[0].run({}, {})).content;
     const before = await answer();
     writeFileSync(folder + '/tools/lib/slot.ts', "export const slot: string = 'Friday';");
     console.log(JSON.stringify([before, await answer()]));`,
    workshopWith({ 'tools/get-slot.ts': tool, 'tools/lib/slot.ts': "export const slot: string = 'Monday';" }),
  );
  expect(stderr).toBe('');
  expect(out).toEqual(['Monday', 'Friday']);
});

test('a package of the folder’s own is found; its own zod is used', async () => {
  const folder = workshopWith({
    'package.json': '{ "dependencies": { "calendar": "*" } }',
    'node_modules/calendar/package.json': '{ "name": "calendar", "type": "module", "exports": "./index.js" }',
    'node_modules/calendar/index.js': "export const day = 'Sunday';",
    'node_modules/zod/package.json': '{ "name": "zod", "type": "module", "exports": "./index.js" }',
    'node_modules/zod/index.js': "export const z = { object: () => ({ parse() {} }) }; export const mine = 'mine';",
    'tools/get-slot.ts': "import { day } from 'calendar';\nimport { mine } from 'zod';\nthrow new Error(day + mine);",
  });
  const { out } = await inNode(PROBLEMS, folder);
  expect(out).toEqual(['tools/get-slot.ts:3 cannot be loaded: Error: Sundaymine']);
});

test('a folder below node_modules loads, as the examples of an installed package do', async () => {
  const base = makeFolder({});
  const folder = join(base, 'node_modules/shop/agent');
  for (const [file, text] of Object.entries(WORKSHOP)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { out } = await inNode('console.log(JSON.stringify((await loadAgent(folder)).agent.tools.length))', folder);
  expect(out).toBe(1);
});

test('modules that cannot be imported are problems with their lines', async () => {
  const folder = workshopWith({
    'agent.ts': `import { defineAgent } from 'frontdesk';\n\nexport default defineAgent({ name: , });\n`,
    'tools/a.ts': 'const a = 1;\n\nenum Kind { A }\nexport default a;\n',
    'tools/b.ts': "import { z } from 'zod';\nimport { defineTol } from 'frontdesk';\nexport default defineTol({});\n",
    'tools/c.ts': '\nconst text: string | null = null;\nexport default text!.length;\n',
    'tools/d.ts': "\nimport calendar from 'calendar';\nexport default calendar;\n",
    'tools/e.ts': "import { x } from './lib/broken.ts';\nexport default x;\n",
    'tools/f.ts': 'const a = 1;\nconst a = 2;\nexport default a;\n',
    'tools/g.ts': '\n',
    'tools/h.ts': "throw 'just text';\n",
    'tools/i.ts': "import { z } from 'zod';\nimport { n } from './lib/nothing.ts';\nexport default [z, n];\n",
    'tools/lib/broken.ts': 'export const x = 1;\n\n\nexport const = 2;\n',
  });
  const { out } = await inNode(PROBLEMS, folder);
  expect(out).toEqual([
    'agent.ts:3 cannot be loaded: SyntaxError: Expression expected',
    'tools/a.ts:3 cannot be loaded: SyntaxError: TypeScript enum is not supported in strip-only mode',
    "tools/b.ts:2 cannot be loaded: SyntaxError: The requested module 'frontdesk' does not provide an export named 'defineTol'",
    "tools/c.ts:3 cannot be loaded: TypeError: Cannot read properties of null (reading 'length')",
    "tools/d.ts:2 cannot be loaded: Error: Cannot find package 'calendar'",
    "tools/f.ts:2 cannot be loaded: SyntaxError: Identifier 'a' has already been declared",
    'tools/g.ts:1 is empty',
    'tools/h.ts:1 cannot be loaded: thrown: just text',
    "tools/i.ts:2 cannot be loaded: Error: Cannot find module 'tools/lib/nothing.ts'",
    expect.stringMatching(/^tools\/lib\/broken\.ts:4 cannot be loaded: SyntaxError: /),
  ]);
});
