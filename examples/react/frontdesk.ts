import { DefaultChatTransport, type UIMessage } from 'ai';

/** Where Frontdesk answers. Empty: at this page's own address, as with the proxy of vite.config.ts. */
const SERVER = import.meta.env.VITE_FRONTDESK_URL ?? '';
const SAVED = 'frontdesk-conversation';

export type Status = 'open' | 'waiting_for_human' | 'with_human' | 'resolved' | 'closed';
export type Agent = { name: string; company: string; offline: boolean };
/** `location`: where in the source the quote stands; null in replies of before there were locations. */
export type Source = {
  number: number;
  title: string;
  url: string | null;
  quote: string;
  location: { page: number | null } | null;
};

/** Something that is done after a yes alone. What is told of one that was proposed in an earlier message is its state. */
export type Action = { id: string; state: string; summary?: string; by?: 'customer' | 'operator'; expiresAt?: number };

/** A message as `useChat` holds it, with what Frontdesk adds in `data-*`. */
export type ChatMessage = UIMessage<
  { role: 'agent' | 'operator' },
  {
    citation: Source;
    status: { status: Status };
    outcome: {
      outcome: 'completed' | 'stopped' | 'failed' | 'handed_off' | 'awaiting_decision';
      code: string | null;
    };
    action: Action;
    'sign-in': Record<string, never>;
    handoff: { by: 'customer' | 'agent' };
    notice: { code: string; text: string };
  }
>;

type Access = { id: string; token: string };
type History = { status: Status; messages: ChatMessage[] };
export type Conversation = Access & History & { agent: Agent };

/** The conversation of last time, with what was said in it, or a new one. */
export async function openConversation(): Promise<Conversation> {
  const agent = await call<Agent>('/v1/agent');
  const saved = localStorage.getItem(SAVED);
  if (saved !== null) {
    const access = JSON.parse(saved) as Access;
    const history = await readConversation(access).catch((error) => {
      if (problemOf(error).code !== 'conversation_not_found') throw error;
    });
    if (history) return { agent, ...access, ...history };
  }
  const access = await call<Access>('/v1/conversations', { body: {} });
  localStorage.setItem(SAVED, JSON.stringify(access));
  return { agent, ...access, ...(await readConversation(access)) };
}

/** The next `openConversation` starts a new one. */
export function forgetConversation(): void {
  localStorage.removeItem(SAVED);
}

/** What was said so far, by the agent, the customer, and people of the company. */
export async function readConversation({ id, token }: Access): Promise<History> {
  return call<History>(`/api/chat/${id}`, { token });
}

/** Stops the reply that is being made; its stream then ends by itself. (`stop` of `useChat` only hangs up.) */
export async function cancelReply({ id, token }: Access): Promise<void> {
  await call(`/v1/conversations/${id}/cancel`, { token, body: {} });
}

export async function askForPerson({ id, token }: Access): Promise<Status> {
  return (await call<{ status: Status }>(`/v1/conversations/${id}/handoff`, { token, body: {} })).status;
}

export function transportFor({ token }: Access): DefaultChatTransport<ChatMessage> {
  return new DefaultChatTransport<ChatMessage>({
    api: `${SERVER}/api/chat`,
    headers: { Authorization: `Bearer ${token}` },
    // Frontdesk keeps the history itself.
    prepareSendMessagesRequest: ({ id, messages }) => ({ body: { id, messages: messages.slice(-1) } }),
  });
}

/** What an error says: the server's own sentence, or that it could not be reached. */
export function problemOf(error: unknown): { code: string; message: string } {
  try {
    const { code, message } = JSON.parse((error as Error).message).error;
    return { code, message };
  } catch {
    return { code: 'unreachable', message: 'The connection was lost. Nothing that arrived is lost.' };
  }
}

/** One call of the API. Throws an error whose message is the server's answer, as `useChat` does. */
async function call<Answer>(path: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<Answer> {
  const answer = await fetch(SERVER + path, {
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json() as Promise<Answer>;
}
