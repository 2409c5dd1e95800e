import { Validator } from '@cfworker/json-schema';
import starTrek from '@readme/oas-examples/3.0/json/star-trek.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { ToolProblem } from '../../../src/agent/tool.ts';
import type { JsonSchema } from '../../../src/tools/schema-words.ts';
import { call, toolsOf } from '../http/request-tools.ts';
import { servePrism } from './prism.ts';
import { sampleOf } from './sample.ts';

// Public description of 120 operations: the Star Trek API, from @readme/oas-examples (MIT).
test('every operation of a public description is a tool whose call the mock of that description takes', async () => {
  const origin = await servePrism(structuredClone(starTrek));
  const paths = Object.entries(starTrek.paths as Record<string, Record<string, unknown>>);
  const operations = paths.flatMap(([path, item]) =>
    Object.keys(item).map((method) => `  - ${method.toUpperCase()} ${path}: { name: ${nameOf(method, path)} }\n`),
  );
  const tools = await toolsOf({
    'trek.yaml': `openapi: ./data/trek.json\nserver: ${origin}\noperations:\n${operations.join('')}`,
    'data/trek.json': JSON.stringify(starTrek),
  });
  expect(tools).toHaveLength(120);
  const refused: string[] = [];
  for (const tool of tools) {
    const schema = tool.inputSchema as JsonSchema;
    expect(JSON.stringify(schema)).not.toMatch(/\$ref|"(oneOf|allOf)"/);
    expect(Object.keys(schema)).not.toContain('anyOf');
    const input = sampleOf(schema);
    expect(new Validator(schema, '2020-12').validate(input).valid).toBe(true);
    const idempotencyKey = tool.effect === 'write' ? 'act_1' : null;
    const outcome = await call(tool, input, { idempotencyKey }).catch((error: unknown) => {
      if (!(error instanceof ToolProblem)) throw error;
      refused.push(`${tool.name}: ${error.message}`);
      return '{}';
    });
    expect(() => JSON.parse(outcome)).not.toThrow();
  }
  expect(refused).toEqual([]);
});

function nameOf(method: string, path: string): string {
  return `${method}${path.replace(/[^a-z0-9]+/gi, '_')}`.toLowerCase().replace(/_+$/, '');
}
