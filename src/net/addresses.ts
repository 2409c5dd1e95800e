import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What the outside may make this server reach. Without any of it: public addresses, on the usual ports of the web. */
export type NetworkPolicy = {
  /** This machine itself may be reached, on any port: for development and tests only. */
  loopback?: boolean;
  /** Origins such as `http://10.0.0.7:8080` that a configuration named: reached wherever they are. */
  trusted?: readonly string[];
  /** Ports of public addresses; 80, 443, 8080 and 8443 where missing. */
  ports?: readonly number[];
  /** All addresses of a host name; the system's resolver where missing. Rejects where the name is not known. */
  resolve?: (hostname: string) => Promise<readonly string[]>;
};

export type AddressProblem = { code: 'bad_address' | 'address_refused'; message: string };

const WEB_PORTS: readonly number[] = [80, 443, 8080, 8443];

/** Global unicast: the only part of IPv6 that is given out. What `ipaddr.js` does not name elsewhere, it calls unicast. */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');
/** Answers inside every Azure machine, though its address is a public one. */
const AZURE_HOST = '168.63.129.16';

/**
 * The address as a URL, or why it may not be asked. A name that passes here has not been resolved: what it stands for is
 * checked by `mayReach` when the socket looks it up.
 */
export function checkAddress(address: string, policy: NetworkPolicy, base?: URL): URL | AddressProblem {
  const url = URL.parse(address, base?.href);
  if (!url)
    return bad(`“${shorten(address)}” is not a web address. Write it whole, such as https://shop.example/help.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refused(`“${shorten(address)}” begins with ${url.protocol}//; only http:// and https:// are read.`);
  }
  if (url.username || url.password) {
    return refused(`The address of ${url.hostname} has a user name or password in it. Take it out.`);
  }
  if (url.hostname.endsWith('.')) return refused(`The host “${url.hostname}” ends with a full stop. Take it away.`);
  const literal = hostOf(url);
  if (isIP(literal) === 0 || isTrusted(url, policy)) return url;
  // The parser has turned 0x7f.1, 017700000001 and 2130706433 into 127.0.0.1; nobody honest writes an address like that.
  if (isIP(literal) === 4 && !address.includes(literal) && base?.hostname !== literal) {
    return refused(`“${shorten(address)}” spells the address ${literal} in an odd way.`);
  }
  return mayReach(literal, portOf(url), policy) ? url : refused(refusal(url));
}

/** Whether a socket may be opened to an IP address. */
export function mayReach(address: string, port: number, policy: NetworkPolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range === 'loopback') return policy.loopback === true;
  if (range !== 'unicast' || address === AZURE_HOST) return false;
  if (parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_V6)) return false;
  return (policy.ports ?? WEB_PORTS).includes(port);
}

/** Whether the configuration itself named the origin of an address. */
export function isTrusted(url: URL, { trusted = [] }: NetworkPolicy): boolean {
  return trusted.includes(url.origin);
}

/** The host name as a socket takes it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** The message for a host that must not be reached. It never says which address a name stands for. */
export function refusal(url: URL): string {
  return `${url.host} is not a public web address, or not on a port of the web. Private networks and this machine itself are never read.`;
}

function bad(message: string): AddressProblem {
  return { code: 'bad_address', message };
}

function refused(message: string): AddressProblem {
  return { code: 'address_refused', message };
}

function shorten(address: string): string {
  return address.length > 200 ? `${address.slice(0, 200)}…` : address;
}
