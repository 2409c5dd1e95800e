import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readWeb } from '../../../src/ingest/web/read-web.ts';
import {
  type KnownPage,
  type ReadWebOptions,
  userAgent,
  type WebItem,
  type WebLimits,
  type WebPage,
  type WebProgress,
  type WebSource,
} from '../../../src/ingest/web/web-source.ts';
import { closeServers, LOOPBACK, serve, type TestServer } from './servers.ts';

afterEach(closeServers);

type Page = string | ((request: IncomingMessage, response: ServerResponse) => void);
type Pages = Record<string, Page>;

const QUICK: Partial<WebLimits> = { delayMs: 0, retryMs: 1, timeoutMs: 2000 };
const OPTIONS: ReadWebOptions = {
  userAgent: userAgent('1.2.3', 'https://shop.test/bot'),
  network: LOOPBACK,
  limits: QUICK,
};

/** A site whose pages may change while it runs; without a robots.txt unless one is given. */
function site(pages: Pages, host?: string): Promise<TestServer> {
  return serve((request, response) => {
    const page = pages[request.url ?? ''] ?? pages[(request.url ?? '').split('?')[0] ?? ''];
    if (page === undefined)
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1><a href="/lost">');
    else if (typeof page === 'function') page(request, response);
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  }, host);
}

const file = (type: string, content: string | Buffer) => (_: IncomingMessage, response: ServerResponse) =>
  void response.setHeader('content-type', type).end(content);
