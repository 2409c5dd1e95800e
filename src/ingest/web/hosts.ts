import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkPolicy } from '../../net/addresses.ts';
import { type Answer, type FetchOptions, type FetchProblem, guardedFetch } from '../../net/guarded-fetch.ts';
import { ALLOW_ALL, ALLOW_NOTHING, parseRobots, ROBOTS_BYTES, type Robots } from './robots.ts';
import { AGENT, type WebLimits, type WebProblem } from './web-source.ts';

export type HostSettings = { userAgent: string; network: NetworkPolicy; limits: WebLimits; signal: AbortSignal };

type Host = {
  /** When the next request may begin. */
  nextAt: number;
  delayMs: number;
  /** Requests in a row that came to nothing. */
  failures: number;
};

/** `problem` says why everything is forbidden although no robots.txt says so. */
type RobotsAnswer = { robots: Robots; problem: WebProblem | null };

/** After so many requests in a row without an answer, a host is left alone for the rest of the run. */
const GIVE_UP_AFTER = 5;
const OVERLOADED = [429, 502, 503, 504];

/** Requests to hosts, as politely as they ask: delays, robots.txt, pauses. One for each run. */
export class Hosts {
  private readonly settings: HostSettings;
  private readonly hosts = new Map<string, Host>();
  private readonly robotsByOrigin = new Map<string, Promise<RobotsAnswer>>();

  constructor(settings: HostSettings) {
    this.settings = settings;
  }

  isGivenUp(address: string): boolean {
    return this.host(address).failures >= GIVE_UP_AFTER;
  }

  /** Nothing is asked of the host for so long. */
  pause(address: string, milliseconds: number): void {
    const host = this.host(address);
    host.nextAt = Math.max(host.nextAt, Date.now() + Math.min(milliseconds, this.settings.limits.longestDelayMs));
  }

  /** The robots.txt that an address is under, read once. */
  robots(address: string): Promise<RobotsAnswer> {
    const { origin } = new URL(address);
    const robots = this.robotsByOrigin.get(origin) ?? this.readRobots(origin);
    this.robotsByOrigin.set(origin, robots);
    return robots;
  }

  /** Fetches when it is the host's turn. Redirects are given back as answers unless `options` says otherwise. */
  async fetch(address: string, options: FetchOptions = {}): Promise<Answer | FetchProblem> {
    const { network, limits, userAgent, signal } = this.settings;
    const host = this.host(address);
    await this.turn(host);
    const answer = await guardedFetch(address, {
      network,
      signal,
      maxBytes: limits.pageBytes,
      timeoutMs: limits.timeoutMs,
      maxRedirects: 0,
      ...options,
      headers: { 'user-agent': userAgent, ...options.headers },
    });
    host.failures = isFailure(answer) ? host.failures + 1 : 0;
    return answer;
  }

  private async turn(host: Host): Promise<void> {
    const { signal } = this.settings;
    // Looked at again after each sleep: others wait too, and the host may have asked for a pause meanwhile.
    for (let wait = host.nextAt - Date.now(); wait > 0; wait = host.nextAt - Date.now()) {
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    host.nextAt = Date.now() + host.delayMs;
  }

  private async readRobots(origin: string): Promise<RobotsAnswer> {
    const answer = await this.fetch(`${origin}/robots.txt`, { maxRedirects: 5, maxBytes: ROBOTS_BYTES, cut: true });
    if (!answer.ok) {
      // Longer chains count as "there is none".
      if (answer.problem.code === 'too_many_redirects') return { robots: ALLOW_ALL, problem: null };
      return { robots: ALLOW_NOTHING, problem: answer.problem };
    }
    const { status, bytes } = answer;
    if (status >= 500 || status === 429) {
      const message = `${origin}/robots.txt answers ${status}. Until it can be read, nothing of the site is.`;
      return { robots: ALLOW_NOTHING, problem: { code: 'robots_unreachable', message } };
    }
    if (status < 200 || status > 299) return { robots: ALLOW_ALL, problem: null };
    const robots = parseRobots(decode(bytes), AGENT);
    const { delayMs, longestDelayMs } = this.settings.limits;
    const asked = Math.min((robots.crawlDelay ?? 0) * 1000, longestDelayMs);
    this.host(origin).delayMs = Math.max(delayMs, asked);
    return { robots, problem: null };
  }

  private host(address: string): Host {
    const { host: name } = new URL(address);
    const host = this.hosts.get(name) ?? { nextAt: 0, delayMs: this.settings.limits.delayMs, failures: 0 };
    this.hosts.set(name, host);
    return host;
  }
}

function isFailure(answer: Answer | FetchProblem): boolean {
  if (answer.ok) return OVERLOADED.includes(answer.status);
  return answer.problem.code !== 'too_large' && answer.problem.code !== 'bad_response';
}

/** Of a file that was cut, the last line may be half a rule. */
function decode(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return bytes.length < ROBOTS_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
}
