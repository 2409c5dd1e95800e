import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHtml } from '../../src/ingest/readers/html.ts';
import { plainText } from '../../src/knowledge/markdown.ts';

function read(html: string, url: string | null = null) {
  return readHtml({ name: 'page.html', bytes: new TextEncoder().encode(html), url });
}

const bodyOf = (html: string) => read(`<title>T</title><body><main>${html}</main>`).text;

describe('what a visitor cannot see is not read', () => {
  it.each([
    '<p style="display: none">x</p>',
    '<p style="VISIBILITY:hidden !important">x</p>',
    '<p hidden>x</p>',
    '<p aria-hidden="true">x</p>',
    '<p class="sr-only">x</p>',
    '<p style="font-size:0">x</p>',
    '<p style="font-size: 1px">x</p>',
    '<p style="opacity: 0.01">x</p>',
    '<p style="color: white">x</p>',
    '<p style="color:#FFF">x</p>',
    '<p style="color:rgb(255, 255, 255)">x</p>',
    '<p style="color: rgba(0,0,0,0)">x</p>',
    '<p style="color:#123456;background:#123456">x</p>',
    '<p style="position:absolute;left:-9999px">x</p>',
    '<p style="text-indent:-9999px">x</p>',
    '<p style="height:0;overflow:hidden">x</p>',
    '<p style="clip-path: inset(50%)">x</p>',
    '<p style="transform: scale(0)">x</p>',
    '<style>.a, .b { display:none } @media print { .c { color: red } }</style><p class="b">x</p>',
    '<style>p#i{font-size:1px} #i { opacity: 0 }</style><p id="i">x</p>',
    '<p><!-- x --></p>',
    '<p><img src="a.png" alt="x"></p>',
    '<noscript><p>x</p></noscript>',
    '<template><p>x</p></template>',
    '<svg><text>x</text></svg>',
    '<del>x</del>',
  ])('%s', (html) => {
    expect(bodyOf(`<p>Before.</p>${html}<p>After.</p>`)).toBe('Before.\n\nAfter.');
  });

  it.each([
    '<p style="color:#fff;background-color:#036">x</p>',
    '<div style="background:#036"><p style="color:white">x</p></div>',
    '<p hidden="until-found">x</p>',
    '<style>@media print { .a { display: none } } .a { display: block }</style><p class="a">x</p>',
    '<div role="tabpanel" hidden><p>x</p></div>',
    '<p style="font-size: 12px; opacity: 0.9; height: 0">x</p>',
  ])('%s is seen, or can be opened', (html) => {
    expect(bodyOf(`<p>Before.</p>${html}<p>After.</p>`)).toBe('Before.\n\nx\n\nAfter.');
  });

  it('an answer that a button opens is read under what the button says', () => {
    const html =
      '<h2>Questions</h2><button aria-expanded="false" aria-controls="a">How long?</button>' +
      '<div id="a" style="display:none">Two days.</div><button>Send</button>';
    expect(bodyOf(html)).toBe('## Questions\n\n### How long?\n\nTwo days.');
  });
});

describe('the content of a page', () => {
  it('without any mark of it: the part with the prose', () => {
    const menu = '<div><a href="/a">One</a> <a href="/b">Two</a> <a href="/c">Three</a></div>';
    const text = `<h1>Returns</h1><p>${'Send it back within thirty days. '.repeat(5)}</p><p>We pay.</p>`;
    const page = read(`<title>Returns – Shop</title><body>${menu}<div><div>${text}</div>${menu}</div>`);
    expect(page.title).toBe('Returns');
    expect(page.text).toBe(`# Returns\n\n${'Send it back within thirty days. '.repeat(5).trim()}\n\nWe pay.`);
  });

  it('a class that says "sidebar" or "menu" on the whole page takes nothing away', () => {
    expect(read('<body class="has-menu sidebar"><div class="comments"><p>All of it.</p></div>').text).toBe(
      'All of it.',
    );
  });

  it('a form around the whole page is no form of the text', () => {
    expect(read('<body><form id="aspnetForm"><p>All of it.</p></form>').text).toBe('All of it.');
  });

  it('several articles are read together', () => {
    const one = (n: number) => `<article><h2>Question ${n}</h2><p>Answer ${n}.</p></article>`;
    expect(read(`<body><main>${one(1)}${one(2)}${one(3)}</main>`).text).toMatch(
      /Answer 1[\s\S]*Answer 2[\s\S]*Answer 3/,
    );
  });

  it('a title loses the name of the site', () => {
    const head = '<meta property="og:site_name" content="Acme"><title>Acme | Returning a bike</title>';
    expect(read(`<head>${head}</head><body><p>Text.</p>`).title).toBe('Returning a bike');
  });

  it('links are made whole, and only those that can be opened stay', () => {
    const html = '<p><a href="../b?x=(1)">b</a> <a href="javascript:alert(1)">j</a> <a href="#top">t</a></p>';
    expect(read(`<body>${html}`, 'https://a.example/x/y').text).toBe('[b](https://a.example/b?x=%281%29) j t');
  });

  it('a table that only places things is read cell by cell, one in a cell is text', () => {
    expect(bodyOf('<table><tr><td><h2>A</h2><p>One.</p></td><td><h2>B</h2><p>Two.</p></td></tr></table>')).toBe(
      '## A\n\nOne.\n\n## B\n\nTwo.',
    );
    expect(bodyOf('<table><tr><td>Only one row, no table</td><td>of text</td></tr></table>')).toBe(
      'Only one row, no table\n\nof text',
    );
  });

  it('20,000 nested elements cost nothing but their nesting', () => {
    expect(read(`${'<div>'.repeat(20_000)}Text.`).text).toBe('Text.');
  });
});

describe('text stays what it is', () => {
  const special = fc.string({ unit: fc.constantFrom(...'*_`[]()<>#+-=~|\\&!.:1a Zé\n') });
  const read = (markdown: string) => plainText(markdown).trim();
  const asHtml = (text: string) => text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const folded = (text: string) => text.replace(/\s+/g, ' ').trim();

  it('whatever markup it looks like', () => {
    fc.assert(
      fc.property(special, (text) => {
        expect(read(bodyOf(`<p>x${asHtml(text)}</p><p>end</p>`))).toBe(`${folded(`x${text}`)}\n\nend`);
        expect(read(bodyOf(`<p>${asHtml(text)}z</p><p>end</p>`))).toBe(`${folded(`${text}z`)}\n\nend`);
      }),
      { numRuns: 150 },
    );
  });

  it('in a table, a list and a heading, too', () => {
    fc.assert(
      fc.property(special, (text) => {
        const html = asHtml(text);
        const words = folded(`a ${text} z`);
        expect(read(bodyOf(`<table><tr><th>a ${html} z<th>b<tr><td>c<td>d</table>`))).toBe(`${words} | b\nc | d`);
        expect(read(bodyOf(`<ul><li>a ${html} z<li>b</ul>`))).toBe(`- ${words}\n- b`);
        expect(read(bodyOf(`<h2>a ${html} z</h2>`))).toBe(words);
      }),
      { numRuns: 80 },
    );
  });

  it('in code', () => {
    fc.assert(
      fc.property(special, (text) => {
        const line = folded(`a${text}z`);
        expect(read(bodyOf(`<p>x <code>${asHtml(line)}</code></p>`))).toBe(`x ${line}`);
        expect(read(bodyOf(`<pre>${asHtml(`a${text}z`)}</pre>`))).toBe(`a${text}z`.replace(/[ \t]+$/gm, ''));
      }),
      { numRuns: 80 },
    );
  });
});
