import { charsetOf } from './content-types.ts';
import { pageAddress } from './page-address.ts';
import { readMarkup } from './read-markup.ts';
import { type PageRules, readPageRules } from './robots.ts';

/** What a crawler needs to know of an HTML page. Addresses are whole and normalised. */
export type PageFacts = PageRules & {
  links: readonly string[];
  /** `<link rel="canonical">`: the address that the page itself goes by. */
  canonical: string | null;
  /** Where the page sends its visitors at once, instead of a redirect. */
  refresh: string | null;
  /** It has a field for a password. */
  asksForPassword: boolean;
};

const MOST_LINKS = 5000;
const REFRESH_SECONDS = 5;

/** Reads a page's head and links as a browser would find them. `url` is where it came from. */
export async function readPage(
  page: { url: string; contentType: string; bytes: Uint8Array },
  agent: string,
): Promise<PageFacts> {
  const reader = new PageReader(page.url, agent);
  await readMarkup(decode(page), 'html', { open: (name, attributes) => reader.tag(name, attributes) });
  return reader.facts();
}

type Attributes = Readonly<Record<string, string>>;

class PageReader {
  private readonly agent: string;
  private readonly found = new Set<string>();
  private readonly rules: PageRules = { noindex: false, nofollow: false };
  private base: string;
  private hasBase = false;
  private canonical: string | null = null;
  private refresh: string | null = null;
  private asksForPassword = false;

  constructor(url: string, agent: string) {
    this.base = url;
    this.agent = agent;
  }

  tag(name: string, attributes: Attributes): void {
    if (name === 'a' || name === 'area') this.link(attributes);
    else if (name === 'base') this.setBase(attributes);
    else if (name === 'link' && words(attributes.rel).includes('canonical')) {
      this.canonical ??= this.resolve(attributes.href);
    } else if (name === 'meta') this.meta(attributes);
    else if (name === 'input') this.asksForPassword ||= attributes.type?.toLowerCase() === 'password';
  }

  facts(): PageFacts {
    const { canonical, refresh, asksForPassword } = this;
    return { ...this.rules, links: [...this.found], canonical, refresh, asksForPassword };
  }

  private link({ href, rel }: Attributes): void {
    if (words(rel).includes('nofollow') || this.found.size >= MOST_LINKS) return;
    const address = this.resolve(href);
    if (address !== null) this.found.add(address);
  }

  private setBase({ href }: Attributes): void {
    const base = href === undefined || this.hasBase ? null : URL.parse(href, this.base);
    if (!base) return;
    this.base = base.href;
    this.hasBase = true;
  }

  private meta({ name, content = '', 'http-equiv': equivalent }: Attributes): void {
    const lower = name?.trim().toLowerCase();
    if (lower === 'robots' || lower === this.agent.toLowerCase()) {
      const { noindex, nofollow } = readPageRules(content, this.agent);
      this.rules.noindex ||= noindex;
      this.rules.nofollow ||= nofollow;
    }
    if (equivalent?.toLowerCase() !== 'refresh') return;
    const [, seconds, target] = /^\s*(\d+)[\d.]*\s*[;,]?\s*url\s*=\s*["']?([^"']+)/i.exec(content) ?? [];
    if (Number(seconds) <= REFRESH_SECONDS) this.refresh ??= this.resolve(target);
  }

  private resolve(address: string | undefined): string | null {
    return address === undefined ? null : pageAddress(address.trim(), this.base);
  }
}

function words(text: string | undefined): string[] {
  return (text ?? '').toLowerCase().split(/\s+/);
}

/** Links are ASCII nearly everywhere, so that a page which does not say its charset in the header is read as UTF-8. */
function decode({ contentType, bytes }: { contentType: string; bytes: Uint8Array }): string {
  try {
    return new TextDecoder(charsetOf(contentType) ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
