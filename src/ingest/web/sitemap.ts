import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { pageAddress } from './page-address.ts';
import { readMarkup } from './read-markup.ts';

/** `changedBefore`: the latest moment, in milliseconds since 1970, at which the page can have changed; null where it is not said. */
export type SitemapEntry = { url: string; changedBefore: number | null };

export type Sitemap = { kind: 'index' | 'pages'; entries: readonly SitemapEntry[] };

export type SitemapOptions = { maxBytes: number; maxEntries: number };

const DAY_MS = 86_400_000;

/**
 * Reads a sitemap: XML, an index of sitemaps, or plain text with an address a line; any of them compressed with gzip.
 * Null for anything else. Entities that the file declares itself are never expanded.
 */
export async function parseSitemap(bytes: Uint8Array, options: SitemapOptions): Promise<Sitemap | null> {
  const plain = await decompress(bytes, options.maxBytes);
  if (!plain) return null;
  const text = new TextDecoder().decode(plain);
  return text.trimStart().startsWith('<') ? readXml(text, options) : readText(text, options);
}

async function decompress(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | null> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return promisify(gunzip)(bytes, { maxOutputLength: maxBytes }).catch(() => null);
}

async function readXml(text: string, { maxEntries }: SitemapOptions): Promise<Sitemap | null> {
  let kind: Sitemap['kind'] | null = null;
  const entries: SitemapEntry[] = [];
  const path: string[] = [];
  let loc = '';
  let lastmod = '';
  await readMarkup(text, 'xml', {
    open(name) {
      if (path.length === 0) kind ??= rootKind(name);
      if (path.push(name) === 2) [loc, lastmod] = ['', ''];
    },
    text(part) {
      // Deeper elements, such as the address of an image, have a `loc` of their own.
      if (path.length !== 3) return;
      if (path[2] === 'loc') loc += part;
      if (path[2] === 'lastmod') lastmod += part;
    },
    close() {
      if (path.length === 2 && entries.length < maxEntries) entries.push(...entryOf(loc, lastmod));
      path.pop();
    },
  });
  return kind && { kind, entries };
}

function rootKind(name: string): Sitemap['kind'] | null {
  if (name === 'sitemapindex') return 'index';
  return name === 'urlset' ? 'pages' : null;
}

/** A file that lists no address at all is not a sitemap, but perhaps a page that says "not found". */
function readText(text: string, { maxEntries }: SitemapOptions): Sitemap | null {
  const entries = text.split(/\r\n|\r|\n/, maxEntries).flatMap((line) => entryOf(line, ''));
  return entries.length > 0 ? { kind: 'pages', entries } : null;
}

function entryOf(loc: string, lastmod: string): SitemapEntry[] {
  const url = pageAddress(loc.trim());
  return url === null ? [] : [{ url, changedBefore: endOf(lastmod.trim()) }];
}

/** A date without a time stands for the whole day, in whatever time zone: until noon of the next in UTC. */
function endOf(lastmod: string): number | null {
  const time = Date.parse(lastmod);
  if (!Number.isFinite(time)) return null;
  return lastmod.includes('T') ? time : time + 1.5 * DAY_MS;
}
