import { expect, test } from 'vitest';
import { ALLOW, type Guard } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { SENTENCES, wordTool } from '../agent/play-turn.ts';
import { leftBehind, prefixes, recording } from './crashes.ts';
import { checkLog, newCustomer, openDesk, settled } from './test-desk.ts';

const CARD = '4111 1111 1111 1111';
const WHOLE = `Your card is [card].\n\nIt is good. \n\n${SENTENCES.cutShort}`;

const guards: Guard[] = [
  {
    name: 'cards',
    check: (text) =>
      text.includes(CARD) ? { action: 'redact', text: text.replace(CARD, '[card]'), found: ['card'] } : ALLOW,
  },
  {
    name: 'leaks',
    check: (text) => (text.includes('secret') ? { action: 'hand_off', reason: 'leaked' } : ALLOW),
  },
];

/** Says the same after a crash as before it, and what it was shown. */
function talking(): { model: Model; shown: string[] } {
  const shown: string[] = [];
  const model: Model = (request, signal) => {
    shown.push(JSON.stringify(request.messages));
    const isLooked = request.messages
      .flatMap((message) => blocksOf(message))
      .some(({ type }) => type === 'tool_result');
    const step = isLooked
      ? { text: ['It is good. ', 'The secret is this. ', 'More.'] }
      : { text: [`Your card is ${CARD}.`], tools: [{ name: 'look', input: { word: 'a' } }] };
    return scriptedModel([step]).model(request, signal);
  };
  return { model, shown };
}

test('whatever crashes when: what a guard withheld stays withheld, and it ends the reply and hands it off once', async () => {
  const { model, shown } = talking();
  const tools = [wordTool('look', async () => ({ content: 'Found.' }))];
  const desk = await openDesk({ model, agent: { tools, guards } });
  const entries = recording(desk);
  const customer = await newCustomer(desk);
  expect(await customer.ask('Which card?')).toBe(WHOLE);
  const all = prefixes([...entries]);
  expect(all.length).toBeGreaterThan(10);
  for (const prefix of all) {
    const id = await leftBehind(desk, prefix);
    desk.turns.wake(id);
    await settled(desk);
    const log = await desk.store.log.events(id);
    const title = `cut after ${prefix.at(-1)?.events.at(-1)?.type}`;
    expect(checkLog(log), title).toMatchObject([{ text: WHOLE, outcome: 'handed_off' }]);
    expect(
      log.filter(({ type }) => type === 'handoff.requested'),
      title,
    ).toHaveLength(1);
    expect(JSON.stringify(log.map((event) => ({ ...event, at: 0 }))), title).not.toMatch(/4111|secret/);
  }
  expect(shown.some((messages) => messages.includes('[card]'))).toBe(true);
  expect(shown.join()).not.toContain('4111');
});
