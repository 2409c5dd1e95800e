import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { checkAddress, hostOf, isTrusted, mayReach, type NetworkPolicy, portOf, refusal } from './addresses.ts';
import { readBody, TooLargeError, UnknownEncodingError } from './bounded-body.ts';

export type FetchOptions = {
  /** GET where missing. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  network?: NetworkPolicy;
  /** Of the answer's body, before and after decompression. */
  maxBytes?: number;
  /** For everything together: names, connections, redirects, body. */
  timeoutMs?: number;
  /** With 0, a redirect is given back as the answer that it is. */
  maxRedirects?: number;
  /** Gives the first `maxBytes` of a larger answer instead of a problem. */
  cut?: boolean;
  /** Asked before the body is read; with `false` the connection ends there and the answer has no bytes. */
  wantsBody?: (head: { url: string; status: number; headers: Headers }) => boolean;
  signal?: AbortSignal;
};

/** `url` is where the answer came from, after redirects. `bytes` are decompressed; they have the answer's own charset. */
export type Answer = { ok: true; url: string; status: number; headers: Headers; bytes: Uint8Array };

export type FetchProblemCode =
  | 'bad_address'
  | 'address_refused'
  | 'redirect_refused'
  | 'too_many_redirects'
  | 'too_large'
  | 'timeout'
  | 'unreachable'
  | 'bad_certificate'
  | 'bad_response';

/** `unsent`: no connection came about, so that nothing of the request can have reached anybody. */
export type FetchProblem = { ok: false; problem: { code: FetchProblemCode; message: string; unsent?: true } };

const MAX_BYTES = 10_000_000;
const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 5;
const MAX_HEADER_BYTES = 32_768;
/** For each address of a host with several; Node's own 250 ms gives up on hosts that are far away. */
const CONNECT = { autoSelectFamilyAttemptTimeout: 1000 };
/** What may be told to another origin than the one it was meant for: nothing that can be a secret. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent']);

type Request = { url: URL; method: string; headers: Record<string, string>; body: string | Uint8Array | undefined };
type Bounds = Required<
  Pick<FetchOptions, 'network' | 'maxBytes' | 'timeoutMs' | 'maxRedirects' | 'cut' | 'wantsBody'>
> & {
  signal: AbortSignal;
};

/**
 * Asks a web address that the outside may have chosen. Only public addresses are ever connected to: every address that
 * the host name stands for is checked in the socket's own lookup, so that there is no moment between the check and the
 * connection. Each redirect is checked again; none leads from https to http, and to another origin go neither a body nor
 * headers that could hold a secret.
 *
 * An answer with any status is `ok`. What goes wrong outside is a problem with a stable code and a sentence for whoever
 * gave the address. Rejects only when `signal` is aborted, with its reason, and for a method or header that HTTP does not
 * allow. Proxies of the environment are not used.
 */
export async function guardedFetch(address: string, options: FetchOptions = {}): Promise<Answer | FetchProblem> {
  const { network = {}, maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS, maxRedirects = MAX_REDIRECTS } = options;
  const { cut = false, wantsBody = () => true } = options;
  options.signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const bounds = { network, maxBytes, timeoutMs, maxRedirects, cut, wantsBody, signal };
  const url = checkAddress(address, network);
  if (!(url instanceof URL)) return { ok: false, problem: url };
  let request: Request = {
    url,
    method: (options.method ?? 'GET').toUpperCase(),
    headers: { 'accept-encoding': 'gzip, br', ...lowerCased(options.headers ?? {}) },
    body: options.body,
  };
  try {
    for (let redirects = 0; ; redirects++) {
      const message = await send(request, bounds);
      const location = maxRedirects > 0 ? redirectOf(message) : null;
      if (location === null) return await readAnswer(message, request, bounds);
      message.destroy();
      if (redirects === maxRedirects)
        throw new Refused('too_many_redirects', `There are more than ${maxRedirects} redirects.`);
      request = redirected(request, message.statusCode ?? 0, { location, network });
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (isMisuse(error)) throw error;
    return { ok: false, problem: describe(error, request.url, { deadline, ...bounds }) };
  }
}

class Refused extends Error {
  readonly code: FetchProblemCode;
  constructor(code: FetchProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

function send({ url, method, headers, body }: Request, { network, signal }: Bounds): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers,
      signal,
      // A connection of its own: one that is kept alive would have been checked for somebody else's policy.
      agent: false,
      lookup: guardedLookup(url, network),
      maxHeaderSize: MAX_HEADER_BYTES,
      ...CONNECT,
    });
    request.once('response', resolve).on('error', reject);
    // Without this an answer such as "101 Switching Protocols" would be waited for for ever.
    request.once('close', () =>
      reject(new Refused('bad_response', `${url.host} closed the connection without an answer.`)),
    );
    request.end(body);
  });
}

