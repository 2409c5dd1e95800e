import { defineCommand } from 'citty';
import { cacheableMinimum } from '../agent/cacheable-minimum.ts';
import type { Agent } from '../agent-folder/agent.ts';
import { textOf, toolDefinitions } from '../agent-folder/compile-prompt.ts';
import { loadAgent } from '../agent-folder/load-agent.ts';
import { AgentFolderError, formatProblems, type Problem } from '../agent-folder/problems.ts';
import { promptWarnings } from '../agent-folder/prompt-warnings.ts';
import type { Config } from '../config.ts';
import { toDeskAgent } from '../desk-agent.ts';
import { buildKnowledgeIndex } from '../knowledge/lexical-index.ts';

/** `frontdesk prompt [folder] [--model ID] [--json]`: the compiled prompt of an agent folder, its hash and its size. */
export function promptCommand({
  agentFolder,
  model: defaultModel,
  secrets,
  path,
}: Pick<Config, 'agentFolder' | 'model' | 'secrets' | 'path'>) {
  return defineCommand({
    meta: { name: 'prompt', description: 'Print the prompt that an agent folder compiles to, its hash and its size' },
    args: {
      folder: { type: 'positional', required: false, default: agentFolder, description: 'Agent folder' },
      model: { type: 'string', description: "Model to check the prompt's size for (default: the agent's own)" },
      json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    },
    async run({ args }) {
      try {
        const { agent, warnings } = await loadAgent(args.folder, secrets, path === null ? {} : { path });
        await agent.closeTools();
        const model = args.model || agent.definition.model || defaultModel;
        // With the built-in tools: what a turn sends, and the hash that it logs.
        const index = buildKnowledgeIndex([]);
        const { prompt, tools } = toDeskAgent(agent, { model, fastModel: model, staffed: true, index });
        const whole = { ...agent, prompt, tools };
        process.stdout.write(`${args.json ? asJson(whole, model, warnings) : asText(whole, model, warnings)}\n`);
      } catch (error) {
        if (!(error instanceof AgentFolderError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    },
  });
}

function asJson(agent: Agent, model: string, warnings: Problem[]): string {
  const { system, opening, hash, estimatedTokens } = agent.prompt;
  const facts = { agent: agent.id, hash, estimatedTokens, model, cacheableMinimum: cacheableMinimum(model) };
  const notes = { warnings, promptWarnings: promptWarnings(agent, model) };
  return JSON.stringify({ ...facts, ...notes, system, opening, tools: toolDefinitions(agent.tools) }, null, 2);
}

function asText(agent: Agent, model: string, warnings: Problem[]): string {
  const { system, opening, hash, estimatedTokens } = agent.prompt;
  const tools = toolDefinitions(agent.tools);
  const parts = [
    ...tools.map((tool) => part(`tool ${tool.name}`, JSON.stringify(tool, null, 2))),
    ...system.map((block) => part('system', block.text)),
    ...opening.map((message) => part(message.role === 'user' ? 'first user turn' : 'assistant', textOf(message))),
  ];
  const rows = [
    `agent   ${agent.id}`,
    `hash    ${hash}`,
    `size    about ${estimatedTokens} tokens`,
    `model   ${model} caches from ${cacheableMinimum(model)} tokens`,
    ...promptWarnings(agent, model).map((warning) => `warning ${warning}`),
    ...(warnings.length > 0 ? ['', 'Warnings:', formatProblems(warnings)] : []),
  ];
  return [...parts, rows.join('\n')].join('\n\n');
}

function part(title: string, text: string): string {
  return `=== ${title} (${text.length} characters)\n${text}`;
}
