import { describe, expect, test } from 'vitest';
import { linksGuard } from '../../src/guards/links.ts';
import { checked, passage, repliesAtEveryCut } from './play-guard.ts';

const guard = linksGuard({ hosts: ['friends.example'] });
const sources = [
  { kind: 'passage', from: 'https://docs.partner.example/start', version: '', text: 'How to start.' },
  { kind: 'tool', from: 'track', version: '', text: '{"link":"https://carrier.example/t/48"}' },
] as const;

describe('links', () => {
  test.each([
    ['to the company', '[Claims](https://www.acme.example/claims) and https://acme.example/x.'],
    ['to a host below the company’s', 'https://claims.acme.example/new'],
    ['to hosts that the folder allows', '<https://friends.example/a?utm_source=chat>'],
    ['to the page itself', '[Claims](/claims) and [below](#below)'],
    ['to the company’s mail', '[write](mailto:help@acme.example?subject=Claim)'],
    ['to a number', '[call](tel:+15550100)'],
    ['to a passage', 'See [how to start](https://docs.partner.example/start).'],
    ['to an address of a tool', 'Track it: https://carrier.example/t/48.'],
    ['with an image of the company', '![logo](https://www.acme.example/l.png)'],
  ])('stay: %s', (_, text) => {
    expect(checked(guard, text, { sources })).toBe(text);
  });

  test.each([
    ['[here](https://evil.example/x)', 'here'],
    ['[he[r]e](<https://evil.example> "title")!', 'he[r]e!'],
    ['[here](javascript:alert(1)).', 'here.'],
    ['[here](java&#115;cript:alert(1))', 'here'],
    ['[here](//evil.example)', 'here'],
    ['[here](https:\\/\\/evil.example)', 'here'],
    ['[here](https://www.acme.example@evil.example/)', 'here'],
    ['[here](https://acme.example.evil.example/)', 'here'],
    ['[here](https://аcme.example/)', 'here'],
    ['[here](mailto:help@acme.example?bcc=thief@evil.example)', 'here'],
    ['![pixel](https://evil.example/p.gif?d=42)Done.', 'Done.'],
    ['[![a](https://acme.example/a.png)](https://evil.example)', '![a](https://acme.example/a.png)'],
    ['[![a](https://evil.example/a.png)](https://acme.example/b)', '[](https://acme.example/b)'],
    ['[1]: https://evil.example/ref\nSo.', '\nSo.'],
    ['<img src="https://evil.example/p.gif">So.', 'So.'],
    ['<a href=//evil.example>here</a>', 'here</a>'],
    ['Go to https://evil.example/x, now.', 'Go to (link removed), now.'],
    ['Go to <www.evil.example>.', 'Go to <(link removed)>.'],
    ['Pay on acme-refunds.com.', 'Pay on (link removed).'],
    ['See _www.evil.example_ now, or __https://evil.example/x__.', 'See _(link removed)_ now, or __(link removed)__.'],
    ['[here](h&#x200b;ttps://evil.example/a)', 'here'],
    ['[here](h&#127;ttps://evil.example/a)', 'here'],
    ['[here](h&ZeroWidthSpace;ttps://evil.example/a)', 'here'],
    ['[here](m&#x200b;ailto:thief%40evil.example)', 'here'],
    ['Pay on `acme.info/pay` or `acmepay.com`.', 'Pay on `(link removed)` or `(link removed)`.'],
    ['Go to www.evil.Com or acme-login.Online.', 'Go to (link removed) or (link removed).'],
    ['Pay {a}evil.com, or us &#64;evil.com.', 'Pay {a}(link removed), or us &#64;(link removed).'],
    ['Open `securepay.support` or evilpay.Shop now.', 'Open `(link removed)` or (link removed) now.'],
    ['See us at acme-refunds.com.', 'See us at (link removed).'],
    ['Set http://192.168.1.1/dns?server=6.6.6.6.', 'Set (link removed).'],
  ])('elsewhere lose their target: %s', (text, left) => {
    expect(checked(guard, text, { sources })).toBe(left);
  });

  test('to a source lead to its very address', () => {
    for (const more of ['?leak=42', '/more', '0', '/../x']) {
      expect(checked(guard, `[x](https://carrier.example/t/48${more})`, { sources })).toBe('x');
    }
    expect(checked(guard, 'https://carrier.example/t/48', { sources: [] })).toBe('(link removed)');
  });

  test.each(['dhl.de/track', 'www.dhl.de/track', 'status.acme.systems/now', 'postnl.nl'])(
    'to a source stay as it writes them: %s',
    (address) => {
      const seen = { sources: [passage(`Track it at ${address}.`)] };
      for (const text of [
        `Track it at ${address}.`,
        `Track it at https://${address}.`,
        `[Track it](https://${address})`,
      ])
        expect(checked(guard, text, seen)).toBe(text);
      expect(checked(guard, `Track it at ${address}/x.`, seen)).toBe('Track it at (link removed).');
      expect(checked(guard, `Track it at https://my${address}.`, seen)).toBe('Track it at (link removed).');
    },
  );

  test('of the reader’s own network, or said by the customer, stay', () => {
    const said = ['My site is shop.mine.example, not theirs.evil.example.'];
    for (const text of [
      'Open http://192.168.1.1 or http://localhost:3000/admin.',
      'Your site is shop.mine.example, at https://shop.mine.example/.',
    ]) {
      expect(checked(guard, text, { said })).toBe(text);
    }
    expect(checked(guard, 'Go to https://evil.example/.', { said })).toBe('Go to (link removed).');
    expect(checked(guard, 'See https://carrier.example/t/48/.', { sources })).toBe('See (link removed).');
  });

  test.each([
    ['See https://ev', 'il.example/a for more.'],
    ['See https:', '//evil.example/a for more.'],
    ["<a href='/", "/evil.example/a'>here</a>"],
    ['See [here](', 'https://evil.example/a)'],
  ])('are not completed: %j, then %j', (released, candidate) => {
    expect(checked(guard, candidate, { released })).not.toContain('example');
  });

  test('of the company’s own stay, where a word before them has been cut', () => {
    const released = 'See https://www.acme';
    expect(checked(guard, '.example/help for more.', { released })).toBe('.example/help for more.');
    expect(checked(guard, 'www.acme.example is it.', { released: 'See:' })).toBe('www.acme.example is it.');
  });

  test('of any host count before a path, where it is no file’s', () => {
    for (const link of ['t.me/evil', 'wa.me/4912345', 'discord.gg/abc', 'evil.sh/x?y=1'])
      expect(checked(guard, `Go to ${link} now.`)).toBe('Go to (link removed) now.');
    for (const text of ['Set it in app.json/yaml, or src/index.ts/x.', 'Open Mo./Di., z.B./d.h. and/or 1.5/day.'])
      expect(checked(guard, text)).toBe(text);
  });

  test('are noted in the customer’s language', () => {
    expect(checked(guard, 'Siehe https://evil.example.', { language: 'de' })).toBe('Siehe (Link entfernt).');
  });

  test.each([
    'See [our page](https://evil.example/a?b=c) and ![x](https://evil.example/p.png) there.',
    'See https://evil.example/a. Then <https://evil.example/b> [open\n](https://evil.example/c)',
    '[a]: https://evil.example/a\n<img\nsrc="https://evil.example/p.gif"> [b](\nhttps://evil.example/d)',
  ])('never reach the customer, wherever %j is cut', (text) => {
    for (const reply of repliesAtEveryCut(guard, text)) expect(reply).not.toContain('evil');
  });
});

test('what follows the note in place of a link, without a space, is the rest of it', () => {
  const guard = linksGuard();
  const released = 'You find it at (link removed)';
  expect(checked(guard, '/tracker.example:8443/ref>) now.', { released })).toBe('>) now.');
  expect(checked(guard, '. Ask us.', { released })).toBe('. Ask us.');
});
