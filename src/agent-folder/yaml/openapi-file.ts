import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { guardedFetch } from '../../net/guarded-fetch.ts';
import { type OpenApiDocument, openDocument } from '../../tools/openapi/document.ts';

const LARGEST = 20_000_000;
const FETCH_MS = 30_000;

type Found = { document: OpenApiDocument; from: string | null };

/**
 * The description that a file names: another file of the folder, beside the one that names it, or an https address, which
 * is asked once. A sentence where it cannot be read. `from` is the address that it came from.
 */
export async function readDescription(
  named: string,
  { root, file }: { root: string; file: string },
): Promise<Found | { problem: string }> {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(named);
  const read = isAddress ? await fetched(named) : await fromFolder(named, { root, file });
  if ('problem' in read) return read;
  try {
    const text = read.text.replace(/^\uFEFF/, '');
    // Keys are not compared with each other: in a map of thousands of paths that takes longer than the rest.
    const options = { merge: true, logLevel: 'error', uniqueKeys: false } as const;
    const document = openDocument(/^\s*\{/.test(text) ? JSON.parse(text) : parse(text, options));
    return 'problem' in document ? document : { document, from: isAddress ? named : null };
  } catch (error) {
    const [summary = ''] = String((error as Error).message).split('\n');
    return { problem: `cannot be read: ${summary}` };
  }
}

async function fromFolder(
  named: string,
  at: { root: string; file: string },
): Promise<{ text: string } | { problem: string }> {
  const path = resolve(at.root, dirname(at.file), named);
  if (relative(at.root, path).split(sep)[0] === '..') return { problem: 'lies outside the agent folder' };
  try {
    if ((await stat(path)).size > LARGEST) return { problem: `is larger than ${LARGEST / 1_000_000} MB` };
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { problem: missing ? `there is no ${join(dirname(at.file), named)}` : 'cannot be read' };
  }
}

/** The address is the author's, and may be in a network of their own; where it redirects to may not. */
async function fetched(address: string): Promise<{ text: string } | { problem: string }> {
  const url = URL.parse(address);
  const isNear = url && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isNear))) {
    return { problem: 'expected a file of the folder or an https address' };
  }
  const answer = await guardedFetch(address, {
    headers: { accept: 'application/json, application/yaml;q=0.9, */*;q=0.5', 'user-agent': 'Frontdesk' },
    network: { trusted: [url.origin] },
    maxBytes: LARGEST,
    timeoutMs: FETCH_MS,
  });
  if (!answer.ok) return { problem: `cannot be fetched: ${answer.problem.message}` };
  if (answer.status !== 200) return { problem: `cannot be fetched: ${url.host} answers ${answer.status}` };
  return { text: new TextDecoder().decode(answer.bytes) };
}
