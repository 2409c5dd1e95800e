/** Parameters that say where a visitor came from, never what the page is. */
const TRACKING =
  /^(utm_\w+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|hsctatracking|phpsessid|jsessionid)$/i;

const LONGEST = 2000;
const DEEPEST = 15;

/**
 * An address as pages are known by: without fragment, tracking parameters and session. Null for what cannot be a page:
 * other schemes, and addresses as a trap for crawlers makes them, such as /a/b/a/b/a/b or thousands of characters.
 */
export function pageAddress(address: string, base?: string): string | null {
  if (address.length > LONGEST) return null;
  const url = URL.parse(address, base);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.hash = '';
  url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/i, '');
  // By hand, because URLSearchParams would spell the parameters that stay in another way.
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !TRACKING.test(part.split('=', 1)[0] ?? ''));
  url.search = kept.join('&');
  return url.href.length > LONGEST || isEndless(url.pathname) ? null : url.href;
}

/**
 * The same for addresses that lead to the same page on nearly every site: `/help/` and `/help/index.html`. Only for
 * comparing: not every server answers to both.
 */
export function pageKey(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/(index|default)\.(html?|php|aspx?)$/i, '/');
  return url.href;
}

function isEndless(path: string): boolean {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length > DEEPEST) return true;
  const counts = new Map<string, number>();
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return [...counts.values()].some((count) => count > 3);
}

/** The part of a site that a source is about. */
type Place = { host: string; protocol: string; prefix: string };

/** What a crawl may visit: pages at and below its places, and documents such as PDF anywhere on their hosts. */
export class Scope {
  private readonly places: Place[] = [];

  /** `prefix` is a path; the folder of `address` where missing. */
  add(address: string, prefix?: string): void {
    const { host, protocol, pathname } = new URL(address);
    this.places.push({ host, protocol, prefix: prefix ?? folderOf(pathname) });
  }

  /**
   * Where a source is named by an address that redirects to another host of the same site, such as one with "www.", that
   * is where the site is. What leads elsewhere, such as to a login at a provider, stays outside.
   */
  follow(address: string): void {
    const first = this.places[0];
    const url = URL.parse(address);
    if (!first || !url || !isSameSite(new URL(`http://${first.host}`).hostname, url.hostname)) return;
    this.add(address, isBelow(url.pathname, first.prefix) ? first.prefix : undefined);
  }

  /** The address, on https where the site is, or null when it lies outside. */
  admit(address: string): string | null {
    const url = new URL(address);
    const place = this.places.find(
      ({ host, prefix }) => host === url.host && (isBelow(url.pathname, prefix) || isDocument(url)),
    );
    if (!place) return null;
    const isSecure = this.places.some(({ host, protocol }) => host === url.host && protocol === 'https:');
    if (isSecure && url.port === '') url.protocol = 'https:';
    return url.href;
  }
}

/** One is the other, or lies below it: `shop.example` and `www.shop.example`, `help.shop.example`. */
export function isSameSite(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => `.${name.replace(/^www\./, '')}`) as [string, string];
  return first.endsWith(second) || second.endsWith(first);
}

/** `/help/index.html` is about `/help/`, and `/help` about itself and what is below. */
function folderOf(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.includes('.') ? path.slice(0, path.length - last.length) : path;
}

function isBelow(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return prefix.endsWith('/') && path === prefix.slice(0, -1);
  return prefix.endsWith('/') || path.length === prefix.length || path[prefix.length] === '/';
}

function isDocument(url: URL): boolean {
  return /\.(pdf|docx|md|txt|csv|tsv)$/i.test(url.pathname);
}
