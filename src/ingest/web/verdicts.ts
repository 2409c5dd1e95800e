import type { Frontier, Target } from './frontier.ts';
import { pageKey, type Scope } from './page-address.ts';
import type { Outcome } from './visit.ts';
import type { GoneReason, KnownPage, WebItem, WebLimits, WebPage, WebProblem, WebProgress } from './web-source.ts';

/** How an address ended: whether its content was given, there or under another address, and if not, why. */
type Ending = { given: boolean; problem: WebProblem | null; quiet: boolean };

type Waiter = (ending: Ending) => Generator<WebItem>;

type Parts = {
  frontier: Frontier;
  scope: Scope | null;
  known: ReadonlyMap<string, KnownPage>;
  limits: WebLimits;
  /** How far links are followed; 0 where a source is a list. */
  depth: number;
  counts: WebProgress;
};

const MOST_HOPS = 5;
const NOT_FOUND: WebProblem = { code: 'http_status', message: 'There is no page at this address (404).' };
const NOINDEX: WebProblem = { code: 'noindex', message: 'The page asks not to be indexed (noindex).' };
const GIVEN: Ending = { given: true, problem: null, quiet: true };
const NOTHING: Ending = { given: false, problem: null, quiet: true };

/**
 * Decides what each outcome means for the knowledge. An address may have to wait for another: a page for its canonical
 * address, a redirect for where it leads, a copy for the page that is known with the same content.
 */
export class Verdicts {
  private readonly parts: Parts;
  private readonly endings = new Map<string, Ending>();
  private readonly waiting = new Map<string, Waiter[]>();
  /** Addresses whose content was given in this run, by the hash of that content. */
  private readonly given = new Map<string, string>();
  private readonly knownByHash: ReadonlyMap<string, string>;

  constructor(parts: Parts) {
    this.parts = parts;
    this.knownByHash = new Map([...parts.known].map(([url, { sha256 }]) => [sha256, url]));
  }

  /** What is to be told now. */
  *decide(target: Target, outcome: Exclude<Outcome, { kind: 'overloaded' }>): Generator<WebItem> {
    switch (outcome.kind) {
      case 'page':
        return yield* this.page(target, outcome);
      case 'unchanged':
        return yield* this.unchanged(target);
      case 'redirect':
        return yield* this.redirect(target, outcome);
      case 'gone':
        if (this.parts.known.has(target.url)) return yield* this.lost(target, 'not_found', NOT_FOUND);
        return yield* this.failed(target, NOT_FOUND, true);
      case 'noindex':
        this.follow(target, outcome.facts);
        if (this.parts.known.has(target.url)) return yield* this.lost(target, 'noindex', NOINDEX);
        return yield* this.failed(target, NOINDEX, true);
      case 'problem':
        return yield* this.failed(target, outcome.problem, outcome.quiet);
    }
  }

  /** Nothing is left to ask: ends one of those that wait for each other. False when none waits. */
  *release(): Generator<WebItem, boolean> {
    const [first] = this.waiting.keys();
    if (first === undefined) return false;
    yield* this.endOf(first, NOTHING);
    return true;
  }

  problem({ url }: { url: string }, problem: WebProblem): WebItem {
    this.parts.counts.problems++;
    return { url, problem };
  }

  private *page(target: Target, { page, facts }: Extract<Outcome, { kind: 'page' }>): Generator<WebItem> {
    if (facts?.refresh && facts.refresh !== target.url) {
      return yield* this.redirect(target, { to: facts.refresh, permanent: false });
    }
    this.follow(target, facts);
    const original = this.originalOf(target, page);
    if (original === null) return yield* this.give(target, page);
    const self = this;
    yield* this.waitFor(original, target, function* (ending) {
      yield* ending.given ? self.duplicate(target) : self.give(target, page);
    });
  }

  private follow({ depth }: Target, facts: Extract<Outcome, { kind: 'page' }>['facts']): void {
    const { scope, frontier } = this.parts;
    if (!facts || facts.nofollow || !scope || depth >= this.parts.depth) return;
    for (const link of facts.links) {
      const admitted = scope.admit(link);
      if (admitted !== null) frontier.addLink(admitted, depth + 1);
    }
  }

  /** The address that should be given instead of this one, or null. */
  private originalOf(target: Target, page: WebPage): string | null {
    const { scope, frontier } = this.parts;
    const canonical = scope?.admit(page.canonicalUrl) ?? null;
    if (canonical !== null && pageKey(canonical) !== pageKey(target.url) && !isMistaken(canonical, target.url)) {
      return frontier.spelling(canonical);
    }
    const twin = this.knownByHash.get(page.sha256);
    if (twin === undefined || twin === target.url) return null;
    return scope || frontier.has(twin) ? twin : null;
  }

