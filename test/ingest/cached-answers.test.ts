import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';

const LIBRARY = fileURLToPath(new URL('../agents/harbor-library', import.meta.url));
const TOKEN = 'a-token-of-the-tests';

test('what is deleted is gone from the search, and so are the answers that rested on it', async () => {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-answers-'));
  const agent = join(root, 'library');
  cpSync(LIBRARY, agent, { recursive: true });
  const article = join(agent, 'knowledge', 'ferry.md');
  writeFileSync(article, '# The ferry\n\nThe ferry to the island leaves at noon.\n');
  const frontdesk = await compose(
    readConfig({
      ...{
        FRONTDESK_AGENT: agent,
        FRONTDESK_DATA: join(root, 'data'),
        FRONTDESK_ENCODER: 'off',
        FRONTDESK_LOG: 'silent',
      },
      ...{ FRONTDESK_OPERATOR_TOKEN: TOKEN, FRONTDESK_REHEARSAL: 'off' },
    }),
  );
  onTestFinished(async () => {
    await frontdesk.close();
    rmSync(root, { recursive: true });
  });
  frontdesk.begin();
  const { answers } = frontdesk.desk.store;
  const now = Date.now();
  const version = frontdesk.desk.defaultAgent.knowledgeVersion;
  const answer = {
    ...{ id: 'answer_1', conversationId: 'conv_1', agent: 'library', knowledgeVersion: version },
    ...{ scope: 'scope', wording: 'when does the ferry leave', content: null, question: 'When does the ferry leave?' },
    reply: { spoken: [], passages: [], tookMs: 1, usage: [] },
    createdAt: now,
    until: now + 60_000,
  };
  await answers.put(answer, 10);
  const kept = () => answers.find(answer.scope, answer.wording, now);
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const sync = () => frontdesk.app.request('/v1/operator/knowledge/sync', { method: 'POST', headers });
  const finds = async () => {
    const found = await frontdesk.desk.defaultAgent.firstSearch(
      ['When does the ferry to the island leave?'],
      'general',
    );
    return JSON.stringify(found.passages).includes('leaves at noon');
  };
  expect([await finds(), await kept()]).toEqual([true, answer]);
  expect((await sync()).status).toBe(202);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await kept()).toEqual(answer);
  rmSync(article);
  await sync();
  await expect.poll(finds).toBe(false);
  await expect.poll(kept).toBeNull();
  expect(frontdesk.desk.defaultAgent.knowledgeVersion).not.toBe(version);
});
