import { elementsOf, findAll, findTag, type HtmlElement, lineOf, textOf } from './html-tree.ts';

const NEVER = new Set(
  (
    'script style noscript template iframe object embed video audio canvas svg math input select textarea option ' +
    'head link meta map dialog nav footer del s strike img picture'
  ).split(' '),
);
const ROLES = /^(navigation|banner|contentinfo|complementary|search|dialog|alertdialog|menu|menubar|toolbar|alert)$/;

/** Words in a class or id that tell what a part of a page is for. */
const NOISE_WORDS =
  /(?:^|[-_ ])(cookies?|consent|gdpr|breadcrumbs?|crumbs?|sidebar|side-?nav|sub-?nav|navbar|nav-?menu|menu|toc|table-of-contents|pagination|pager|prev-?next|share|sharing|social|newsletter|subscribe|subscription|related|recommended|recently-viewed|comments?|skip-?(?:link|to-content|nav)|votes?|feedback|was-this-helpful|helpful|ratings?|promo|advert(?:isement)?|ads?|popup|modal|overlay|announcement|edit-(?:this-)?page|last-updated|site-?footer|page-?footer|site-?header|search-?(?:box|bar|form|container)|copy-?(?:button|code|btn)|hash-?link|headerlink|anchor-?link|print-?only|author-?(?:box|bio|card)|article-author|reactions?|entry-meta|post-meta|meta-data|byline|language-?(?:switcher|selector)|back-to-top)(?:$|[-_ ])/i;

/** What is said to be noise yet holds so much of the page's text is none. */
const TOO_MUCH = 0.5;
const LINKED = 0.7;

/** What an element holds, itself among it. `text` and `linked` are lengths, the latter of what stands in links. */
type Measure = { text: number; linked: number; links: number };
type Measures = ReadonlyMap<HtmlElement, Measure>;

/**
 * The part of a page that is its content, without menus, banners, forms and lists of links. `root` is changed.
 * Where nothing tells the content apart, all that is left of the page.
 */
export function mainContent(root: HtmlElement): HtmlElement {
  const body = findTag(root, 'body') ?? root;
  dropNoise(body);
  const measures = measureAll(body);
  const content = markedContent(body, measures) ?? withOwnHeading(body, densest(body, measures));
  dropLinkLists(content, { measures, whole: measureAll(content).get(content)?.text ?? 0 });
  return content;
}

/** Every element once: a page may nest 20,000 of them. */
function measureAll(root: HtmlElement): Measures {
  const measures = new Map<HtmlElement, Measure>();
  const visit = (element: HtmlElement): Measure => {
    const sum: Measure = { text: 0, linked: 0, links: 0 };
    for (const child of element.children) {
      const one = typeof child === 'string' ? { text: lengthOf(child), linked: 0, links: 0 } : visit(child);
      sum.text += one.text;
      sum.linked += one.linked;
      sum.links += one.links;
    }
    const measure = element.tag === 'a' ? { text: sum.text, linked: sum.text, links: sum.links + 1 } : sum;
    measures.set(element, measure);
    return measure;
  };
  visit(root);
  return measures;
}

function lengthOf(text: string): number {
  return text.replace(/\s+/g, ' ').length;
}

function dropNoise(body: HtmlElement): void {
  const whole = lengthOf(textOf(body));
  const visit = (element: HtmlElement, inArticle: boolean): void => {
    element.children = element.children.filter((child) => {
      if (typeof child === 'string') return true;
      if (NEVER.has(child.tag)) return false;
      const inside = inArticle || isArticle(child);
      if (isNoise(child, inArticle) && lengthOf(textOf(child)) < whole * TOO_MUCH) return false;
      if (child.tag === 'button' && !isOpener(child) && !isWholeHeading(element, child)) return false;
      visit(child, inside);
      return true;
    });
  };
  visit(body, false);
}

function isArticle({ tag, attributes }: HtmlElement): boolean {
  return tag === 'main' || tag === 'article' || attributes.role === 'main';
}

/** A button that opens an answer says what the answer is about. */
export function isOpener({ tag, attributes }: HtmlElement): boolean {
  return tag === 'button' && (attributes['aria-expanded'] ?? attributes['aria-controls']) !== undefined;
}

