/** What a site's robots.txt says to us. */
export type Robots = {
  /** `target` is the path and query of an address. */
  allows(target: string): boolean;
  /** Seconds between two requests; null where it does not say. */
  crawlDelay: number | null;
  sitemaps: readonly string[];
};

type Rule = { allow: boolean; pattern: string };
type Group = { agents: string[]; rules: Rule[]; crawlDelay: number | null };

/** RFC 9309 asks for at least so much; what follows is not read. */
export const ROBOTS_BYTES = 512_000;
const RULES = 10_000;

export const ALLOW_ALL: Robots = { allows: () => true, crawlDelay: null, sitemaps: [] };
export const ALLOW_NOTHING: Robots = { allows: () => false, crawlDelay: null, sitemaps: [] };

/**
 * Reads a robots.txt as RFC 9309 says, for the crawler that calls itself `agent`: all groups that name it together, or
 * else those for `*`; the longest rule that matches decides, and of two as long the one that allows.
 */
export function parseRobots(text: string, agent: string): Robots {
  const { groups, sitemaps } = readGroups(text);
  const own = groups.filter(({ agents }) => agents.includes(agent.toLowerCase()));
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const rules = chosen
    .flatMap(({ rules }) => rules)
    .slice(0, RULES)
    .map(({ allow, pattern }) => ({ allow, length: pattern.length, matches: compile(pattern) }));
  // The first that matches is then the one that decides.
  rules.sort((a, b) => b.length - a.length || Number(b.allow) - Number(a.allow));
  const delays = chosen.map(({ crawlDelay }) => crawlDelay).filter((delay) => delay !== null);
  return {
    allows(target) {
      if (target === '/robots.txt') return true;
      const path = normalise(target);
      return rules.find(({ matches }) => matches(path))?.allow ?? true;
    },
    crawlDelay: delays.length > 0 ? Math.max(...delays) : null,
    sitemaps,
  };
}

function readGroups(text: string): { groups: Group[]; sitemaps: string[] } {
  const groups: Group[] = [];
  const sitemaps: string[] = [];
  let namesAgents = false;
  for (const [key, value] of readLines(text)) {
    const group = groups.at(-1);
    if (key === 'user-agent') {
      const agent = value === '*' ? '*' : (/^[a-z_-]+/.exec(value.toLowerCase())?.[0] ?? '');
      if (namesAgents) group?.agents.push(agent);
      else groups.push({ agents: [agent], rules: [], crawlDelay: null });
      namesAgents = true;
    } else if (key === 'allow' || key === 'disallow') {
      namesAgents = false;
      if (group && value !== '') group.rules.push({ allow: key === 'allow', pattern: value });
    } else if (key === 'crawl-delay') {
      const seconds = Number.parseFloat(value);
      if (group && seconds >= 0) group.crawlDelay = seconds;
    } else if (key === 'sitemap' && value !== '') {
      sitemaps.push(value);
    }
  }
  return { groups, sitemaps };
}

function readLines(text: string): [key: string, value: string][] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return lines.flatMap((line): [string, string][] => {
    const [record = ''] = line.split('#', 1);
    const colon = record.indexOf(':');
    return colon < 0 ? [] : [[record.slice(0, colon).trim().toLowerCase(), record.slice(colon + 1).trim()]];
  });
}

/** Looks for the pieces between the stars one after the other: never slower than the path is long for each rule. */
function compile(pattern: string): (path: string) => boolean {
  const anchored = pattern.endsWith('$');
  const [first = '', ...rest] = (anchored ? pattern.slice(0, -1) : pattern).split('*').map(normalise);
  const last = anchored ? rest.pop() : undefined;
  return (path) => {
    if (!path.startsWith(first)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = path.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    if (last === undefined) return !anchored || at === path.length;
    return path.length - last.length >= at && path.endsWith(last);
  };
}

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** One spelling for octets that mean the same: what needs no escape has none, what a pattern could mistake has one. */
function normalise(text: string): string {
  const escaped = encodeURI(text.toWellFormed()).replaceAll('%25', '%');
  return escaped
    .replace(/%([0-9a-f]{2})/gi, (octet, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return UNRESERVED.test(character) ? character : octet.toUpperCase();
    })
    .replace(/[*$]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What a page says about itself to crawlers, in its head or its headers. */
export type PageRules = { noindex: boolean; nofollow: boolean };

/**
 * Reads an `X-Robots-Tag` header or the content of `<meta name="robots">`. What is meant for a crawler by name ends at
 * the next name: `otherbot: noindex, nofollow`.
 */
export function readPageRules(value: string, agent: string): PageRules {
  const rules = { noindex: false, nofollow: false };
  let forUs = true;
  for (const part of value.toLowerCase().split(',')) {
    const [, name, rest = ''] = /^\s*([a-z0-9_-]+)\s*:(.*)$/s.exec(part) ?? [];
    // "unavailable_after: 2027-01-01" and "max-snippet: 50" look like names and are none.
    const isName = name !== undefined && !/^(unavailable_after|max-)/.test(name);
    if (isName) forUs = name === agent.toLowerCase();
    const directive = (isName ? rest : part).trim();
    if (!forUs) continue;
    if (directive === 'noindex' || directive === 'none') rules.noindex = true;
    if (directive === 'nofollow' || directive === 'none') rules.nofollow = true;
  }
  return rules;
}
