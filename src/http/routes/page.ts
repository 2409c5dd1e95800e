import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { FrontdeskError } from '../../protocol/errors.ts';
import type { Face } from '../face.ts';
import { pagePolicy } from '../middleware/security-headers.ts';
import { type App, addRoute } from '../route.ts';

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
/** One name in one folder: nothing that leads elsewhere. */
const FILE_NAME = /^[\w-][\w.-]{0,199}$/;
const FOREVER = 'public, max-age=31536000, immutable';
const binary = z.string().openapi({ format: 'binary' });

/** The chat page as it was built. */
export function pageRoutes(app: App, face: Face): void {
  const { webFolder, origins } = face.settings;
  const route = { app, face };
  const page = { method: 'get', tag: 'Server', access: 'anyone' } as const;
  const policy = pagePolicy(origins);

  addRoute(
    route,
    {
      ...page,
      path: '/',
      summary: 'The chat page',
      answers: { 200: { description: 'HTML.', content: { 'text/html': z.string() } } },
      errors: ['not_found'],
    },
    async () => {
      const file = await readPageFile(webFolder, 'index.html');
      if (!file) throw new FrontdeskError('not_found', 'The page was not built: run npm run build:web.');
      return fileAnswer(file, 'index.html', { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy });
    },
  );

  addRoute(
    route,
    {
      ...page,
      path: '/assets/{file}',
      summary: 'A file of the chat page',
      description: 'Its name changes with its content, so that it may be kept for ever.',
      answers: { 200: { description: 'The file.', content: { '*/*': binary } } },
      errors: ['not_found'],
    },
    async ({ context }) => {
      const name = context.req.param('file') ?? '';
      const file = FILE_NAME.test(name) ? await readPageFile(webFolder, 'assets', name) : null;
      if (!file) throw new FrontdeskError('not_found');
      return fileAnswer(file, name, { 'Cache-Control': FOREVER });
    },
  );

  addRoute(
    route,
    {
      ...page,
      path: '/favicon.ico',
      summary: "The browsers' icon",
      answers: {
        200: { description: 'The icon.', content: { 'image/x-icon': binary } },
        204: { description: 'None.' },
      },
    },
    async () => {
      const file = await readPageFile(webFolder, 'favicon.ico');
      const headers = { 'Cache-Control': 'public, max-age=86400' };
      return file ? fileAnswer(file, 'favicon.ico', headers) : new Response(null, { status: 204, headers });
    },
  );
}

/** Read anew each time, so that a build is seen without a restart; null where there is no such file. */
async function readPageFile(folder: string | null, ...path: string[]): Promise<Uint8Array<ArrayBuffer> | null> {
  if (folder === null) return null;
  return readFile(join(folder, ...path)).catch(() => null);
}

function fileAnswer(file: Uint8Array<ArrayBuffer>, name: string, headers: Record<string, string>): Response {
  const type = CONTENT_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  return new Response(file, { headers: { 'Content-Type': type, ...headers } });
}
