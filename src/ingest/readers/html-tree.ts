import { type DefaultTreeAdapterTypes, html, parse, parseFragment } from 'parse5';

/** HTML as a tree without comments, doctype and `wbr`; no two texts follow each other. */
export type HtmlElement = { tag: string; attributes: Record<string, string>; children: HtmlNode[] };
export type HtmlNode = HtmlElement | string;

/** Deeper elements become children of the last that fits: every walk over the tree may then be recursive. */
const DEEPEST = 150;

export function parseHtml(source: string): HtmlElement {
  return treeOf(parse(source).childNodes);
}

/** A piece of a page, such as a converter puts out. */
export function parseHtmlPiece(source: string): HtmlElement {
  return treeOf(parseFragment(source).childNodes);
}

/** Without recursion, since a page may nest 100,000 elements. */
function treeOf(nodes: DefaultTreeAdapterTypes.ChildNode[]): HtmlElement {
  const root: HtmlElement = { tag: 'root', attributes: {}, children: [] };
  const open = nodes.map((node) => ({ node, parent: root, depth: 0 })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, parent, depth } = next;
    if ('value' in node) {
      const before = parent.children.at(-1);
      if (typeof before === 'string') parent.children[parent.children.length - 1] = before + node.value;
      else parent.children.push(node.value);
    } else if ('tagName' in node && node.namespaceURI === html.NS.HTML && node.tagName !== 'wbr') {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      const element: HtmlElement = { tag: node.tagName, attributes, children: [] };
      parent.children.push(element);
      const inside = depth < DEEPEST ? element : parent;
      for (const child of node.childNodes.toReversed()) open.push({ node: child, parent: inside, depth: depth + 1 });
    }
  }
  return root;
}

/** All text below, as it stands in the source. */
export function textOf(node: HtmlNode): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

/** `textOf` in one line. */
export function lineOf(node: HtmlNode): string {
  return textOf(node).replace(/\s+/g, ' ').trim();
}

export function elementsOf(element: HtmlElement): HtmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** Every element below, in document order, for which `wanted` holds; the element itself is not among them. */
export function findAll(element: HtmlElement, wanted: (element: HtmlElement) => boolean): HtmlElement[] {
  return elementsOf(element).flatMap((child) => [...(wanted(child) ? [child] : []), ...findAll(child, wanted)]);
}

export function findTag(element: HtmlElement, tag: string): HtmlElement | undefined {
  return findAll(element, (child) => child.tag === tag)[0];
}
