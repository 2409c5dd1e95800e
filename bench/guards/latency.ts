import { fileURLToPath } from 'node:url';
import { Evidence } from '../../src/agent/evidence.ts';
import { runGuards } from '../../src/agent/run-guards.ts';
import { Segmenter } from '../../src/agent/segment.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { firstSearchQuery } from '../../src/knowledge/first-search.ts';
import { folderIndex } from '../../test/knowledge/folder-index.ts';

/** Milliseconds. */
export type Latency = { p50: number; p99: number };

/** Characters of a reply: then another begins, over what it is shown anew. */
const LONGEST_REPLY = 4_000;
const SEGMENTS = 300;
const ROUNDS = { cold: 5, warm: 10 };

/**
 * How much later a segment comes because of the guards: through all of a shipped agent's, as a turn calls them. The lines
 * are what it says, cut into segments as they are streamed; before each reply it is shown passages for its first line.
 */
export async function latencyOfAll(lines: readonly string[]): Promise<Latency> {
  const folder = fileURLToPath(new URL('../../examples/acme-insurance', import.meta.url));
  const { agent: loaded } = await loadAgent(folder);
  const names = { Globex: ['Globex Inc', 'GBX'], Initech: [], Hooli: [], 'Vandelay Insurance': ['Vandelay'] };
  const guards = { ...loaded.guards, competitors: { names, action: 'replace' as const } };
  const index = await folderIndex(folder);
  const agent = toDeskAgent({ ...loaded, guards }, { model: '', fastModel: '', staffed: true, index });
  const segments = segmentsOf(lines);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS.cold + ROUNDS.warm; round += 1) {
    let released = '';
    let seen = await shown('What is covered?');
    for (const segment of segments) {
      const begun = performance.now();
      const { text } = runGuards(segment, agent.guards, seen);
      if (round >= ROUNDS.cold) times.push(performance.now() - begun);
      released += text;
      if (released.length < LONGEST_REPLY) continue;
      released = '';
      seen = await shown(segment);
    }

    async function shown(question: string): Promise<Evidence> {
      const { passages } = await agent.firstSearch([firstSearchQuery([question]) ?? 'coverage'], 'general');
      const { prompt, tools, company, contact, knowledgeVersion } = agent;
      const said = { said: [question], question, customer: null, language: 'en' };
      const known = { prompt, tools, company, contact, knowledgeVersion, ...said };
      return new Evidence(known, [{ role: 'user', content: passages }], () => released);
    }
  }
  return quantiles(times);
}

function segmentsOf(lines: readonly string[]): string[] {
  const segmenter = new Segmenter();
  const segments = lines.flatMap((line) => segmenter.push(`${line}\n`));
  return segments.filter((segment) => segment.trim() !== '').slice(0, SEGMENTS);
}

function quantiles(times: number[]): Latency {
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