/** Resolves a name once, for this connection, and gives the socket nothing unless every address may be reached. */
function guardedLookup(url: URL, network: NetworkPolicy): LookupFunction {
  const resolve = network.resolve ?? systemResolver;
  return (hostname, options, done) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed =
          isTrusted(url, network) || addresses.every((address) => mayReach(address, portOf(url), network));
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const first = found[0];
        if (!first) done(new Refused('unreachable', `The name ${hostname} stands for no address.`), '');
        else if (!allowed) done(new Refused('address_refused', refusal(url)), '');
        else if (options.all) done(null, found);
        else done(null, first.address, first.family);
      },
      (error: Error) => done(error, ''),
    );
  };
}

async function systemResolver(hostname: string): Promise<string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

function redirectOf(message: IncomingMessage): string | null {
  const { location } = message.headers;
  if (!location || ![301, 302, 303, 307, 308].includes(message.statusCode ?? 0)) return null;
  return asUtf8(location);
}

/** Node reads headers as Latin-1; addresses that are not encoded are sent as UTF-8. */
export function asUtf8(header: string): string {
  return Buffer.from(header, 'latin1').toString('utf8');
}

function redirected(from: Request, status: number, to: { location: string; network: NetworkPolicy }): Request {
  const url = checkAddress(to.location, to.network, from.url);
  if (!(url instanceof URL))
    throw new Refused(url.code, `${from.url.host} redirects to an address that is refused. ${url.message}`);
  if (from.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new Refused('redirect_refused', `${from.url.host} redirects from https to http.`);
  }
  const isPlain = from.method === 'GET' || from.method === 'HEAD';
  const asGet = !isPlain && (status === 303 || (from.method === 'POST' && (status === 301 || status === 302)));
  const body = asGet ? undefined : from.body;
  if (url.origin === from.url.origin) return { ...from, url, body, method: asGet ? 'GET' : from.method };
  if (body !== undefined) {
    throw new Refused('redirect_refused', `${from.url.host} redirects what was sent to another site, ${url.host}.`);
  }
  const harmless = Object.entries(from.headers).filter(
    ([name]) => HARMLESS_HEADERS.has(name) || name === 'accept-encoding',
  );
  return { url, body, method: asGet ? 'GET' : from.method, headers: Object.fromEntries(harmless) };
}

async function readAnswer(message: IncomingMessage, { url, method }: Request, bounds: Bounds): Promise<Answer> {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const head = { url: url.href, status: message.statusCode ?? 0, headers };
  const hasBody = method !== 'HEAD' && head.status !== 204 && head.status !== 304;
  if (!hasBody || !bounds.wantsBody(head)) {
    message.destroy();
    return { ok: true, ...head, bytes: new Uint8Array() };
  }
  if (!bounds.cut && Number(headers.get('content-length')) > bounds.maxBytes) {
    message.destroy();
    throw new TooLargeError();
  }
  return { ok: true, ...head, bytes: await readBody(message, bounds) };
}

type Limits = Pick<Bounds, 'maxBytes' | 'timeoutMs'> & { deadline: AbortSignal };

function describe(error: unknown, url: URL, { deadline, maxBytes, timeoutMs }: Limits): FetchProblem['problem'] {
  if (error instanceof Refused) return { code: error.code, message: error.message };
  if (deadline.aborted) {
    return { code: 'timeout', message: `${url.host} did not answer whole within ${timeoutMs / 1000} seconds.` };
  }
  if (error instanceof TooLargeError) {
    return { code: 'too_large', message: `The answer is larger than ${maxBytes / 1_000_000} MB.` };
  }
  if (error instanceof UnknownEncodingError) {
    return {
      code: 'bad_response',
      message: `The answer is compressed as “${error.message}”, which was not asked for.`,
    };
  }
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code === 'ENOTFOUND')
    return { code: 'unreachable', message: `The name ${hostOf(url)} is not known.`, unsent: true };
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HOSTNAME_|INVALID_CA)/.test(code)) {
    return { code: 'bad_certificate', message: `The certificate of ${url.host} is not valid (${code}).` };
  }
  if (/^(HPE_|Z_|ERR_BROTLI|ERR__)/.test(code)) {
    return { code: 'bad_response', message: `The answer of ${url.host} is broken (${code}).` };
  }
  const unsent = UNCONNECTED.has(code) ? ({ unsent: true } as const) : {};
  return { code: 'unreachable', message: `${url.host} cannot be reached${code && ` (${code})`}.`, ...unsent };
}

/** What a socket says that was never connected. A reset or a time-out may come after the request. */
const UNCONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN']);

function isMisuse(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_INVALID_HTTP_TOKEN' || code === 'ERR_INVALID_CHAR' || code === 'ERR_HTTP_INVALID_HEADER_VALUE';
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
