import { stat } from 'node:fs/promises';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { Agent } from './agent.ts';
import { compilePrompt } from './compile-prompt.ts';
import { type FolderFiles, listFolder, SOURCES_FILE } from './folder-files.ts';
import { DEFAULT_GUARDS, type GuardSettings } from './guard-settings.ts';
import { nextLoad } from './load-module.ts';
import { AgentFolderError, compareText, inFileOrder, type Problem, type Report } from './problems.ts';
import { readDefinition } from './read-definition.ts';
import type { Policies } from './read-policies.ts';
import { readContext, readExamples, readGreetings, readGuardrails } from './read-prose.ts';
import type { Routes } from './read-routes.ts';
import { readSources } from './read-sources.ts';
import { readTools } from './read-tools.ts';
import type { Outside, YamlFolder, YamlTools } from './read-yaml-tools.ts';

type Secrets = Readonly<Record<string, string>>;

/** Where nobody says more: Node itself is found, and the log is not kept. */
const ALONE: Outside = {
  path: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  log: { debug() {}, warn() {} },
};

/** `warnings` are for the company's developer: what works, but probably not as meant. */
export type LoadedAgent = { agent: Agent; warnings: Problem[] };

/**
 * Loads, checks and compiles an agent folder. The folder's name becomes the agent's id. Runs the folder's TypeScript,
 * so it must be the company's own. Each call reads every file anew.
 * `secrets`: the values of `${secret:NAME}` in its tools. Starts the servers of its tools, which `agent.closeTools` ends.
 * Throws `AgentFolderError` with everything that is wrong, not only the first; nothing is left open then.
 */
export async function loadAgent(
  folder: string,
  secrets: Secrets = {},
  outside: Partial<Outside> = {},
): Promise<LoadedAgent> {
  const root = resolve(folder);
  const id = basename(root);
  const report: Report = { problems: [], warnings: [] };
  await checkFolder(folder, root);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)) {
    const message = `the folder's name "${id}" becomes the agent's id: use letters, digits, ".", "_" and "-"`;
    report.problems.push({ file: '.', line: 1, message });
  }
  const files = await listFolder(root, report);
  const load = nextLoad();
  const definition = await readDefinition({ root, files, load }, report);
  const greetings = await readGreetings(root, files, report);
  const context = await readContext(root, files, report);
  const examples = await readExamples(root, files, report);
  const guardrails = await readGuardrails(root, files, report);
  const sources = files.hasSources ? await readSources(root, report) : [];
  const { routes, training } = await readRoutesOf(root, files, report);
  const guards = await readGuardsOf({ root, files, company: definition?.company ?? null }, report);
  const policies = await readPoliciesOf(root, files, report);
  const own = await readTools({ root, files, load }, report);
  const yaml = await readYaml({ root, files, secrets, named: own.named, outside: { ...ALONE, ...outside } }, report);
  if (definition === null || report.problems.length > 0) {
    await yaml.close();
    throw new AgentFolderError(folder, report.problems);
  }
  const tools = [...own.tools, ...yaml.tools].sort((a, b) => compareText(a.name, b.name));
  const agent: Agent = {
    id,
    definition,
    greetings: { ...greetings, default: greetings.default ?? '' },
    prompt: compilePrompt({
      definition,
      context: [...context, ...policies.context],
      examples,
      guardrails,
      tools,
      routes,
    }),
    routes,
    training,
    guards,
    policies: policies.facts,
    tools,
    toolServers: yaml.servers,
    closeTools: yaml.close,
    knowledge: { folder: join(root, 'knowledge'), sources },
  };
  return { agent, warnings: inFileOrder(report.warnings) };
}

/** The code that reads them is loaded for who has some: every start would wait for it. */
async function readYaml(folder: YamlFolder, report: Report): Promise<YamlTools> {
  if (folder.files.yamlTools.length === 0) return { tools: [], servers: [], async close() {} };
  const { readYamlTools } = await import('./read-yaml-tools.ts');
  return readYamlTools(folder, report);
}

/** Likewise: an agent without routes does not wait for what reads them. */
async function readRoutesOf(root: string, files: FolderFiles, report: Report): Promise<Routes> {
  if (files.routes.length === 0) return { routes: [], training: { general: [], offTopic: [] } };
  const { readRoutes } = await import('./read-routes.ts');
  return readRoutes(root, files.routes, report);
}

/** Likewise. */
async function readGuardsOf(
  { root, files, company }: { root: string; files: FolderFiles; company: string | null },
  report: Report,
): Promise<GuardSettings> {
  if (!files.hasGuards) return DEFAULT_GUARDS;
  const { readGuards } = await import('./read-guards.ts');
  return readGuards(root, company, report);
}

/** Likewise. */
async function readPoliciesOf(root: string, files: FolderFiles, report: Report): Promise<Policies> {
  if (files.policies.length === 0) return { facts: [], context: [] };
  const { readPolicies } = await import('./read-policies.ts');
  return readPolicies(root, files.policies, report);
}

/** Where an agent's knowledge is, without its prompt and tools, none of whose code is run. Throws as `loadAgent` does. */
export async function loadKnowledge(folder: string): Promise<Pick<Agent, 'id' | 'knowledge'>> {
  const root = resolve(folder);
  const report: Report = { problems: [], warnings: [] };
  await checkFolder(folder, root);
  const files = await listFolder(root, report);
  const sources = files.hasSources ? await readSources(root, report) : [];
  const problems = report.problems.filter(({ file }) => file === SOURCES_FILE);
  if (!files.hasAgent) problems.push({ file: 'agent.ts', line: 1, message: 'is missing: this is no agent folder' });
  if (problems.length > 0) throw new AgentFolderError(folder, problems);
  return { id: basename(root), knowledge: { folder: join(root, 'knowledge'), sources } };
}

async function checkFolder(folder: string, root: string): Promise<void> {
  const found = await stat(root).catch(() => null);
  if (found?.isDirectory()) return;
  const message = found ? 'is not a folder' : 'there is no such folder';
  throw new AgentFolderError(folder, [{ file: '.', line: 1, message }]);
}
