import { describe, expect, test } from 'vitest';
import { closeConversation, readConversation } from '../../src/conversations/conversation.ts';
import { returnToAgent, sendAsOperator } from '../../src/conversations/operator.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { wordTool } from '../agent/play-turn.ts';
import { stage } from './stage.ts';
import { checkLog, eventually, newCustomer, openDesk, settled } from './test-desk.ts';

async function onStage(options: Omit<Parameters<typeof openDesk>[0], 'model'> = {}) {
  const theatre = stage();
  const desk = await openDesk({ model: theatre.model, ...options });
  const customer = await newCustomer(desk);
  const status = async () => (await readConversation(desk.desk, customer.id)).status;
  /** The first segment of a running reply is out. */
  const speaking = async (call: number) => {
    (await theatre.call(call)).say('I think so. And');
    await eventually(async () => (await desk.store.conversations.get(customer.id))?.openTurn);
    await eventually(async () => (await customer.log()).some((event) => event.type === 'segment.released'));
  };
  return { ...desk, theatre, customer, status, speaking };
}

describe('an operator', () => {
  test('who takes over in mid-reply is the last to speak: the reply ends with their message', async () => {
    const desk = await onStage();
    const { customer, theatre, speaking, status } = desk;
    const message = await customer.send('Hello');
    await speaking(0);
    await sendAsOperator(desk.desk, customer.id, 'I am Ann.');
    const heard = await customer.wait(message);
    expect(heard.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'stopped' });
    const call = await theatre.call(0);
    call.say(' more. And more. And');
    await call.over;
    await settled(desk);
    expect((await customer.log()).at(-1)).toMatchObject({ type: 'message.sent', text: 'I am Ann.' });
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'stopped', text: 'I think so. ' }]);
    expect(await status()).toBe('with_human');
    expect(desk.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('who takes over keeps the conversation, whatever a tool of the reply says afterwards', async () => {
    const asked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const handOff = wordTool('hand_off', async () => {
      asked.resolve();
      await go.promise;
      return { content: 'asked', events: [{ type: 'status.changed', status: 'waiting_for_human' }] };
    });
    const { model } = scriptedModel([{ tools: [{ name: 'hand_off', input: { word: 'x' } }] }]);
    const desk = await openDesk({ model, agent: { tools: [handOff] } });
    const customer = await newCustomer(desk);
    await customer.send('A person!');
    await asked.promise;
    await sendAsOperator(desk.desk, customer.id, 'I am Ann.');
    go.resolve();
    await settled(desk);
    expect((await readConversation(desk.desk, customer.id)).status).toBe('with_human');
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'stopped' }]);
  });

  test('who takes over, or closes, while the server is dead leaves no turn open', async () => {
    for (const act of [
      (desk: Awaited<ReturnType<typeof onStage>>) => sendAsOperator(desk.desk, desk.customer.id, 'I am Ann.'),
      (desk: Awaited<ReturnType<typeof onStage>>) => closeConversation(desk.desk, desk.customer.id),
    ]) {
      const desk = await onStage();
      await desk.customer.send('Hello');
      await desk.speaking(0);
      await desk.turns.close();
      await act(desk);
      expect(checkLog(await desk.customer.log())).toMatchObject([{ outcome: 'stopped' }]);
    }
  });

  test('who takes over deals with the messages that waited: the agent knows them and does not answer them', async () => {
    const desk = await onStage();
    const { customer, theatre, speaking } = desk;
    const first = await customer.send('First');
    await speaking(0);
    const waiting = await customer.send('Second');
    const heard = Promise.all([customer.wait(first), customer.wait(waiting)]);
    await sendAsOperator(desk.desk, customer.id, 'I am Ann.');
    expect((await heard)[1].some(({ type }) => type === 'turn.started')).toBe(false);
    const third = await customer.send('Third');
    expect((await customer.wait(third)).map(({ type }) => type)).toEqual(['message.received']);
    await returnToAgent(desk.desk, customer.id);
    await settled(desk);
    expect(theatre.calls).toHaveLength(1);
    await customer.send('Fourth');
    const call = await theatre.call(1);
    const shown = call.request.messages.slice(2).map(({ role, content }) => [role, JSON.stringify(content)]);
    expect(shown.map(([role]) => role)).toEqual(['user', 'assistant', 'user']);
    expect(shown[2]?.[1]).toMatch(/Second.*A human colleague wrote to the customer: I am Ann\..*Third.*Fourth/);
    call.end('refusal');
    await settled(desk);
    const turns = checkLog(await customer.log());
    expect(turns.map(({ answers }) => answers.length)).toEqual([1, 1]);
  });

  test('who writes to two conversations at once, and a reply that ends by itself at that moment, clash in no way', async () => {
    for (let round = 0; round < 20; round++) {
      const desk = await onStage();
      const { customer, speaking, theatre } = desk;
      await customer.send('Hello');
      await speaking(0);
      (await theatre.call(0)).end();
      await sendAsOperator(desk.desk, customer.id, 'I am Ann.');
      await settled(desk);
      const [turn] = checkLog(await customer.log());
      expect(['stopped', 'completed']).toContain(turn?.outcome);
      await desk.close();
    }
  });
});

describe('a closed conversation', () => {
  test('ends its running reply and refuses messages', async () => {
    const desk = await onStage();
    const { customer, theatre, speaking } = desk;
    const message = await customer.send('Hello');
    await speaking(0);
    await closeConversation(desk.desk, customer.id);
    await closeConversation(desk.desk, customer.id);
    expect((await customer.wait(message)).at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'stopped' });
    await (await theatre.call(0)).over;
    await settled(desk);
    await expect(customer.send('Still there?')).rejects.toMatchObject({ code: 'conversation_closed' });
    await expect(sendAsOperator(desk.desk, customer.id, 'Hello')).rejects.toMatchObject({
      code: 'conversation_closed',
    });
    expect((await customer.log()).filter((event) => event.type === 'status.changed')).toHaveLength(1);
  });
});
