import type Anthropic from '@anthropic-ai/sdk';
import { READ_ONLY, type Tool, type ToolContext, type ToolOutcome } from '../agent/tool.ts';
import { checkValue, formatFieldProblem } from './check-value.ts';
import type { ToolDefinition } from './define.ts';
import { jsonSchemaOf } from './json-schema.ts';

const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * What the turn runs, from what a tool's author wrote. Text that `run` gives back reaches the model as it is, other
 * values as JSON. Throws where the input has no JSON schema.
 */
export function toolFromDefinition(definition: ToolDefinition): Tool {
  const json = jsonSchemaOf(definition.input);
  return {
    name: definition.name,
    description: definition.description.trim(),
    inputSchema: json as Anthropic.Tool['input_schema'],
    ...READ_ONLY,
    effect: definition.effect,
    timeoutMs: definition.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    parse(input) {
      const checked = checkValue(definition.input, json, input);
      return checked.ok ? checked : { ok: false, problems: checked.problems.map(formatFieldProblem) };
    },
    async run(input: unknown, context: ToolContext): Promise<ToolOutcome> {
      const result = await definition.run(input as Record<string, unknown>, context);
      return { content: typeof result === 'string' ? result : (JSON.stringify(result) ?? 'Done.') };
    },
  };
}
