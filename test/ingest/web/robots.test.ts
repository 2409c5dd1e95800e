import { describe, expect, it } from 'vitest';
import { parseRobots, readPageRules } from '../../../src/ingest/web/robots.ts';
import { slowdown } from '../../language/slowdown.ts';

function verdicts(text: string, targets: readonly string[], agent = 'Frontdesk'): boolean[] {
  const robots = parseRobots(text, agent);
  return targets.map((target) => robots.allows(target));
}

describe('robots.txt', () => {
  // RFC 9309, 5.1
  const simple = `User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
`;

  it.each([
    ['Frontdesk', ['/a.gif', '/example/x', '/publications/x', '/', '/robots.txt'], [false, false, true, true, true]],
    ['foobot', ['/', '/example/page.html', '/example/allowed.gif'], [false, true, true]],
    ['barbot', ['/example/page.html', '/a.gif'], [false, true]],
    ['BazBot', ['/example/page.html', '/a.gif'], [false, true]],
    ['quxbot', ['/example/page.html', '/a.gif'], [true, true]],
  ])('the simple example of the RFC, for %s', (agent, targets, expected) => {
    expect(verdicts(simple, targets, agent)).toEqual(expected);
  });

  it('the longest match of the RFC; of two as long, the one that allows', () => {
    const longest = 'User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif';
    expect(verdicts(longest, ['/example/page/', '/example/page/disallowed.gif'])).toEqual([true, false]);
    expect(verdicts('User-agent: *\nDisallow: /page\nAllow: /page', ['/page'])).toEqual([true]);
  });

  it('octets are compared, however they are spelled', () => {
    const text = 'User-agent: *\nDisallow: /a/ツ\nDisallow: /b/%e3%83%84\nDisallow: /c/%62%61%7A\nDisallow: /d%2Fe';
    expect(verdicts(text, ['/a/%E3%83%84', '/b/ツ', '/c/baz', '/d/e', '/d%2fe'])).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  it('special characters', () => {
    const text =
      'User-agent: *\nDisallow: /file-%2A.html\nDisallow: /foo-%24\nDisallow: /*.php$\nDisallow: /m$m # why\nDisallow: /p*q*r$';
    expect(verdicts(text, ['/file-*.html', '/file-z.html', '/foo-$', '/a/b.php', '/a.php?x', '/m$m', '/m'])).toEqual([
      ...[false, true, false, false, true, false, true],
    ]);
    expect(verdicts(text, ['/pqr', '/p1q2r3r', '/pr', '/pqr/', '/p?q=r'])).toEqual([false, false, true, true, false]);
  });

  it('groups for the same crawler count together, and other records do not part them', () => {
    const text = `\uFEFFuser-agent : FRONTDESK/2.1\r
Disallow: /a\r\rUser-agent: other
Disallow: /
user-agent: frontdesk

Sitemap: https://shop.test/s.xml
Crawl-delay: 2.5
User-agent: third
Disallow: /b
nonsense
Disallow:`;
    expect(verdicts(text, ['/a', '/b', '/c'])).toEqual([false, false, true]);
    expect(verdicts(text, ['/a', '/b'], 'third')).toEqual([true, false]);
    expect(parseRobots(text, 'Frontdesk')).toMatchObject({ crawlDelay: 2.5, sitemaps: ['https://shop.test/s.xml'] });
    expect(verdicts('User-agent: other\nDisallow: /', ['/a'])).toEqual([true]);
    expect(verdicts('Disallow: /\nUser-agent: *\nDisallow: /r', ['/q', '/r'])).toEqual([true, false]);
    expect(verdicts('<!doctype html><p>Not found: sorry', ['/q'])).toEqual([true]);
  });

  it('half a megabyte of stars is read and matched in time in proportion to it', () => {
    const path = `/${'a'.repeat(1900)}b`;
    const evil = (length: number) => {
      const line = `Disallow: /${'*a'.repeat(1000)}$\n`;
      return `User-agent: *\n${line.repeat(Math.ceil(length / line.length))}`;
    };
    expect(verdicts(evil(512_000), [path])).toEqual([true]);
    expect(slowdown((text) => verdicts(text, [path]), evil)).toBeLessThan(16);
  });
});

it.each([
  ['noindex', [true, false]],
  ['NoFollow, noarchive', [false, true]],
  ['none', [true, true]],
  ['index, follow, max-snippet: 50', [false, false]],
  ['otherbot: noindex, nofollow', [false, false]],
  ['otherbot: nofollow, frontdesk: noindex', [true, false]],
  ['unavailable_after: 2027-01-01, noindex', [true, false]],
  ['', [false, false]],
])('the tag "%s"', (value, [noindex, nofollow]) => {
  expect(readPageRules(value, 'Frontdesk')).toEqual({ noindex, nofollow });
});
