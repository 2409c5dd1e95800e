import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openNode } from '../ingest/open-node.ts';
import { OPERATOR_TOKEN, testDesk } from './test-desk.ts';

type Body = { json: unknown } | { bytes: string | Uint8Array<ArrayBuffer>; type: string };

/** A desk over a folder with one article, and what its index finds. */
async function openDesk() {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-push-'));
  const folder = join(root, 'knowledge');
  mkdirSync(folder);
  writeFileSync(join(folder, 'apples.md'), '# Apples\n\nApples are red.\n');
  let index: Awaited<ReturnType<typeof openNode>>['index'] | undefined;
  const { app } = await testDesk({
    async upkeep(store) {
      const knowledge = await openNode({ store: store.knowledge, agent: 'test-agent', folder });
      index = knowledge.index;
      onTestFinished(async () => {
        await knowledge.close();
        rmSync(root, { recursive: true });
      });
      return knowledge.upkeep;
    },
  });
  const call = async (method: string, path: string, body?: Body, token = OPERATOR_TOKEN) => {
    const type = body && 'type' in body ? body.type : 'application/json';
    const init: RequestInit = { method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': type } };
    if (body) init.body = 'json' in body ? JSON.stringify(body.json) : body.bytes;
    const answer = await app.request(`/v1/operator/knowledge${path}`, init);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const finds = async (query: string) => {
    const found = await index?.search({ query, limit: 5 });
    return found?.passages.map(({ passage }) => passage) ?? [];
  };
  return { call, finds, folder };
}

describe('knowledge over HTTP', () => {
  test('a document is sent, found, replaced whole and removed', async () => {
    const { call, finds } = await openDesk();
    const json = {
      title: 'Returns',
      text: 'You can send it back within thirty days.\n\n## Damaged\n\nWe collect it.',
      url: 'https://shop.example/returns',
      language: 'en',
      labels: { product: 'bike' },
    };
    expect(await call('PUT', '/documents/returns%2Feu', { json })).toEqual({ status: 200, body: { changed: true } });
    await expect
      .poll(() => finds('send back'))
      .toMatchObject([
        { documentId: 'push/returns/eu', title: 'Returns', url: json.url, language: 'en', labels: json.labels },
      ]);
    expect(await call('PUT', '/documents/returns%2Feu', { json })).toEqual({ status: 200, body: { changed: false } });
    const shorter = { ...json, text: 'You can send it back within sixty days.' };
    expect((await call('PUT', '/documents/returns%2Feu', { json: shorter })).body).toEqual({ changed: true });
    await expect.poll(() => finds('thirty damaged collect')).toEqual([]);
    expect(await finds('sixty')).toHaveLength(1);
    expect((await call('DELETE', '/documents/returns%2Feu')).status).toBe(204);
    await expect.poll(() => finds('sixty')).toEqual([]);
    expect((await call('DELETE', '/documents/returns%2Feu')).body.error.code).toBe('document_not_found');
  });

  test('files of several types are taken, what cannot be read changes nothing', async () => {
    const { call, finds } = await openDesk();
    const csv = 'question,answer\nDo you ship to Norway?,"Yes, within a week."\n';
    expect((await call('PUT', '/documents/faq', { bytes: csv, type: 'text/csv' })).body).toEqual({ changed: true });
    await expect.poll(() => finds('ship Norway')).toMatchObject([{ title: 'Do you ship to Norway?' }]);
    const html = readFileSync(new URL('../fixtures/documents/blog-page.html', import.meta.url));
    const page = { bytes: Uint8Array.from(html), type: 'text/html; charset=utf-8' };
    expect((await call('PUT', '/documents/blog?title=Our%20blog', page)).status).toBe(200);
    const broken = { bytes: 'not a PDF', type: 'application/pdf' };
    expect(await call('PUT', '/documents/faq', broken)).toMatchObject({
      status: 422,
      body: { error: { code: 'unreadable_document' } },
    });
    expect(await finds('ship Norway')).toHaveLength(1);
    const { items } = (await call('GET', '/documents')).body;
    expect(items.map(({ source, key }: Record<string, string>) => `${source} ${key}`)).toEqual([
      'folder apples.md',
      'push blog',
      'push faq',
    ]);
  });

  test('what is wrong with a request is said with its code', async () => {
    const { call } = await openDesk();
    const codeOf = async (...request: Parameters<typeof call>) => (await call(...request)).body.error.code;
    expect(await codeOf('PUT', '/documents/x', { json: { text: 5 } })).toBe('invalid_request');
    expect(await codeOf('PUT', '/documents/x', { json: { text: 'a', titel: 'b' } })).toBe('invalid_request');
    expect(await codeOf('PUT', '/documents/x', { json: { text: 'no title' } })).toBe('unreadable_document');
    expect(await codeOf('PUT', '/documents/x', { json: { title: 'Empty', text: '  ' } })).toBe('unreadable_document');
    expect(await codeOf('PUT', '/documents/x%0Ay', { json: { title: 'a', text: 'b' } })).toBe('invalid_request');
    expect(await codeOf('PUT', '/documents/x', { bytes: 'x', type: 'image/png' })).toBe('unsupported_media_type');
    const large = { bytes: new Uint8Array(20 * 1024 * 1024 + 1), type: 'text/plain' };
    expect(await codeOf('PUT', '/documents/x', large)).toBe('body_too_large');
    expect(await codeOf('GET', '/documents?after=%21')).toBe('invalid_request');
    expect(await codeOf('PUT', '/documents/x', { json: { text: 'a' } }, 'a-wrong-token-of-the-tests')).toBe(
      'operator_unauthorized',
    );
    expect(await codeOf('GET', '', undefined, 'a-wrong-token-of-the-tests')).toBe('operator_unauthorized');
  });

  test('the folder is looked at when it is asked for, and the state says what it came to', async () => {
    const { call, finds, folder } = await openDesk();
    expect((await call('GET', '')).body).toMatchObject({
      agent: 'test-agent',
      passages: 1,
      running: false,
      last: null,
    });
    writeFileSync(join(folder, 'pears.md'), '# Pears\n\nPears are green.\n');
    writeFileSync(join(folder, 'broken.md'), '---\nurl: x\n---\n# Broken\n');
    expect(await call('POST', '/sync')).toEqual({ status: 202, body: { running: true } });
    await expect.poll(async () => (await call('GET', '')).body.last).not.toBeNull();
    const state = (await call('GET', '')).body;
    expect(state).toMatchObject({
      running: false,
      sources: [{ id: 'folder', items: 3, documents: 2, failed: 1 }],
      last: { found: 3, changed: 1, unchanged: 1, removed: 0, failed: 1 },
    });
    expect(state.last.failures).toMatchObject([{ key: 'broken.md', problem: { code: 'bad_front_matter' } }]);
    await expect.poll(() => finds('pears')).toHaveLength(1);
    const first = (await call('GET', '/documents?limit=2')).body;
    expect(first.items).toHaveLength(2);
    const second = (await call('GET', `/documents?limit=2&after=${first.next}`)).body;
    expect(second.items.map(({ key }: { key: string }) => key)).toEqual(['pears.md']);
    expect(second.next).toBeNull();
  });
});
