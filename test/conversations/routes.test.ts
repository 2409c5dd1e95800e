import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { deskNote, OFF_TOPIC, perhapsNote } from '../../src/agent/notes.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { newCustomer, openDesk } from './test-desk.ts';
import { isBriefOf, routedAgent } from './test-routes.ts';

type Chosen = Extract<LoggedEvent, { type: 'route.chosen' }>;

/** An agent that says "ok" to everything, and its customer. */
async function talk(script: Parameters<typeof scriptedModel>[0], more: Parameters<typeof routedAgent>[0] = {}) {
  const scripted = scriptedModel(script);
  const opened = await openDesk({ model: scripted.model, agent: routedAgent(more) });
  const customer = await newCustomer(opened);
  const choices = async () => (await customer.log()).filter((event): event is Chosen => event.type === 'route.chosen');
  return { ...opened, ...customer, scripted, requests: scripted.requests, choices };
}

const ok = { text: 'ok' };
const to = (route: string) => ({ tools: [{ name: 'switch_route', input: { route } }] });

/** The texts of a request's last message, the day left out. */
function lastTexts(request: { messages: Anthropic.MessageParam[] } | undefined): string[] {
  const last = request?.messages.at(-1);
  return (last ? blocksOf(last) : []).flatMap((block) =>
    block.type === 'text' && !/^\[\w{3}, \d/.test(block.text) ? [block.text] : [],
  );
}

function moves(choices: readonly Chosen[]): string[] {
  return choices.map(({ from, route, by }) => (from === route ? route : `${from} > ${route} by ${by}`));
}

describe('the desk of a turn', () => {
  test('is chosen beside its start: the brief comes once, and one line on the way back', async () => {
    const { ask, requests, choices, log, store, id } = await talk([ok, ok, ok, ok]);
    await ask('my car, claims .9');
    expect(isBriefOf('claims', lastTexts(requests[0])[0])).toBe(true);
    const events = await log();
    const at = events.findIndex(({ type }) => type === 'turn.started');
    expect(events[at + 1]).toMatchObject({ type: 'route.chosen', at: events[at]?.at });
    await ask('and then, claims .8');
    expect(lastTexts(requests[1])).toEqual(['and then, claims .8']);
    await ask('something else, general .95');
    expect(lastTexts(requests[2])).toEqual([deskNote('general'), 'something else, general .95']);
    await ask('once more, claims .95');
    expect(lastTexts(requests[3])).toEqual([deskNote('claims'), 'once more, claims .95']);
    expect(moves(await choices())).toEqual([
      'general > claims by router',
      'claims',
      'claims > general by router',
      'general > claims by router',
    ]);
    expect((await store.conversations.get(id))?.route).toBe('claims');
    expect(requests.map(({ tools }) => tools)).toEqual(requests.map(() => requests[0]?.tools));
  });

  test('stays where nobody is sure, and the model is told that another may fit', async () => {
    const { ask, requests, choices } = await talk([ok, ok, ok]);
    await ask('perhaps claims .5');
    expect(lastTexts(requests[0])).toEqual([perhapsNote(['claims', 'billing']), 'perhaps claims .5']);
    await ask('out .9');
    expect(lastTexts(requests[1])).toEqual([OFF_TOPIC, 'out .9']);
    await ask('general .9');
    expect(lastTexts(requests[2])).toEqual(['general .9']);
    expect((await choices()).map(({ sure, offTopic }) => [sure, offTopic])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  test('is switched by the model before its first word; the next step has the brief, the tools and the model of the desk', async () => {
    const seen: string[] = [];
    const script = [to('claims'), { tools: [{ name: 'file_claim', input: { word: 'x' } }] }, ok];
    const { ask, requests, choices, wait, send } = await talk(script);
    const events = await wait(await send('perhaps claims .5'));
    expect(requests.map(({ messages }) => messages.length)).toEqual([3, 5, 7]);
    expect(
      isBriefOf('claims', (requests[1]?.messages.at(-1)?.content as Anthropic.ToolResultBlockParam[])[0]?.content),
    ).toBe(true);
    expect(events.flatMap((event) => (event.type === 'tool.finished' ? [event.ok] : []))).toEqual([true, true]);
    expect(moves(await choices())).toEqual(['general', 'general > claims by model']);
    void seen;
    void ask;
  });
});
