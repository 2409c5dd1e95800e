import type { UIMessage } from 'ai';
import { describe, expect, test } from 'vitest';
import { actionRules, type WriteFields } from '../../src/agent/action-rules.ts';
import { type Tool, ToolProblem } from '../../src/agent/tool.ts';
import { decideAction } from '../../src/conversations/decide-action.ts';
import { sendAsOperator } from '../../src/conversations/operator.ts';
import { customer, eventually, type Started } from './requests.ts';
import type { Answer, TestDesk } from './test-desk.ts';
import { chatOf, codeOf, open, post, SDKS, textOf } from './ui-clients.ts';

const ASK: Answer = { tool: 'refund', input: { order: 'A-17' } };

describe.each(Object.entries(SDKS))('actions in the client of the AI SDK, %s', (_, sdk) => {
  test('are confirmed by its approval, and the reply goes on in the same message', async () => {
    const { tool, done } = refund();
    const { chat, errors, called, desk, started } = await open(sdk, [ASK, 'It is refunded.', 'Bye.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund A-17.' });
    const asked = approvalOf(chat.lastMessage);
    expect(asked).toMatchObject({ state: 'approval-requested', toolName: 'refund', input: { order: 'A-17' } });
    expect(actionOf(chat.lastMessage)).toMatchObject({ summary: 'Refund A-17?', state: 'proposed', by: 'customer' });
    expect(outcomesOf(chat.lastMessage)).toEqual(['awaiting_decision']);
    expect(done).toEqual([]);

    await chat.addToolApprovalResponse({ id: asked.approval.id, approved: true });
    await expect
      .poll(() => [chat.status, textOf(chat.lastMessage)])
      .toEqual(['ready', expect.stringContaining('It is refunded.')]);
    expect(done).toEqual(['A-17']);
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(approvalOf(chat.lastMessage)).toMatchObject({ state: 'output-available', output: {} });
    expect(actionOf(chat.lastMessage)).toMatchObject({ state: 'done' });
    expect(chat.lastMessage?.parts.filter(({ type }) => type === 'dynamic-tool')).toHaveLength(1);
    expect(outcomesOf(chat.lastMessage)).toEqual(['completed']);
    // Resumed or read anew, it is the same message.
    const told = shown(chat.messages);
    await chat.resumeStream();
    expect(shown(chat.messages)).toEqual(told);
    const history = await historyOf(desk, started);
    expect(shown(history.slice(-1))).toEqual(told.slice(-1));
    const tab = chatOf(sdk, desk, started, history);
    await tab.chat.resumeStream();
    expect(shown(tab.chat.messages)).toEqual(shown(history));
    await chat.sendMessage({ text: 'Thanks.' });
    expect(textOf(chat.lastMessage)).toBe('Bye.');
    expect([errors, tab.errors, called]).toEqual([[], [], []]);
  });

  test('are declined, and nothing is done', async () => {
    const { tool, done } = refund();
    const { chat, errors, desk, started } = await open(sdk, [ASK, 'As you like.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund A-17.' });
    await chat.addToolApprovalResponse({ id: approvalOf(chat.lastMessage).approval.id, approved: false });
    await expect
      .poll(() => [chat.status, textOf(chat.lastMessage)])
      .toEqual(['ready', expect.stringContaining('As you like.')]);
    expect(approvalOf(chat.lastMessage)).toMatchObject({ state: 'output-denied' });
    expect([done, errors, chat.messages.length]).toEqual([[], [], 2]);
    expect(shown((await historyOf(desk, started)).slice(-1))).toEqual(shown(chat.messages.slice(-1)));
  });

  test('several of one message are decided together, each as the customer says', async () => {
    const { tool, done } = refund();
    const both = { calls: [ASK, { tool: 'refund', input: { order: 'B-2' } }] as never };
    const { chat, errors } = await open(sdk, [both, 'One of them.', 'And the other.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund both.' });
    const [first, second] = approvalsOf(chat.lastMessage);
    await chat.addToolApprovalResponse({ id: first?.approval.id ?? '', approved: true });
    expect(done).toEqual([]);
    await chat.addToolApprovalResponse({ id: second?.approval.id ?? '', approved: false });
    await expect.poll(() => chat.status).toBe('ready');
    await expect
      .poll(() => approvalsOf(chat.lastMessage).map(({ state }) => state))
      .toEqual(['output-available', 'output-denied']);
    expect([done, errors, chat.messages.length]).toEqual([['A-17'], [], 2]);
    expect(textOf(chat.lastMessage)).toContain('One of them.');
  });

  test('fail, or nobody knows: the part says so, and no effect is hidden', async () => {
    for (const [how, state] of [
      ['fails', 'failed'],
      ['breaks', 'unknown'],
    ] as const) {
      const { tool } = refund({ how });
      const { chat, errors } = await open(sdk, [ASK, 'Sorry.'], {}, [tool]);
      await chat.sendMessage({ text: 'Refund A-17.' });
      await chat.addToolApprovalResponse({ id: approvalOf(chat.lastMessage).approval.id, approved: true });
      await expect.poll(() => actionOf(chat.lastMessage)?.state).toBe(state);
      await expect.poll(() => chat.status).toBe('ready');
      expect(approvalOf(chat.lastMessage)).toMatchObject({ state: 'output-error' });
      expect(errors).toEqual([]);
    }
  });

  test('after a reload in between the card is there, and its approval counts', async () => {
    const { tool, done } = refund();
    const { chat, desk, started } = await open(sdk, [ASK, 'It is refunded.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund A-17.' });
    const returned = chatOf(sdk, desk, started, await historyOf(desk, started));
    await returned.chat.resumeStream();
    await returned.chat.addToolApprovalResponse({
      id: approvalOf(returned.chat.lastMessage).approval.id,
      approved: true,
    });
    await expect.poll(() => textOf(returned.chat.lastMessage)).toContain('It is refunded.');
    expect([done, returned.errors, returned.chat.messages.length]).toEqual([['A-17'], [], 3]);
  });

  test('an action that a colleague decides asks the customer nothing', async () => {
    const { tool } = refund({ fields: { confirm: 'operator' } });
    const { chat, errors, desk, started } = await open(sdk, [ASK, 'They agreed.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund A-17.' });
    expect(approvalsOf(chat.lastMessage)).toEqual([]);
    expect(actionOf(chat.lastMessage)).toMatchObject({ by: 'operator', state: 'proposed' });
    const { id: actionId, hash } = actionOf(chat.lastMessage) as { id: string; hash: string };
    await decideAction(desk, { conversationId: started.id, actionId, decision: 'confirm', hash, by: 'operator' });
    await eventually(async () => textOf((await historyOf(desk, started)).at(-1)).includes('They agreed.'));
    await chat.resumeStream();
    expect(textOf(chat.lastMessage)).toContain('They agreed.');
    expect([actionOf(chat.lastMessage)?.state, errors, chat.messages.length]).toEqual(['done', [], 2]);
  });

  test('while a person has the conversation it is done, and the agent stays silent', async () => {
    const { tool, done } = refund();
    const { chat, errors, desk, started } = await open(sdk, [ASK, 'Never said.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund A-17.' });
    await sendAsOperator(desk.desk, started.id, 'I am Sam.');
    await chat.addToolApprovalResponse({ id: approvalOf(chat.lastMessage).approval.id, approved: true });
    await expect.poll(() => approvalOf(chat.lastMessage).state).toBe('output-available');
    await expect.poll(() => chat.status).toBe('ready');
    expect(textOf(chat.lastMessage)).not.toContain('Never');
    expect([done, errors]).toEqual([['A-17'], []]);
  });

  test.each(['action_decided', 'action_expired', 'action_not_found', 'conversation_closed'])('%s', async (code) => {
    const { tool, done } = refund(code === 'action_expired' ? { expiresMs: 1 } : {});
    const { chat, errors, desk, started } = await open(sdk, [ASK, 'Told.'], {}, [tool]);
    await chat.sendMessage({ text: 'Refund A-17.' });
    const { approval } = approvalOf(chat.lastMessage);
    if (code === 'action_not_found') approval.id = 'act_other';
    if (code === 'conversation_closed') await desk.app.request(...customer(started, {}).at('/close'));
    if (code === 'action_expired') await new Promise((resolve) => setTimeout(resolve, 5));
    if (code === 'action_decided') {
      const { hash } = actionOf(chat.lastMessage) as { hash: string };
      const wish = { conversationId: started.id, actionId: approval.id, hash, by: 'customer' } as const;
      await decideAction(desk, { ...wish, decision: 'decline' });
    }
    await chat.addToolApprovalResponse({ id: approval.id, approved: true });
    await expect.poll(() => errors.map(codeOf)).toEqual([code]);
    expect([chat.status, done]).toEqual(['error', []]);
  });
});

