import type { NetworkPolicy } from '../../net/addresses.ts';
import type { FetchProblemCode } from '../../net/guarded-fetch.ts';

/** Where on the web knowledge is read from. */
export type WebSource =
  /** One address or a list; links are not followed. */
  | { kind: 'pages'; urls: readonly string[] }
  /** A sitemap (XML, compressed, plain text, or an index of them). For a site's root: what its robots.txt names, else `/sitemap.xml`. */
  | { kind: 'sitemap'; url: string; prefix?: string }
  /** The pages that `url` leads to on its own site, at and below its folder or below `prefix`, such as `/`. */
  | { kind: 'crawl'; url: string; prefix?: string };

export type WebPage = {
  /**
   * Normalised, and after redirects where they ended: what a page is known by, in `known` and in `unchanged` and `gone`
   * of later runs.
   */
  url: string;
  /** The address that the page itself goes by, on the same site; `url` where it does not say. For citations. */
  canonicalUrl: string;
  /** Decompressed, in the charset that `contentType` or the page itself names. */
  bytes: Uint8Array;
  /** As sent, charset included; empty where the server does not say. */
  contentType: string;
  /** A name with the extension of what the bytes are, such as "index.html". */
  fileName: string;
  etag: string | null;
  lastModified: string | null;
  /** Of `bytes`, in hexadecimal. */
  sha256: string;
  /** Milliseconds since 1970. */
  fetchedAt: number;
};

/** What is kept of a page, so that the next run need not read it again. */
export type KnownPage = Pick<WebPage, 'etag' | 'lastModified' | 'sha256' | 'fetchedAt'>;

export type WebProblemCode =
  | FetchProblemCode
  /** A status other than 2xx. */
  | 'http_status'
  /** robots.txt asks not to read it, or could not be read itself. */
  | 'robots'
  | 'robots_unreachable'
  | 'noindex'
  | 'login'
  | 'unsupported_type'
  | 'bad_sitemap'
  /** A known page that redirects for now. */
  | 'redirected'
  /** Not on the site, or below the prefix, that the source is about. */
  | 'outside'
  /** Limits of the whole run. */
  | 'page_limit'
  | 'byte_limit'
  | 'time_limit';

export type WebProblem = { code: WebProblemCode; message: string };

export type GoneReason = 'not_found' | 'moved' | 'duplicate' | 'noindex';

/** `gone` and `unchanged` are only said of pages in `known`. After a `problem`, what is known of that page is still good. */
export type WebItem =
  | WebPage
  | { unchanged: string }
  | { gone: string; reason: GoneReason }
  | { url: string; problem: WebProblem };

export type WebLimits = {
  /** Addresses asked for in one run, sitemaps and robots.txt not counted. */
  pages: number;
  /** Links from the first page. */
  depth: number;
  /** Of all pages together. */
  bytes: number;
  /** Of the run; what is under way then still ends. */
  totalMs: number;
  pageBytes: number;
  /** For one address, redirects of a sitemap or robots.txt included. */
  timeoutMs: number;
  /** Between two requests to one host. A robots.txt may ask for more, up to `longestDelayMs`. */
  delayMs: number;
  longestDelayMs: number;
  /** Requests under way at once, to one host and together. */
  perHost: number;
  atOnce: number;
  /** After an answer such as 503 without Retry-After; the second try is the last. */
  retryMs: number;
  /** Addresses that differ only after the question mark. */
  queriesPerPath: number;
  sitemaps: number;
};

export const WEB_LIMITS: Readonly<WebLimits> = {
  pages: 1000,
  depth: 8,
  bytes: 200_000_000,
  totalMs: 3_600_000,
  pageBytes: 10_000_000,
  timeoutMs: 15_000,
  delayMs: 100,
  longestDelayMs: 10_000,
  perHost: 2,
  atOnce: 4,
  retryMs: 2000,
  queriesPerPath: 50,
  sitemaps: 50,
};

/** `found` grows while links are found. `skipped`: found, asked for, and not worth a word, such as a link to an image. */
export type WebProgress = {
  found: number;
  fetched: number;
  pages: number;
  unchanged: number;
  gone: number;
  problems: number;
  skipped: number;
  bytes: number;
};

export type ReadWebOptions = {
  /** Who asks: `userAgent(version, contact)`. */
  userAgent: string;
  /** What this source gave before, by `url`. Pages that are not met on the way are asked for at the end. */
  known?: ReadonlyMap<string, KnownPage>;
  network?: NetworkPolicy;
  limits?: Partial<WebLimits>;
  signal?: AbortSignal;
  onProgress?: (progress: Readonly<WebProgress>) => void;
};

/** The name that robots.txt and robots tags know us by. */
export const AGENT = 'Frontdesk';

/** `contact` is an address or a mailbox where a site's owner can complain. */
export function userAgent(version: string, contact?: string): string {
  const hint = contact ? `+${contact.replace(/[^\x21-\x7e]|[()]/g, '')}` : 'self-hosted support agent';
  return `${AGENT}/${version} (${hint})`;
}