function isWholeHeading(element: HtmlElement, button: HtmlElement): boolean {
  return /^h[1-6]$/.test(element.tag) && lineOf(element) === lineOf(button);
}

function isNoise(element: HtmlElement, inArticle: boolean): boolean {
  const { tag, attributes } = element;
  if (tag === 'form' || ROLES.test(attributes.role ?? '')) return true;
  if (tag === 'header' && !inArticle) return true;
  // Within an article it may be a note that belongs to the text.
  if (tag === 'aside' && (!inArticle || linkShare(measureAll(element).get(element)) > 0.3)) return true;
  if (/^(body|main|article|h[1-6]|pre|code|table|td|tr)$/.test(tag)) return false;
  // "hasSidebar_x1" and "withToc" tell about the whole page.
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`.replace(/\b(has|with|no|show)[-_]?\w+\b/gi, '');
  return NOISE_WORDS.test(names.replace(/([a-z])([A-Z])/g, '$1-$2'));
}

/** One article where there is one; several make up their `main` together. */
function markedContent(body: HtmlElement, measures: Measures): HtmlElement | null {
  const lengthIn = (element: HtmlElement) => measures.get(element)?.text ?? 0;
  const longest = (elements: HtmlElement[]) => elements.toSorted((a, b) => lengthIn(b) - lengthIn(a))[0];
  const isMain = ({ tag, attributes }: HtmlElement) => tag === 'main' || attributes.role === 'main';
  const isOne = ({ tag, attributes }: HtmlElement) =>
    tag === 'article' || attributes.itemprop === 'articleBody' || attributes.role === 'article';
  const main = longest(findAll(body, isMain));
  const article = longest(findAll(main ?? body, isOne));
  if (article && lengthIn(article) >= lengthIn(main ?? body) * 0.5) return withOwnHeading(main ?? body, article);
  return main ?? null;
}

/** The content with the page's first heading, which often stands just before it. */
function withOwnHeading(main: HtmlElement, article: HtmlElement): HtmlElement {
  if (findTag(article, 'h1')) return article;
  const headings = findAll(main, ({ tag }) => tag === 'h1');
  const [heading] = headings;
  if (headings.length !== 1 || heading === undefined) return article;
  return { ...article, children: [heading, ...article.children] };
}

/** Goes down as long as one child holds nearly all of the text that is not linked. */
function densest(element: HtmlElement, measures: Measures): HtmlElement {
  const prose = (one: HtmlElement) => (measures.get(one)?.text ?? 0) - (measures.get(one)?.linked ?? 0);
  const all = prose(element);
  const child = elementsOf(element).find((one) => prose(one) >= all * 0.85 && all > 0);
  if (!child || /^(p|ul|ol|dl|table|blockquote|pre|h[1-6]|details)$/.test(child.tag)) return element;
  return densest(child, measures);
}

/** Menus, "See also" and tables of contents that no name gives away. */
function dropLinkLists(element: HtmlElement, page: { measures: Measures; whole: number }): void {
  element.children = element.children.filter((child) => {
    if (typeof child === 'string') return true;
    const measure = page.measures.get(child);
    const isBlock = /^(ul|ol|div|section|table|dl|p)$/.test(child.tag);
    const isList = isBlock && measure !== undefined && measure.links >= 3 && linkShare(measure) > LINKED;
    if (isList && measure.text < page.whole * TOO_MUCH) return false;
    dropLinkLists(child, page);
    return true;
  });
}

function linkShare(measure: Measure | undefined): number {
  return measure === undefined ? 0 : measure.linked / Math.max(1, measure.text);
}

/** What the page calls itself: its first heading, else its title without the name of the site. */
export function pageTitle(head: HtmlElement, content: HtmlElement): string | null {
  const heading = findTag(content, 'h1');
  if (heading && lineOf(heading) !== '') return lineOf(heading);
  const meta = (property: string) =>
    findAll(head, ({ tag, attributes }) => tag === 'meta' && attributes.property === property)[0]?.attributes.content;
  const site = meta('og:site_name')?.trim();
  const title = findTag(head, 'title');
  const parts = [meta('og:title'), title && lineOf(title)]
    .flatMap((text) => (text ?? '').split(/\s+[|–—·»-]\s+/))
    .map((part) => part.trim());
  return parts.find((part) => part !== '' && part !== site) ?? null;
}
