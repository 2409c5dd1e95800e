import type { LoggedEvent } from '../protocol/events.ts';
import type { ConversationLog } from './log.ts';

/** A count since this process started. `labels` have few values each, and none of a customer's. */
export type Count = { name: CountName; labels: Readonly<Record<string, string>>; value: number };

/** What is counted, what it means, and the labels by which it is. */
export const COUNTS = {
  conversations: { help: 'Conversations begun.', labels: [] },
  messages: { help: 'Whole messages, by who wrote them.', labels: ['role'] },
  turns: {
    help: 'Replies, by how they ended, the code of what went wrong, and whether they were given again.',
    labels: ['outcome', 'code', 'cached'],
  },
  tool_calls: {
    help: 'Calls of tools that read, and proposals of those that write, by whether they went well.',
    labels: ['tool', 'ok'],
  },
  actions: { help: 'Actions, by what has become of them.', labels: ['state'] },
  guard_verdicts: {
    help: 'What guards did; one that took out values of several kinds counts once for each. withheld: the guard itself failed.',
    labels: ['guard', 'action', 'reason'],
  },
  check_failures: {
    help: 'Checks of whole replies, and second opinions, that failed or were too slow.',
    labels: ['check'],
  },
  message_screens: { help: "What screens found in customers' messages.", labels: ['screen', 'action'] },
  commitments: { help: 'Commitments that replies made, with what allows them.', labels: ['kind'] },
  handoffs: { help: 'Requests for a person, by who asked.', labels: ['by'] },
  notices: { help: 'Troubles told while a customer waited.', labels: ['code'] },
  ratings: { help: 'Ratings, by their score.', labels: ['score'] },
} as const satisfies Record<string, { help: string; labels: readonly string[] }>;

export type CountName = keyof typeof COUNTS;

/** Labels are ours and few; this is for a mistake only. */
const MOST_SERIES = 2_000;

/** Counts what this process has appended to the log. Costs a look-up an event. */
export class EventCounts {
  readonly #counts = new Map<string, { name: CountName; labels: Record<string, string>; value: number }>();

  /** Every count so far, in no order. */
  read(): readonly Count[] {
    return [...this.#counts.values()];
  }

  add(name: CountName, ...values: readonly string[]): void {
    const key = [name, ...values].join('\n');
    const known = this.#counts.get(key);
    if (known) {
      known.value += 1;
    } else if (this.#counts.size < MOST_SERIES) {
      const labels = Object.fromEntries(COUNTS[name].labels.map((label, at) => [label, values[at] ?? '']));
      this.#counts.set(key, { name, labels, value: 1 });
    }
  }

  observe(events: readonly LoggedEvent[]): void {
    for (const event of events) for (const series of seriesOf(event)) this.add(...series);
  }
}

type Series = readonly [name: CountName, ...values: string[]];

/** Under what an event counts: names and labels as in `COUNTS`. */
function seriesOf(event: LoggedEvent): readonly Series[] {
  switch (event.type) {
    case 'conversation.started':
      return [['conversations']];
    case 'message.received':
      return [['messages', 'customer']];
    case 'message.sent':
      return [['messages', event.role]];
    case 'turn.ended':
      return [['turns', event.outcome, event.code ?? '', String(event.cached ?? false)]];
    case 'tool.finished':
      return [['tool_calls', event.tool, String(event.ok)]];
    case 'action.proposed':
      return [['actions', 'proposed']];
    case 'action.decided':
      return [['actions', event.decision === 'confirm' ? 'confirmed' : 'declined']];
    case 'action.finished':
      return [['actions', event.outcome]];
    case 'guard.acted':
      return event.reason.split(',').map((reason) => ['guard_verdicts', event.guard, event.action, reason]);
    case 'message.screened':
      return [['message_screens', event.screen, event.action]];
    case 'commitment.made':
      return [['commitments', event.commitment.kind]];
    case 'handoff.requested':
      return [['handoffs', event.by]];
    case 'notice':
      return [['notices', event.code]];
    case 'rating.given':
      return [['ratings', String(event.score)]];
    default:
      return [];
  }
}

/** The log, of which everything that this process appends is counted, once: an append that was there before is not. */
export function countedLog(log: ConversationLog, counts: EventCounts): ConversationLog {
  return {
    ...log,
    async create(conversation, events) {
      const created = await log.create(conversation, events);
      counts.observe(created);
      return created;
    },
    async append(conversationId, entry) {
      const appended = await log.append(conversationId, entry);
      if (appended.ok) counts.observe(appended.events);
      return appended;
    },
  };
}
