import { isIPv4, isIPv6 } from 'node:net';
import { Expressions } from '../needles.ts';

type Range = { start: number; end: number };

const MAILBOX = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
const HOST = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})/u;
/** Lengths by RFC 5321. */
const LENGTHS = { mailbox: 64, host: 255 };

/** E-mail addresses. */
export function findEmails(text: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < LENGTHS.mailbox && MAILBOX.test(text[start - 1] ?? '')) start -= 1;
    // Marks around an address are none of it: **ann@mail.org**, 'ann@mail.org'.
    while (start < at && /[^\p{L}\p{N}]/u.test(text[start] ?? '')) start += 1;
    const host = HOST.exec(text.slice(at + 1, at + 1 + LENGTHS.host));
    if (start === at || !host) continue;
    const end = at + 1 + host[0].length;
    if (!isNobodys(text.slice(start, end), text.slice(end, end + LONGEST_PATH))) found.push({ start, end });
  }
  return found;
}

/** What stands in for an address in explanations and forms. */
const PLACEHOLDER =
  /^(?:(?:your|my|first|last|full|user|sur)?[._-]?(?:name|e?mail|user)|you|someone|somebody|jemand|nombre|nom|naam|nome)@example\.(?:com|org|net)$/i;
/** After a host by SSH: `git@github.com:acme/sdk.git`. */
const PATH = /^:[\w.~-]{1,60}\/[\w.~-]/;
const LONGEST_PATH = 64;

function isNobodys(address: string, after: string): boolean {
  return PLACEHOLDER.test(address) || (/^(?:git|hg)@/.test(address) && PATH.test(after));
}

const AT_SIGN = /[[({<] ?(?:at|arroba|arobase|chiocciola|@)/;
const DOT_WORD = new Expressions([/(?<!\p{L})(?:dot|punto|ponto|point|punkt|punt|kropka)(?!\p{L})/u]);

/** Whether a text has what no address in words is without. */
export function maySpellAddress(text: string): boolean {
  const lower = text.toLowerCase();
  return AT_SIGN.test(lower) || DOT_WORD.mayMatch(lower).some((word) => word.test(lower));
}

/** E-mail addresses whose signs are written as words: "ann (at) mail (dot) org". */
export function findSpokenEmails(text: string): Range[] {
  return SPOKEN.flatMap((spoken) => rangesOf(text, spoken));
}

const NAME = '[\\p{L}\\p{N}_+-]{1,40}(?:(?:\\.|DOT)[\\p{L}\\p{N}_+-]{1,40}){0,3}';
const LABELS = '(?!the\\b|an?\\b)[\\p{L}\\p{N}-]{1,63}(?:DOT[\\p{L}\\p{N}-]{1,63}){0,2}';
const ENDS =
  '(?:com|org|net|info|biz|edu|gov|io|co|me|eu|uk|de|at|ch|fr|be|es|it|pt|br|nl|pl|se|dk|no|fi|ie|us|ca|au|in|jp)';
const SIGN = ' ?[[({<] ?(?:at|arroba|arobase|chiocciola|@) ?[\\])}>] ?';
const WORD_DOT = ' (?:dot|punto|ponto|point|punkt|punt|kropka) ';
const BRACKET_DOT = ' ?[[({<] ?(?:dot|punto|ponto|point|punkt|punt|kropka|\\.) ?[\\])}>] ?';
/** In words the dot must be a word too ("call us at shop.com" is no address), in brackets it may be a dot. */
const SPOKEN = [
  spoken(' (?:at|arroba|arobase|chiocciola|apenstaartje|malpa|małpa|snabel-a) ', `(?:${WORD_DOT})`),
  spoken(SIGN, `(?:${WORD_DOT}|${BRACKET_DOT}|\\.)`),
];

function spoken(sign: string, dot: string): RegExp {
  const pattern = `(?<![\\p{L}\\p{N}])${NAME}${sign}${LABELS}DOT${ENDS}(?![\\p{L}\\p{N}])`;
  return new RegExp(pattern.replaceAll('DOT', dot), 'giu');
}

function rangesOf(text: string, pattern: RegExp): Range[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

/** No one's own: this computer, masks, private networks, public name servers, a link without a server, groups. */
const NOBODYS =
  /^(?:127\.|0\.|255\.|169\.254\.|2(?:2[4-9]|3\d)\.|10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|(?:8\.8\.(?:8\.8|4\.4)|1\.[01]\.[01]\.1|9\.9\.9\.9|149(?:\.112){3}|208\.67\.22[02]\.22[02])$)/;
/** The same of IP 6, and what is left free for examples; a long part is of one device. */
const NOBODYS_6 = /^(?:(?:fe80|2001:db8)::[\da-f]{0,2}|ff0[\da-f]:[\da-f:]*|[\da-f:]*::)$/i;
/** Versions, and parts of a document, have four numbers too. */
const VERSION =
  /(?:version|ver|release|build|firmware|update|v|section|chapter|clause|step|figure|abschnitt|kapitel|secci[óo]n|cap[íi]tulo|article|§)[.: ]{0,2}$/i;

/** Addresses of computers, IP 4 and 6. */
export function findIps(text: string): Range[] {
  return [...findIps4(text), ...findIps6(text)];
}

/** Of several that begin with the same small number, all are versions where one is called so. */
const SMALL = 30;

function findIps4(text: string): Range[] {
  const fours = rangesOf(text, /(?<![\p{L}\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}]|\.\d)/gu);
  const firstOf = ({ start }: Range) => text.slice(start, text.indexOf('.', start));
  const versions = new Set(
    fours
      .filter(({ start }) => VERSION.test(text.slice(Math.max(0, start - 10), start)))
      .map(firstOf)
      .filter((first) => Number(first) <= SMALL),
  );
  return fours.filter((four) => {
    const address = text.slice(four.start, four.end);
    return isIPv4(address) && !NOBODYS.test(address) && !versions.has(firstOf(four));
  });
}

function findIps6(text: string): Range[] {
  const sixes = /(?<![\p{L}\p{N}:.])[0-9a-fA-F:]{6,39}(?::\d{1,3}(?:\.\d{1,3}){3})?(?![\p{L}\p{N}:])/gu;
  return rangesOf(text, sixes).filter(({ start, end }) => {
    const address = text.slice(start, end);
    return /\d/.test(address) && isIPv6(address) && !NOBODYS_6.test(address);
  });
}
