import fc from 'fast-check';
import { h } from 'preact';
import { describe, expect, test } from 'vitest';
import type { PlacedCitation } from '../../web/widget/conversation-view.ts';
import { renderMarkdown } from '../../web/widget/markdown.tsx';
import { elements, textOf, written } from './vnode-html.ts';

const SAFE = 'target="_blank" rel="noopener noreferrer nofollow"';
const shown = (text: string) => written(renderMarkdown(text));

describe('what Markdown becomes', () => {
  test.each([
    ['plain', '<p>«plain»</p>'],
    ['a **b** *c* ~~d~~ `e`', '<p>«a »<strong>«b»</strong>« »<em>«c»</em>« »<del>«d»</del>« »<code>«e»</code></p>'],
    ['one\ntwo', '<p>«one»<br></br>«two»</p>'],
    ['# Title', '<p class="fd-heading"><strong>«Title»</strong></p>'],
    ['- a\n- b', '<ul><li>«a»</li><li>«b»</li></ul>'],
    ['3. a\n4. b', '<ol start=3><li>«a»</li><li>«b»</li></ol>'],
    ['- [x] done', '<ul><li>«☑ done»</li></ul>'],
    ['> quoted', '<blockquote><p>«quoted»</p></blockquote>'],
    ['---', '<hr></hr>'],
    ['```js\n1 < 2 && `x`\n```', '<pre><code>«1 < 2 && `x`»</code></pre>'],
    ['Fish &amp; chips &#8364;5 &unknown; \\*', '<p>«Fish & chips €5 &unknown; *»</p>'],
    ['`&amp;`', '<p><code>«&amp;»</code></p>'],
    ['[site](https://acme.example/a?b=1&c=2)', `<p><a href="https://acme.example/a?b=1&c=2" ${SAFE}>«site»</a></p>`],
    ['https://acme.example/x', `<p><a href="https://acme.example/x" ${SAFE}>«https://acme.example/x»</a></p>`],
    ['[mail](mailto:a@acme.example)', `<p><a href="mailto:a@acme.example" ${SAFE}>«mail»</a></p>`],
  ])('%j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('a table', () => {
    expect(shown('| a | b |\n|---|--:|\n| 1 | **2** |')).toBe(
      '<div class="fd-table"><table><thead><tr><th scope="col">«a»</th><th scope="col" class="fd-right">«b»</th></tr></thead>' +
        '<tbody><tr><td>«1»</td><td class="fd-right"><strong>«2»</strong></td></tr></tbody></table></div>',
    );
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'a <b onclick="x()">b</b> <iframe src="https://evil.example"></iframe>',
  '<svg/onload=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x]( &#1;javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x) [y](file:///etc/passwd) [z](blob:https://a/b)',
  '[x](//evil.example/a) [y](/relative) [z](#hash)',
  '<javascript:alert(1)>',
  '[x][ref]\n\n[ref]: javascript:alert(1)',
  '![pixel](https://evil.example/track.gif)',
  '![a [b](javascript:alert(1))](https://evil.example/x.png)',
  '[![i](https://evil.example/i.png)](javascript:alert(1))',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '| <script>x</script> |\n|---|\n| [x](javascript:y) |',
  '```html\n<script>alert(1)</script>\n```',
  '<!-- comment --> <![CDATA[x]]> <?php x ?>',
];

const ALLOWED = new Set(
  'p strong em del code pre br a ul ol li blockquote div table thead tbody tr th td hr sup'.split(' '),
);

function expectHarmless(nodes: unknown): void {
  for (const { type, props } of elements(nodes)) {
    expect(ALLOWED).toContain(type);
    const allowed = type === 'a' ? ['href', 'target', 'rel', 'children'] : ['class', 'scope', 'start', 'children'];
    for (const name of Object.keys(props)) expect(allowed).toContain(name);
    if (type === 'a') expect(String(props.href)).toMatch(/^(https?:\/\/|mailto:)/);
  }
}

describe('hostile text', () => {
  test.each(HOSTILE)('%j is harmless', (text) => {
    const nodes = renderMarkdown(text);
    expectHarmless(nodes);
    expect(elements(nodes).filter(({ type }) => type === 'a')).toHaveLength(0);
  });

  test('HTML is shown as the text that it is', () => {
    expect(shown('<script>alert(1)</script>')).toBe('<p>«<script>alert(1)</script>»</p>');
    expect(shown('a <b>c</b>')).toBe('<p>«a <b>c</b>»</p>');
  });

  test('an image is its description', () => {
    expect(shown('See ![our office](https://evil.example/x.png).')).toBe('<p>«See our office.»</p>');
  });

  test('every prefix of a rich text is harmless', () => {
    const text = [...HOSTILE, '**bold _deep `code` [l](https://a.example)_**', '1. a\n   - b\n     > c'].join('\n\n');
    for (let end = 0; end <= text.length; end += 3) expectHarmless(renderMarkdown(text.slice(0, end)));
  });

  test.each([
    ['quotes', `${'>'.repeat(4000)}a`],
    ['lists', `${'- '.repeat(4000)}a`],
    ['emphasis', `${'**'.repeat(5000)}a${'**'.repeat(5000)}`],
    ['brackets', '['.repeat(20_000)],
    ['links', '[a]('.repeat(10_000)],
    ['indented lists', Array.from({ length: 120 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')],
    ['length', 'word '.repeat(100_000)],
  ])('bounded nesting and time: %s', (_, text) => {
    const nodes = renderMarkdown(text);
    expectHarmless(nodes);
    expect(depthOf(nodes)).toBeLessThan(40);
    expect(textOf(nodes)).not.toBe('');
  });

  test('any text at all', () => {
    const piece = fc.constantFrom(
      ...HOSTILE,
      '\n',
      '\n\n',
      '**',
      '`',
      '|',
      '- ',
      '\uFFFC',
      '\uFFFC1\uFFFC',
      '1. ',
      'é𝒳',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }),
        fc.array(citation(), { maxLength: 4 }),
        (parts, citations) => {
          expectHarmless(renderMarkdown(parts.join(''), { citations, chip }));
        },
      ),
      { numRuns: 300 },
    );
  });
});

function depthOf(node: unknown): number {
  if (Array.isArray(node)) return Math.max(0, ...node.map(depthOf));
  if (typeof node !== 'object' || node === null) return 0;
  return 1 + depthOf((node as { props: { children?: unknown } }).props.children);
}

function citation(): fc.Arbitrary<PlacedCitation> {
  return fc
    .record({ number: fc.integer({ min: 1, max: 9 }), start: fc.nat(300), end: fc.nat(300) })
    .map((placed) => ({ ...placed, title: 't', url: null, quote: 'q', passageId: 'p', location: null }));
}

describe('a text that is not finished', () => {
  const unfinished = (text: string) => written(renderMarkdown(text, { chip, unfinished: true }));
  const link = (address: string, words: string) => `<a href="${address}" ${SAFE}>«${words}»</a>`;

  test.each([
    'See https://acme.exam',
    'See www.acme.exam',
    'Write to help@acme.co',
    'See [our terms](https://acme.exam',
    'See [our terms](https://acme.example/a "ti',
    'See [our https://acme.example/ terms]',
    'See ![a picture](https://evil.example/a b',
    'See <https://acme.exam',
    'a <img alt="b" src="https://evil.example/a.png" ',
    'See [terms]\n\n[terms]: https://acme.exam',
  ])('%j has no link yet', (text) => {
    expect(unfinished(text)).not.toContain('<a');
    expect(unfinished(text)).not.toContain('\ufffb');
  });

  test('what stands before its end is whole', () => {
    const first = link('https://a.example/x', 'https://a.example/x');
    expect(unfinished('https://a.example/x and [b](https://b.example/) c')).toBe(
      `<p>${first}« and »${link('https://b.example/', 'b')}« c»</p>`,
    );
  });
});

const chip = (number: number) => h('sup', null, number);

function cited(text: string, ...ends: [number, number][]): string {
  const citations = ends.map(([number, end]) => ({
    number,
    start: 0,
    end,
    title: '',
    url: null,
    quote: '',
    passageId: '',
    location: null,
  }));
  return written(renderMarkdown(text, { citations, chip }));
}

describe('chips', () => {
  const after = (text: string, words: string) => text.indexOf(words) + words.length;
  test.each([
    ['at the end of a sentence', 'Yes. No.', 'Yes.', '<p>«Yes.»<sup>«1»</sup>« No.»</p>'],
    ['before the white space that a range ends with', 'Yes. No.', 'Yes. ', '<p>«Yes.»<sup>«1»</sup>« No.»</p>'],
    [
      'behind emphasis that ends with a full stop',
      '**Yes.** No.',
      '**Yes.**',
      '<p><strong>«Yes.»</strong><sup>«1»</sup>« No.»</p>',
    ],
    ['never within two stars', '**Yes** no', '**Yes*', '<p><strong>«Yes»</strong><sup>«1»</sup>« no»</p>'],
    ['in a list item', '- a\n- b\n\nc', '- a\n', '<ul><li>«a»<sup>«1»</sup></li><li>«b»</li></ul><p>«c»</p>'],
    [
      'never behind the sign of an item',
      '1. a\n2. b',
      '1. a\n2.',
      '<ol start=1><li>«a»<sup>«1»</sup></li><li>«b»</li></ol>',
    ],
    [
      'behind a link',
      '[a](https://a.example/) b',
      '[a](https',
      `<p><a href="https://a.example/" ${SAFE}>«a»</a><sup>«1»</sup>« b»</p>`,
    ],
    [
      'behind a bare address',
      'https://a.example/x',
      'https://a.example/x',
      `<p><a href="https://a.example/x" ${SAFE}>«https://a.example/x»</a><sup>«1»</sup></p>`,
    ],
    [
      'behind the full stop of a bare address',
      'https://a.example/x. b',
      'https://a.example/x.',
      `<p><a href="https://a.example/x" ${SAFE}>«https://a.example/x»</a>«.»<sup>«1»</sup>« b»</p>`,
    ],
    ['above the sign of a list item', '- a\n- b', '- a\n-', '<ul><li>«a»<sup>«1»</sup></li><li>«b»</li></ul>'],
    ['behind joined emoji', '👩‍🚀 a', '👩‍', '<p>«👩‍🚀»<sup>«1»</sup>« a»</p>'],
    ['behind an entity', 'a &amp; b', 'a &am', '<p>«a &»<sup>«1»</sup>« b»</p>'],
    ['behind code', '`a b` c', '`a', '<p><code>«a b»</code><sup>«1»</sup>« c»</p>'],
    ['behind a code block', '```\nx\n```\n', '```\nx\n```', '<pre><code>«x»</code></pre><sup>«1»</sup>'],
    ['above a rule', 'a\n\n---\n', 'a\n\n---\n', '<p>«a»<sup>«1»</sup></p><hr></hr>'],
  ])('%s', (_, text, words, expected) => {
    expect(cited(text, [1, after(text, words)])).toBe(expected);
  });

  test('in the last cell of a table row', () => {
    const text = '| a | b |\n|---|---|\n| 1 | 2 |\n';
    expect(cited(text, [1, text.length])).toContain('<td>«2»<sup>«1»</sup></td></tr></tbody>');
  });

  test('two at one place, in order; the same one twice is one', () => {
    expect(cited('Yes.', [2, 4], [1, 4], [2, 4])).toBe('<p>«Yes.»<sup>«1»</sup><sup>«2»</sup></p>');
  });

  test('a range beyond the text ends with it, an empty one has no chip', () => {
    expect(cited('Yes.', [1, 99])).toBe('<p>«Yes.»<sup>«1»</sup></p>');
    expect(cited('Yes.', [1, 0])).toBe('<p>«Yes.»</p>');
    expect(cited('\n\nYes.', [1, 1])).toBe('<p>«Yes.»</p>');
  });

  test('the text cannot make one by itself', () => {
    expect(cited('a &#xfffc;7&#65532; b')).toBe('<p>«a �7� b»</p>');
    expect(cited('a \uFFFC7\uFFFC b')).toBe('<p>«a  7  b»</p>');
  });
});
