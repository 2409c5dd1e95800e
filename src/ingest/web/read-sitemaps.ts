import type { Hosts } from './hosts.ts';
import { parseSitemap, type SitemapEntry } from './sitemap.ts';
import type { WebLimits, WebProblem } from './web-source.ts';

type Read = SitemapEntry & { /** The sitemap that it is in, after redirects. */ sitemap: string };
type Failed = { url: string; problem: WebProblem };

/** An index of sitemaps may list others; nobody nests deeper. */
const DEEPEST = 2;

/** The addresses in sitemaps and in those that they list, each sitemap once; what cannot be read is a problem, the rest goes on. */
export async function* readSitemaps(
  urls: readonly string[],
  { hosts, limits }: { hosts: Hosts; limits: WebLimits },
): AsyncGenerator<Read | Failed> {
  const queue = urls.map((url) => ({ url, depth: 0 }));
  const met = new Set<string>();
  for (let next = queue.shift(); next && met.size < limits.sitemaps; next = queue.shift()) {
    const { url, depth } = next;
    if (met.has(url)) continue;
    met.add(url);
    const answer = await hosts.fetch(url, { maxRedirects: 5 });
    if (!answer.ok) {
      yield { url, problem: answer.problem };
      continue;
    }
    if (answer.status !== 200) {
      yield { url, problem: { code: 'http_status', message: `The sitemap cannot be read: ${answer.status}.` } };
      continue;
    }
    const bounds = { maxBytes: limits.pageBytes, maxEntries: limits.pages * 2 };
    const sitemap = await parseSitemap(answer.bytes, bounds);
    if (!sitemap || (sitemap.kind === 'index' && depth >= DEEPEST)) {
      yield {
        url,
        problem: {
          code: 'bad_sitemap',
          message: 'This is not a sitemap: neither XML of that kind nor a list of addresses.',
        },
      };
      continue;
    }
    for (const entry of sitemap.entries) {
      if (sitemap.kind === 'pages') yield { ...entry, sitemap: answer.url };
      else queue.push({ url: entry.url, depth: depth + 1 });
    }
  }
  if (queue.length > 0) {
    const message = `There are more than ${limits.sitemaps} sitemaps; the others were not read.`;
    yield { url: queue[0]?.url ?? '', problem: { code: 'page_limit', message } };
  }
}