  private *give(target: Target, page: WebPage): Generator<WebItem> {
    if (this.given.has(page.sha256)) return yield* this.duplicate(target);
    this.given.set(page.sha256, target.url);
    this.parts.counts.pages++;
    yield isMistaken(page.canonicalUrl, target.url) ? { ...page, canonicalUrl: page.url } : page;
    yield* this.end(target, GIVEN);
  }

  private *duplicate(target: Target): Generator<WebItem> {
    if (this.parts.known.has(target.url)) yield this.gone(target, 'duplicate');
    else this.parts.counts.skipped++;
    yield* this.end(target, GIVEN);
  }

  private *unchanged(target: Target): Generator<WebItem> {
    const { known, counts } = this.parts;
    const sha256 = known.get(target.url)?.sha256;
    if (sha256 !== undefined) this.given.set(sha256, target.url);
    counts.unchanged++;
    yield { unchanged: target.url };
    yield* this.end(target, GIVEN);
  }

  private *lost(target: Target, reason: GoneReason, problem: WebProblem): Generator<WebItem> {
    yield this.gone(target, reason);
    yield* this.end(target, { given: false, problem, quiet: true });
  }

  private *failed(target: Target, problem: WebProblem, quiet: boolean): Generator<WebItem> {
    yield* this.tell(target, problem, quiet);
    yield* this.end(target, { given: false, problem, quiet });
  }

  private *redirect(target: Target, { to, permanent }: { to: string; permanent: boolean }): Generator<WebItem> {
    const { scope, known } = this.parts;
    // Where a site is named by an address that leads to another host, such as one with "www.", that is the site.
    if (target.depth === 0) scope?.follow(to);
    const admitted = scope ? scope.admit(to) : to;
    const self = this;
    const leadsTo = admitted === null ? to : this.parts.frontier.spelling(admitted);
    yield* this.waitFor(leadsTo === target.url ? to : leadsTo, target, function* (ending) {
      if (ending.given && permanent && known.has(target.url)) yield self.gone(target, 'moved');
      else if (!ending.given || known.has(target.url))
        yield* self.tell(target, describeRedirect(to, ending), ending.quiet);
      yield* self.end(target, ending);
    });
  }

  private *waitFor(url: string, target: Target, waiter: Waiter): Generator<WebItem> {
    const ending = this.endings.get(url);
    if (ending) return yield* waiter(ending);
    const isUnderWay = this.parts.frontier.has(url) && url !== target.url;
    if (isUnderWay || this.enqueue(url, target)) {
      this.waiting.set(url, [...(this.waiting.get(url) ?? []), waiter]);
      return;
    }
    yield* waiter(NOTHING);
  }

  private enqueue(url: string, { depth, hops }: Target): boolean {
    const { scope, frontier } = this.parts;
    if (hops >= MOST_HOPS || (scope && scope.admit(url) === null)) return false;
    return frontier.add({ url, depth, hops: hops + 1 }, 'next');
  }

  private *end({ url }: Target, ending: Ending): Generator<WebItem> {
    yield* this.endOf(url, ending);
  }

  private *endOf(url: string, ending: Ending): Generator<WebItem> {
    // The first ending stands: one that waited in a ring may be reached again.
    if (!this.endings.has(url)) this.endings.set(url, ending);
    const waiters = this.waiting.get(url) ?? [];
    this.waiting.delete(url);
    for (const waiter of waiters) yield* waiter(ending);
  }

  private gone({ url }: Target, reason: GoneReason): WebItem {
    this.parts.counts.gone++;
    return { gone: url, reason };
  }

  /** A quiet problem is told only where somebody named the address, or has something from it. */
  private *tell(target: Target, problem: WebProblem, quiet: boolean): Generator<WebItem> {
    // What redirects here tells it.
    const isStep = target.hops > 0 && this.waiting.has(target.url);
    const isNamed = target.named || this.parts.known.has(target.url);
    if (isNamed || (!quiet && !isStep)) yield this.problem(target, problem);
    else this.parts.counts.skipped++;
  }
}

/** Sites that name their first page as the canonical address of all others mean something else. */
function isMistaken(canonical: string, url: string): boolean {
  return new URL(canonical).pathname === '/' && pageKey(canonical) !== pageKey(url) && new URL(url).pathname !== '/';
}

function describeRedirect(to: string, { given, problem }: Ending): WebProblem {
  if (given)
    return { code: 'redirected', message: `It redirects to ${to} for now; what was read from it before is kept.` };
  if (problem) return { code: problem.code, message: `It redirects to ${to}. ${problem.message}` };
  return { code: 'redirected', message: `It redirects to ${to}, which is not read.` };
}
