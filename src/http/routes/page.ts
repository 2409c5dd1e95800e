import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { FrontdeskError } from '../../protocol/errors.ts';
import type { Face, HttpContext } from '../face.ts';
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
const SHORTLY = 'public, max-age=300, stale-while-revalidate=86400';
/** Any site may load the files: they are the same for everyone, and who may use the API is decided there. */
const FOR_ALL = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
const binary = z.string().openapi({ format: 'binary' });

/** The widget and the chat page as they were built. */
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
    async ({ context }) => {
      const headers = { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy };
      return fileAnswer(context, await pageFile(webFolder, 'index.html'), { name: 'index.html', headers });
    },
  );

  addRoute(
    route,
    {
      ...page,
      path: '/widget.js',
      summary: 'The widget',
      description: 'The script that a site puts in its pages.',
      answers: { 200: { description: 'JavaScript.', content: { '*/*': binary } }, 304: { description: 'As it was.' } },
      errors: ['not_found'],
    },
    async ({ context }) => {
      const headers = { 'Cache-Control': SHORTLY, ...FOR_ALL };
      return fileAnswer(context, await pageFile(webFolder, 'widget.js'), { name: 'widget.js', headers });
    },
  );

  addRoute(
    route,
    {
      ...page,
      path: '/assets/{file}',
      summary: 'A file of the widget or the page',
      description: 'Its name changes with its content, so that it may be kept for ever.',
      answers: { 200: { description: 'The file.', content: { '*/*': binary } }, 304: { description: 'As it was.' } },
      errors: ['not_found'],
    },
    async ({ context }) => {
      const name = context.req.param('file') ?? '';
      const file = FILE_NAME.test(name) ? await readPageFile(webFolder, 'assets', name) : null;
      if (!file) throw new FrontdeskError('not_found');
      return fileAnswer(context, file, { name, headers: { 'Cache-Control': FOREVER, ...FOR_ALL } });
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
    async ({ context }) => {
      const file = await readPageFile(webFolder, 'favicon.ico');
      const headers = { 'Cache-Control': 'public, max-age=86400' };
      if (!file) return new Response(null, { status: 204, headers });
      return fileAnswer(context, file, { name: 'favicon.ico', headers });
    },
  );
}

type PageFile = { plain: Uint8Array<ArrayBuffer>; gzip: Uint8Array<ArrayBuffer> | null };

async function pageFile(folder: string | null, name: string): Promise<PageFile> {
  const file = await readPageFile(folder, name);
  if (!file) throw new FrontdeskError('not_found', 'The page was not built: run npm run build:web.');
  return file;
}

/** Read anew each time, so that a build is seen without a restart; null where there is no such file. */
async function readPageFile(folder: string | null, ...path: string[]): Promise<PageFile | null> {
  if (folder === null) return null;
  const file = join(folder, ...path);
  const [plain, gzip] = await Promise.all([file, `${file}.gz`].map((name) => readFile(name).catch(() => null)));
  return plain ? { plain, gzip: gzip ?? null } : null;
}

type FileFacts = { name: string; headers: Record<string, string> };

/** The file, compressed where the build has done so and the client takes it, or 304 where the client has it. */
function fileAnswer({ req }: HttpContext, { plain, gzip }: PageFile, { name, headers }: FileFacts): Response {
  const packed = gzip !== null && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(req.header('Accept-Encoding') ?? '');
  const body = packed ? gzip : plain;
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const all = {
    'Content-Type': CONTENT_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream',
    ETag: tag,
    ...(gzip ? { Vary: 'Accept-Encoding' } : {}),
    ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
    ...headers,
  };
  const known = (req.header('If-None-Match') ?? '')
    .split(',')
    .some((given) => given.trim().replace(/^W\//, '') === tag);
  return known ? new Response(null, { status: 304, headers: all }) : new Response(body, { headers: all });
}
