import { signedInNotes } from '../agent/notes.ts';
import { sentencesFor } from '../agent/sentences.ts';
import { estimateTokens, summarize } from '../agent/summarize.ts';
import { settingsOf } from '../agent/switch-desk.ts';
import { NEW_TURN, runTurn, type TurnInput, type TurnResult } from '../agent/turn.ts';
import type { EventBody, LoggedEvent } from '../protocol/events.ts';
import { answerOnce } from './answered-once.ts';
import { chooseDesk, deskNotes, desksOf } from './choose-desk.ts';
import { agentOf, type Desk, type DeskAgent, type FirstSearch } from './desk.ts';
import { disclosure, languageOf } from './disclose.ts';
import { notifyHandoff } from './handoff.ts';
import { buildHistory, type History, messagesThrough, type WholeLog } from './history.ts';
import { signedInCustomer } from './identify.ts';
import type { Conversation, Lease, LogEntry } from './log.ts';
import { modelFor } from './model-calls.ts';
import { noteGap } from './note-gap.ts';
import { screenedAnswer, screenMessage, screenNotes } from './screen-message.ts';

/** Turns that stay as they were when the older ones are summarised. */
const TURNS_KEPT = 4;

/** Thrown inside when the turn is not ours any more: the lease was lost, or somebody else has ended the turn. */
class TurnLost extends Error {}

/**
 * Runs the turn that the conversation needs, if any: one that a crash left open, or a new one for the messages and the
 * decisions that wait. True when it ran one, so that the caller looks again. Throws when the store is down.
 *
 * `signal` stops it where it is, to be resumed later; the customer's cancel or an operator's taking over ends it.
 */
export async function takeTurn(
  desk: Desk,
  { conversation, lease }: { conversation: Conversation; lease: Lease },
  signal: AbortSignal,
): Promise<boolean> {
  const cancel = new AbortController();
  const watching = new AbortController();
  let watched = Promise.resolve();
  try {
    const turn = await prepare(desk, conversation, lease);
    if (!turn) return false;
    watched = watchForCancel(turn, cancel, watching.signal);
    const result = await runAndLog(turn, cancel, signal);
    if (result === 'overflow') await endFailed(turn, 'model_context_overflow');
    if (result === 'broken') await endFailed(turn, 'internal_error');
    return true;
  } catch (error) {
    if (error instanceof TurnLost) return false;
    throw error;
  } finally {
    watching.abort();
    await watched;
  }
}

/** A turn about to run. */
type PreparedTurn = {
  desk: Desk;
  agent: DeskAgent;
  lease: Lease;
  conversation: Conversation;
  turnId: string;
  messageId: string;
  /** Seq from which on a cancel concerns this turn. */
  since: number;
};

async function prepare(desk: Desk, conversation: Conversation, lease: Lease): Promise<PreparedTurn | null> {
  const { conversationId } = lease;
  const agent = agentOf(desk, conversation);
  const history = await readHistory(desk, conversationId);
  const base = { desk, agent, lease, conversation };
  if (history.open) {
    const { turn, brokenStep } = history.open;
    if (brokenStep !== null) await log(base, { events: [supersede(history.open), restarted(base, turn.turnId)] });
    // The server that ran it may have died before the webhook call was in the outbox.
    await notifyHandoff(desk, conversationId);
    return { ...base, turnId: turn.turnId, messageId: turn.messageId, since: turn.seq };
  }
  if (conversation.status === 'with_human' || conversation.status === 'closed') return null;
  const answers = [...history.decided, ...history.waiting.map(({ id }) => id)];
  if (answers.length === 0 || history.isPending) return null;
  const ids = { turnId: desk.newId('turn'), messageId: desk.newId('msg') };
  const about = { ...base, ...ids };
  const [chosen, screened] = await Promise.all([chooseDesk(about, history), screenMessage(about, history)]);
  const desks = desksOf(agent, history);
  const route = chosen?.route ?? desks.route;
  const model = settingsOf({ ...desks, route }, agent).modelId;
  const started = { type: 'turn.started', ...ids, answers, model, offline: desk.offline } as const;
  // The message came while the turn before it was resolving the conversation.
  const reopened = { type: 'status.changed', status: 'open' } as const;
  const before = conversation.status === 'resolved' ? [reopened] : [];
  const found = [chosen, screened].filter((event) => event !== null);
  await log(base, { events: [...before, ...disclosure(base, history), started, ...found] });
  return { ...base, ...ids, since: conversation.lastSeq };
}

async function readHistory(desk: Desk, conversationId: string): Promise<History> {
  return buildHistory(await readLog(desk, conversationId));
}

