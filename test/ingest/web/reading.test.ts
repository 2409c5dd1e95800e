import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileName, readableType } from '../../../src/ingest/web/content-types.ts';
import { pageAddress, pageKey, Scope } from '../../../src/ingest/web/page-address.ts';
import { readPage } from '../../../src/ingest/web/read-page.ts';
import { parseSitemap } from '../../../src/ingest/web/sitemap.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const BOUNDS = { maxBytes: 10_000_000, maxEntries: 1000 };
const sitemap = (text: string | Uint8Array) => parseSitemap(typeof text === 'string' ? bytes(text) : text, BOUNDS);

describe('sitemaps', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://shop.test/a?b=1&amp;c=2 </loc><lastmod>2026-03-01T10:00:00Z</lastmod>
    <image:image><image:loc>https://shop.test/i.png</image:loc></image:image></url>
  <url><loc><![CDATA[https://shop.test/b]]></loc><lastmod>2026-03-01</lastmod></url>
  <url><loc>no address</loc></url><url/>
  <url><loc>https://shop.test/c#x</loc><lastmod>soon</lastmod></url>
</urlset>`;
  const pages = [
    { url: 'https://shop.test/a?b=1&c=2', changedBefore: Date.parse('2026-03-01T10:00:00Z') },
    { url: 'https://shop.test/b', changedBefore: Date.parse('2026-03-02T12:00:00Z') },
    { url: 'https://shop.test/c', changedBefore: null },
  ];

  it('XML, also compressed', async () => {
    expect(await sitemap(xml)).toEqual({ kind: 'pages', entries: pages });
    expect(await sitemap(gzipSync(xml))).toEqual({ kind: 'pages', entries: pages });
  });

  it('an index, and plain text', async () => {
    const index = '<sitemapindex><sitemap><loc>https://shop.test/s.xml.gz</loc></sitemap></sitemapindex>';
    const entries = [{ url: 'https://shop.test/s.xml.gz', changedBefore: null }];
    expect(await sitemap(index)).toEqual({ kind: 'index', entries });
    const text = await sitemap('https://shop.test/a\r\n\r\nhttps://shop.test/b\n');
    expect(text?.entries.map(({ url }) => url)).toEqual(['https://shop.test/a', 'https://shop.test/b']);
  });

  it('what is none', async () => {
    for (const text of ['', 'Not found', '<!doctype html><html><a href="/">x</a></html>', '<rss><item/></rss>', '{}']) {
      expect(await sitemap(text), text).toBeNull();
    }
    expect(await sitemap(gzipSync(xml).subarray(0, 60))).toBeNull();
  });

  it('entities that the file declares are not expanded, and a bomb is not unpacked', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const laughs = `<?xml version="1.0"?><!DOCTYPE u [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">${levels}]>
<urlset><url><loc>https://shop.test/&l9;</loc></url><url><loc>https://shop.test/&f;</loc></url></urlset>`;
    const read = await sitemap(laughs);
    expect(read?.entries.map(({ url }) => url)).toEqual(['https://shop.test/&l9;', 'https://shop.test/&f;']);
    expect(await sitemap(`<urlset>${'<a>'.repeat(500_000)}`)).toEqual({ kind: 'pages', entries: [] });
    expect(await sitemap(gzipSync(Buffer.alloc(30_000_000, '<')))).toBeNull();
  });

  it('no more entries than asked for', async () => {
    const many = `<urlset>${'<url><loc>https://shop.test/a</loc></url>'.repeat(5000)}</urlset>`;
    expect((await sitemap(many))?.entries).toHaveLength(1000);
  });
});

describe('pages', () => {
  const read = (html: string, contentType = 'text/html') =>
    readPage({ url: 'https://shop.test/help/a', contentType, bytes: bytes(html) }, 'Frontdesk');

  it('links, whole and once each, as a browser would find them', async () => {
    const page = await read(`<!doctype html><html><head><title><a href="/title"></title>
<link rel="canonical alternate" href="/help/A?utm_source=x"></head><body>
<a href="b">b</a> <A HREF='c#top'>c</A> <a href=d?utm_campaign=1&amp;x=2&amp;gclid=3>d</a> <a href="b#again">b</a>
<a href="mailto:a@b.c">m</a><a href="javascript:void(0)">j</a><a href="tel:1">t</a><a name="x">n</a><a href="">self</a>
<a rel="ugc NOFOLLOW" href="/no">n</a><map><area href="//other.test/o"></map><a href=" /spa ced ">s</a>
<!-- <a href="/comment"> --><script>document.write('<a href="/script">')</script><style>a:after{content:'<a href="/style">'}</style>
<textarea><a href="/textarea"></textarea><a href="https://shop.test:443/p">p</a>`);
    expect(page.links).toEqual([
      ...[
        'https://shop.test/help/b',
        'https://shop.test/help/c',
        'https://shop.test/help/d?x=2',
        'https://shop.test/help/a',
      ],
      ...['https://other.test/o', 'https://shop.test/spa%20ced', 'https://shop.test/p'],
    ]);
    expect(page).toMatchObject({
      canonical: 'https://shop.test/help/A',
      noindex: false,
      nofollow: false,
      refresh: null,
    });
  });

  it('base, robots, refresh, a field for a password', async () => {
    const page = await read(`<base href="https://shop.test/x/"><base href="/y/"><meta name="Robots" content="NOINDEX">
<meta name="frontdesk" content="nofollow"><meta name="googlebot" content="none">
<meta http-equiv="Refresh" content="0; URL='new.html'"><input type="PassWord"><a href="z">`);
    expect(page).toEqual({
      ...{ noindex: true, nofollow: true, asksForPassword: true, canonical: null },
      ...{ refresh: 'https://shop.test/x/new.html', links: ['https://shop.test/x/z'] },
    });
    expect((await read('<meta http-equiv=refresh content=300>')).refresh).toBeNull();
    expect((await read('<meta http-equiv=refresh content="600;url=/a">')).refresh).toBeNull();
  });

  it('charsets, known or not', async () => {
    const latin = { url: 'https://shop.test/', bytes: Buffer.from('<a href="/caf\xe9">', 'latin1') };
    expect((await readPage({ ...latin, contentType: 'text/html; charset="ISO-8859-1"' }, 'F')).links).toEqual([
      'https://shop.test/caf%C3%A9',
    ]);
    expect((await read('<a href="/a">', 'text/html; charset=klingon')).links).toEqual(['https://shop.test/a']);
  });

  it.each([
    ['nested', '<div>'.repeat(400_000)],
    ['nested and closed in the wrong order', '<b><i>'.repeat(100_000) + '</b></i>'.repeat(100_000)],
    ['never closed', '<a href="'.repeat(200_000)],
    ['quotes', `<a ${'x="'.repeat(300_000)}`],
    ['entities', '&amp'.repeat(400_000)],
    ['comments', '<!--'.repeat(400_000)],
    ['links', Array.from({ length: 40_000 }, (_, n) => `<a href=${n}>`).join('')],
  ])('2 MB that are %s', async (_, html) => {
    // What is not linear takes minutes.
    expect((await read(html)).links.length).toBeLessThanOrEqual(5000);
  });
});

