import { ALLOW, type Guard, type Seen } from '../agent/guard.ts';
import { cleanText } from '../language/invisible.ts';
import { REFERENCES } from '../language/references.ts';
import { inLanguage, type Wording } from '../language/wording.ts';

/** Longer than any address that a client makes a link of. */
const MAX_ADDRESS = 2_000;

/** Characters of the reply before a segment that may begin an address. */
const NEAR = 160;

/** What stands where a bare address has stood. */
const REMOVED = {
  en: '(link removed)',
  es: '(enlace eliminado)',
  de: '(Link entfernt)',
  fr: '(lien retiré)',
  pt: '(link removido)',
  it: '(link rimosso)',
  nl: '(link verwijderd)',
};

const FOUND = ['link_elsewhere'];

/**
 * Links lead to the company's hosts, to those that the agent folder allows (`hosts`, with what is below them), and to addresses
 * that a source of this conversation or the customer has: to these exactly. Any other link keeps its words and loses its target, an image goes,
 * a bare address makes place for a note. It looks at what any client could make a link of: Markdown in all its forms, tags,
 * bare addresses. A part that could be read in two ways is taken as a link.
 */
export function linksGuard({ hosts = [], say }: { hosts?: readonly string[]; say?: Wording } = {}): Guard {
  return {
    name: 'links',
    check(candidate, seen) {
      const begun = /\S$/.test(seen.released) ? (seen.released.slice(-NEAR).split(/\s/).at(-1) ?? '') : '';
      const ended = /^\S*/.exec(candidate)?.[0] ?? '';
      const removed = inLanguage(REMOVED, seen.language, say);
      // The rest of an address whose beginning made place for the note.
      const rest = seen.released.endsWith(removed) ? (REST.exec(candidate)?.[0] ?? '') : '';
      if (rest !== '') return { action: 'redact', text: candidate.slice(rest.length), found: FOUND };
      const goesOn = begun !== '' && ended !== '' && LIKELY.test(begun + ended);
      if (!goesOn && !LIKELY.test(candidate)) return ALLOW;
      const allows = allowed(hosts, seen);
      const mended = (text: string) => withoutBare(withoutTargets(withoutTags(text, allows), allows), allows, removed);
      // What began before is out by now: at least it is not completed.
      const isCut = goesOn && mended(begun + ended) !== begun + ended;
      const text = isCut ? removed + mended(candidate.slice(ended.length)) : mended(candidate);
      return text === candidate ? ALLOW : { action: 'redact', text, found: FOUND };
    },
  };
}

const REST = /^[^\s<>()[\]]*[\p{L}\p{N}][./:?=&][\p{L}\p{N}][^\s<>()[\]]*/u;

/** Without one of these there is no link. */
const LIKELY = /\]\(|\]:|\/\/|\\\/|www\.|[a-z]:\S|<[a-z]|[\p{L}\p{N}_]\.[a-z]{2}/iu;

type Allows = (address: string) => boolean;

