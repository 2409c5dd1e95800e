import { mayBePage } from './content-types.ts';
import { pageKey } from './page-address.ts';
import type { KnownPage, WebLimits } from './web-source.ts';

/** An address that is to be asked for. */
export type Target = {
  url: string;
  /** Links from where the run began; 0 is where it began. */
  depth: number;
  /** Redirects and canonical links that led here. */
  hops: number;
  /** Somebody named it: whatever goes wrong is worth a word. */
  named: boolean;
  tries: number;
  changedBefore: number | null;
};

/** The addresses of a run, each at most once, in the order in which they were found. */
export class Frontier {
  private readonly limits: WebLimits;
  private readonly queue: Target[] = [];
  /** By `pageKey`: the spelling that is used in this run. */
  private readonly spelled = new Map<string, string>();
  private readonly met = new Set<string>();
  private readonly queries = new Map<string, number>();
  /** More was found than `limits.pages` allows. */
  isFull = false;

  constructor(limits: WebLimits, known: ReadonlyMap<string, KnownPage>) {
    this.limits = limits;
    for (const url of known.keys()) this.spelled.set(pageKey(url), url);
  }

  /** All that were ever accepted. */
  get size(): number {
    return this.met.size;
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  has(url: string): boolean {
    return this.met.has(url);
  }

  /** The address as this run asks for it: `/help/` where `/help/index.html` is what a page is known by. */
  spelling(url: string): string {
    return this.spelled.get(pageKey(url)) ?? url;
  }

  /** A link on a page. Bounded where a site makes addresses without end, such as a calendar. */
  addLink(url: string, depth: number): void {
    const own = this.spelling(url);
    if (this.met.has(own) || !mayBePage(own)) return;
    const { origin, pathname, search } = new URL(own);
    const queries = this.queries.get(origin + pathname) ?? 0;
    if (search !== '' && queries >= this.limits.queriesPerPath) return;
    if (this.add({ url: own, depth }) && search !== '') this.queries.set(origin + pathname, queries + 1);
  }

  /** False where it was met before, or the run is full. `next`: before all others. */
  add(target: Partial<Target> & { url: string; depth: number }, place: 'last' | 'next' = 'last'): boolean {
    if (this.met.has(target.url)) return false;
    if (this.met.size >= this.limits.pages) {
      this.isFull = true;
      return false;
    }
    this.met.add(target.url);
    const key = pageKey(target.url);
    if (!this.spelled.has(key)) this.spelled.set(key, target.url);
    const whole = { hops: 0, named: false, tries: 0, changedBefore: null, ...target };
    if (place === 'next') this.queue.unshift(whole);
    else this.queue.push(whole);
    return true;
  }

  again(target: Target): void {
    this.queue.push({ ...target, tries: target.tries + 1 });
  }

  /** The first whose turn it can be. */
  take(isReady: (target: Target) => boolean): Target | undefined {
    const at = this.queue.findIndex(isReady);
    return at < 0 ? undefined : this.queue.splice(at, 1)[0];
  }

  clear(): void {
    this.queue.length = 0;
  }
}
