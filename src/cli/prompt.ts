import { defineCommand } from 'citty';
import { cacheableMinimum } from '../agent/cacheable-minimum.ts';
import type { Tool } from '../agent/tool.ts';
import type { Agent, FolderRoute } from '../agent-folder/agent.ts';
import { textOf, toolDefinitions } from '../agent-folder/compile-prompt.ts';
import { loadAgent } from '../agent-folder/load-agent.ts';
import { AgentFolderError, formatProblems, type Problem } from '../agent-folder/problems.ts';
import { promptWarnings } from '../agent-folder/prompt-warnings.ts';
import type { Config } from '../config.ts';
import { toDeskAgent } from '../desk-agent.ts';
import { buildKnowledgeIndex } from '../knowledge/lexical-index.ts';
import { didYouMean } from '../language/did-you-mean.ts';

/**
 * `frontdesk prompt [folder] [--route NAME] [--model ID] [--json]`: the compiled prompt of an agent folder with the briefs of
 * its routes, its hash and its size; with `--route` one brief alone.
 */
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
      route: { type: 'string', description: 'Print only what this route adds' },
      json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    },
    async run({ args }) {
      try {
        const { agent, warnings } = await loadAgent(args.folder, secrets, path === null ? {} : { path });
        await agent.closeTools();
        if (args.route !== undefined) return printRoute(agent, args.route, args.json);
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

function printRoute({ id, routes, tools }: Agent, name: string, json: boolean): void {
  const route = routes.find((one) => one.name === name);
  if (route) {
    const text = json ? JSON.stringify(routeFacts(route, tools), null, 2) : route.brief;
    process.stdout.write(`${text}\n`);
    return;
  }
  const names = routes.map((one) => one.name);
  const known = names.length === 0 ? 'it has none' : `its routes are ${names.join(', ')}`;
  process.stderr.write(`${id} has no route "${name}"${didYouMean(name, names)}: ${known}.\n`);
  process.exitCode = 1;
}

function routeFacts(route: FolderRoute, tools: readonly Tool[]) {
  const { name, title, when, modelId, maxTokens, knowledge, brief } = route;
  const own = tools.filter((tool) => tool.route === name).map((tool) => tool.name);
  return { name, title, when, model: modelId, maxTokens, knowledge, tools: own, brief };
}

function asJson(agent: Agent, model: string, warnings: Problem[]): string {
  const { system, opening, hash, estimatedTokens } = agent.prompt;
  const facts = { agent: agent.id, hash, estimatedTokens, model, cacheableMinimum: cacheableMinimum(model) };
  const notes = { warnings, promptWarnings: promptWarnings(agent, model) };
  const routes = agent.routes.map((route) => routeFacts(route, agent.tools));
  const parts = { system, opening, tools: toolDefinitions(agent.tools), ...(routes.length > 0 && { routes }) };
  return JSON.stringify({ ...facts, ...notes, ...parts }, null, 2);
}

function asText(agent: Agent, model: string, warnings: Problem[]): string {
  const { system, opening, hash, estimatedTokens } = agent.prompt;
  const tools = toolDefinitions(agent.tools);
  const parts = [
    ...tools.map((tool) => part(`tool ${tool.name}`, JSON.stringify(tool, null, 2))),
    ...system.map((block) => part('system', block.text)),
    ...opening.map((message) => part(message.role === 'user' ? 'first user turn' : 'assistant', textOf(message))),
    ...agent.routes.map(({ name, brief }) => part(`brief of ${name}`, brief)),
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
