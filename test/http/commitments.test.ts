import { expect, test } from 'vitest';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { customer, readEvents, startOne, withoutOwnDigits } from './requests.ts';
import { OPERATOR_TOKEN, type TestDesk, testDesk } from './test-desk.ts';

const SUPPORTED = 'Your charger is covered up to $1,500.';
const INVENTED = 'And you get $700 back today.';

const open = () => testDesk({ answers: [`${SUPPORTED} ${INVENTED}`], agent: { guards: [commitmentsGuard()] } });

async function list({ app }: TestDesk, query = '', token = OPERATOR_TOKEN) {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await app.request(`/v1/operator/commitments${query}`, { headers });
  return { status: response.status, body: await response.json() };
}

test('a reply is released without what nothing supports; what it commits to is listed with its evidence', async () => {
  const desk = await open();
  const started = await startOne(desk);
  const ask = customer(started, { text: 'Is my charger covered?' }, { Accept: 'text/event-stream' });
  const { raw, events } = await readEvents(await desk.app.request(...ask.at('/messages')));
  expect(raw).toContain(SUPPORTED);
  expect(withoutOwnDigits(raw)).not.toContain('700');
  const made = events.find(({ type }) => type === 'commitment.made');
  expect(await list(desk)).toEqual({
    status: 200,
    body: {
      commitments: [
        {
          ...{ conversationId: started.id, seq: made?.seq, at: made?.at, turnId: expect.any(String) },
          ...{ start: 30, end: 36, kind: 'price', text: '$1,500' },
          evidence: { kind: 'passage', from: 'passage:chargers.md#1', version: '1' },
        },
      ],
      next: null,
    },
  });
});

test('they are listed newest first, in pages, by conversation and by kind', async () => {
  const desk = await open();
  const all: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const started = await startOne(desk);
    await (await desk.app.request(...customer(started, { text: 'charger' }).at('/messages'))).text();
    all.unshift(started.id);
  }
  const first = await list(desk, '?limit=2');
  const rest = await list(desk, `?limit=2&before=${first.body.next}`);
  const listed = [...first.body.commitments, ...rest.body.commitments].map(({ conversationId }) => conversationId);
  expect([new Set(listed), listed.length, rest.body.next]).toEqual([new Set(all), 3, null]);
  const ids = async (query: string) =>
    (await list(desk, query)).body.commitments.map((one: { conversationId: string }) => one.conversationId);
  expect(await ids(`?conversation=${all[1]}`)).toEqual([all[1]]);
  expect(await ids(`?conversation=${all[1]}&kind=price`)).toEqual([all[1]]);
  expect(await ids('?kind=legal')).toEqual([]);
});

test('refuses what it does not know, and whoever is no operator', async () => {
  const desk = await open();
  expect((await list(desk, '?conversation=nobody')).status).toBe(404);
  for (const query of ['?kind=else', '?limit=0', '?limit=101', '?before=1_2', '?other=1']) {
    expect((await list(desk, query)).status).toBe(400);
  }
  expect((await list(desk, '', 'wrong')).status).toBe(401);
});
