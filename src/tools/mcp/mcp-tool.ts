import type Anthropic from '@anthropic-ai/sdk';
import { actionRules, type WriteFields } from '../../agent/action-rules.ts';
import { customerFieldProblems, withoutCustomerFields } from '../../agent/bind-customer.ts';
import { type Tool, ToolProblem } from '../../agent/tool.ts';
import { checkInput } from '../check-input.ts';
import type { Redact } from '../http/redact.ts';
import { outcomeOf } from './call-result.ts';
import type { McpServer } from './mcp-server.ts';
import type { ToolSchema } from './tool-schema.ts';

export type McpToolParts = {
  /** The agent's id, for which limits are counted. */
  agent: string;
  server: Pick<McpServer, 'call'>;
  /** As the server spells it. */
  serverName: string;
  name: string;
  description: string;
  schema: Extract<ToolSchema, { ok: true }>;
  needsCustomer: boolean;
  fromCustomer: Readonly<Record<string, string>>;
  untrusted: boolean;
  timeoutMs: number;
  redact: Redact;
  /** Null for a read. `errorIs`: what a result means by which the server says that the call failed. */
  write: { rules: WriteFields<unknown>; errorIs: 'failed' | 'unknown' } | null;
};

/** A tool that is a call of an MCP server's. */
export function mcpTool(parts: McpToolParts): Tool {
  const { agent, name, fromCustomer, write, timeoutMs } = parts;
  const check = checkInput(withoutCustomerFields(parts.schema.checked, fromCustomer));
  return {
    name,
    description: parts.description,
    inputSchema: withoutCustomerFields(parts.schema.shown, fromCustomer) as Anthropic.Tool['input_schema'],
    effect: write ? 'write' : 'read',
    action: write && actionRules({ name, fromCustomer, agent }, write.rules),
    needsCustomer: parts.needsCustomer || Object.keys(fromCustomer).length > 0,
    fromCustomer,
    timeoutMs,
    untrusted: parts.untrusted,
    parse(input) {
      const problems = customerFieldProblems(input, fromCustomer);
      return problems.length > 0 ? { ok: false, problems } : check(input);
    },
    async run(input, { idempotencyKey, signal }) {
      const result = await parts.server.call({
        tool: parts.serverName,
        input: input as Record<string, unknown>,
        isRead: write === null,
        idempotencyKey: write ? idempotencyKey : null,
        signal,
        // The signal is the clock: it goes off first.
        timeoutMs: timeoutMs + 1_000,
      });
      try {
        return outcomeOf(result, parts.redact);
      } catch (error) {
        if (write?.errorIs !== 'unknown' || !(error instanceof ToolProblem)) throw error;
        throw new Error('the server says that the call failed, which may be after it did something');
      }
    },
  };
}
