import { describe, expect, test } from 'vitest';
import { customer, operator, startOne } from './requests.ts';
import { OPERATOR_TOKEN, type TestDesk, testDesk } from './test-desk.ts';

const headers = { Authorization: `Bearer ${OPERATOR_TOKEN}`, 'Content-Type': 'application/json' };

function search({ app }: TestDesk, body: unknown) {
  return app.request('/v1/operator/search', { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('the test bench', () => {
  test('gives passages with why they were found, and the verdict', async () => {
    const desk = await testDesk();
    const found = await (await search(desk, { query: 'charger covered' })).json();
    expect(found).toMatchObject({
      relevance: expect.any(Number),
      answers: true,
      passages: [
        {
          id: 'chargers.md#1',
          text: 'A home charger is covered.',
          words: { text: ['charger', 'covered'], headings: ['charger'], asked: [], missing: [] },
          parts: { words: expect.any(Number) },
        },
      ],
    });
    const both = await (await search(desk, { query: 'cargador charger', limit: 5 })).json();
    expect(both.passages).toHaveLength(2);
    const narrow = await (
      await search(desk, { query: 'cargador charger', limit: 5, filter: { language: 'en' } })
    ).json();
    expect(narrow.passages.map(({ id }: { id: string }) => id)).toEqual(['chargers.md#1']);
    const none = await (await search(desk, { query: 'zeppelin', filter: { labels: { product: 'x' } } })).json();
    expect(none).toEqual({ relevance: 0, answers: false, passages: [] });
  });

  test.each([
    {},
    { query: ' ' },
    { query: 'x', limit: 0 },
    { query: 'x', limit: 51 },
    { query: 'x', filter: { language: '?' } },
    { query: 'y'.repeat(2_001) },
  ])('refuses %j', async (body) => {
    expect((await search(await testDesk(), body)).status).toBe(400);
  });

  test('is for operators alone', async () => {
    const { app } = await testDesk();
    for (const [method, path] of [
      ['POST', 'search'],
      ['GET', 'gaps'],
      ['DELETE', 'gaps/gap_1'],
      ['DELETE', 'answers'],
    ]) {
      const init = { method: method ?? '', headers: { 'Content-Type': 'application/json' } };
      expect((await app.request(`/v1/operator/${path}`, init)).status).toBe(401);
    }
  });
});

test('gaps are listed by how often they were asked, in pages, and taken off', async () => {
  const desk = await testDesk();
  const ask = async (text: string) => {
    const started = await startOne(desk);
    await (await desk.app.request(...customer(started, { text }).at('/messages'))).text();
    await expect.poll(() => desk.turns.size).toBe(0);
  };
  for (const text of ['Boats?', 'Do you have planes?', 'boats']) await ask(text);
  await ask('Boats?');
  const read = async (query = '') => (await desk.app.request(`/v1/operator/gaps${query}`, { headers })).json();
  const first = await read('?limit=1');
  expect(first).toEqual({
    gaps: [
      {
        id: expect.any(String),
        agent: 'test-agent',
        language: null,
        example: 'Boats?',
        count: 2,
        relevance: 0,
        firstAt: expect.any(Number),
        lastAt: expect.any(Number),
      },
    ],
    next: `2_${first.gaps[0].id}`,
  });
  const rest = await read(`?limit=1&before=${first.next}`);
  expect([rest.gaps.length, rest.gaps[0].example, rest.next]).toEqual([1, 'Do you have planes?', null]);
  for (let n = 0; n < 2; n++) {
    const gone = await desk.app.request(`/v1/operator/gaps/${first.gaps[0].id}`, { method: 'DELETE', headers });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
  }
  expect((await read()).gaps).toHaveLength(1);
  expect((await desk.app.request('/v1/operator/gaps?before=x', { headers })).status).toBe(400);
});

test('answers that are given again are counted and can be forgotten; every client is told alike', async () => {
  const desk = await testDesk({ answers: [{ cited: 'Yes, it is.' }] });
  const state = async () => (await desk.app.request(...operator().at('/../agent'))).json();
  expect((await state()).answers).toBeNull();
  desk.desk.answers = { keepMs: 60_000, most: 10 };
  const ask = async () => {
    const started = await startOne(desk);
    const reply = await (
      await desk.app.request(...customer(started, { text: 'Is my charger covered?' }).at('/messages'))
    ).json();
    await expect.poll(() => desk.turns.size).toBe(0);
    return { ...reply, message: { ...reply.message, id: '' } };
  };
  const made = await ask();
  expect(await ask()).toEqual(made);
  expect(desk.requests).toHaveLength(1);
  expect((await state()).answers).toMatchObject({ questions: 2, hits: 1, dollars: 0 });
  const forget = async () => (await desk.app.request('/v1/operator/answers', { method: 'DELETE', headers })).json();
  expect([await forget(), await forget()]).toEqual([{ erased: 1 }, { erased: 0 }]);
  await ask();
  expect(desk.requests).toHaveLength(2);
});
