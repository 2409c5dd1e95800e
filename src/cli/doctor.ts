import { mkdtemp, open, rmdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { defineCommand } from 'citty';
import { claudeModel } from '../adapters/claude.ts';
import { holderOf } from '../adapters/sql/folder-lock.ts';
import { checkPostgres } from '../adapters/sql/postgres.ts';
import type { Agent } from '../agent-folder/agent.ts';
import { loadAgent } from '../agent-folder/load-agent.ts';
import { promptWarnings } from '../agent-folder/prompt-warnings.ts';
import type { ToolServer } from '../agent-folder/yaml/mcp-tools.ts';
import { sourceSettings } from '../agent-knowledge.ts';
import { knowledgeWarnings, openEmbedder } from '../compose-knowledge.ts';
import { ANY_AUDIENCE, type Config, isOffline, isStaffed, UNSTAFFED, version } from '../config.ts';
import { toDeskAgent } from '../desk-agent.ts';
import { openFileReader } from '../ingest/read-files.ts';
import { readSource } from '../ingest/read-source.ts';
import { ownFiles } from '../ingest/sources.ts';
import { buildKnowledgeIndex } from '../knowledge/lexical-index.ts';
import { cleanText } from '../language/invisible.ts';
import { pinOf } from '../tools/mcp/tool-definition.ts';
import { explainStart } from './explain.ts';

/** What a check found. `advice` says what to do where it is not `ok`. */
type Finding = { state: 'ok' | 'warning' | 'problem'; what: string; advice?: string };

/** `frontdesk doctor [--live]`: checks everything that a start needs, and says what to do. Exit code 1 on a problem. */
export function doctorCommand(config: Config) {
  return defineCommand({
    meta: { name: 'doctor', description: 'Check Node, port, data folder, agent, key and database' },
    args: {
      live: { type: 'boolean', default: false, description: 'Make one real call to the model, which may cost a cent' },
    },
    async run({ args }) {
      const { found, modelId } = await agent(config);
      const findings = [
        nodeVersion(),
        await port(config),
        await data(config),
        ...found,
        await encoder(config),
        key(config),
      ];
      if (args.live) findings.push(await liveCall(config, modelId));
      for (const { state, what, advice } of findings) {
        const sign = { ok: '✓', warning: '!', problem: '✗' }[state];
        process.stdout.write(`${sign} ${what}\n${advice ? `  ${advice}\n` : ''}`);
      }
      if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1;
    },
  });
}

function nodeVersion(): Finding {
  // An older Node does not get this far: the program says so before it loads anything.
  return { state: 'ok', what: `Node ${process.versions.node}` };
}

async function port(config: Config): Promise<Finding> {
  try {
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(config.port, config.host, () => server.close(() => resolve()));
    });
    return { state: 'ok', what: `${config.host}:${config.port} is free` };
  } catch (error) {
    return {
      state: 'problem',
      what: `${config.host}:${config.port} cannot be used`,
      advice: explainStart(error, config),
    };
  }
}

async function data(config: Config): Promise<Finding> {
  if (config.databaseUrl) {
    try {
      return { state: 'ok', what: `PostgreSQL ${await checkPostgres(config.databaseUrl)}` };
    } catch (error) {
      return { state: 'problem', what: 'The database cannot be used', advice: explainStart(error, config) };
    }
  }
  try {
    await checkWritable(config.dataFolder);
    const pid = holderOf(config.dataFolder);
    if (pid === null) return { state: 'ok', what: `Data folder ${config.dataFolder}` };
    const advice = 'A second server needs a FRONTDESK_DATA of its own, or stop that one.';
    return {
      state: 'warning',
      what: `Data folder ${config.dataFolder} is in use by the process with pid ${pid}`,
      advice,
    };
  } catch (error) {
    const advice = `Make it writable for this user, or choose another FRONTDESK_DATA. (${(error as Error).message})`;
    return { state: 'problem', what: `Data folder ${config.dataFolder}`, advice };
  }
}

/** Throws where the server could not write or what lies there is no database of ours. Leaves nothing behind. */
async function checkWritable(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && dirname(folder) !== folder) return null;
    throw error;
  });
  if (!found) return checkWritable(dirname(folder));
  if (!found.isDirectory()) throw new Error(`${folder} is not a folder`);
  await rmdir(await mkdtemp(join(folder, '.frontdesk-doctor-')));
  const file = await open(join(folder, 'frontdesk.db')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SQLITE.length)).finally(() => file.close());
  if (bytesRead > 0 && buffer.toString('latin1') !== SQLITE) throw new Error('frontdesk.db in it is not a database');
}

/** How every SQLite file begins. */
const SQLITE = 'SQLite format 3\0';

/** `modelId` is the model that answers: the folder may name one of its own. */
async function agent(config: Config): Promise<{ found: Finding[]; modelId: string }> {
  try {
    const { path } = config;
    const loaded = await loadAgent(config.agentFolder, config.secrets, path === null ? {} : { path });
    const servers = await Promise.all(loaded.agent.toolServers.map(toolServer));
    await loaded.agent.closeTools();
    const ready = toDeskAgent(loaded.agent, {
      model: config.model,
      fastModel: config.fastModel,
      staffed: isStaffed(config),
      index: buildKnowledgeIndex([]),
    });
    const warnings = [
      ...loaded.warnings.map(({ file, line, message }) => `${file}:${line} ${message}`),
      ...(isOffline(config) ? [] : promptWarnings(ready, ready.modelId)),
      ...(isStaffed(config) ? [] : [UNSTAFFED]),
      ...(config.identity?.audience === null ? [ANY_AUDIENCE] : []),
      ...knowledgeWarnings(config),
    ];
    const found: Finding[] = [
      { state: 'ok', what: `Agent ${ready.name} of ${ready.company} (${config.agentFolder})` },
      ...warnings.map((what): Finding => ({ state: 'warning', what })),
      ...policies(loaded.agent),
      ...routes(loaded.agent),
      ...servers,
    ];
    return { found: [...found, ...(await articles(loaded.agent))], modelId: ready.modelId };
  } catch (error) {
    const advice = explainStart(error, config);
    return { found: [{ state: 'problem', what: 'The agent folder cannot be used', advice }], modelId: config.model };
  }
}

