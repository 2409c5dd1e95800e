import type { KnowledgeItem } from '../knowledge/store.ts';
import type { WebSourceSpec } from '../knowledge/web-sources.ts';
import type { NetworkPolicy } from '../net/addresses.ts';
import type { Found, Source } from './source.ts';
import { readWeb } from './web/read-web.ts';
import type { KnownPage, WebItem, WebLimits, WebSource } from './web/web-source.ts';

export type SiteOptions = {
  spec: WebSourceSpec;
  /** What the sites' owners see. */
  userAgent: string;
  network: NetworkPolicy;
};

/** Pages of the web. Keys, which are also the documents' ids, are addresses. */
export function siteSource({ spec, userAgent, network }: SiteOptions): Source {
  return {
    id: `web:${spec.name}`,
    kind: 'web',
    name: spec.name,
    spec: JSON.stringify(spec),
    async *items(items, { signal, fresh, expect }) {
      const known = new Map([...items.values()].flatMap((item) => knownPage(item, fresh)));
      const seen = new Set<string>();
      let problems = 0;
      const limits = withoutUndefined({ pages: spec.limits.pages, depth: spec.limits.depth });
      const onProgress = ({ found }: { found: number }) => expect?.(found);
      const options = { userAgent, known, network, limits, signal, onProgress };
      for await (const item of readWeb(toWebSource(spec), options)) {
        const found = toFound(item, spec);
        seen.add(found.key);
        if (found.kind === 'problem') problems += 1;
        yield found;
      }
      // A page that a list no longer names, or one that never could be read, is not asked for any more.
      const isWhole = spec.what.kind === 'pages' && problems === 0;
      for (const [key, item] of items) {
        if (!seen.has(key) && (isWhole || item.documents === 0)) yield { key, kind: 'gone' };
      }
    },
  };
}

function toFound(item: WebItem, { language, labels }: WebSourceSpec): Found {
  if ('unchanged' in item) return { key: item.unchanged, kind: 'unchanged' };
  if ('gone' in item) return { key: item.gone, kind: 'gone' };
  if ('problem' in item) return { key: item.url, kind: 'problem', problem: item.problem };
  const { url, canonicalUrl, bytes, contentType, etag, lastModified } = item;
  return {
    key: url,
    kind: 'content',
    file: { name: url, bytes, url: canonicalUrl, contentType: contentType || null },
    marks: { language, labels, foreign: true },
    stamp: `${item.fetchedAt} ${item.sha256}`,
    etag,
    lastModified,
  };
}

/** With `fresh` the page is met again, but read whatever its server says of it. */
function knownPage(item: KnowledgeItem, fresh: boolean): [string, KnownPage][] {
  const [fetchedAt, sha256] = item.stamp?.split(' ') ?? [];
  if (!fetchedAt || !sha256) return [];
  const validators = fresh
    ? { etag: null, lastModified: null, fetchedAt: 0 }
    : { etag: item.etag, lastModified: item.lastModified, fetchedAt: Number(fetchedAt) };
  return [[item.key, { sha256, ...validators }]];
}

function toWebSource({ what }: WebSourceSpec): WebSource {
  if (what.kind === 'pages') return what;
  return { kind: what.kind, url: what.url, ...(what.prefix === undefined ? {} : { prefix: what.prefix }) };
}

function withoutUndefined({ pages, depth }: WebSourceSpec['limits']): Partial<WebLimits> {
  return { ...(pages === undefined ? {} : { pages }), ...(depth === undefined ? {} : { depth }) };
}