function allowed(hosts: readonly string[], { contact, sources, said }: Seen): Allows {
  const mail = contact.email?.split('@')[1];
  const own = [contact.url && hostOf(contact.url), mail, ...hosts]
    .filter((host) => host !== undefined && host !== '')
    .map((host) =>
      String(host)
        .toLowerCase()
        .replace(/^www\./, ''),
    );
  return (written) => {
    const url = parsed(written);
    // A reference that is not known here may be to a client.
    if (url === null || REFERENCE.test(written)) return false;
    if (url.protocol === 'tel:' || url.href.startsWith(PAGE)) return true;
    if (!SCHEMES.has(url.protocol)) return false;
    const host = url.protocol === 'mailto:' ? mailHost(url) : url.hostname;
    if (url.username !== '' || url.password !== '') return false;
    if (own.some((one) => host === one || host.endsWith(`.${one}`))) return true;
    if (isAtHome(url)) return true;
    const root = url.pathname === '/' && url.search + url.hash === '' ? written.replace(/\/$/, '') : written;
    // As people write it: `dhl.de/track`.
    const bare = root.replace(/^https?:\/\//, '');
    const has = (text: string) => hasAddress(text, root) || hasAddress(text, bare);
    return sources.some(({ from, text }) => from === written || has(text)) || said.some(has);
  };
}

/** A page of the reader's own network or machine, such as their router's, with nothing that it is told. */
function isAtHome({ protocol, hostname, search, hash }: URL): boolean {
  return protocol === 'http:' && search + hash === '' && AT_HOME.test(hostname);
}

const AT_HOME = /^(?:localhost|127(?:\.\d+){3}|192\.168(?:\.\d+){2}|10(?:\.\d+){3}|fritz\.box)$/;

function hasAddress(text: string, written: string): boolean {
  for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + 1)) {
    const next = text.slice(at + written.length, at + written.length + 2);
    if (/[\p{L}\p{N}.@/_-]/u.test(text[at - 1] ?? '')) continue;
    if (!/^[\p{L}\p{N}/?#&=%_~+@:-]|^\.[\p{L}\p{N}]/u.test(next)) return true;
  }
  return false;
}

/** Where an address without a scheme and a host leads: to the page itself. */
const PAGE = 'page://self';
const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

function parsed(written: string): URL | null {
  if (written.length > MAX_ADDRESS) return null;
  try {
    // In the addresses of pages both slashes are one.
    return new URL(written.trim().replaceAll('\\', '/'), PAGE);
  } catch {
    return null;
  }
}

function hostOf(written: string): string {
  return parsed(written)?.hostname ?? '';
}

/** The host of the one receiver; none where there are several, or headers that send it to others too. */
function mailHost(url: URL): string {
  const [, host, ...more] = url.pathname.split('@');
  const isPlain = [...url.searchParams.keys()].every((key) => ['subject', 'body'].includes(key.toLowerCase()));
  return host === undefined || more.length > 0 || /[,;%]/.test(host) || !isPlain ? '' : host.toLowerCase();
}

/** Tags that load something by themselves, or send the reader elsewhere. */
const TAG =
  /<\/?(?:img|image|svg|video|audio|source|track|iframe|frame|object|embed|link|meta|base|script|style|form|input|button|a|area|body|table|td|div|span|p)\b[^<>]*(?:>|$)/gi;
const ATTRIBUTE =
  /(?:src|srcset|href|action|formaction|poster|background|data|content|style|xlink:href)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;

function withoutTags(text: string, allows: Allows): string {
  return text.replace(TAG, (tag) => {
    for (const [, value = ''] of tag.matchAll(ATTRIBUTE)) {
      const address = decoded(value.replace(/^["']|["']$/g, '')).replace(/^.*url\(\s*["']?|["']?\s*\).*$/gi, '');
      if (!allows(address.split(/[\s,]/)[0] ?? '')) return '';
    }
    return tag;
  });
}

const DEFINITION = /^[ \t>]*\[[^\]\n]+\]:[ \t]*(?:<([^<>\n]*)>|(\S+))[^\n]*/gm;

/** Links and images with a target in brackets, and the definitions of those that have it elsewhere. */
function withoutTargets(text: string, allows: Allows): string {
  const kept = text.replace(DEFINITION, (whole, angled?: string, plain?: string) => {
    const address = decoded(angled ?? plain ?? '');
    // Behind a colon may stand a text as well.
    return (angled === undefined && !isAddress(address)) || allows(address) ? whole : '';
  });
  if (!kept.includes('](')) return kept;
  const drops: { start: number; end: number }[] = [];
  const open: number[] = [];
  for (let at = 0; at < kept.length; at += 1) {
    if (kept[at] === '\\') at += 1;
    else if (kept[at] === '[') open.push(at);
    else if (kept[at] === ']') {
      const start = open.pop();
      if (kept[at + 1] !== '(') continue;
      const { address, end } = targetAt(kept, at + 2);
      if (allows(decoded(address))) continue;
      const isImage = start !== undefined && kept[start - 1] === '!';
      if (isImage) drops.push({ start: start - 1, end });
      else if (start !== undefined) drops.push({ start, end: start + 1 }, { start: at, end });
      else drops.push({ start: at, end });
      at = end - 1;
    }
  }
  return without(kept, drops);
}

function isAddress(address: string): boolean {
  return /[:/\\]|\.\w/.test(address);
}

/** The address behind `](`, and where the link ends: at its bracket, or where that is missing at the end of the line. */
function targetAt(text: string, from: number): { address: string; end: number } {
  let depth = 0;
  let at = from;
  const angled = /^\s*<([^<>\n]*)>/.exec(text.slice(from, from + MAX_ADDRESS));
  if (angled) at += angled[0].length;
  const last = Math.min(text.length, from + MAX_ADDRESS);
  for (; at < last; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '\n' && text[at + 1] === '\n') break;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && depth-- === 0) break;
  }
  const inner = text.slice(from, Math.min(at, text.length)).trim();
  const address = angled?.[1] ?? inner.split(/\s/)[0] ?? '';
  return { address, end: Math.min(at + 1, text.length) };
}

/** The text without some parts of it, which may lie in each other. */
function without(text: string, drops: { start: number; end: number }[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of drops.sort((a, b) => a.start - b.start)) {
    if (start > at) kept += text.slice(at, start);
    at = Math.max(at, end);
  }
  return kept + text.slice(at);
}

/** Top-level domains; of others than the usual ones only those before a path, where it is no file's. */
const TLD =
  'com|net|org|info|biz|io|co|app|dev|ai|shop|store|online|site|website|xyz|top|club|live|link|click|page|cloud|tech|support|help|example|test|uk|de|fr|es|nl|pt|eu|ca|br|mx|cn|jp|ru|pl|ch|se|dk|fi|au|nz|tv|cc|ly|gl|(?!(?:css|csv|docx?|exe|html?|jpe?g|js|json|md|mjs|pdf|php|png|py|sql|svg|ts|tsx|txt|xlsx?|xml|ya?ml|zip)/)[a-z]{2,12}(?=/[\\w?#])';
/** An address as clients find it in a text, behind any sign, and a host alone that a reader would type, in lower case. */
const BARE = new RegExp(
  `(?:(?<![a-z\\d])https?:(?=\\S)|\\b(?:ftp|wss?|file|blob|intent|steam):|(?<![:\\w])//(?=[\\w-]+\\.)|(?<![a-z\\d])www\\.)[^\\s<>"'\`|\\]]+|\\b(?:javascript|vbscript):[^\\s]+|\\bdata:[a-z]+/[^\\s]+|\\bmailto:[^\\s<>"'()]+|(?<![@\\w.%+/:-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62})\\.)+(?:${TLD})(?![\\p{L}\\p{N}@_-]|\\.[\\p{L}\\p{N}])(?:[:/?#][^\\s<>"'\`|\\]]*)?`,
  'giu',
);

/** The sign before the host of a mail address, as people hide it. */
const AT_BEFORE = /[\p{L}\p{N}](?:[@＠]|&#64;|&commat;|\s?[([{<]\s?(?:at|@)\s?[)\]}>]\s?)$/iu;

function withoutBare(text: string, allows: Allows, removed: string): string {
  return text.replace(BARE, (found, at: number) => {
    const address = withoutEnd(found);
    // The host of a mail address is left to the guard of personal data, which takes its mailbox as well.
    if (!/[:/]/.test(address) && AT_BEFORE.test(text.slice(Math.max(0, at - 12), at))) return found;
    // A name as it is said, such as Example.com: no client makes a link of it.
    if (/^\p{Lu}[^/:]*$/u.test(address)) return found;
    const whole = /^(?:[a-z]+:|\/\/)/i.test(address) ? address : `https://${address}`;
    return allows(address) && allows(whole) ? found : removed + found.slice(address.length);
  });
}

/** A bare address without the signs that belong to the sentence around it. */
function withoutEnd(address: string): string {
  const end = /[?!.,:;*_~'"’”»)\]}>]+$/u.exec(address)?.index ?? address.length;
  return address.slice(0, end);
}

const REFERENCE = /&[a-z][a-z\d]*;/i;
/** An address as a client reads it: escapes and references resolved, without what shows nothing. */
function decoded(address: string): string {
  const read = address
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z][a-z\d]{1,15}));/gi, (whole, hex, decimal, name) => {
      if (name) return REFERENCES.get(String(name).toLowerCase()) ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    });
  return cleanText(read);
}
