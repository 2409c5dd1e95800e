import { Frontier, type Target } from './frontier.ts';
import { Hosts } from './hosts.ts';
import { pageAddress, Scope } from './page-address.ts';
import { readSitemaps } from './read-sitemaps.ts';
import { Verdicts } from './verdicts.ts';
import { type Outcome, visit } from './visit.ts';
import {
  type ReadWebOptions,
  WEB_LIMITS,
  type WebItem,
  type WebLimits,
  type WebProblem,
  type WebProgress,
  type WebSource,
} from './web-source.ts';

/**
 * Reads a source from the web: pages and the documents they link to, each as often as it is asked for, with what became
 * of those in `options.known`. Only public addresses are connected to (see `guardedFetch`), as politely as each host
 * asks. The order is not fixed. Never rejects for what the outside does; when `options.signal` is aborted, with its
 * reason. Leaving the loop ends what is under way.
 */
export async function* readWeb(source: WebSource, options: ReadWebOptions): AsyncGenerator<WebItem, void> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
  try {
    yield* new Run(source, { ...options, signal }).items();
  } finally {
    stop.abort();
  }
}

class Run {
  private readonly source: WebSource;
  private readonly options: ReadWebOptions & { signal: AbortSignal };
  private readonly limits: WebLimits;
  private readonly known: NonNullable<ReadWebOptions['known']>;
  private readonly hosts: Hosts;
  private readonly frontier: Frontier;
  private readonly scope: Scope | null;
  private readonly verdicts: Verdicts;
  private readonly underWay = new Map<string, Promise<{ target: Target; outcome: Outcome }>>();
  private readonly counts: WebProgress = {
    ...{ found: 0, fetched: 0, pages: 0, unchanged: 0 },
    ...{ gone: 0, problems: 0, skipped: 0, bytes: 0 },
  };
  private readonly beganAt = Date.now();
  private limitReached: WebProblem | null = null;
  private hasSwept = false;

  constructor(source: WebSource, options: ReadWebOptions & { signal: AbortSignal }) {
    this.source = source;
    this.options = options;
    this.limits = { ...WEB_LIMITS, ...options.limits };
    this.known = options.known ?? new Map();
    const { userAgent, signal, network = {} } = options;
    this.hosts = new Hosts({ userAgent, signal, network, limits: this.limits });
    this.frontier = new Frontier(this.limits, this.known);
    this.scope = source.kind === 'pages' ? null : new Scope();
    const { frontier, scope, known, limits, counts } = this;
    const depth = source.kind === 'crawl' ? limits.depth : 0;
    this.verdicts = new Verdicts({ frontier, scope, known, limits, depth, counts });
  }

  async *items(): AsyncGenerator<WebItem, void> {
    yield* this.start();
    for (;;) {
      this.limitReached ??= this.overLimit();
      if (this.limitReached) this.frontier.clear();
      this.beginVisits();
      if (this.underWay.size === 0) {
        yield* this.sweep();
        if (this.frontier.isEmpty && !(yield* this.verdicts.release())) break;
        continue;
      }
      const { target, outcome } = await Promise.race(this.underWay.values());
      this.underWay.delete(target.url);
      yield* this.take(target, outcome);
      this.report();
    }
    yield* this.limitsReached();
    this.report();
  }

  private async *start(): AsyncGenerator<WebItem> {
    const { source } = this;
    switch (source.kind) {
      case 'pages':
        for (const url of source.urls) yield* this.name(url);
        return;
      case 'crawl': {
        const url = pageAddress(source.url);
        if (url !== null) this.scope?.add(url, source.prefix);
        yield* this.name(source.url);
        if (url !== null) yield* this.sitemaps(await this.sitemapsOfRobots(url));
        return;
      }
      case 'sitemap': {
        const url = pageAddress(source.url);
        if (url === null) return yield* this.name(source.url);
        this.scope?.add(url, source.prefix ?? '/');
        yield* this.sitemaps(await this.sitemapsAt(url));
      }
    }
  }

  /** An address that whoever wrote the source named. */
  private *name(address: string): Generator<WebItem> {
    const url = pageAddress(address);
    if (url !== null) this.frontier.add({ url: this.frontier.spelling(url), depth: 0, named: true });
    else yield this.verdicts.problem({ url: address }, { code: 'bad_address', message: 'This is not a web address.' });
  }