async function readLog({ store }: Desk, conversationId: string): Promise<WholeLog> {
  const [events, steps] = await Promise.all([store.log.events(conversationId), store.log.steps(conversationId)]);
  // Most conversations have none.
  const hasActions = events.some(({ type }) => type === 'action.proposed');
  return { events, steps, actions: hasActions ? await store.actions.of(conversationId) : [] };
}

function supersede(open: NonNullable<History['open']>): EventBody {
  const { turn, resumed, brokenStep } = open;
  const start = resumed.steps.reduce((length, { released }) => length + released.length, 0);
  return { type: 'segments.superseded', turnId: turn.turnId, step: brokenStep ?? 0, start };
}

/** Told where text that a customer may have read is withdrawn. */
function restarted({ agent, conversation }: Pick<PreparedTurn, 'agent' | 'conversation'>, turnId: string): EventBody {
  const { notices } = sentencesFor(conversation.language, agent.contact);
  return { type: 'notice', turnId, code: 'reply_restarted', text: notices.reply_restarted };
}

/** `broken`: something of ours threw (a search, a tool's bookkeeping), which would happen again. */
async function runAndLog(
  turn: PreparedTurn,
  cancel: AbortController,
  leave: AbortSignal,
): Promise<TurnResult | 'broken'> {
  const signal = AbortSignal.any([cancel.signal, leave]);
  const { input, searched } = await turnInput(turn, signal, false);
  const once = await answerOnce(turn, input);
  const result = await playTurn(turn, once.input, { cancel, leave });
  if (result === 'overflow') return playTurn(turn, (await turnInput(turn, signal, true)).input, { cancel, leave });
  await afterwards(turn, () => Promise.all([once.settle(), noteGap(turn, input, searched())]));
  return result;
}

/** The customer has their reply: what goes wrong here is nothing to them. */
async function afterwards({ desk, turnId }: PreparedTurn, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    desk.logger.warn({ turnId, error: String(error) }, 'a reply could not be looked at afterwards');
  });
}

async function playTurn(
  turn: PreparedTurn,
  input: TurnInput,
  { cancel, leave }: { cancel: AbortController; leave: AbortSignal },
): Promise<TurnResult | 'broken'> {
  const running = runTurn(input);
  try {
    for (;;) {
      const next = await running.next().catch((error: unknown) => {
        const facts = { conversationId: input.conversationId, turnId: input.turnId, error: String(error) };
        turn.desk.logger.error(facts, 'a turn broke');
        return null;
      });
      // A shutdown or a lost lease leaves the turn open, for whoever resumes it.
      if (leave.aborted) throw new TurnLost();
      if (next === null) return 'broken';
      if (next.done) return next.value;
      const events = await log(turn, next.value);
      reportFailures(turn.desk, turn.conversation.id, events);
      if (events.some(({ type }) => type === 'handoff.requested')) await notifyHandoff(turn.desk, turn.conversation.id);
    }
  } catch (error) {
    // The model is still speaking: without this, nobody would hang up.
    cancel.abort();
    await running.return('stopped');
    throw error;
  }
}

/** A guard that fails is for whoever runs the server to hear of: what it was to look at is withheld. */
function reportFailures({ logger }: Desk, conversationId: string, events: readonly LoggedEvent[]): void {
  for (const event of events) {
    if (event.type !== 'guard.acted' || event.action !== 'withheld') continue;
    const { turnId, step, guard, reason } = event;
    logger.error({ conversationId, turnId, step, guard, reason }, 'a guard failed');
  }
}

