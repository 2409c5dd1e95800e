import { globSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createTargets, onPostgres, type Target, testDatabaseUrl } from '../contracts/databases.ts';
import { eventually } from '../conversations/test-desk.ts';
import { OPERATOR_TOKEN, testDesk } from './test-desk.ts';

const CARD = '4111 1111 1111 1111';
const PASSWORD = 'Tr0ub4dor&3';
const KEY = ['sk_live_', '4eC39HqLyjWDarjtT1zdp7dc'].join('');
const SAID = `Card ${CARD}, my password is ${PASSWORD} and the key ${KEY}`;
const KEPT = 'Card [card number ending in 1111 removed], my password is [password removed] and the key [key removed]';

/** All that the store has on disk. */
async function everything(target: Target): Promise<string> {
  if (target.kind === 'sqlite') {
    const files = globSync('**/*', { cwd: target.folder, withFileTypes: true }).filter((file) => file.isFile());
    return files.map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'latin1')).join('\n');
  }
  const { rows: tables } = await onPostgres(
    'select table_name from information_schema.tables where table_schema = $1',
    [target.schema],
  );
  const texts = await Promise.all(
    tables.map(({ table_name }) => onPostgres(`select t::text as text from "${target.schema}"."${table_name}" t`)),
  );
  return texts.flatMap(({ rows }) => rows.map(({ text }) => text)).join('\n');
}

async function keepsNone(target: Target): Promise<void> {
  const desk = await testDesk({ answers: ['Thanks.'], target });
  const call = (path: string, token: string, body?: unknown) =>
    desk.app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const { id, token } = await (await call('/v1/conversations', '', {})).json();
  const path = `/v1/conversations/${id}`;
  const message = { text: SAID, idempotencyKey: 'once' };
  const first = await (await call(`${path}/messages`, token, message)).json();
  const again = await (await call(`${path}/messages`, token, message)).json();
  expect(again.messageId).toBe(first.messageId);
  await eventually(async () => (await desk.store.log.events(id)).some(({ type }) => type === 'turn.ended'));
  const { messages } = await (await call(path, token)).json();
  expect(messages.filter(({ role }: { role: string }) => role === 'customer')).toMatchObject([{ text: KEPT }]);
  expect(JSON.stringify(desk.requests)).toContain(KEPT);
  const kept = await everything(target);
  expect(kept).toContain(KEPT);
  for (const secret of [CARD, PASSWORD, KEY]) {
    expect(JSON.stringify(desk.requests)).not.toContain(secret);
    expect(kept).not.toContain(secret);
    expect(JSON.stringify(desk.logged)).not.toContain(secret);
  }
  await call(`/v1/operator/conversations/${id}/messages`, OPERATOR_TOKEN, { text: `The terminal says ${CARD}` });
  expect(await everything(target)).toContain(CARD);
}

function targets() {
  const made = createTargets();
  onTestFinished(() => made.cleanUp());
  return made;
}

test('a secret that a customer pastes is in no file of SQLite and no request to the model; an operator knows what they say', async () => {
  await keepsNone(targets().folder());
});

test.runIf(testDatabaseUrl())('the same in every table of PostgreSQL', async () => {
  await keepsNone(targets().schema());
});
