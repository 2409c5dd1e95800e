import type { Case } from './case.ts';

type CitedCase = Omit<Case, 'links' | 'shows'> & {
  title: string;
  url: string | null;
  quote: string;
  /** Where the links of the chip and of the source go. */
  goesTo: string | null;
};

const GOOD = 'https://acme.example/a';

function source(
  name: string,
  why: string,
  [title, url, quote]: [string, string | null, string],
  goesTo: string | null,
): CitedCase {
  return { name, why, text: 'An **answer** with a source.', title, url, quote, goesTo };
}

/** Sources whose title, address or quoted words are hostile. */
export const citations: CitedCase[] = [
  source('a good source', 'must be a link', ['Cover', GOOD, 'We cover it.'], GOOD),
  source('no address', 'must be shown without a link', ['Cover', null, 'We cover it.'], null),
  source('javascript', 'a click runs code', ['Cover', 'javascript:alert(1)', 'q'], null),
  source('javascript in disguise', 'a click runs code', ['Cover', ' \u0001java\tscript:alert(1)', 'q'], null),
  source('data', 'a document of the attacker', ['Cover', 'data:text/html,<script>alert(1)</script>', 'q'], null),
  source('without a scheme', 'goes wherever the page is', ['Cover', '//evil.example/a', 'q'], null),
  source('file', 'reaches the customer’s machine', ['Cover', 'file:///etc/passwd', 'q'], null),
  source('user name', 'the host is not what it seems', ['Cover', 'https://acme.example@evil.example/', 'q'], null),
  source(
    'quotes in the address',
    'breaks out of the attribute',
    ['Cover', `${GOOD}?"onclick="alert(1)`, 'q'],
    `${GOOD}?%22onclick=%22alert(1)`,
  ),
  source('HTML in the title', 'runs at once', ['<img src=x onerror=alert(1)>', GOOD, 'q'], GOOD),
  source(
    'end of an attribute in the title',
    'breaks out of the attribute',
    ['" onmouseover="alert(1)', GOOD, 'q'],
    GOOD,
  ),
  source(
    'Markdown in the title',
    'is not read as Markdown',
    ['![a](https://evil.example/p.png) [x](javascript:alert(1))', GOOD, 'q'],
    GOOD,
  ),
  source('HTML in the quote', 'runs at once', ['Cover', GOOD, '</blockquote><script>alert(1)</script>'], GOOD),
  source('Markdown in the quote', 'is not read as Markdown', ['Cover', null, '![a](https://evil.example/p.png)'], null),
  source('override in the title', 'reads as something else', ['a\u202ebc\u202c', GOOD, 'q'], GOOD),
  source('override in the quote', 'reads as something else', ['Cover', GOOD, 'pay \u202e00.21\u2066'], GOOD),
  source('override without a link', 'reads as something else', ['a\u202ebc', null, 'pay \u202e00.21'], null),
  source('tag characters', 'hides words', ['a\u{e0061}\u{e0062}', GOOD, 'q\u{e0063}'], GOOD),
  source('control characters', 'breaks strings', ['a\u0000b\u001b', GOOD, 'q\u0007'], GOOD),
  source('half a pair', 'breaks strings', ['a\ud83d', GOOD, '\ude00q'], GOOD),
  source(
    'very long',
    'pushes the page apart',
    ['a'.repeat(5_000), `${GOOD}${'b'.repeat(5_000)}`, 'c'.repeat(5_000)],
    `${GOOD}${'b'.repeat(5_000)}`,
  ),
];
