import { createHash } from 'node:crypto';
import { isNote } from '../agent/notes.ts';
import { Recording, replaying, type SpokenReply } from '../agent/replay.ts';
import type { CachedFrom } from '../agent/step.ts';
import { settingsOf } from '../agent/switch-desk.ts';
import type { TurnInput } from '../agent/turn.ts';
import { likeness } from '../language/embedder.ts';
import { questionContent, wordingOf } from '../language/question.ts';
import type { KnownAnswer } from './answer-store.ts';
import { mayBeShared, replyToKeep } from './answers-to-keep.ts';
import type { Desk, DeskAgent } from './desk.ts';
import type { Conversation } from './log.ts';
import { modelFor } from './model-calls.ts';
import { readPause } from './pause.ts';
import { countLookUp, dollarsOf } from './saved.ts';
import { vectorsSoon } from './vectors-soon.ts';

/** How alike questions of the same content must be: `npm run bench:answers`, docs/decisions/0012. */
const SAME_QUESTION = 0.85;
/** Questions of the same content that are compared. */
const ALIKE = 5;

/** A turn's input as it is to be run, and what remains to be done when it has ended. */
export type Prepared = { input: TurnInput; settle(): Promise<void> };

/**
 * Answers a question as it was answered before, where that is safe, and keeps the reply to a new one for others. Only
 * the first message of a conversation of whose customer nothing is known: what anybody may ask and anybody may hear.
 */
export async function answerOnce(
  turn: { desk: Desk; agent: DeskAgent; conversation: Conversation },
  input: TurnInput,
): Promise<Prepared> {
  const { desk, agent } = turn;
  const asIs = { input, settle: async () => {} };
  if (
    !desk.answers ||
    input.screened ||
    input.desks.held ||
    !isFirstQuestion(turn.conversation, input) ||
    !mayBeShared(input.questionText)
  )
    return asIs;
  try {
    // A switched-off agent says nothing, not even again.
    if (await readPause(desk)) return asIs;
    await forgetStale(desk, agent);
    const question = keysOf(desk, agent, { ...input, language: turn.conversation.language });
    const known = await find(desk, question);
    return known ? giveAgain(turn, input, known) : answerAndKeep(turn, input, question);
  } catch (error) {
    desk.logger.warn({ turnId: input.turnId, error: String(error) }, 'kept answers could not be looked at');
    return asIs;
  }
}

/** Nothing was said before but the greeting, nobody was asked for, and nothing is known of the customer. */
function isFirstQuestion({ status, handoff, metadata, customer }: Conversation, input: TurnInput): boolean {
  const isFirst = input.history.every(({ role }) => role === 'assistant') && input.resumed.steps.length === 0;
  const isOne = input.question.filter((block) => block.type === 'text' && !isNote(block.text)).length === 1;
  return (
    isFirst && isOne && status === 'open' && handoff === null && customer === null && Object.keys(metadata).length === 0
  );
}

type Question = Pick<KnownAnswer, 'agent' | 'knowledgeVersion' | 'scope' | 'wording' | 'content' | 'question'>;