test("another conversation's approval decides nothing, nor does a forged part", async () => {
  const { tool, done } = refund();
  const sdk = SDKS['version 7'];
  const { chat, desk } = await open(sdk, [ASK, 'Told.'], {}, [tool]);
  await chat.sendMessage({ text: 'Refund A-17.' });
  const { approval } = approvalOf(chat.lastMessage);
  const other = await (await desk.app.request('/v1/conversations', { method: 'POST' })).json();
  const part = { type: 'dynamic-tool', toolCallId: 'x', state: 'approval-responded' };
  const send = async (more: object) => {
    const messages = [{ id: 'm', role: 'assistant', parts: [{ ...part, ...more }] }];
    const response = await post(desk, other, { id: other.id, messages });
    return [response.status, (await response.json()).error.code];
  };
  expect(await send({ approval: { id: approval.id, approved: true } })).toEqual([404, 'action_not_found']);
  expect(await send({ approval: { id: approval.id, approved: 'yes' } })).toEqual([400, 'invalid_request']);
  expect(await send({ approval: { approved: true } })).toEqual([400, 'invalid_request']);
  expect(done).toEqual([]);
});

test('an answer that a message has several times is one, and the stream tells no refusal of it', async () => {
  const { tool, done } = refund();
  const { chat, desk, started } = await open(SDKS['version 7'], [ASK, 'It is refunded.'], {}, [tool]);
  await chat.sendMessage({ text: 'Refund A-17.' });
  const { id } = approvalOf(chat.lastMessage).approval;
  const part = { type: 'dynamic-tool', toolCallId: 'x', state: 'approval-responded' };
  const parts = [true, false, true].map((approved) => ({ ...part, approval: { id, approved } }));
  const response = await post(desk, started, { id: started.id, messages: [{ id: 'm', role: 'assistant', parts }] });
  expect([response.status, (await response.text()).includes('action_decided'), done]).toEqual([200, false, ['A-17']]);
});

