import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../web/widget/markdown.tsx';
import { renderAsMarked } from './marked-reference.tsx';
import { written } from './vnode-html.ts';

/** The articles that agents answer from, and the project's own pages: Markdown as people write it. */
const FILES = globSync('{*.md,docs/**/*.md,examples/**/*.md,test/agents/**/*.md}');

const LISTS = [
  '1. a\n   - b\n   - c\n2. d',
  '1. a\n\n   para\n2. b',
  '- a\n\n- b',
  '- a\n  b\nc',
  '1) a\n2) b',
  'text\n- a\n- b\ntext',
  'text\n1. a\n2. b',
  'text\n2. a',
  '* a\n+ b',
  '- a\n\n  - b\n\n- c',
  '- a\n  ```\n  x\n  ```\n- b',
  '- [ ] a\n- [x] b',
  '- **a**: b\n- **c**: d\n\nText.',
  '1. a\n\n```\ncode\n```\n\n2. b',
  '   - a\n   - b',
  '- a\n - b\n  - c\n   - d',
  '10. a\n11. b',
  '- a\n    - b\n        - c',
  '1. a\n    - b',
  '1. a\n  - b',
];
const BLOCKS = [
  '> a\nb\n\nc',
  '> - a\n> - b',
  '> a\n> \n> b',
  '# a\ntext\n## b ##',
  '* * *',
  '|a|b|\n|-|-|\n|1|\nx',
  'a|b\n-|-\n1|2',
  'x\n|a|b|\n|-|-|\n|1|2|',
  '| `a\\|b` | c |\n|---|---|\n| \\| | 2 |',
  '```\na',
  '~~~\na\n~~~',
  'a\\\nb',
  'a  \nb',
];
const INLINES = [
  '**Note:** x **y**',
  'a*b*c _d_e_ _f_',
  '***x***',
  '**a*b**',
  '*a **b** c*',
  '**a**b**c**',
  '*a `b*` c*',
  '`` a`b `` x',
  '[a](b "c")',
  '[a](https://x.y "c") z',
  '[a [b] c](https://x.y/(z))',
  '[`a`](https://x.y) **[a](https://x.y)**',
  'see https://x.y/a. And (https://x.y/b) www.x.y, mail a@b.co.',
  'https://x.y/a_b_c and https://x.y/?a=1&b=2',
  '~~a~~ ~b~ ~~~c~~~',
  '5 * 3 * 2 = 30, snake_case_name, 2*3*4',
  '**bold**text **"q"**text text**"q"**',
  'a<b and c>d <br>x<br/>y ![i](https://x.y/i.png)',
  '\\*a\\* &lt; &amp;',
  '**unclosed `unclosed [unclosed](http',
];

describe('reads ordinary Markdown as marked does', () => {
  test.each(FILES)('%s', (file) => {
    const text = readFileSync(file, 'utf8').replace(/^---\n.*?\n---\n/s, '');
    expect(written(renderMarkdown(text))).toBe(written(renderAsMarked(text)));
  });

  test.each([...LISTS, ...BLOCKS, ...INLINES])('%j', (text) => {
    expect(written(renderMarkdown(text))).toBe(written(renderAsMarked(text)));
  });
});
