import { Chat } from '@ai-sdk/react';
import {
  DefaultChatTransport,
  lastAssistantMessageIsCompleteWithApprovalResponses,
  lastAssistantMessageIsCompleteWithToolCalls,
  type UIMessage,
  uiMessageChunkSchema,
} from 'ai';
import * as react6 from 'ai-sdk-react-v6';
import * as ai6 from 'ai-v6';
import type { Tool } from '../../src/agent/tool.ts';
import { type Started, startOne } from './requests.ts';
import { type Answer, type TestDesk, testDesk } from './test-desk.ts';

const seven = {
  Chat,
  DefaultChatTransport,
  uiMessageChunkSchema,
  lastAssistantMessageIsCompleteWithApprovalResponses,
  lastAssistantMessageIsCompleteWithToolCalls,
};
type Sdk = typeof seven;

/** The real clients of the AI SDK; what is used here of version 6 has the types of version 7. */
export const SDKS: Record<'version 7' | 'version 6', Sdk> = {
  'version 7': seven,
  'version 6': { ...ai6, Chat: react6.Chat } as unknown as Sdk,
};

/** The client on the app, with a conversation's token. */
export function chatOf(sdk: Sdk, desk: TestDesk, { id, token }: Started, messages: UIMessage[] = []) {
  const errors: Error[] = [];
  const data: unknown[] = [];
  const called: string[] = [];
  const chat = new sdk.Chat<UIMessage>({
    id,
    messages,
    onError: (error) => errors.push(error),
    onData: (part) => data.push(part),
    // As for tools of the browser's own: those of the server must be none of its business.
    onToolCall: ({ toolCall }) => void called.push(toolCall.toolName),
    sendAutomaticallyWhen: (state) =>
      sdk.lastAssistantMessageIsCompleteWithToolCalls(state) ||
      sdk.lastAssistantMessageIsCompleteWithApprovalResponses(state),
    transport: new sdk.DefaultChatTransport({
      api: 'http://desk.test/api/chat',
      headers: { Authorization: `Bearer ${token}` },
      body: { page: '/pricing' },
      fetch: async (input, init) => desk.app.request(String(input).replace('http://desk.test', ''), init),
    }),
  });
  return { chat, errors, data, called };
}

export async function open(sdk: Sdk, answers: Answer[], settings = {}, tools: Tool[] = []) {
  const desk = await testDesk({ answers, settings, tools });
  const started = await startOne(desk);
  return { desk, started, ...chatOf(sdk, desk, started) };
}

export function textOf(message: UIMessage | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The code of the API's error that a chat shows. */
export function codeOf(error: Error | undefined): string {
  return JSON.parse(error?.message ?? '{}').error?.code;
}

export function post(desk: TestDesk, { token }: { token: string }, body: unknown) {
  return desk.app.request('/api/chat', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}
