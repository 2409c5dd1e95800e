import { describe, expect, test } from 'vitest';
import { safeUrl, unsaidTarget } from '../../web/widget/link-target.ts';

test.each([
  ['https://acme.example/a b', 'https://acme.example/a%20b'],
  ['http://[::1]:8080/a', 'http://[::1]:8080/a'],
  ['mailto:help@acme.example?subject=a', 'mailto:help@acme.example?subject=a'],
])('%s is safe', (address, href) => {
  expect(safeUrl(address)).toBe(href);
});

test.each([
  'javascript:x',
  ' javascript:x',
  'nonsense',
  '',
  'ftp://a/b',
  'https://acme.example@evil.example/',
  'https://:secret@evil.example/',
  'mailto:',
  'mailto:a@acme.example,b@evil.example',
  'mailto:a@acme.example?bcc=b@evil.example',
  'mailto:a%@acme.example',
  null,
])('%s is not', (address) => {
  expect(safeUrl(address)).toBeNull();
});

describe('the target of a link is said where its words name another', () => {
  test.each([
    ['bank.example', 'https://evil.example/', 'evil.example'],
    ['help@bank.example', 'mailto:thief@bank.example', 'thief@bank.example'],
    ['', 'https://evil.example/', 'evil.example'],
    ['here', 'https://xn--bnk-6cd.example/', 'xn--bnk-6cd.example'],
    ['here', 'https://evil.example/', null],
    ['www.bank.example/a.html', 'https://bank.example/', null],
    ['Write to help@bank.example.', 'mailto:help@bank.example', null],
    ['$12.50, version 2.0, e.g. at 9 a.m.', 'https://evil.example/', null],
  ])('%j to %s: %s', (words, href, said) => {
    expect(unsaidTarget(words, href)).toBe(said);
  });

  test('long words take no time', () => {
    for (const unit of ['a', 'a.', '//', '-', '@', 'a@', '。']) unsaidTarget(unit.repeat(20_000), 'https://a.example/');
  });
});