function keysOf({ offline }: Desk, { id: agent }: DeskAgent, input: TurnInput): Question {
  const { prompt, knowledgeVersion, desks, questionText: question } = input;
  const { modelId } = settingsOf(desks, input);
  const language = input.language?.toLowerCase() ?? '';
  // Of a page in another language nobody knows in which one it was asked: there the wording alone counts.
  const content = language === '' || /^en\b/.test(language) ? questionContent(question) : null;
  return {
    agent,
    knowledgeVersion,
    scope: hash(JSON.stringify([agent, prompt.hash, knowledgeVersion, language, desks.route, modelId, offline])),
    wording: hash(wordingOf(question)),
    content: content === null ? null : hash(content),
    question,
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

type Found = { answer: KnownAnswer; from: CachedFrom };

async function find({ store, answers, embedder, now }: Desk, asked: Question): Promise<Found | null> {
  const { scope, wording, content, question } = asked;
  const same = await store.answers.find(scope, wording, now());
  if (same) return { answer: same, from: { ...originOf(same), by: 'wording', likeness: 1 } };
  if (!answers || !embedder || content === null) return null;
  const alike = await store.answers.alike(scope, content, { now: now(), limit: ALIKE });
  if (alike.length === 0) return null;
  const texts = [question, ...alike.map((answer) => answer.question)];
  const [own, ...theirs] = (await vectorsSoon(embedder, texts)) ?? [];
  const best = alike
    .map((answer, at) => ({ answer, likeness: own && theirs[at] ? likeness(own, theirs[at]) : 0 }))
    .reduce((a, b) => (b.likeness > a.likeness ? b : a));
  if (best.likeness < SAME_QUESTION) return null;
  return { answer: best.answer, from: { ...originOf(best.answer), by: 'meaning', likeness: best.likeness } };
}

function originOf({ id, conversationId }: KnownAnswer): Pick<CachedFrom, 'answerId' | 'madeIn'> {
  return { answerId: id, madeIn: conversationId };
}

/** The same path as any reply: only that it is not the model who speaks, and that it is shown the same passages. */
function giveAgain({ desk }: { desk: Desk }, input: TurnInput, { answer, from }: Found): Prepared {
  const { spoken, passages, tookMs, usage } = answer.reply;
  const begun = desk.now();
  return {
    input: { ...input, model: replaying(spoken), firstSearch: async () => passages, cached: from },
    async settle() {
      const saved = { ms: Math.max(0, tookMs - (desk.now() - begun)), dollars: dollarsOf(desk, usage) };
      const { conversationId, turnId } = input;
      desk.logger.info({ conversationId, turnId, ...from, saved }, 'answered as before');
      await countLookUp(desk, saved);
    },
  };
}

function answerAndKeep(
  turn: { desk: Desk; agent: DeskAgent; conversation: Conversation },
  input: TurnInput,
  question: Question,
): Prepared {
  const { desk, agent, conversation } = turn;
  const { turnId } = input;
  const recording = new Recording();
  const model = modelFor(desk, { conversation, turnId, hear: (event) => recording.take(event) });
  return {
    input: { ...input, model },
    async settle() {
      await countLookUp(desk, null);
      // Knowledge that changed meanwhile may have been searched in both its states.
      if (agent.knowledgeVersion !== question.knowledgeVersion) return;
      const { spoken } = recording;
      // Most replies that cannot be kept are told by this, without a look at the log.
      if (!spoken.some(({ citations }) => citations.length > 0)) return;
      await keep(desk, { conversationId: conversation.id, turnId, question, spoken });
    },
  };
}

async function keep(
  { store, answers, newId, now }: Desk,
  turn: { conversationId: string; turnId: string; question: Question; spoken: SpokenReply },
): Promise<void> {
  if (!answers) return;
  const { conversationId, turnId, question, spoken } = turn;
  const [events, steps] = await Promise.all([store.log.events(conversationId), store.log.steps(conversationId)]);
  const reply = replyToKeep({ turnId, events, steps, spoken });
  if (!reply) return;
  const createdAt = now();
  const answer = {
    ...question,
    id: newId('answer'),
    conversationId,
    reply,
    createdAt,
    until: createdAt + answers.keepMs,
  };
  await store.answers.put(answer, answers.most);
}

const versions = new WeakMap<Desk, Map<string, string>>();

/** Throws away what rests on knowledge that has changed since: nobody could be given it any more. */
export async function forgetStale(desk: Desk, { id, knowledgeVersion }: DeskAgent): Promise<void> {
  const known = versions.get(desk) ?? new Map<string, string>();
  versions.set(desk, known);
  if (known.get(id) === knowledgeVersion) return;
  known.set(id, knowledgeVersion);
  await desk.store.answers.erase(id, { knowledgeVersion });
}

/** Throws away all answers of the default agent that may be given again; gives their number. */
export async function forgetAnswers({ store, defaultAgent }: Desk): Promise<number> {
  return store.answers.erase(defaultAgent.id);
}
