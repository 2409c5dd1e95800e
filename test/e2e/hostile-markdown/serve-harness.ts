import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import widget from '../../../web/vite.config.ts';

const TYPES: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript' };

/**
 * Builds the harness as the widget is built and serves it without any policy: nothing but our own code stands between
 * a text and the browser.
 */
export async function serveHarness(): Promise<{ url: string; close(): Promise<void> }> {
  const files = new Map<string, string | Uint8Array>();
  const built = (await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    resolve: widget.resolve ?? {},
    oxc: widget.oxc ?? {},
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      rolldownOptions: { input: fileURLToPath(new URL('harness.html', import.meta.url)) },
    },
  })) as Rolldown.RolldownOutput;
  for (const file of built.output) files.set(`/${file.fileName}`, file.type === 'asset' ? file.source : file.code);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const content = files.get(path);
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain';
    response.writeHead(content === undefined ? 404 : 200, { 'Content-Type': type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/harness.html`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