type Refund = { fields?: WriteFields<{ order: string }>; how?: 'fails' | 'breaks'; expiresMs?: number };

/** A tool that refunds, and what it has refunded. */
function refund({ fields = {}, how, expiresMs }: Refund = {}): { tool: Tool; done: string[] } {
  const done: string[] = [];
  const confirm = ({ order }: { order: string }) => `Refund ${order}?`;
  const rules = actionRules<{ order: string }>(
    { name: 'refund', fromCustomer: {}, agent: 'test-agent' },
    { confirm, ...fields },
  );
  const tool: Tool = {
    name: 'refund',
    description: 'Refunds an order.',
    inputSchema: { type: 'object', properties: { order: { type: 'string' } } },
    effect: 'write',
    action: { ...rules, ...(expiresMs === undefined ? {} : { expiresMs }) },
    needsCustomer: false,
    fromCustomer: {},
    timeoutMs: 1000,
    parse: (value) => ({ ok: true, value }),
    async run(input) {
      if (how === 'fails') throw new ToolProblem('It cannot be refunded.');
      if (how === 'breaks') throw new Error('broken');
      done.push((input as { order: string }).order);
      return { content: 'Refunded.' };
    },
  };
  return { tool, done };
}

type Approval = { state: string; toolName: string; approval: { id: string } };

function approvalsOf(message: UIMessage | undefined): Approval[] {
  const parts = (message?.parts ?? []) as unknown as Approval[];
  return parts.filter(({ approval }) => approval !== undefined);
}

function approvalOf(message: UIMessage | undefined): Approval {
  const [approval] = approvalsOf(message);
  if (!approval) throw new Error('no approval is asked for');
  return approval;
}

function dataOf(message: UIMessage | undefined, type: string): Record<string, unknown>[] {
  return (message?.parts ?? [])
    .filter((part) => part.type === type)
    .map((part) => (part as unknown as { data: Record<string, unknown> }).data);
}

function actionOf(message: UIMessage | undefined) {
  return dataOf(message, 'data-action').at(-1);
}

function outcomesOf(message: UIMessage | undefined) {
  return dataOf(message, 'data-outcome').map(({ outcome }) => outcome);
}

/** What a page would show of messages. */
function shown(messages: UIMessage[]) {
  return messages.map((message) => ({
    id: message.role === 'user' ? '' : message.id,
    text: textOf(message),
    tools: approvalsOf(message).map(({ state }) => state),
    actions: dataOf(message, 'data-action').map(({ state }) => state),
  }));
}

async function historyOf(desk: TestDesk, started: Started): Promise<UIMessage[]> {
  const headers = { Authorization: `Bearer ${started.token}` };
  return (await (await desk.app.request(`/api/chat/${started.id}`, { headers })).json()).messages;
}
