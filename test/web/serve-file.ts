import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

type FileRequest = { root: string | undefined; path: string; response: ServerResponse; csp: string };

/** Answers with a file of the built page under the policy that the real server sets. */
export async function serveFile({ root, path, response, csp }: FileRequest): Promise<void> {
  const name = path === '/' ? 'index.html' : normalize(path).replace(/^[/.]+/, '');
  try {
    const content = await readFile(join(root ?? '/nowhere', name));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    const headers = { 'Content-Type': type, 'Content-Security-Policy': csp, 'Access-Control-Allow-Origin': '*' };
    response.writeHead(200, headers).end(content);
  } catch {
    response.writeHead(404).end();
  }
}
