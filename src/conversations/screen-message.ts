import type Anthropic from '@anthropic-ai/sdk';
import { SUSPECT } from '../agent/notes.ts';
import type { Screened } from '../agent/turn.ts';
import type { EventBody, LoggedEvent } from '../protocol/events.ts';
import type { Desk, DeskAgent } from './desk.ts';
import type { History } from './history.ts';
import { inTime } from './in-time.ts';

type ScreenedEvent = Extract<EventBody, { type: 'message.screened' }>;

/** What the screens find in the messages of a turn about to begin, as an event beside its `turn.started`; null where they find nothing. */
export async function screenMessage(
  { desk, agent: { screens }, turnId }: { desk: Desk; agent: DeskAgent; turnId: string },
  { waiting }: Pick<History, 'waiting'>,
): Promise<ScreenedEvent | null> {
  if (!screens || waiting.length === 0) return null;
  const text = textOf(waiting);
  const found = await inTime(() => screens.look(text), screens.patienceMs).catch((error: unknown) => {
    desk.logger.warn({ turnId, error: String(error) }, 'the screens did not look at a message');
    return null;
  });
  if (!found) return null;
  const { screen, action, facts } = found;
  desk.logger.info({ ...facts, turnId, screen, action }, 'a screen has found something in a message');
  return { type: 'message.screened', turnId, screen, action };
}

/** What answers the open turn's messages in place of the model; null where the model does. */
export function screenedAnswer(
  { screens }: DeskAgent,
  { open, waiting }: Pick<History, 'open' | 'waiting'>,
  language: string | null,
): Screened | null {
  const found = open?.turn.screened;
  if (!screens || found?.action !== 'answered') return null;
  return screens.answer(found.screen, { text: textOf(waiting), language });
}

/** What stands before the customer's words where they look like orders to the model. */
export function screenNotes({ open }: Pick<History, 'open'>): Anthropic.TextBlockParam[] {
  return open?.turn.screened?.screen === 'injection' ? [{ type: 'text', text: SUSPECT }] : [];
}

/** True where a screen has noted something in the messages of that turn: what it proposed is not decided by typing. */
export function wasScreened(turnId: string, events: readonly LoggedEvent[]): boolean {
  return events.some((event) => event.type === 'message.screened' && event.turnId === turnId);
}

function textOf(waiting: History['waiting']): string {
  return waiting.map(({ text }) => text).join('\n');
}
