import type { ActionState, Decider, ProposedAction } from '../../src/protocol/conversation.ts';
import type { ConversationView } from './conversation-view.ts';

/** An action as its card shows it. */
export type ViewAction = ProposedAction & {
  state: ActionState;
  decidedBy: Decider | null;
  /** The reply below which it stands. */
  messageId: string | null;
};

/** Something needs a signed-in customer. `question` is what they had asked. */
export type ViewSignIn = { messageId: string | null; question: string; signedIn: boolean };

export type CardsView = { actions: ViewAction[]; signIn: ViewSignIn | null };

/** What the log says about cards. Pure. */
export function cardsOf({ cardEvents, messages }: ConversationView): CardsView {
  const actions = new Map<string, ViewAction>();
  const change = (id: string, changed: Partial<ViewAction>) => {
    const known = actions.get(id);
    if (known) actions.set(id, { ...known, ...changed });
  };
  let asked: { messageId: string | null; signedIn: boolean } | null = null;
  for (const { event, messageId } of cardEvents) {
    switch (event.type) {
      case 'action.proposed':
        actions.set(event.action.id, { ...event.action, state: 'proposed', decidedBy: null, messageId });
        break;
      case 'action.decided':
        change(event.actionId, {
          state: event.decision === 'confirm' ? 'confirmed' : 'declined',
          decidedBy: event.by,
        });
        break;
      case 'action.started':
        change(event.actionId, { state: 'running' });
        break;
      case 'action.finished':
        change(event.actionId, { state: event.outcome });
        break;
      case 'sign_in.requested':
        asked = { messageId, signedIn: false };
        break;
      case 'customer.identified':
        if (asked) asked = { messageId: asked.messageId, signedIn: true };
    }
  }
  return { actions: [...actions.values()], signIn: asked && signInOf(messages, asked) };
}

type Messages = ConversationView['messages'];

/** Null where the customer has said something else since. */
function signInOf(messages: Messages, asked: Omit<ViewSignIn, 'question'>): ViewSignIn | null {
  const index = messages.findIndex(({ id }) => id === asked.messageId);
  const [before, after] = [messages.slice(0, index), messages.slice(index)];
  if (index === -1 || after.some(({ role }) => role === 'customer')) return null;
  return { ...asked, question: before.findLast(({ role }) => role === 'customer')?.text ?? '' };
}
