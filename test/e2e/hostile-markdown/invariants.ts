import { stripInvisible } from '../../../src/language/invisible.ts';

const ANY = /^/;
const ALIGNED = /^fd-(left|center|right)$/;

/** The elements that a message and a passage are made of, and the values that their attributes may have. */
const ALLOWED: Record<string, Record<string, RegExp>> = {
  p: { class: /^(fd-heading|fd-mark|fd-mark fd-mark-failed|fd-place( fd-soon| )?)$/, role: /^status$/ },
  div: {
    class: /^fd-(content|table|text|passage|passage-head|words)$/,
    tabindex: /^0$/,
  },
  a: {
    href: /^(https?:\/\/|mailto:)/,
    target: /^_blank$/,
    rel: /^noopener noreferrer nofollow$/,
    class: /^fd-button$/,
  },
  button: {
    type: /^button$/,
    class: /^fd-icon-button$/,
    title: ANY,
    'aria-label': ANY,
    'aria-haspopup': /^dialog$/,
  },
  ol: { start: /^\d{1,9}$/ },
  li: { value: /^\d+$/ },
  th: { scope: /^col$/, class: ALIGNED },
  td: { class: ALIGNED },
  sup: { class: /^fd-chip$/ },
  span: {
    class: /^fd-(avatar|source-number|hidden)$/,
    'aria-hidden': /^true$/,
  },
  section: { class: /^fd-sources$/, 'aria-label': /^Sources$/ },
  h2: { class: /^fd-author$/ },
  time: { class: /^fd-time$/, datetime: ANY },
};
for (const plain of 'strong em del code pre br hr ul blockquote table thead tbody tr bdi h3 mark'.split(' ')) {
  ALLOWED[plain] = {};
}

/** What any of them may have: a text finds its own direction. */
const EVERYWHERE: Record<string, RegExp> = { dir: /^auto$/ };

const DEEPEST = 60;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb]/;

/** What is wrong with the elements and texts below `root`; empty where nothing is. */
export function problemsIn(root: Element): string[] {
  const problems: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof SVGElement) problems.push(...iconProblems(node));
    else if (node instanceof HTMLElement) problems.push(...problemsOf(node));
    else if (node instanceof Text) problems.push(...textProblems(node.data, 'a text'));
    else problems.push(`a node that is neither an HTML element nor a text: ${node.nodeName}`);
  }
  if (depthOf(root) > DEEPEST) problems.push('elements that nest too deep');
  return problems;
}

/** An icon is drawn from lines alone. */
function iconProblems(element: SVGElement): string[] {
  const inIcon = element.closest('button.fd-icon-button, a.fd-button') !== null;
  const plain = [...element.attributes].every(({ name }) =>
    /^(d|class|aria-hidden|viewBox|width|height|fill|stroke.*)$/.test(name),
  );
  return inIcon && plain && /^(svg|path)$/.test(element.localName) ? [] : [`the element ${element.localName}`];
}

function problemsOf(element: HTMLElement): string[] {
  const allowed = ALLOWED[element.localName];
  if (!allowed) return [`the element ${element.localName}`];
  const problems = [...element.attributes].flatMap(({ name, value }) =>
    (allowed[name] ?? EVERYWHERE[name])?.test(value)
      ? textProblems(value, name)
      : [`${element.localName} ${name}=${value}`],
  );
  return element instanceof HTMLAnchorElement ? [...problems, ...linkProblems(element)] : problems;
}

/** As the browser reads the link, not as it is written. */
function linkProblems(link: HTMLAnchorElement): string[] {
  const problems: string[] = [];
  if (!['http:', 'https:', 'mailto:'].includes(link.protocol)) problems.push(`a link to ${link.href}`);
  if (link.username || link.password) problems.push(`a user name in ${link.href}`);
  for (const word of ['noopener', 'noreferrer', 'nofollow']) {
    if (!link.relList.contains(word)) problems.push(`a link without ${word}`);
  }
  if (link.target !== '_blank') problems.push('a link that leaves the page');
  if (link.querySelector('a')) problems.push('a link in a link');
  return problems;
}

function textProblems(text: string, where: string): string[] {
  if (/^[\t\n\x20-\x7e]*$/.test(text)) return [];
  const problems: string[] = [];
  if (stripInvisible(text) !== text) problems.push(`invisible characters in ${where}: ${JSON.stringify(text)}`);
  if (!text.isWellFormed()) problems.push(`half a pair in ${where}`);
  if (CONTROLS.test(text)) problems.push(`control characters in ${where}: ${JSON.stringify(text)}`);
  return problems;
}

function depthOf(element: Element): number {
  return 1 + Math.max(0, ...[...element.children].map(depthOf));
}
