import { createHash } from 'node:crypto';
import { SWITCH_ROUTE } from '../agent/switch-desk.ts';
import type { TurnInput } from '../agent/turn.ts';
import { likeness } from '../language/embedder.ts';
import { asksSomething, questionContent, wordingOf } from '../language/question.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import type { Gap } from './answer-store.ts';
import type { Desk, DeskAgent, FirstSearch } from './desk.ts';
import type { Conversation } from './log.ts';
import { vectorsSoon } from './vectors-soon.ts';

const LONGEST_EXAMPLE = 300;
/** Gaps that are kept of an agent. */
const MOST = 1_000;
/** Gaps that a question is compared with, and how alike it must be to count as one of them. */
const COMPARED = 200;
const SAME_GAP = 0.85;

/**
 * Notes the question of a turn that has ended where the knowledge had no good passage for it and Claude found none either.
 * What a customer says while a form is filled in, or in small talk, is no question.
 */
export async function noteGap(
  { desk, agent, conversation }: { desk: Desk; agent: DeskAgent; conversation: Conversation },
  input: TurnInput,
  searched: FirstSearch | null,
): Promise<void> {
  const question = input.questionText.slice(0, LONGEST_EXAMPLE).toWellFormed();
  if (!searched?.isGap || searched.relevance === null || !asksSomething(question)) return;
  const events = await desk.store.log.events(input.conversationId);
  if (
    !leavesGap(
      events.filter((event) => 'turnId' in event && event.turnId === input.turnId),
      desk,
    )
  )
    return;
  const of = { agent: agent.id, language: conversation.language?.toLowerCase() ?? null };
  const own = hash(questionContent(question) ?? wordingOf(question));
  const gap = { ...of, id: desk.newId('gap'), example: question, relevance: searched.relevance, lastAt: desk.now() };
  await desk.store.gaps.note({ ...gap, wording: (await likeGap(desk, question, of)) ?? own }, MOST);
}

/** The reply was made by the agent to its end, looked at nothing but the knowledge, and cites nothing of it. */
function leavesGap(turn: readonly LoggedEvent[], { offline }: Desk): boolean {
  const ended = turn.at(-1);
  const isWhole = ended?.type === 'turn.ended' && ended.code === undefined && ended.outcome !== 'stopped';
  const used = turn.some((event) => event.type === 'tool.started' && !GAP_TOOLS.has(event.tool));
  // The offline model quotes what comes nearest, however far that is.
  const cites = !offline && turn.some(({ type }) => type === 'citation.added');
  return isWhole && !used && !cites;
}

/** Tools that a question without an answer leads to. */
const GAP_TOOLS: ReadonlySet<string> = new Set(['search_knowledge', 'hand_off', 'resolve', SWITCH_ROUTE]);

/** The wording of the gap that this question is one more of, as its meaning has it; null for none. */
async function likeGap(
  { store, embedder }: Desk,
  question: string,
  of: Pick<Gap, 'agent' | 'language'>,
): Promise<string | null> {
  const gaps = embedder ? await store.gaps.newest(of, COMPARED) : [];
  if (!embedder || gaps.length === 0) return null;
  const vectors = await vectorsSoon(embedder, [question, ...gaps.map(({ example }) => example)]);
  const [own, ...theirs] = vectors ?? [];
  const alike = gaps.map(({ wording }, at) => {
    const vector = theirs[at];
    return { wording, likeness: own && vector ? likeness(own, vector) : 0 };
  });
  const best = alike.reduce((a, b) => (b.likeness > a.likeness ? b : a));
  return best.likeness >= SAME_GAP ? best.wording : null;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Gaps, those asked most first, at most `limit`; `next` is the `before` of the next page, or null. */
export async function listGaps(
  { store }: Desk,
  { before, limit }: { before?: { count: number; id: string } | undefined; limit: number },
): Promise<{ gaps: Gap[]; next: { count: number; id: string } | null }> {
  const found = await store.gaps.list({ ...(before ? { before } : {}), limit: limit + 1 });
  const gaps = found.slice(0, limit);
  return { gaps, next: found.length > limit ? (gaps.at(-1) ?? null) : null };
}
