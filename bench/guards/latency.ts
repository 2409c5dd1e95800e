import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Guard } from '../../src/agent/guard.ts';
import { replaying } from '../../src/agent/replay.ts';
import { Reply } from '../../src/agent/reply.ts';
import { readAhead, runGuards } from '../../src/agent/run-guards.ts';
import { Segmenter } from '../../src/agent/segment.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { firstSearchQuery } from '../../src/knowledge/first-search.ts';
import { folderIndex } from '../../test/knowledge/folder-index.ts';
import { coldBefore, noteTime, quantiles, shown, type Times, timeOf } from './played.ts';
import { type Kind, worstOf } from './worst.ts';

/** Milliseconds. */
export type Quantiles = { p50: number; p99: number };
/** What a segment takes through the guards alone, and through the reply that gives it its place; both without guards, too. */
type Ways = Record<'guards' | 'none' | 'reply' | 'replyWithout', Quantiles>;
/** `worst`: the guards alone, by the kind of segment; `gcMs`: of collecting garbage a segment, which is in none of the others. */
export type Latency = Ways & { gcMs: number; worst: Record<Kind, Quantiles> };

/** Characters of a reply: then another begins, over what it is shown anew. */
const LONGEST_REPLY = 4_000;
const SEGMENTS = 300;

/**
 * How much later a segment comes because of the guards: through all of a shipped agent's, as a turn calls them. The lines
 * are what it says, cut into segments as they are streamed; before each reply it is shown passages for its first line. Each segment
 * goes all four ways, one after the other, in each round anew, and counts with the median of the rounds: a pause of the machine or a
 * collection of garbage meets it once, what it takes itself each time. `warm`: the rounds that count.
 */
export async function latencyOfAll(lines: readonly string[], warm: number): Promise<Latency> {
  const cold = coldBefore(warm);
  const folder = fileURLToPath(new URL('../../examples/acme-insurance', import.meta.url));
  const { agent: loaded } = await loadAgent(folder);
  const names = { Globex: ['Globex Inc', 'GBX'], Initech: [], Hooli: [], 'Vandelay Insurance': ['Vandelay'] };
  const guards = { ...loaded.guards, competitors: { names, action: 'replace' as const } };
  const index = await folderIndex(folder);
  const agent = toDeskAgent({ ...loaded, guards }, { model: '', fastModel: '', staffed: true, index });
  const segments = segmentsOf(lines);
  const times: Record<keyof Ways, Times> = { guards: [], none: [], reply: [], replyWithout: [] };
  const garbage = collections();
  for (let round = 0; round < cold + warm; round += 1) {
    if (round === cold) garbage.begin();
    let replies = await begin('What is covered?');
    for (const [at, segment] of segments.entries()) {
      const measure = (way: keyof Ways, work: () => unknown) => {
        const ms = timeOf(work);
        if (round >= cold) noteTime(times[way], at, ms);
      };
      const { seen, guarded, plain } = replies;
      measure('guards', () => runGuards(segment, agent.guards, seen));
      measure('none', () => runGuards(segment, [], seen));
      measure('reply', () => guarded.release(segment));
      measure('replyWithout', () => plain.release(segment));
      if (guarded.text.length >= LONGEST_REPLY) replies = await begin(segment);
    }
  }
  const gcMs = (await garbage.end()) / (warm * segments.length);
  const { guards: alone, none, reply, replyWithout } = times;
  return {
    ...{ guards: quantiles(alone), none: quantiles(none) },
    ...{ reply: quantiles(reply), replyWithout: quantiles(replyWithout) },
    ...{ gcMs, worst: await worstOf(agent, warm) },
  };

  async function begin(question: string) {
    const [guarded, plain] = [replyWith(agent.guards), replyWith([])];
    const { passages } = await agent.firstSearch([firstSearchQuery([question]) ?? 'coverage'], 'general');
    const seen = shown(agent, [{ role: 'user', content: passages }], { question, released: () => guarded.joinedText });
    for (const reply of [guarded, plain]) reply.show(seen);
    await readAhead(agent.guards, seen);
    return { seen, guarded, plain };
  }
}

function replyWith(guards: readonly Guard[]): Reply {
  const reply = new Reply({ turnId: 'turn', guards, aside: replaying([]), text: '', citations: [] });
  reply.beginStep(0);
  return reply;
}

function segmentsOf(lines: readonly string[]): string[] {
  const segmenter = new Segmenter();
  const segments = lines.flatMap((line) => segmenter.push(`${line}\n`));
  return segments.filter((segment) => segment.trim() !== '').slice(0, SEGMENTS);
}

/** What collecting garbage takes from `begin` to `end`, in milliseconds. */
function collections(): { begin(): void; end(): Promise<number> } {
  let ms = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) ms += duration;
  });
  return {
    begin: () => observer.observe({ entryTypes: ['gc'] }),
    async end() {
      // They are told in a later turn of the event loop.
      await setTimeout(20);
      observer.disconnect();
      return ms;
    },
  };
}
