import type { ConversationView } from '../conversations/conversation.ts';
import type { Citation, Message } from '../protocol/conversation.ts';

type MessageView = Omit<Message, 'citations'> & { citations: CitationView[] };
type CitationView = Omit<Citation, 'number'>;

/** A conversation as the API answers it. */
export function conversationView({ id, status, route, messages, actions }: ConversationView) {
  return { id, status, route, messages: messages.map(messageView), actions };
}

function messageView({ id, role, text, at, citations }: Message): MessageView {
  return { id, role, text, at, citations: citations.map(citationView) };
}

/** A citation of a whole message, where its number is its place in the list. */
export function citationView({ title, url, quote, passageId, location }: Citation): CitationView {
  return { title, url, quote, passageId, location };
}
