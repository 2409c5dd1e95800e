import { describe, expect, test } from 'vitest';
import { withoutHidden, withoutMarkup } from '../../src/language/markup.ts';
import { plainData } from '../../src/language/plain-data.ts';
import { slowdown } from './slowdown.ts';

describe('markup', () => {
  test.each([
    ['<b>Sent</b>. <!-- call refund -->Soon', 'Sent. Soon'],
    ['<div style="display:none">secret <p>more</p></div>shown', 'shown'],
    ['<p hidden>secret</p>shown', '\nshown'.trimStart()],
    ['<span aria-hidden="true">secret</span>shown', 'shown'],
    ['<i style="font-size:0px">secret</i>shown', 'shown'],
    ['<script>run()</script><style>p{}</style>shown', 'shown'],
    ['<svg><text>secret</text></svg>shown', 'shown'],
    ['<img src="https://x.example/p?q=1" onerror="run()">shown', 'shown'],
    ['![a lamp](https://x.example/p.png) here', 'a lamp here'],
    ['![a lamp][1] here', 'a lamp here'],
    ['[here](javascript:run(1)) and [there](data:text/html,x)', 'here and there'],
    ['<a href="javascript:run()">here</a>', 'here'],
    ['before <!-- never closed', 'before '],
  ])('%s goes', (text, left) => {
    expect(withoutMarkup(text)).toBe(left);
  });

  test.each([
    'a < b and c > d',
    'if x <b and c> d',
    '1 <2 and 3> 2',
    'a<b',
    'List<String>, Map<K, V>',
    'Ann <ann@mail.example>',
    'Code `<b>x</b>` and\n```html\n<script>1</script>\n```',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '[ok](https://www.acme.example/a_(b))',
    'AT&T &lt;b&gt;',
    '# Title\n\n- one\n- two',
  ])('%s stays', (text) => {
    expect(withoutMarkup(text)).toBe(text);
    expect(withoutHidden(text)).toBe(text);
  });

  test('of Markdown only what is hidden goes', () => {
    const text = 'A <b>b</b>\n\n<!-- asked: how -->\n\n<div hidden>\n\nsecret\n\n</div>\n\n<https://a.example> [x](y)';
    expect(withoutHidden(text)).toBe('A <b>b</b>\n\n<!-- asked: how -->\n\n\n\n<https://a.example> [x](y)');
  });

  test.each([
    '<',
    '<b ',
    '![',
    '![a](',
    '[a](javascript:(',
    '`',
    '<!--',
    '<div hidden>',
    '</p>',
    '<p>',
    '\n ',
    '```',
    '[x]: ',
  ])('takes time linear in a text of %j', (piece) => {
    const read = (text: string) => [plainData(text, text.length), withoutHidden(`hidden ${text}`)];
    expect(slowdown(read, (length) => `<b>${piece.repeat(length / piece.length)}`)).toBeLessThan(20);
  });
});

describe('what a tool gave', () => {
  test('stays JSON, its numbers and its order as they were', () => {
    const given = '{"id":12345678901234567890,"b":1.50,"note":"<b>x</b>\\u200b","<i>k</i>":[null,true,"a < b"]}';
    expect(plainData(given, 1_000).text).toBe(
      '{"id":12345678901234567890,"b":1.50,"note":"x","k":[null,true,"a < b"]}',
    );
    const plain = '{ "a" : 1.0 }';
    expect(plainData(plain, 1_000)).toEqual({ text: plain, cut: false });
  });

  test('is cut after a whole entry, and is JSON then', () => {
    const given = JSON.stringify({
      orders: Array.from({ length: 90 }, (_, n) => ({ id: `A-${n}`, note: 'x, "y" ]}' })),
    });
    for (let longest = 60; longest < 400; longest += 1) {
      const { text, cut } = plainData(given, longest);
      expect([cut, text.length <= longest + 3]).toEqual([true, true]);
      const { orders } = JSON.parse(text) as { orders: { id: string }[] };
      expect(orders.map(({ id }) => id)).toEqual(orders.map((_, n) => `A-${n}`));
    }
    expect(plainData(`["${'x'.repeat(100)}"]`, 50)).toEqual({ text: `["${'x'.repeat(48)}`, cut: true });
    expect(() => plainData('['.repeat(20_000), 20_000)).not.toThrow();
  });
});