  private async sitemapsAt(url: string): Promise<readonly string[]> {
    if (new URL(url).pathname !== '/') return [url];
    const sitemaps = await this.sitemapsOfRobots(url);
    return sitemaps.length > 0 ? sitemaps : [new URL('/sitemap.xml', url).href];
  }

  private async sitemapsOfRobots(url: string): Promise<readonly string[]> {
    const { sitemaps } = (await this.hosts.robots(url)).robots;
    return sitemaps.flatMap((sitemap) => pageAddress(sitemap, url) ?? []);
  }

  private async *sitemaps(urls: readonly string[]): AsyncGenerator<WebItem> {
    const { scope, source, hosts, limits } = this;
    for await (const entry of readSitemaps(urls, { hosts, limits })) {
      if ('problem' in entry) yield this.verdicts.problem(entry, entry.problem);
      else {
        // A site that is named without "www." has its sitemap where its pages are.
        if (source.kind === 'sitemap') scope?.add(entry.sitemap, source.prefix ?? '/');
        const url = scope?.admit(entry.url);
        if (url) this.frontier.add({ url: this.frontier.spelling(url), depth: 1, changedBefore: entry.changedBefore });
      }
    }
    this.report();
  }

  private beginVisits(): void {
    const isReady = (target: Target) => this.atHost(target.url) < this.limits.perHost;
    while (this.underWay.size < this.limits.atOnce) {
      const target = this.frontier.take(isReady);
      if (!target) return;
      const { url, changedBefore } = target;
      const outcome = visit({ url, changedBefore, known: this.known.get(url) }, this.hosts);
      const ended = outcome.then((outcome) => ({ target, outcome }));
      // Whoever leaves the loop does not wait for these.
      ended.catch(() => {});
      this.underWay.set(url, ended);
    }
  }

  private atHost(address: string): number {
    const { host } = new URL(address);
    return [...this.underWay.keys()].filter((url) => new URL(url).host === host).length;
  }

  private *take(target: Target, outcome: Outcome): Generator<WebItem> {
    if (outcome.kind === 'overloaded') {
      if (target.tries === 0) {
        this.hosts.pause(target.url, outcome.retryAfterMs ?? this.limits.retryMs);
        this.frontier.again(target);
        return;
      }
      this.counts.fetched++;
      return yield* this.verdicts.decide(target, { kind: 'problem', problem: outcome.problem, quiet: false });
    }
    this.counts.fetched++;
    if (outcome.kind === 'page') this.counts.bytes += outcome.page.bytes.length;
    yield* this.verdicts.decide(target, outcome);
  }

  /** Asks for what is known and was not met, so that a page which nobody links to any more is still kept fresh, or noticed to be gone. */
  private *sweep(): Generator<WebItem> {
    if (this.hasSwept || !this.scope || this.limitReached) return;
    this.hasSwept = true;
    for (const url of this.known.keys()) {
      if (this.frontier.has(url)) continue;
      if (this.scope.admit(url) === url) this.frontier.add({ url, depth: 1 });
      else
        yield this.verdicts.problem(
          { url },
          { code: 'outside', message: 'It is no longer within what the source is about.' },
        );
    }
  }

  private *limitsReached(): Generator<WebItem> {
    const url = this.source.kind === 'pages' ? (this.source.urls[0] ?? '') : this.source.url;
    if (this.frontier.isFull) {
      const message = `There are more than ${this.limits.pages} addresses; the others were not asked for.`;
      yield this.verdicts.problem({ url }, { code: 'page_limit', message });
    }
    if (this.limitReached) yield this.verdicts.problem({ url }, this.limitReached);
  }

  private overLimit(): WebProblem | null {
    const { bytes, totalMs } = this.limits;
    if (this.counts.bytes >= bytes) {
      const message = `All pages together are larger than ${bytes / 1_000_000} MB; the others were not asked for.`;
      return { code: 'byte_limit', message };
    }
    if (Date.now() - this.beganAt < totalMs) return null;
    return { code: 'time_limit', message: `After ${totalMs / 60_000} minutes the other pages were not asked for.` };
  }

  private report(): void {
    this.counts.found = this.frontier.size;
    this.options.onProgress?.({ ...this.counts });
  }
}
