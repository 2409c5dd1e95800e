import type { Labels } from './documents.ts';

/** A part of the web that an agent knows, as its folder describes it. */
export type WebSourceSpec = {
  /** Unique in the agent: the name that it was given, or its address. */
  name: string;
  what:
    | { kind: 'pages'; urls: readonly string[] }
    | { kind: 'sitemap'; url: string; prefix?: string | undefined }
    | { kind: 'crawl'; url: string; prefix?: string | undefined };
  /** Pages at most, and links from the first page at most. */
  limits: { pages?: number | undefined; depth?: number | undefined };
  /** What the pages do not say themselves. */
  language?: string | undefined;
  labels?: Labels | undefined;
};
