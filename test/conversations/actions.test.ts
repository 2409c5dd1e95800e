import { describe, expect, test } from 'vitest';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { calls, decide, proposed, until, writeTool } from './action-stage.ts';
import { checkLog, newCustomer, openDesk, settled } from './test-desk.ts';

describe('a call that writes', () => {
  test('is asked for, done once after a yes, and told', async () => {
    const { tool, effects } = writeTool();
    const model = scriptedModel([calls('10'), { text: 'Refunded.' }]);
    const desk = await openDesk({ model: model.model, agent: { tools: [tool] } });
    const customer = await newCustomer(desk);
    await customer.ask('Refund 10');
    expect(effects.words).toEqual([]);
    expect(await proposed(customer)).toMatchObject({ tool: 'refund', input: { word: '10' }, summary: 'Refund 10?' });
    await decide(desk, customer);
    await until(customer, 'turn.ended', 2);
    await settled(desk);
    const { id } = await proposed(customer);
    expect(effects).toEqual({ keys: [id], words: ['10'] });
    const turns = checkLog(await customer.log());
    expect(turns.map(({ outcome }) => outcome)).toEqual(['awaiting_decision', 'completed']);
    expect(turns[1]).toMatchObject({ answers: [id], text: 'Refunded.' });
  });
});