const status =
  (code: number, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(code, headers).end();
const to = (location: string, code = 302) => status(code, { location });
const html = (text: string, ...links: string[]) =>
  `<!doctype html><title>${text}</title><p>${text}</p>${links.map((link) => `<a href="${link}">x</a>`).join('')}`;

type Result = {
  pages: WebPage[];
  /** Paths, and what became of them: "/a", "/b problem: timeout", "/c gone: moved", "/d unchanged"; sorted. */
  lines: string[];
  known: Map<string, KnownPage>;
  progress: WebProgress;
};

async function read(source: WebSource, options: Partial<ReadWebOptions> = {}): Promise<Result> {
  const pages: WebPage[] = [];
  const items: WebItem[] = [];
  let progress = {} as WebProgress;
  const whole = { ...OPTIONS, ...options, limits: { ...QUICK, ...options.limits } };
  const onProgress = (now: WebProgress) => {
    progress = now;
  };
  for await (const item of readWeb(source, { ...whole, onProgress })) {
    items.push(item);
    if ('bytes' in item) pages.push(item);
  }
  const known = new Map(
    pages.map(({ url, etag, lastModified, sha256, fetchedAt }) => [url, { etag, lastModified, sha256, fetchedAt }]),
  );
  return { pages, known, progress, lines: items.map(line).sort() };
}

function line(item: WebItem): string {
  if ('bytes' in item) return short(item.url);
  if ('unchanged' in item) return `${short(item.unchanged)} unchanged`;
  if ('gone' in item) return `${short(item.gone)} gone: ${item.reason}`;
  return `${short(item.url)} problem: ${item.problem.code}`;
}

function short(url: string): string {
  return url.replace(/^http:\/\/127\.0\.0\.1:\d+/, '').replace(/:\d+/, '');
}

const crawl = (server: TestServer, path = '/'): WebSource => ({ kind: 'crawl', url: server.origin + path });
const list = (server: TestServer, ...paths: string[]) => paths.map((path) => server.origin + path);

describe('a crawl', () => {
  it('of 60 pages finds each once, with traps, files and pages that are left out', async () => {
    const articles = Array.from({ length: 50 }, (_, n) => `/help/article-${n}.html`);
    const pages: Pages = Object.fromEntries(
      articles.map((path, n) => [
        path,
        html(`Article ${n}`, '/', articles[n + 1] ?? '/end', `${path}?utm_source=mail#top`, '/help/'),
      ]),
    );
    let calendar = 0;
    const server = await site({
      ...pages,
      '/': html(
        'Home',
        '/help/',
        '/help/index.html',
        articles[0] ?? '',
        '/calendar',
        '/old',
        '/login',
        '/secret',
        '/broken',
        '/img.png',
        '/x/x/x/x/x',
      ),
      '/help/': html(
        'Help',
        ...articles.slice(0, 10),
        '/files/manual.pdf',
        '/files/form.docx',
        '/data',
        '/account',
        'https://other.test/',
      ),
      '/end': html('The end', '/nofollow', '/private/a', '/print?id=1'),
      '/calendar': (_, response) =>
        void response
          .setHeader('content-type', 'text/html')
          .end(html(`Month ${++calendar}`, `/calendar?month=${calendar}`, `/calendar?month=-${calendar}`)),
      '/old': to('/help/'),
      '/secret': '<meta name="robots" content="noindex">secret<a href="/behind">',
      '/behind': html('Behind a page that is not indexed'),
      '/broken': status(500),
      '/login': '<form><input type="password"></form>',
      '/account': status(403),
      '/data': file('application/vnd.ms-excel', 'x'),
      '/files/manual.pdf': file('application/pdf', '%PDF-1.7'),
      '/files/form.docx': file('application/octet-stream', 'PK'),
      '/nofollow': `<meta name="robots" content="nofollow">${html('Ends here', '/never')}`,
      '/never': html('Never linked but from there'),
      '/private/a': html('Private'),
      '/print?id=1': (_, response) =>
        void response
          .setHeader('content-type', 'text/html')
          .end('<link rel="canonical" href="/end">The end, for printing'),
      '/robots.txt': file('text/plain', 'User-agent: *\nDisallow: /private/\n'),
    });
    const { lines, pages: found, progress } = await read(crawl(server), { limits: { queriesPerPath: 6, depth: 100 } });
    const months = lines.filter((path) => path.startsWith('/calendar'));
    expect(months.length).toBeLessThanOrEqual(7);
    expect(lines.filter((path) => !path.startsWith('/calendar'))).toEqual(
      [
        '/',
        '/behind',
        '/broken problem: http_status',
        '/end',
        ...articles,
        '/help/',
        '/files/manual.pdf',
        '/files/form.docx',
        '/nofollow',
      ].sort(),
    );
    for (const never of ['/img.png', '/x/x/x/x/x', '/private/a', '/never', '/help/index.html', '/lost']) {
      expect(server.requests).not.toContain(`GET ${never}`);
    }
    expect(new Set(server.requests).size).toBe(server.requests.length);
    expect(found.find(({ url }) => url.endsWith('.docx'))).toMatchObject({ fileName: 'form.docx' });
    expect(progress).toMatchObject({
      found: progress.fetched,
      pages: found.length,
      problems: 1,
      gone: 0,
      unchanged: 0,
    });
  });

  it('stays below where it begins, and takes what robots.txt calls sitemaps too', async () => {
    const server = await site({
      '/help': html('Help', '/help/a', '/about', '/helpers', '//user@127.0.0.1/help/x', 'http://['),
      '/help/a': html('A', '/help/b'),
      '/help/b': html('B'),
      '/help/alone': html('Linked from nowhere'),
      '/about': html('About'),
      '/helpers': html('Helpers'),
      '/robots.txt': (_, response) => void response.end('Sitemap: map.txt\nSitemap: http://[\nSitemap:'),
      '/map.txt': (_, response) => void response.end(`${server.origin}/help/alone\n${server.origin}/about\n`),
    });
    expect((await read(crawl(server, '/help'))).lines).toEqual(['/help', '/help/a', '/help/alone', '/help/b']);
    const all = await read({ kind: 'crawl', url: `${server.origin}/help`, prefix: '/' });
    expect(all.lines).toEqual(['/about', '/help', '/help/a', '/help/alone', '/help/b', '/helpers']);
  });

  it('ends at its limits and says so', async () => {
    const server = await serve(({ url }, response) => {
      const n = Number(url?.slice(1));
      if (url === '/robots.txt') response.writeHead(404).end();
      else
        response
          .setHeader('content-type', 'text/html')
          .end(html(`Page ${n} ${'long '.repeat(2000)}`, `/${n + 1}`, `/${n + 2}`));
    });
    const all = { kind: 'crawl', url: `${server.origin}/0`, prefix: '/' } as const;
    const seven = await read(all, { limits: { pages: 7 } });
    expect([seven.pages.length, seven.lines]).toEqual([7, expect.arrayContaining(['/0 problem: page_limit'])]);
    expect((await read(all, { limits: { depth: 2 } })).lines).toEqual(['/0', '/1', '/2', '/3', '/4']);
    const bytes = await read(all, { limits: { bytes: 50_000 } });
    expect(bytes.progress.bytes).toBeLessThan(100_000);
    expect(bytes.lines).toContain('/0 problem: byte_limit');
    const late = await read(all, { limits: { totalMs: 60, delayMs: 20 } });
    expect(late.lines).toContain('/0 problem: time_limit');
    expect(late.pages.length).toBeLessThan(10);
  });

  it('follows the site to its own host, from http or without "www."', async () => {
    const server = await site({ '/': html('Home', '/a', 'http://shop.test/b'), '/a': html('A'), '/b': html('B') });
    const bare = await site({
      '/': (_, response) => void to(`http://www.shop.test:${server.port}/`, 301)(_, response),
    });
    const { lines } = await read({ kind: 'crawl', url: `http://shop.test:${bare.port}/` });
    expect(lines).toEqual(['http://www.shop.test/', 'http://www.shop.test/a']);
  });

  it('is polite: few at once, with a delay, and longer where robots.txt asks for it', async () => {
    let busy = 0;
    let most = 0;
    let asked = 0;
    const links = Array.from({ length: 8 }, (_, n) => `/${n}`);
    let robots = '';
    const server = await serve(async ({ url, headers }, response) => {
      if (url === '/robots.txt') return response.end(robots);
      asked++;
      expect(headers['user-agent']).toBe('Frontdesk/1.2.3 (+https://shop.test/bot)');
      most = Math.max(most, ++busy);
      await new Promise((resolve) => setTimeout(resolve, 30));
      busy--;
      return response.setHeader('content-type', 'text/html').end(html(`At ${url}`, ...links));
    });
    await read(crawl(server), { limits: { atOnce: 8 } });
    expect([most, asked]).toEqual([2, 9]);
    robots = 'User-agent: frontdesk\nCrawl-delay: 3600';
    const began = performance.now();
    await read(crawl(server), { limits: { longestDelayMs: 40 } });
    expect(performance.now() - began).toBeGreaterThan(8 * 40 - 5);
  });

  it('canonical links: the page that is meant is given once, and a mistake costs nothing', async () => {
    const named = (canonical: string, text: string) => `<link rel="canonical" href="${canonical}">${html(text)}`;
    const server = await site({
      '/': html('Home', '/red', '/blue', '/a', '/b', '/lost', '/away', '/up'),
      '/red': named('/bike', 'Red'),
      '/blue': named('/bike', 'Blue'),
      '/bike': named('/bike', 'Bike'),
      '/a': named('/b', 'A'),
      '/b': named('/a', 'B'),
      '/lost': named('/nowhere', 'Lost'),
      '/away': named('https://other.test/away', 'Away'),
      '/up': named('/', 'All name the first page'),
    });
    const { lines, pages } = await read(crawl(server));
    expect(lines.filter((path) => path !== '/a' && path !== '/b')).toEqual(['/', '/away', '/bike', '/lost', '/up']);
    expect(lines.filter((path) => path === '/a' || path === '/b')).toHaveLength(1);
    const canonical = pages.map(({ url, canonicalUrl }) => [short(url), short(canonicalUrl)]);
    expect(canonical).toEqual(
      expect.arrayContaining([
        ['/bike', '/bike'],
        ['/away', '/away'],
        ['/up', '/up'],
        ['/lost', '/nowhere'],
      ]),
    );
  });
});

describe('a second run', () => {
  it('tells what is unchanged, changed, gone and moved, and keeps what failed', async () => {
    const versions: Record<string, string> = { '/b': '1' };
    const tagged =
      (path: string, ...links: string[]): Page =>
      (request, response) => {
        const etag = `"${path}${versions[path] ?? ''}"`;
        if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
        else
          response
            .writeHead(200, { etag, 'content-type': 'text/html' })
            .end(html(path + (versions[path] ?? ''), ...links));
      };
    const dated: Page = (request, response) => {
      const headers = { 'last-modified': 'Tue, 03 Mar 2026 10:00:00 GMT', 'content-type': 'text/html' };
      if (request.headers['if-modified-since'] === headers['last-modified']) response.writeHead(304).end();
      else response.writeHead(200, headers).end(html('Dated'));
    };
    const pages: Pages = {
      '/': tagged('/', '/b', '/c', '/d', '/e', '/f', '/g', '/h', '/i'),
      '/b': tagged('/b', '/new'),
      '/c': tagged('/c'),
      '/d': tagged('/d'),
      '/e': tagged('/e'),
      '/f': tagged('/f'),
      '/g': dated,
      '/h': tagged('/h'),
      '/i': html('Always the same'),
      '/new': html('New'),
    };
    pages['/b'] = tagged('/b');
    const server = await site(pages);
    const first = await read(crawl(server));
    expect(first.lines).toEqual(['/', '/b', '/c', '/d', '/e', '/f', '/g', '/h', '/i']);
    const same = await read(crawl(server), { known: first.known });
    expect(same.lines).toEqual(
      [...['/', '/b', '/c', '/d', '/e', '/f', '/g', '/h'].map((path) => `${path} unchanged`), '/i'].sort(),
    );

    versions['/b'] = '2';
    pages['/b'] = tagged('/b', '/new');
    delete pages['/c'];
    pages['/d'] = status(410);
    pages['/e'] = to('/new', 301);
    pages['/f'] = status(503);
    pages['/h'] = to('/new', 302);
    pages['/i'] = '<meta name=robots content=noindex>';
    const second = await read(crawl(server), { known: first.known });
    expect(second.lines).toEqual([
      ...['/ unchanged', '/b', '/c gone: not_found', '/d gone: not_found', '/e gone: moved', '/f problem: http_status'],
      ...['/g unchanged', '/h problem: redirected', '/i gone: noindex', '/new'],
    ]);
    expect(second.progress).toMatchObject({ unchanged: 2, gone: 4, problems: 2, pages: 2 });
  });

  it('when the site is down, nothing is gone and it is soon left alone', async () => {
    const known = new Map(
      Array.from({ length: 30 }, (_, n) => [
        `http://shop.test/${n}`,
        { etag: null, lastModified: null, sha256: `${n}`, fetchedAt: 0 },
      ]),
    );
    let asked = 0;
    const resolve = async () => {
      asked++;
      throw Object.assign(new Error(), { code: 'ENOTFOUND' });
    };
    const { lines } = await read({ kind: 'crawl', url: 'http://shop.test/' }, { known, network: { resolve } });
    expect(lines).toHaveLength(31);
    expect(lines.every((text) => text.endsWith('problem: unreachable'))).toBe(true);
    expect(asked).toBe(1);
    const server = await site({ '/robots.txt': status(500), '/': html('Home') });
    expect((await read(crawl(server))).lines).toEqual(['/ problem: robots_unreachable']);
    const busy = await serve(({ url }, response) => void response.writeHead(url === '/robots.txt' ? 404 : 503).end());
    const pages = new Map([...known].map(([url, page]) => [url.replace('http://shop.test', busy.origin), page]));
    const overloaded = await read(crawl(busy), { known: pages });
    expect(overloaded.lines).toHaveLength(31);
    expect(overloaded.progress.gone).toBe(0);
    expect(busy.connections()).toBeLessThan(15);
  });

  it('a copy is given once, and a renamed page takes its place in the same run', async () => {
    const tagged: Page = ({ headers }, response) => {
      if (headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"', 'content-type': 'text/html' }).end(html('Same'));
    };
    const pages: Pages = { '/': html('Home', '/a'), '/a': tagged };
    const server = await site(pages);
    const first = await read(crawl(server));
    expect(first.lines).toEqual(['/', '/a']);
    // The copy is met first now, but it is the other that is known.
    Object.assign(pages, { '/': html('Home', '/copy', '/next'), '/next': html('Next', '/a'), '/copy': html('Same') });
    const second = await read(crawl(server), { known: first.known });
    expect(second.lines).toEqual(['/', '/a unchanged', '/next']);
    delete pages['/a'];
    const third = await read(crawl(server), { known: first.known });
    expect(third.lines).toEqual(['/', '/a gone: not_found', '/copy', '/next']);
  });

  it('after 503 it waits and asks once more', async () => {
    let calls = 0;
    const server = await site({
      '/': (request, response) => {
        if (++calls === 1) response.writeHead(503, { 'retry-after': '0' }).end();
        else file('text/html', html('Home'))(request, response);
      },
    });
    expect((await read(crawl(server))).lines).toEqual(['/']);
  });
});

describe('lists and sitemaps', () => {
  it('a list: each problem is told, redirects are followed, links are not', async () => {
    const server = await site({
      '/a': html('A', '/b'),
      '/b': html('B'),
      '/old': to('/moved', 301),
      '/moved': html('Moved'),
      '/ring': to('/ring2'),
      '/ring2': to('/ring'),
      '/refresh': '<meta http-equiv="refresh" content="0;url=/target">',
      '/target': html('Target'),
      '/login': status(401),
      '/image': file('image/png', 'x'),
      '/noindex': (_, response) =>
        void response.writeHead(200, { 'x-robots-tag': 'noindex', 'content-type': 'text/html' }).end('x'),
      '/big': (_, response) =>
        void response.writeHead(200, { 'content-length': 20_000_000, 'content-type': 'text/html' }).flushHeaders(),
      '/inner': to('http://10.0.0.1/'),
      '/private': html('Private'),
      '/robots.txt': file('text/plain', 'User-agent: Frontdesk\nDisallow: /private'),
    });
    const urls = list(
      server,
      '/a',
      '/old',
      '/ring',
      '/refresh',
      '/login',
      '/image',
      '/noindex',
      '/big',
      '/inner',
      '/private',
      '/none',
    );
    const { lines } = await read({ kind: 'pages', urls: [...urls, 'shop.test/help', 'http://192.168.0.1/'] });
    expect(lines).toEqual(
      [
        ...[
          '/a',
          '/moved',
          '/target',
          '/login problem: login',
          '/image problem: unsupported_type',
          '/none problem: http_status',
        ],
        ...[
          '/noindex problem: noindex',
          '/big problem: too_large',
          '/private problem: robots',
          '/ring problem: redirected',
        ],
        ...['/inner problem: address_refused'],
        ...['shop.test/help problem: bad_address', 'http://192.168.0.1/ problem: address_refused'],
      ].sort(),
    );
  });

  it('an index of sitemaps, compressed, with dates that save requests', async () => {
    const urlset = (...entries: [path: string, lastmod: string][]) =>
      `<urlset>${entries.map(([path, date]) => `<url><loc>${server.origin}${path}</loc><lastmod>${date}</lastmod></url>`).join('')}</urlset>`;
    const index = () =>
      `<sitemapindex>${['/one.xml.gz', '/two.txt', '/missing.xml', '/index.xml'].map((path) => `<sitemap><loc>${server.origin}${path}</loc></sitemap>`).join('')}</sitemapindex>`;
    const server: TestServer = await site({
      '/robots.txt': (request, response) =>
        file('text/plain', `Sitemap: ${server.origin}/index.xml`)(request, response),
      '/index.xml': (request, response) => file('application/xml', index())(request, response),
      '/one.xml.gz': (request, response) =>
        file(
          'application/gzip',
          gzipSync(urlset(['/a', '2020-01-01'], ['/b', '2020-01-01T00:00:00Z'], ['/c', '2999-01-01'])),
        )(request, response),
      '/two.txt': (request, response) =>
        file('text/plain', `${server.origin}/d\nhttps://other.test/e\n`)(request, response),
      '/a': html('A', '/linked'),
      '/b': html('B'),
      '/c': html('C'),
      '/d': html('D'),
      '/linked': html('Linked'),
    });
    const source = { kind: 'sitemap', url: `${server.origin}/` } as const;
    const first = await read(source);
    expect(first.lines).toEqual(['/a', '/b', '/c', '/d', '/missing.xml problem: http_status']);
    server.requests.length = 0;
    const second = await read(source, { known: first.known });
    expect(second.lines).toEqual(['/a unchanged', '/b unchanged', '/c', '/d', '/missing.xml problem: http_status']);
    expect(server.requests).not.toContain('GET /a');
    const direct = await read({ kind: 'sitemap', url: `${server.origin}/one.xml.gz`, prefix: '/b' });
    expect(direct.lines).toEqual(['/b']);
    expect((await read({ kind: 'sitemap', url: `${server.origin}/a` })).lines).toEqual(['/a problem: bad_sitemap']);
  });
});

it('stops when it is told to, and when nobody listens any more', async () => {
  const server = await site({ '/': html('Home', '/a', '/b', '/c'), '/a': () => {}, '/b': () => {}, '/c': () => {} });
  const stop = new AbortController();
  const run = read(crawl(server), { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 50);
  await expect(run).rejects.toThrow('enough');
  for await (const item of readWeb(crawl(server), OPTIONS)) {
    expect(line(item)).toBe('/');
    break;
  }
});
