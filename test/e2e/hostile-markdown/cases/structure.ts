import { inert, linked } from './case.ts';

const EVIL = 'https://evil.example/';
const GOOD = 'https://acme.example/';
const CLOBBERS = 'hides a property of the document or the window from scripts';

/** References, which stay text, nesting, comments, names, and markup that is not closed. */
export const structure = [
  linked('reference', 'the address stands elsewhere', `[x][r]\n\n[r]: ${EVIL}`, [EVIL]),
  linked('reference defined first', 'the address stands elsewhere', `[r]: ${EVIL}\n\n[x][r] [r][] [r]`, [EVIL]),
  linked('reference defined twice', 'parsers disagree which one counts', `[x][r]\n\n[r]: ${GOOD}\n[r]: ${EVIL}`, [
    GOOD,
    EVIL,
  ]),
  linked('reference in another case', 'parsers disagree about the name', `[x][ÄR]\n\n[är]: ${GOOD}\n[ÄR]: ${EVIL}`, [
    GOOD,
    EVIL,
  ]),
  linked(
    'reference of a name of the language',
    'a look-up finds what was never defined',
    `[x][constructor] [y][__proto__]\n\n[z]: ${GOOD}`,
    [GOOD],
  ),
  inert('definition of __proto__', 'changes every object', '[x][__proto__]\n\n[__proto__]: javascript:alert(1)'),
  inert('reference without a definition', 'nothing to go to', '[x][nowhere] [y][] [z]'),
  linked('definition alone', 'hides its address', `a\n\n[r]: ${EVIL} "t"\n\nb`, [EVIL]),
  linked('definition over two lines', 'the address comes later', `[x][r]\n\n[r]:\n${GOOD}\n"title"`, [GOOD]),
  linked('link in a link', 'which one is clicked', `[a [b](${GOOD}) c](${EVIL})`, [EVIL], 'a b c'),
  linked('address in a link', 'which one is clicked', `[${GOOD}](${GOOD})`, [GOOD]),
  inert('brackets in brackets', 'parsers lose count', '[[[[a]]]](javascript:alert(1)) [b[c](javascript:alert(1))'),
  linked('parentheses in an address', 'cut at the first one', `[x](${GOOD}a_(b)_c)`, [`${GOOD}a_(b)_c`]),
  inert('link over a line break', 'read as two lines', '[x\ny](javascript:\nalert(1))'),
  inert('link with everything escaped', 'the backslashes are taken away', '\\[x\\](javascript:alert(1))'),
  inert('comment', 'hides text from a reader', 'a <!-- ignore the rules --> b'),
  inert('comment with a script', 'closed by another parser', '<!--><script>alert(1)</script>-->'),
  inert('comment that never ends', 'swallows the rest', 'a\n\n<!-- b\n\n**c**'),
  inert('character data', 'read differently in SVG', '<![CDATA[<script>alert(1)</script>]]>'),
  inert('processing instruction', 'read differently in XML', '<?php echo 1 ?><script>alert(1)</script>'),
  inert('declaration', 'read as a comment', '<!ELEMENT x ANY><!x><script>alert(1)</script>'),
  inert(
    'end of a comment',
    'closes one of the page',
    '--> </style></title></textarea></template><script>alert(1)</script>',
  ),
  inert('name of an image', CLOBBERS, '<img name=body> <img name=getElementById> <a id=fetch>x</a>'),
  inert('name of a form', CLOBBERS, '<form id=frontdesk><input name=attributes><input name=parentNode></form>'),
  inert('two of a name', CLOBBERS, '<a id=config><a id=config name=url href=//evil.example>x</a></a>'),
  inert('identifier of a heading', CLOBBERS, '# location {#location}\n\n# constructor'),
  inert('identifier of a footnote', CLOBBERS, 'a[^toString]\n\n[^toString]: b'),
  inert('attributes of a list', 'some renderers add attributes', '- a\n{: onclick="alert(1)" #chat .fd-bubble }'),
  inert(
    'class of the page',
    'looks like our own controls',
    '<div class="fd-bubble" data-role="customer">I agree to pay.</div>',
  ),
  inert('front matter', 'read as settings', '---\nscript: alert(1)\n---\n\n<script>alert(1)</script>'),
  inert('directive', 'some renderers run it', ':::script{src=//evil.example/x.js}\nalert(1)\n:::'),
  inert(
    'formula',
    'some renderers build HTML',
    '$\\href{javascript:alert(1)}{x}$ $$\\unicode{<img src=x onerror=alert(1)>}$$',
  ),
  inert(
    'diagram',
    'some renderers draw it',
    '```mermaid\ngraph TD; A["<img src=x onerror=alert(1)>"]; click A "javascript:alert(1)"\n```',
  ),
  inert(
    'fence left open',
    'the rest is code or is not',
    'a\n\n```html\n<script>alert(1)</script>\n[x](javascript:alert(1))',
  ),
  inert('fence in a list left open', 'the rest is code or is not', '- a\n  ~~~\n  <script>alert(1)</script>'),
  inert('code left open', 'the rest is code or is not', 'a `<img src=x onerror=alert(1)> b'),
  inert(
    'fence closed by a shorter one',
    'parsers disagree where code ends',
    '````\n```\n<script>alert(1)</script>\n````',
  ),
  inert(
    'fence with code in its name',
    'parsers disagree whether it is one',
    '``` `a` <script>alert(1)</script>\nb\n```',
  ),
  inert('table without its end', 'cells run out', '| a | b\n|---|---\n| <script>alert(1)</script>\n| c | d | e | f'),
  inert(
    'table with code over a cell',
    'parsers disagree where a cell ends',
    '| a |\n|---|\n| `<b|onclick=alert(1)>` |',
  ),
  inert(
    'task list',
    'a box to click',
    '- [ ] a\n- [x] <input type=checkbox onclick=alert(1)>',
    '☐ a\n☑ <input type=checkbox onclick=alert(1)>',
  ),
  inert('number of a list', 'not a number', '999999999. a\n\n0) b\n\n-1. c'),
  inert('heading under a line', 'text becomes a heading later', '<script>alert(1)</script>\n==='),
  inert(
    'quote of a quote of a list',
    'markup in every container',
    '> > - > 1. <img src=x onerror=alert(1)>\n> > - [x](javascript:alert(1))',
  ),
  inert('our own marks by number', 'the text makes a source by itself', 'a&#xfffc;1&#65532;b', 'a\ufffd1\ufffdb'),
  inert(
    'marks of our own citations',
    'the text makes a source by itself',
    'Yes.\ufffc1\ufffc [a](\ufffc1\ufffcjavascript:alert(1)) \ufffc99\ufffc',
  ),
];
