import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import { FolderInUseError } from '../adapters/sql/folder-lock.ts';
import { openStore } from '../adapters/sql/open-store.ts';
import { loadKnowledge } from '../agent-folder/load-agent.ts';
import { openKnowledge } from '../agent-knowledge.ts';
import { openEmbedder } from '../compose-knowledge.ts';
import { type Config, version } from '../config.ts';
import { openFileReader } from '../ingest/read-files.ts';
import type { Filter, KnowledgeIndex, Labels } from '../knowledge/documents.ts';
import { type ExplainedPassage, type ExplainedSearch, explainSearch } from '../knowledge/explain.ts';
import { explainStart } from './explain.ts';
import { inUse } from './in-use.ts';
import { type Call, errorOf, serverCall } from './server-call.ts';

const MOST = 50;
const LANGUAGE_TAG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
/** For an encoder that has read nothing yet: nobody is in a hurry. */
const PATIENCE_MS = 120_000;
/** Columns, where nobody says how many there are. */
const WIDTH = 100;

/** `frontdesk search "…"`: what the agent would find, and why. Exit code 1 where the question cannot be searched for. */
export function searchCommand(config: Config) {
  return defineCommand({
    meta: { name: 'search', description: 'Search the knowledge as the agent does, and see why each passage was found' },
    args: {
      query: { type: 'positional', required: false, description: 'A question, as a customer would ask it' },
      limit: { type: 'string', default: '5', description: `Passages at most, 1 to ${MOST}` },
      language: { type: 'string', description: 'Leave out passages that say they are in another language, such as es' },
      label: { type: 'string', description: 'Leave out passages with another label: product=e-bike,audience=dealers' },
      json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    },
    async run({ args }) {
      const query = args._.join(' ').trim();
      const asked = readOptions({ query, limit: args.limit, language: args.language, label: args.label });
      if (typeof asked === 'string') return fail(asked);
      try {
        const found = await search(config, { query, ...asked });
        process.stdout.write(`${args.json ? JSON.stringify(found, null, 2) : asText(query, found)}\n`);
      } catch (error) {
        fail(explainStart(error, config));
      }
    },
  });
}

type Asked = { query: string; limit: number; filter?: Filter };

/** Asks a running server where one is named, else what is in the store of this configuration. */
async function search(config: Config, asked: Asked): Promise<ExplainedSearch> {
  if (config.url !== null) return searchThere(serverCall(config), asked);
  const { index, close } = await openIndex(config);
  return explainSearch(index, asked).finally(close);
}

async function searchThere(call: Call, asked: Asked): Promise<ExplainedSearch> {
  const bytes = Uint8Array.from(Buffer.from(JSON.stringify(asked)));
  const answer = await call('POST', 'v1/operator/search', { bytes, type: 'application/json' });
  if (answer.status !== 200) throw new Error(errorOf(answer).message);
  return answer.body as unknown as ExplainedSearch;
}

/**
 * What the configured agent knows, as it searches, but not put in order by the fast model. Where there is no database yet
 * none is left behind. Throws `AgentFolderError`, or a sentence about the database.
 */
async function openIndex(config: Config): Promise<{ index: KnowledgeIndex; close(): Promise<void> }> {
  const agent = await loadKnowledge(config.agentFolder);
  const isNew = config.databaseUrl === null && !existsSync(join(config.dataFolder, 'frontdesk.db'));
  const dataFolder = isNew ? await mkdtemp(join(tmpdir(), 'frontdesk-search-')) : config.dataFolder;
  const embedder = openEmbedder(config, { onTrouble: (sentence) => process.stderr.write(`${sentence}\n`) });
  const store = await openStore({ ...config, dataFolder }, () => {}).catch((error: unknown) => {
    throw error instanceof FolderInUseError ? inUse(error) : error;
  });
  const knowledge = await openKnowledge({
    store: store.knowledge,
    agent,
    reader: openFileReader({ workers: 1, trusted: true }),
    network: { loopback: config.fetchLoopback },
    version: version(),
    ...{ embedder, summariser: null, patienceMs: PATIENCE_MS },
    isFirst: async () => false,
    onTrouble: (error) => process.stderr.write(`${error}\n`),
  });
  return {
    index: knowledge.index,
    async close() {
      await knowledge.close();
      await store.close();
      await embedder?.close();
      if (isNew) await rm(dataFolder, { recursive: true });
    },
  };
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

type Given = { query: string; limit: string; language: string | undefined; label: string | string[] | undefined };

/** What to search for, or a sentence on what was given wrong. */
function readOptions({ query, limit, language, label }: Given): { limit: number; filter?: Filter } | string {
  if (query === '') return 'Give a question: frontdesk search "How do I cancel?"';
  if (!/^\d{1,2}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST) {
    return `--limit must be a whole number from 1 to ${MOST}.`;
  }
  if (language !== undefined && !LANGUAGE_TAG.test(language)) {
    return `--language has ${JSON.stringify(language)}: write a tag such as es or pt-BR.`;
  }
  const pairs = [label ?? []].flat().flatMap((list) => list.split(','));
  const wrong = pairs.find((pair) => !/^[^=]+=.+$/s.test(pair));
  if (wrong !== undefined) return `--label has ${JSON.stringify(wrong)}: write it as name=value.`;
  const labels: Labels = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]),
  );
  if (language === undefined && pairs.length === 0) return { limit: Number(limit) };
  const filter = { ...(language ? { language } : {}), ...(pairs.length > 0 ? { labels } : {}) };
  return { limit: Number(limit), filter };
}

function asText(query: string, { passages, relevance, answers }: ExplainedSearch): string {
  const verdict = answers
    ? styleText('green', `Relevance ${percent(relevance)}: the agent would answer.`)
    : styleText('yellow', `Relevance ${percent(relevance)}: no good passage.`);
  const rows = passages.map((passage, at) => passageText(passage, at + 1));
  return [styleText('bold', query), ...rows, verdict].join('\n\n');
}

function passageText(passage: ExplainedPassage, rank: number): string {
  const { title, headings, id, url, page, language, labels, score, coverage, parts } = passage;
  const name = [title, ...headings].join(' – ');
  const facts = [
    id,
    ...(page === null ? [] : [`page ${page}`]),
    ...(language === null ? [] : [language]),
    ...Object.entries(labels).map(([label, value]) => `${label}=${value}`),
    ...(url === null ? [] : [url]),
  ];
  const sum = Object.entries(parts).map(([part, value]) => `${part} ${value.toFixed(3)}`);
  const lines = [
    styleText('dim', facts.join('  ')),
    `score ${score.toFixed(3)}${sum.length > 0 ? ` = ${sum.join(' + ')}` : ''}, ${percent(coverage)} of the query`,
    ...wordLines(passage.words),
    styleText('dim', clip(passage.text.replace(/\s+/g, ' '))),
  ];
  return [`${rank}. ${styleText('bold', name)}`, ...lines.map((line) => `   ${line}`)].join('\n');
}

function wordLines({ text, headings, asked, missing }: ExplainedPassage['words']): string[] {
  const places = [
    ['in its text', text],
    ['in its headings', headings],
    ['in noted ways to ask', asked],
    ['not in it', missing],
  ] as const;
  const said = places.filter(([, words]) => words.length > 0).map(([place, words]) => `${place}: ${words.join(' ')}`);
  return said.length > 0 ? [said.join('; ')] : [];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function clip(text: string): string {
  const width = Math.max(40, (process.stdout.columns ?? WIDTH) - 3);
  return text.length > width ? `${text.slice(0, width - 1).toWellFormed()}…` : text;
}
