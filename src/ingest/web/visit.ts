import { createHash } from 'node:crypto';
import { type Answer, asUtf8 } from '../../net/guarded-fetch.ts';
import { fileName, isHtml, readableType } from './content-types.ts';
import type { Hosts } from './hosts.ts';
import { isSameSite, pageAddress } from './page-address.ts';
import { type PageFacts, readPage } from './read-page.ts';
import { readPageRules } from './robots.ts';
import { AGENT, type KnownPage, type WebPage, type WebProblem } from './web-source.ts';

/** What came of asking for one address. */
export type Outcome =
  /** `facts` are null for what is not HTML. */
  | { kind: 'page'; page: WebPage; facts: PageFacts | null }
  | { kind: 'unchanged' }
  | { kind: 'redirect'; to: string; permanent: boolean }
  | { kind: 'gone' }
  | { kind: 'noindex'; facts: PageFacts | null }
  | { kind: 'overloaded'; retryAfterMs: number | null; problem: WebProblem }
  /** `quiet`: nothing that a site's owner would wonder about where it is only a link on some page. */
  | { kind: 'problem'; problem: WebProblem; quiet: boolean };

export type Visit = {
  url: string;
  known: KnownPage | undefined;
  /** See `SitemapEntry`. */
  changedBefore: number | null;
};

const ACCEPT = 'text/html,application/xhtml+xml,application/pdf,text/markdown;q=0.9,text/plain;q=0.9,*/*;q=0.5';
/** Many sites never touch the dates in their sitemap again; so old, a page is asked for whatever its date says. */
const TRUST_MS = 7 * 86_400_000;
const LOGIN_PATH = /(^|[/_-])(log-?in|sign-?in|logon|sso|auth|anmelden|connexion|account\/login)([/._-]|$)/i;

export async function visit({ url, known, changedBefore }: Visit, hosts: Hosts): Promise<Outcome> {
  if (known && changedBefore !== null && isFresh(known, changedBefore)) return { kind: 'unchanged' };
  if (hosts.isGivenUp(url)) {
    return quiet(
      'unreachable',
      `${new URL(url).host} did not answer several times in a row; this page was not asked for.`,
    );
  }
  const { robots, problem: reason } = await hosts.robots(url);
  if (reason) return fetchProblem(reason);
  const { pathname, search } = new URL(url);
  if (!robots.allows(pathname + search)) {
    return quiet('robots', `The site's robots.txt asks ${AGENT} not to read ${pathname}.`);
  }
  const answer = await hosts.fetch(url, {
    headers: { accept: ACCEPT, ...conditions(known) },
    wantsBody: ({ status, headers }) => status === 200 && typeOf(headers, url) !== null,
  });
  return answer.ok ? interpret(answer, known) : fetchProblem(answer.problem);
}

function isFresh({ fetchedAt }: KnownPage, changedBefore: number): boolean {
  return changedBefore < fetchedAt && Date.now() - fetchedAt < TRUST_MS;
}

function conditions(known: KnownPage | undefined): Record<string, string> {
  return {
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
  };
}

async function interpret(answer: Answer, known: KnownPage | undefined): Promise<Outcome> {
  const { status, headers, url } = answer;
  const { host } = new URL(url);
  switch (status) {
    case 200:
      return readAnswer(answer);
    case 304:
      return known
        ? { kind: 'unchanged' }
        : problem('bad_response', `${host} answers "not modified" to a first question.`);
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return redirect(answer, status === 301 || status === 308);
    case 401:
      return quiet('login', `${host} asks for a login.`);
    case 404:
    case 410:
      return { kind: 'gone' };
    case 429:
    case 502:
    case 503:
    case 504:
      return { kind: 'overloaded', retryAfterMs: retryAfter(headers), problem: httpStatus(host, status) };
    default:
      return { kind: 'problem', problem: httpStatus(host, status), quiet: status < 500 };
  }
}

function redirect({ url, headers }: Answer, permanent: boolean): Outcome {
  const to = pageAddress(asUtf8(headers.get('location') ?? ''), url);
  if (to === null || !headers.has('location')) {
    return problem('bad_response', `${new URL(url).host} redirects to something that is not a web address.`);
  }
  if (url.startsWith('https:') && to.startsWith('http:')) {
    return problem('redirect_refused', `${new URL(url).host} redirects from https to http.`);
  }
  return { kind: 'redirect', to, permanent };
}

async function readAnswer({ url, headers, bytes }: Answer): Promise<Outcome> {
  const type = typeOf(headers, url);
  if (type === null)
    return quiet('unsupported_type', `“${headers.get('content-type') ?? ''}” is not a kind of file that is read.`);
  const contentType = headers.get('content-type') ?? '';
  const facts = isHtml(type) ? await readPage({ url, contentType, bytes }, AGENT) : null;
  const rules = readPageRules(headers.get('x-robots-tag') ?? '', AGENT);
  const ruled = facts && { ...facts, nofollow: facts.nofollow || rules.nofollow };
  if (rules.noindex || facts?.noindex) return { kind: 'noindex', facts: ruled };
  if (facts?.asksForPassword && LOGIN_PATH.test(new URL(url).pathname)) {
    return quiet('login', 'The page is a login page.');
  }
  const page: WebPage = {
    url,
    canonicalUrl:
      facts?.canonical && isSameSite(new URL(facts.canonical).hostname, new URL(url).hostname) ? facts.canonical : url,
    bytes,
    contentType,
    fileName: fileName(url, type),
    etag: headers.get('etag'),
    lastModified: headers.get('last-modified'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    fetchedAt: Date.now(),
  };
  return { kind: 'page', page, facts: ruled };
}

function typeOf(headers: Headers, url: string): string | null {
  return readableType(headers.get('content-type') ?? '', url);
}

function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after') ?? '';
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return milliseconds >= 0 ? milliseconds : null;
}

function httpStatus(host: string, status: number): WebProblem {
  return { code: 'http_status', message: `${host} answers ${status}.` };
}

/** A link to somewhere that is never read is nobody's fault; one that fails today may work tomorrow. */
function fetchProblem(problem: WebProblem): Outcome {
  const quiet = problem.code === 'address_refused' || problem.code === 'bad_address';
  return { kind: 'problem', problem, quiet };
}

function problem(code: WebProblem['code'], message: string): Outcome {
  return { kind: 'problem', problem: { code, message }, quiet: false };
}

function quiet(code: WebProblem['code'], message: string): Outcome {
  return { kind: 'problem', problem: { code, message }, quiet: true };
}