/** `searched`: what the first search came to, once it was made. */
async function turnInput(
  turn: PreparedTurn,
  signal: AbortSignal,
  mustCompact: boolean,
): Promise<{ input: TurnInput; searched(): FirstSearch | null }> {
  const { desk, agent, conversation, turnId, messageId } = turn;
  const history = await compacted(turn, await readHistory(desk, conversation.id), { signal, mustCompact });
  const language = languageOf(conversation, history);
  const customer = signedInCustomer(conversation, desk.now());
  const desks = desksOf(agent, history);
  const told = () => [
    ...signedInNotes(history.messages, customer),
    ...deskNotes(desks, history),
    ...screenNotes(history),
  ];
  const notes = history.waiting.length > 0 ? told() : [];
  let searched: FirstSearch | null = null;
  const input: TurnInput = {
    conversationId: conversation.id,
    turnId,
    messageId,
    language,
    status: conversation.status,
    customer,
    prompt: agent.prompt,
    model: modelFor(desk, turn),
    aside: modelFor(desk, turn),
    modelId: agent.modelId,
    maxTokens: agent.maxTokens,
    desks,
    history: history.messages,
    question: [...notes, ...history.question],
    questionText: history.waiting.map(({ text }) => text).join('\n'),
    said: history.customerMessages,
    async firstSearch() {
      searched = await agent.firstSearch(history.customerMessages, desks.route);
      return searched.passages;
    },
    resumed: history.open?.resumed ?? NEW_TURN,
    tools: agent.tools,
    proposing: {
      open: history.openProposals,
      agreed: history.agreed,
      newId: () => desk.newId('act'),
      now: () => desk.now(),
    },
    guards: agent.guards,
    checks: agent.checks,
    onCheckFailed: (check, error) => {
      desk.counts?.add('check_failures', check);
      desk.logger.error({ turnId, check, error: String(error) }, 'a check of the whole reply failed');
    },
    screened: screenedAnswer(agent, history, language),
    company: agent.company,
    contact: agent.contact,
    knowledgeVersion: agent.knowledgeVersion,
    citer: agent.citer,
    sentences: sentencesFor(language, agent.contact),
    bounds: desk.bounds,
    signal,
  };
  return { input, searched: () => searched };
}

/** The history, with its older turns summarised when it has grown past the threshold. */
async function compacted(
  turn: PreparedTurn,
  history: History,
  { signal, mustCompact }: { signal: AbortSignal; mustCompact: boolean },
): Promise<History> {
  const { desk, agent, lease } = turn;
  if (!mustCompact && estimateTokens(history.messages) < desk.compactAfterTokens) return history;
  // Not again before as many turns have come as were kept: each summary costs the provider's prompt cache.
  if (!mustCompact && history.turns.length < 2 * TURNS_KEPT) return history;
  const covers = history.turns.at(mustCompact ? -1 : -TURNS_KEPT - 1);
  if (!covers) return history;
  const older = messagesThrough(covers.turnId, await readLog(desk, lease.conversationId));
  const summary = await summarize(older, {
    model: modelFor(desk, turn),
    modelId: agent.fastModelId,
    signal,
  });
  if (!summary) return history;
  await log(turn, {
    events: [],
    step: {
      turnId: turn.turnId,
      step: -1,
      kind: 'summary',
      covers: covers.turnId,
      model: agent.fastModelId,
      promptHash: agent.prompt.hash,
      knowledgeVersion: agent.knowledgeVersion,
      input: [],
      output: [{ type: 'text', text: summary.text }],
      toolResults: [],
      stopReason: 'end_turn',
      usage: summary.usage,
    },
  });
  return readHistory(desk, lease.conversationId);
}

/** Appends under the lease; what is refused means that the turn is not ours any more. */
async function log({ desk, lease }: Pick<PreparedTurn, 'desk' | 'lease'>, entry: LogEntry): Promise<LoggedEvent[]> {
  if (entry.events.length === 0 && !entry.step) return [];
  const appended = await desk.store.log.append(lease.conversationId, { ...entry, lease });
  if (!appended.ok) throw new TurnLost();
  return appended.events;
}

/** Ends the turn with an honest sentence, whatever state it is in. */
async function endFailed(turn: PreparedTurn, code: string): Promise<void> {
  const { turnId, messageId, agent, conversation } = turn;
  const { open } = await readHistory(turn.desk, conversation.id);
  if (!open) return;
  const { steps } = open.resumed;
  const start = steps.reduce((length, { released }) => length + released.length, 0);
  const sentence = sentencesFor(conversation.language, agent.contact).modelFailed;
  const text = start > 0 ? `\n\n${sentence}` : sentence;
  await log(turn, {
    events: [
      ...(open.brokenStep === null ? [] : [supersede(open)]),
      { type: 'segment.released', turnId, step: steps.length, start, text },
      { type: 'turn.ended', turnId, messageId, outcome: 'failed', code },
    ],
  });
}

/** Aborts `cancel` when the customer asks to stop this turn or a human takes the conversation. */
async function watchForCancel(turn: PreparedTurn, cancel: AbortController, signal: AbortSignal): Promise<void> {
  const { desk, conversation, turnId, since } = turn;
  try {
    for await (const event of desk.store.log.follow(conversation.id, since, signal)) {
      const cancelled = event.type === 'turn.cancel_requested' && event.turnId === turnId;
      const taken = event.type === 'status.changed' && (event.status === 'with_human' || event.status === 'closed');
      if (cancelled || taken) cancel.abort();
    }
  } catch (error) {
    desk.logger.warn({ conversationId: conversation.id, error: String(error) }, 'cannot watch for a cancel');
  }
}
