import { describe, expect, test } from 'vitest';
import { citedPassage, shownPassages } from '../../src/knowledge/citations.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { stepOf, turnStarted } from '../contracts/store-events.ts';
import { customer, operator, type Started, startOne } from './requests.ts';
import { PASSAGE, type TestDesk, testDesk } from './test-desk.ts';

const QUOTE = 'A home charger is covered up to 1,500 dollars.';
const CITED = { cited: 'Yes, up to 1,500 dollars.' };
const WHOLE = {
  title: 'Home chargers',
  url: 'https://test.example/chargers',
  quote: QUOTE,
  passageId: 'chargers.md#1',
  location: { page: 3, headings: ['Cover'], start: 0, end: 1 },
  sentences: [QUOTE],
  link: 'https://test.example/chargers#page=3',
  changed: false,
};

/** Sends a message; gives the reply's id and its citations. */
async function ask({ app }: TestDesk, started: Started, text: string): Promise<{ id: string; citations: unknown[] }> {
  const response = await app.request(...customer(started, { text }).at('/messages'));
  return (await response.json()).message;
}

async function read({ app }: TestDesk, started: Started, path: string) {
  const response = await app.request(...customer(started).at(path));
  const body = await response.json();
  return response.status === 200 ? body : [response.status, body.error.code];
}

describe('a cited passage', () => {
  test('is read whole, by the customer and by an operator', async () => {
    const desk = await testDesk({ answers: [CITED] });
    const started = await startOne(desk);
    const { id } = await ask(desk, started, 'Is my charger covered?');
    expect(await read(desk, started, `/messages/${id}/citations/1`)).toEqual(WHOLE);
    const seen = await desk.app.request(...operator().at(`/${started.id}/messages/${id}/citations/1`));
    expect(await seen.json()).toEqual(WHOLE);
  });

  test('is as it was shown when it was cited, whatever became of it', async () => {
    const desk = await testDesk({ answers: [CITED] });
    const started = await startOne(desk);
    const { id } = await ask(desk, started, 'Is my charger covered?');
    desk.desk.defaultAgent.citedPassage = (citation, messages) =>
      citedPassage(citation, shownPassages(messages), undefined);
    const gone = { ...WHOLE, changed: true };
    expect(await read(desk, started, `/messages/${id}/citations/1`)).toEqual(gone);
  });

  test('is one that this conversation has cited', async () => {
    const desk = await testDesk({ answers: [CITED] });
    const [mine, other] = [await startOne(desk), await startOne(desk)];
    const { id } = await ask(desk, mine, 'Is my charger covered?');
    // The model cites here what it was shown there.
    const reply = await ask(desk, other, 'And my boat?');
    expect(reply.citations).toEqual([]);
    const nothing = [404, 'citation_not_found'];
    for (const path of [`${id}/citations/1`, `${reply.id}/citations/1`]) {
      expect(await read(desk, other, `/messages/${path}`)).toEqual(nothing);
    }
    for (const number of ['0', '2', '-1', '1.0', '1e0', 'x', '9999999', '%00', '1%2F..']) {
      expect(await read(desk, mine, `/messages/${id}/citations/${number}`), number).toEqual(nothing);
    }
    const stolen = { id: mine.id, token: other.token };
    expect(await read(desk, stolen, `/messages/${id}/citations/1`)).toEqual([404, 'conversation_not_found']);
    const unknown = await desk.app.request(...operator().at(`/conv_x/messages/${id}/citations/1`));
    expect((await unknown.json()).error.code).toBe('conversation_not_found');
  });

  test('of a reply that was logged before there were locations is found by its words', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    const { log } = desk.store;
    const turn = { turnId: 't', step: 0 };
    const citation = { number: 1, title: 'Home chargers', url: null, quote: QUOTE, passageId: 'chargers.md#1' };
    const old = { type: 'citation.added', ...turn, start: 0, end: 4, citation } as unknown as EventBody;
    await log.append(started.id, { events: [turnStarted('t', [])] });
    const said = { type: 'segment.released', ...turn, start: 0, text: 'Yes.' } as const;
    const ended = { type: 'turn.ended', turnId: 't', messageId: 'reply-t', outcome: 'completed' } as const;
    await log.append(started.id, { events: [said, old, ended], step: { ...stepOf('t', 0), input: [PASSAGE] } });
    const { messages } = await read(desk, started, '');
    const { number: _number, ...listed } = citation;
    expect(messages.at(-1).citations).toEqual([{ ...listed, location: null }]);
    expect(await read(desk, started, '/messages/reply-t/citations/1')).toEqual(WHOLE);
  });
});
