import type { LoggedEvent } from '../protocol/events.ts';
import { type UiChunk, UiMessage } from './ui-message.ts';

/** A message as clients of the AI SDK hold it. */
export type UiHistoryMessage = {
  id: string;
  role: 'user' | 'assistant';
  metadata?: { role: 'agent' | 'operator' };
  parts: UiPart[];
};

type UiPart = { type: string; approval?: { id: string; approved?: boolean } } & Record<string, unknown>;

/**
 * The log as the messages of a client of the AI SDK that was there all the time: a reply that waited for a decision and
 * what was said after it are one. Nothing of what was withdrawn may be among the events.
 */
export function uiHistory(events: readonly LoggedEvent[]): UiHistoryMessage[] {
  const messages: UiHistoryMessage[] = [];
  const replies = new Map<string, Reply>();
  const actions = new Map<string, Reply>();
  for (const event of events) {
    if (event.type === 'message.received') messages.push(saying(event, 'user'));
    if (event.type === 'message.sent') messages.push({ ...saying(event, 'assistant'), metadata: { role: event.role } });
    if (event.type === 'turn.started') {
      const decided = event.answers.map((id) => actions.get(id));
      const known = decided.every((reply) => reply !== undefined) ? decided[0] : undefined;
      replies.set(event.turnId, known ?? newReply(event.messageId, messages));
    }
    const reply = replyOf(event, replies, actions);
    if (!reply) continue;
    if (event.type === 'action.proposed') actions.set(event.action.id, reply);
    for (const chunk of reply.encoder.take(event)) addChunk(reply.message.parts, chunk);
  }
  return messages;
}

type Reply = { message: UiHistoryMessage; encoder: UiMessage };

function newReply(id: string, messages: UiHistoryMessage[]): Reply {
  const message: UiHistoryMessage = { id, role: 'assistant', metadata: { role: 'agent' }, parts: [] };
  messages.push(message);
  return { message, encoder: new UiMessage() };
}

function replyOf(event: LoggedEvent, replies: Map<string, Reply>, actions: Map<string, Reply>): Reply | undefined {
  if ('turnId' in event) return replies.get(event.turnId);
  return 'actionId' in event ? actions.get(event.actionId) : undefined;
}

function saying({ messageId, text }: { messageId: string; text: string }, role: UiHistoryMessage['role']) {
  return { id: messageId, role, parts: [{ type: 'text', text }] };
}

/** What the client makes of a chunk. */
function addChunk(parts: UiPart[], chunk: UiChunk): void {
  switch (chunk.type) {
    case 'start-step':
      parts.push({ type: 'step-start' });
      return;
    case 'text-start':
      parts.push({ type: 'text', text: '', state: 'streaming' });
      return;
    case 'text-delta': {
      const part = parts.findLast(({ type }) => type === 'text');
      if (part) part.text = `${part.text}${chunk.delta}`;
      return;
    }
    case 'text-end': {
      const part = parts.findLast(({ type }) => type === 'text');
      if (part) part.state = 'done';
      return;
    }
    case 'tool-input-start':
    case 'tool-input-available':
    case 'tool-output-available':
    case 'tool-output-error':
    case 'tool-output-denied':
    case 'tool-approval-request':
      addToTool(parts, chunk);
      return;
    case 'source-url':
    case 'source-document':
      parts.push(chunk);
      return;
    default:
      if ('id' in chunk) addData(parts, chunk);
  }
}

type ToolChunk = Extract<UiChunk, { toolCallId: string }>;

const STATES = {
  'tool-input-start': 'input-streaming',
  'tool-input-available': 'input-available',
  'tool-output-available': 'output-available',
  'tool-output-error': 'output-error',
  'tool-output-denied': 'output-denied',
  'tool-approval-request': 'approval-requested',
} as const satisfies Record<ToolChunk['type'], string>;

function addToTool(parts: UiPart[], chunk: ToolChunk): void {
  const { toolCallId } = chunk;
  if (chunk.type === 'tool-input-start') parts.push({ type: 'dynamic-tool', toolCallId, providerExecuted: true });
  const part = parts.findLast((known) => known.toolCallId === toolCallId);
  if (!part) return;
  part.state = STATES[chunk.type];
  if ('toolName' in chunk) part.toolName = chunk.toolName;
  if ('input' in chunk) part.input = chunk.input;
  if ('output' in chunk) part.output = chunk.output;
  if ('errorText' in chunk) part.errorText = chunk.errorText;
  if ('approvalId' in chunk) part.approval = { id: chunk.approvalId };
  else if (part.approval && 'input' in chunk === false) {
    part.approval = { ...part.approval, approved: chunk.type !== 'tool-output-denied' };
  }
}

function addData(parts: UiPart[], { type, id, data }: { type: string; id: string; data?: unknown }): void {
  const part = parts.find((known) => known.type === type && known.id === id);
  if (part) part.data = data;
  else parts.push({ type, id, data });
  const { state } = data as { state?: string };
  const call = parts.findLast(({ approval }) => approval?.id === id);
  // It runs here: nothing that the client would have to send.
  if (call && (state === 'confirmed' || state === 'running')) call.state = 'input-available';
}
