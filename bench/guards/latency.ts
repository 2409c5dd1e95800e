import { fileURLToPath } from 'node:url';
import { Evidence } from '../../src/agent/evidence.ts';
import type { Guard } from '../../src/agent/guard.ts';
import { Reply } from '../../src/agent/reply.ts';
import { runGuards } from '../../src/agent/run-guards.ts';
import { Segmenter } from '../../src/agent/segment.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { firstSearchQuery } from '../../src/knowledge/first-search.ts';
import { folderIndex } from '../../test/knowledge/folder-index.ts';

/** Milliseconds. */
export type Quantiles = { p50: number; p99: number };
/** What a segment takes through the guards alone, and through the reply that gives it its place; both without guards, too. */
export type Latency = Record<'guards' | 'none' | 'reply' | 'replyWithout', Quantiles>;

/** Characters of a reply: then another begins, over what it is shown anew. */
const LONGEST_REPLY = 4_000;
const SEGMENTS = 300;
const ROUNDS = { cold: 5, warm: 10 };

/**
 * How much later a segment comes because of the guards: through all of a shipped agent's, as a turn calls them. The lines
 * are what it says, cut into segments as they are streamed; before each reply it is shown passages for its first line. Each segment
 * goes all four ways, one after the other, so that a slow moment of the machine is one of all.
 */
export async function latencyOfAll(lines: readonly string[]): Promise<Latency> {
  const folder = fileURLToPath(new URL('../../examples/acme-insurance', import.meta.url));
  const { agent: loaded } = await loadAgent(folder);
  const names = { Globex: ['Globex Inc', 'GBX'], Initech: [], Hooli: [], 'Vandelay Insurance': ['Vandelay'] };
  const guards = { ...loaded.guards, competitors: { names, action: 'replace' as const } };
  const index = await folderIndex(folder);
  const agent = toDeskAgent({ ...loaded, guards }, { model: '', fastModel: '', staffed: true, index });
  const segments = segmentsOf(lines);
  const times: Record<keyof Latency, number[]> = { guards: [], none: [], reply: [], replyWithout: [] };
  for (let round = 0; round < ROUNDS.cold + ROUNDS.warm; round += 1) {
    const measure = <Result>(way: keyof Latency, work: () => Result): Result => {
      const begun = performance.now();
      const result = work();
      if (round >= ROUNDS.cold) times[way].push(performance.now() - begun);
      return result;
    };
    let replies = await begin('What is covered?');
    for (const segment of segments) {
      const { seen, guarded, plain } = replies;
      measure('guards', () => runGuards(segment, agent.guards, seen));
      measure('none', () => runGuards(segment, [], seen));
      measure('reply', () => guarded.release(segment));
      measure('replyWithout', () => plain.release(segment));
      if (guarded.text.length >= LONGEST_REPLY) replies = await begin(segment);
    }
  }
  const { guards: alone, none, reply, replyWithout } = times;
  return {
    ...{ guards: quantiles(alone), none: quantiles(none) },
    ...{ reply: quantiles(reply), replyWithout: quantiles(replyWithout) },
  };

  async function begin(question: string) {
    const { passages } = await agent.firstSearch([firstSearchQuery([question]) ?? 'coverage'], 'general');
    const { prompt, tools, company, contact, knowledgeVersion } = agent;
    const said = { said: [question], question, customer: null, language: 'en' };
    const known = { prompt, tools, company, contact, knowledgeVersion, ...said };
    const [guarded, plain] = [replyWith(agent.guards), replyWith([])];
    const seen = new Evidence(known, [{ role: 'user', content: passages }], () => guarded.joinedText);
    for (const reply of [guarded, plain]) reply.show(seen);
    return { seen, guarded, plain };
  }
}

function replyWith(guards: readonly Guard[]): Reply {
  const reply = new Reply({ turnId: 'turn', guards, text: '', citations: [] });
  reply.beginStep(0);
  return reply;
}

function segmentsOf(lines: readonly string[]): string[] {
  const segmenter = new Segmenter();
  const segments = lines.flatMap((line) => segmenter.push(`${line}\n`));
  return segments.filter((segment) => segment.trim() !== '').slice(0, SEGMENTS);
}

function quantiles(times: number[]): Quantiles {
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
