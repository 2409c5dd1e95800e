import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { EVENT_DESCRIPTIONS } from '../../src/http/event-types.ts';
import { STATUSES } from '../../src/protocol/conversation.ts';
import { ERRORS } from '../../src/protocol/errors.ts';
import { testDesk } from './test-desk.ts';

type Operation = { responses: Record<string, { description: string; content?: object }>; security?: object[] };

const readDocs = () => readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');

describe('the API described by itself', () => {
  test('every route of the app is in the document, with its answers', async () => {
    const { app } = await testDesk();
    const response = await app.request('/openapi.json');
    expect(response.headers.get('Content-Type')).toBe('application/json');
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, Operation>> };
    expect(document.openapi).toBe('3.1.0');
    const routes = app.routes.filter(({ method }) => method !== 'ALL');
    expect(routes.length).toBeGreaterThanOrEqual(18);
    for (const { method, path } of routes) {
      const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect(operation, `${method} ${path}`).toBeDefined();
      const answers = Object.entries(operation?.responses ?? {});
      expect(answers.some(([status]) => status.startsWith('2'))).toBe(true);
      for (const [, answer] of answers) expect(answer.description).not.toBe('');
    }
    const { responses } = document.paths['/v1/conversations/{id}/messages']?.post ?? { responses: {} };
    expect(Object.keys(responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
    expect(Object.keys(responses['200']?.content ?? {})).toEqual(['application/json', 'text/event-stream']);
    for (const code of ['conversation_closed', 'idempotency_key_reused']) {
      expect(responses['409']?.description).toContain(code);
    }
  });

  test('every reference in the document leads somewhere', async () => {
    const { app } = await testDesk();
    const text = await (await app.request('/openapi.json')).text();
    const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(components.schemas).toHaveProperty(name);
  });

  test('the page shows every route and code, without a script or a foreign address', async () => {
    const { app } = await testDesk();
    const response = await app.request('/docs');
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const html = await response.text();
    for (const { method, path } of app.routes.filter((route) => route.method !== 'ALL')) {
      expect(html).toContain(`<h3><b>${method}</b> <code>${path.replace(/:(\w+)/g, '{$1}')}</code></h3>`);
    }
    for (const code of Object.keys(ERRORS)) expect(html).toContain(`<code>${code}</code>`);
    expect(html).not.toMatch(/<script|<img|<link|https?:|undefined|\[object/);
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor);
    for (const anchor of anchors) expect(html).toContain(`id="${anchor}"`);
  });

  test('docs/api.md has every error, event, status and route', async () => {
    const { app } = await testDesk();
    const docs = await readDocs();
    for (const [code, [status]] of Object.entries(ERRORS)) expect(docs).toContain(`| \`${code}\` | ${status} |`);
    for (const type of Object.keys(EVENT_DESCRIPTIONS)) expect(docs).toContain(`| \`${type}\` |`);
    for (const status of STATUSES) expect(docs).toContain(`| \`${status}\` |`);
    for (const { method, path } of app.routes.filter((route) => route.method !== 'ALL')) {
      expect(docs).toContain(`\`${method} ${path.replace(/:(\w+)/g, '{$1}')}\``);
    }
  });
});
