/** Headers of a mail that a link may fill in: those that the customer sees. */
const MAIL_HEADERS = new Set(['subject', 'body']);

/** The address where it is one that a customer may be sent to, otherwise null. */
export function safeUrl(address: string | null): string | null {
  if (address === null) return null;
  try {
    const url = new URL(address);
    if (url.protocol === 'mailto:') return isPlainMail(url) ? url.href : null;
    // A name before the host is made to be taken for the host, and browsers disagree about what else a host may hold.
    const plain = url.username === '' && url.password === '' && /^([\w.-]+|\[[\da-f:.]+\])$/.test(url.hostname);
    return ['http:', 'https:'].includes(url.protocol) && plain ? url.href : null;
  } catch {
    return null;
  }
}

/** One receiver, and nothing that is sent unseen. */
function isPlainMail(url: URL): boolean {
  const receiver = /^[^\s@,;]+@[^\s@,;]+$/.test(decodeURIComponent(url.pathname));
  return receiver && [...url.searchParams.keys()].every((header) => MAIL_HEADERS.has(header.toLowerCase()));
}

/**
 * Where a link really goes, if its words name another host or mail address, or its host has letters that can be taken
 * for others; otherwise null. `href` is one that `safeUrl` gave.
 */
export function unsaidTarget(words: string, href: string): string | null {
  const url = new URL(href);
  const mail = url.protocol === 'mailto:' ? decodeURIComponent(url.pathname).toLowerCase() : null;
  const host = hostOf(mail === null ? url.host : mail.slice(mail.indexOf('@') + 1));
  const differs = words
    .normalize('NFKC')
    .split(/[\s<>()[\]"'“”,;!]+/)
    .filter((word) => mail === null || word.toLowerCase().replace(/^mailto:|[.:]+$/g, '') !== mail)
    .some((word) => hostsIn(word).some((said) => mail !== null || hostOf(said) !== host));
  return differs || /(^|\.)xn--/.test(host) || words.trim() === '' ? (mail ?? url.hostname) : null;
}

/** What stands behind two slashes, or has dots between its letters; the path behind a host is not looked at. */
function hostsIn(word: string): string[] {
  const hosts =
    /((?<=\/\/)[^/?#\\:@]+|(?<![\p{L}\p{N}\p{M}_.。-])(?:[\p{L}\p{N}\p{M}_-]+[.。])+\p{L}[\p{L}\p{N}\p{M}_-]+)(?:[:/?#\\].*)?/gu;
  return [...word.matchAll(hosts)].map((match) => match[1] ?? '');
}

function hostOf(written: string): string {
  try {
    return new URL(`https://${written}`).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}
