import type { ConversationView } from '../conversations/conversation.ts';
import type { Citation, Message } from '../protocol/conversation.ts';

type MessageView = Omit<Message, 'citations'> & { citations: CitationView[] };
type CitationView = Pick<Citation, 'title' | 'url' | 'quote'>;

/** A conversation as the API answers it. */
export function conversationView({ id, status, messages }: ConversationView) {
  return { id, status, messages: messages.map(messageView) };
}

/** The newest handoff as an operator sees it, or null. */
export function handoffView({ handoff }: ConversationView) {
  if (!handoff) return null;
  const { reason, summary, by, at } = handoff;
  return { reason, summary, by, at };
}

function messageView({ id, role, text, at, citations }: Message): MessageView {
  return { id, role, text, at, citations: citations.map(citationView) };
}

/** A citation without what only streams need: its number and the passage's id. */
export function citationView({ title, url, quote }: Citation): CitationView {
  return { title, url, quote };
}