describe('addresses', () => {
  it.each([
    ['HTTPS://Shop.test:443/a/../b?utm_source=x&b=2&fbclid=y&a=1#c', 'https://shop.test/b?b=2&a=1'],
    ['http://shop.test/a;jsessionid=1F?x=%20+', 'http://shop.test/a?x=%20+'],
    ['https://shop.test/?', 'https://shop.test/'],
    ['https://shop.test/index.html', 'https://shop.test/index.html'],
    ['mailto:a@shop.test', null],
    [`https://shop.test/${'a'.repeat(2000)}`, null],
    ['https://shop.test/a/b/a/b/a/b/a/b', null],
    [`https://shop.test${'/x'.repeat(3)}${Array.from({ length: 20 }, (_, n) => `/${n}`).join('')}`, null],
  ])('%s', (address, expected) => {
    expect(pageAddress(address)).toBe(expected);
  });

  it('an index and its folder are the same page', () => {
    expect(pageKey('https://shop.test/a/index.html?x=1')).toBe('https://shop.test/a/?x=1');
    expect(pageKey('https://shop.test/a/Default.aspx')).toBe(pageKey('https://shop.test/a/'));
    expect(pageKey('https://shop.test/a')).not.toBe(pageKey('https://shop.test/a/'));
  });

  it('a crawl stays at and below where it begins', () => {
    const admitted = (start: string, prefix: string | undefined, address: string) => {
      const scope = new Scope();
      scope.add(start, prefix);
      return scope.admit(address);
    };
    const start = 'https://shop.test/help';
    expect(admitted(start, undefined, 'https://shop.test/help/a')).toBe('https://shop.test/help/a');
    expect(admitted(start, undefined, 'http://shop.test/help')).toBe('https://shop.test/help');
    expect(admitted(start, undefined, 'https://shop.test/helpers')).toBeNull();
    expect(admitted(start, undefined, 'https://shop.test/')).toBeNull();
    expect(admitted(start, undefined, 'https://www.shop.test/help/a')).toBeNull();
    expect(admitted(start, undefined, 'https://shop.test:8443/help/a')).toBeNull();
    expect(admitted(start, undefined, 'https://shop.test/files/manual.PDF')).toBe('https://shop.test/files/manual.PDF');
    expect(admitted(start, '/', 'https://shop.test/blog')).toBe('https://shop.test/blog');
    expect(admitted('https://shop.test/de/index.html', undefined, 'https://shop.test/de')).toBe('https://shop.test/de');
    expect(admitted('https://shop.test/de/index.html', undefined, 'https://shop.test/en/')).toBeNull();
  });

  it.each([
    ['text/html; charset=utf-8', 'https://shop.test/a/', 'text/html', 'index.html'],
    ['text/html', 'https://shop.test/a.php?x', 'text/html', 'a.php.html'],
    ['application/pdf', 'https://shop.test/a/b%20c.pdf', 'application/pdf', 'b c.pdf'],
    ['', 'https://shop.test/b.md', 'text/markdown', 'b.md'],
    ['application/octet-stream', 'https://shop.test/b.DOCX', expect.stringContaining('wordprocessingml'), 'b.DOCX'],
    ['text/plain', 'https://shop.test/faq.csv', 'text/plain', 'faq.csv'],
    ['application/octet-stream', 'https://shop.test/b', null, ''],
    ['image/png', 'https://shop.test/b.html', null, ''],
    ['application/pdf', 'https://shop.test/..%2F..%2Fetc%2Fpasswd.pdf', 'application/pdf', '.._.._etc_passwd.pdf'],
  ])('%s at %s', (contentType, url, type, name) => {
    const read = readableType(contentType, url);
    expect(read).toEqual(type);
    if (read !== null) expect(fileName(url, read)).toBe(name);
  });
});
