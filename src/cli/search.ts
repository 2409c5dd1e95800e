import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import { loadAgent } from '../agent-folder/load-agent.ts';
import { openEmbedder } from '../compose-knowledge.ts';
import type { Config } from '../config.ts';
import { toDeskAgent } from '../desk-agent.ts';
import type { Filter, KnowledgeIndex, Labels } from '../knowledge/documents.ts';
import { type ExplainedPassage, type ExplainedSearch, explainSearch } from '../knowledge/explain.ts';
import { explainStart } from './explain.ts';

const MOST = 50;
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
      language: { type: 'string', description: 'Leave out passages in another language, such as es' },
      label: { type: 'string', description: 'Leave out passages with another label: product=e-bike,audience=dealers' },
      json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    },
    async run({ args }) {
      const query = args._.join(' ').trim();
      const asked = readOptions({ query, limit: args.limit, language: args.language, label: args.label });
      if (typeof asked === 'string') return fail(asked);
      try {
        const { index, close } = await openIndex(config);
        const found = await explainSearch(index, { query, ...asked }).finally(close);
        process.stdout.write(`${args.json ? JSON.stringify(found, null, 2) : asText(query, found)}\n`);
      } catch (error) {
        fail(explainStart(error, config));
      }
    },
  });
}

/** What the configured agent knows, as it searches, but not put in order by the fast model. Throws `AgentFolderError`. */
async function openIndex(config: Config): Promise<{ index: KnowledgeIndex; close(): Promise<void> }> {
  const { agent } = await loadAgent(config.agentFolder);
  const embedder = openEmbedder(config, { onTrouble: (sentence) => process.stderr.write(`${sentence}\n`) });
  const { model, fastModel } = config;
  const { index } = toDeskAgent(agent, { model, fastModel, staffed: true, embedder, patienceMs: PATIENCE_MS });
  return {
    index,
    async close() {
      await embedder?.close();
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
