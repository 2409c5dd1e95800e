import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDesk } from './test-desk.ts';

async function builtPage(): Promise<string> {
  const outer = await mkdtemp(join(tmpdir(), 'frontdesk-web-'));
  onTestFinished(() => rm(outer, { recursive: true }));
  const folder = join(outer, 'web');
  await mkdir(join(folder, 'assets', 'inner'), { recursive: true });
  await writeFile(join(outer, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Chat</title>');
  await writeFile(join(folder, 'widget.js'), 'plain();');
  await writeFile(join(folder, 'widget.js.gz'), 'packed');
  await writeFile(join(folder, 'assets', 'page-1a2b.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'page-1a2b.css'), 'p {}');
  await writeFile(join(folder, 'assets', 'icon-1a2b.svg'), '<svg/>');
  await writeFile(join(folder, 'assets', 'inner', 'deep.js'), '1');
  return folder;
}

test('the built page is served with its files', async () => {
  const { app } = await testDesk({ settings: { webFolder: await builtPage() } });
  const page = await app.request('/');
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>Chat</title>']);
  expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('Cache-Control')).toBe('no-cache');
  const policy = page.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'self' https://shop.example");
  expect(policy).not.toMatch(/unsafe|\*/);
  for (const [name, type] of [
    ['page-1a2b.js', 'text/javascript; charset=utf-8'],
    ['page-1a2b.css', 'text/css; charset=utf-8'],
    ['icon-1a2b.svg', 'image/svg+xml'],
  ]) {
    const file = await app.request(`/assets/${name}`);
    expect([file.status, file.headers.get('Content-Type')]).toEqual([200, type]);
    expect(file.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('X-Content-Type-Options')).toBe('nosniff');
  }
});

test('the widget may be loaded by any site, briefly kept, and is not sent twice', async () => {
  const { app } = await testDesk({ settings: { webFolder: await builtPage() } });
  const plain = await app.request('/widget.js', { headers: { Origin: 'https://other.example' } });
  expect([plain.status, await plain.text()]).toEqual([200, 'plain();']);
  expect(Object.fromEntries(plain.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Accept-Encoding',
  });
  const packed = await app.request('/widget.js', { headers: { 'Accept-Encoding': 'br, gzip' } });
  expect([packed.headers.get('Content-Encoding'), await packed.text()]).toEqual(['gzip', 'packed']);
  expect((await app.request('/widget.js', { headers: { 'Accept-Encoding': 'gzip;q=0' } })).headers.get('ETag')).toBe(
    plain.headers.get('ETag'),
  );
  const again = await app.request('/widget.js', {
    headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': packed.headers.get('ETag') ?? '' },
  });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const asset = await app.request('/assets/page-1a2b.js');
  expect(asset.headers.get('Access-Control-Allow-Origin')).toBe('*');
});

test.each([
  '/assets/..%2findex.html',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e%2findex.html',
  '/assets/..%5c..%5csecret.txt',
  '/assets/.hidden',
  '/assets/inner',
  '/assets/inner/deep.js',
  '/assets/inner%2fdeep.js',
  '/assets/page-1a2b.js%00.css',
  '/assets/%00',
  `/assets/${'a'.repeat(5_000)}`,
  '/assets/',
  '/index.html',
  '/../secret.txt',
])('%s leads nowhere', async (path) => {
  const { app } = await testDesk({ settings: { webFolder: await builtPage() } });
  const response = await app.request(path);
  expect([response.status, (await response.json()).error.code]).toEqual([404, 'not_found']);
});

test('without a built page the address says what to do, and there is no icon', async () => {
  const { app } = await testDesk();
  const page = await app.request('/');
  expect(page.status).toBe(404);
  expect((await page.json()).error.message).toContain('npm run build:web');
  expect((await app.request('/favicon.ico')).status).toBe(204);
});

test('who answers, and whether the server lives, is public', async () => {
  const { app } = await testDesk();
  expect(await (await app.request('/v1/agent')).json()).toEqual({
    id: 'test-agent',
    name: 'Ada',
    company: 'Test Company',
    offline: true,
    model: 'scripted',
    contact: { phone: '555-0100', hours: 'Mon-Fri 9-5' },
  });
  expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
  expect(await (await app.request('/readyz')).json()).toEqual({ status: 'ready' });
});