function policies({ policies }: Agent): Finding[] {
  if (policies.length === 0) return [];
  return [{ state: 'ok', what: `Policies: ${policies.length === 1 ? '1 fact' : `${policies.length} facts`}` }];
}

function routes({ routes, tools }: Agent): Finding[] {
  if (routes.length === 0) return [];
  const named = routes.map(({ name, utterances }) => {
    const own = tools.filter(({ route }) => route === name).length;
    return `${name} (${utterances.length} utterances${own > 0 ? `, ${own === 1 ? '1 tool' : `${own} tools`} of its own` : ''})`;
  });
  return [{ state: 'ok', what: `Routes: ${named.join(', ')}` }];
}

/** Whether a server of tools answers, and what its tools amount to. */
async function toolServer({ file, pinned, definitions }: ToolServer): Promise<Finding> {
  try {
    const now = await definitions();
    const names = now.length === 0 ? 'none of its tools is chosen' : now.map(({ name }) => cleanText(name)).join(', ');
    const what = `${file}: the MCP server answers; ${names}; pin: ${pinOf(now)}`;
    if (pinned.pin === null || pinned.pin === pinOf(now)) return { state: 'ok', what };
    const advice = `What is pinned is ${pinned.pin}. Look at what has changed, then pin it anew.`;
    return { state: 'warning', what, advice };
  } catch {
    const advice = 'Its tools say that they are not available until it does.';
    return { state: 'warning', what: `${file}: the MCP server does not answer`, advice };
  }
}

/** The company's own Markdown is looked at here; files that take longer are left to `frontdesk ingest`. */
async function articles(agent: Agent): Promise<Finding[]> {
  const reader = openFileReader({ workers: 1, trusted: true });
  const settings = { ...sourceSettings(reader, { network: {}, version: version() }), extensions: ['.md', '.markdown'] };
  const { documents, problems } = await readSource(ownFiles(agent.knowledge, settings), reader.read);
  return [
    {
      state: 'ok',
      what: `Knowledge: ${documents.length} articles in Markdown, ${agent.knowledge.sources.length} sites`,
    },
    ...problems.map(
      ({ key, problem }): Finding => ({ state: 'warning', what: `knowledge/${key}`, advice: problem.message }),
    ),
  ];
}

/** A server of one's own may have to load its model first. */
const ENCODER_MS = 20_000;

async function encoder(config: Config): Promise<Finding> {
  if (config.encoder === 'off') {
    const advice = 'Questions are found by their words only. Leave FRONTDESK_ENCODER unset to search by meaning too.';
    return { state: 'warning', what: 'The encoder is off', advice };
  }
  const embedder = openEmbedder(config, { questionMs: ENCODER_MS });
  try {
    const [vector] = (await embedder?.embed(['hello'], 'query')) ?? [];
    const where = config.encoderApi ? `: ${config.encoderApi.model} at ${config.encoderApi.url}` : '';
    return { state: 'ok', what: `The encoder reads${where}, ${vector?.length ?? 0} numbers a text` };
  } catch (error) {
    const { message } = error as Error;
    if (!config.encoderApi) {
      const advice = `Install again with npm ci, or set FRONTDESK_ENCODER=off. (${message})`;
      return { state: 'problem', what: 'The encoder cannot be loaded', advice };
    }
    const advice = `Check FRONTDESK_ENCODER_URL, its model and its key; until it reads, words must do. (${message})`;
    return { state: 'problem', what: `The encoder at ${config.encoderApi.url} does not read`, advice };
  } finally {
    await embedder?.close();
  }
}

function key(config: Config): Finding {
  const { apiKey, baseUrl } = config.anthropic;
  if (apiKey)
    return {
      state: 'ok',
      what: `A key is set${baseUrl ? `, for ${baseUrl}` : ''}; \`frontdesk doctor --live\` tries it`,
    };
  if (baseUrl) return { state: 'ok', what: `Messages API at ${baseUrl}, without a key` };
  const advice = 'That is fine for trying it out. For Claude, set ANTHROPIC_API_KEY.';
  return { state: 'warning', what: 'No key: the offline model answers, which is not Claude', advice };
}

async function liveCall(config: Config, modelId: string): Promise<Finding> {
  if (isOffline(config))
    return { state: 'problem', what: 'No live call', advice: 'Set ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL.' };
  const model = claudeModel({ ...config.anthropic, maxAttempts: 1 });
  const request = {
    model: modelId,
    max_tokens: 16,
    system: [],
    messages: [{ role: 'user' as const, content: 'Answer with the word: ready' }],
    tools: [],
  };
  let said = '';
  for await (const event of model(request, AbortSignal.timeout(60_000))) {
    if (event.type === 'failed') {
      return { state: 'problem', what: `${modelId} did not answer`, advice: `${event.code}: ${event.detail}` };
    }
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') said += event.delta.text;
  }
  return { state: 'ok', what: `${modelId} answered: ${said.trim()}` };
}
