import { ASCII } from '../../../language/ascii.ts';
/** A word, a numeral or a sign of a folded text (`../fold.ts`), and where it stands there. */
export type Token = { text: string; start: number; end: number; kind: 'word' | 'numeral' | 'sign' };

/** Plain letters first: nearly all are, and classes of Unicode take several times as long. */
const TOKEN = /[a-z]+(?:'[a-z]+)*(?![\p{L}'])|\p{L}+(?:'\p{L}+)*|\d+(?:[.,']\d+)*|[^\s\p{L}\d]/gu;
const ASCII_TOKEN = /[a-z]+(?:'[a-z]+)*|\d+(?:[.,']\d+)*|[^\s]/g;
const ADDRESS = /(?:https?:\/\/|www\.)\S{1,300}|[^\s@]{1,80}@[\w.-]{1,80}/g;
const QUOTES = /[\u2018\u2019\u02bc]/g;
/** Signs that only set a text off, as Markdown does. */
const SET_OFF: ReadonlySet<string> = new Set('*_`~\u200b');

/** Lower case with straight apostrophes, links and mail addresses blank; as long as it was. */
export function plain(folded: string): string {
  const lower = folded.replace(/I/g, 'i').replace(QUOTES, "'");
  const bare = /@|:\/\/|www\./.test(lower) ? lower.replace(ADDRESS, (address) => ' '.repeat(address.length)) : lower;
  // The dash of a list is no minus and no range.
  return bare.includes('\n') ? bare.replace(/(?<=\n[ \t]{0,8})[-+](?= )/g, '•') : bare;
}

/** A text that nobody has to find again: lower case, without marks. */
export function plainSource(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return plain(text.toLowerCase());
  return plain(
    text
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
      .toLowerCase()
      .replaceAll('ß', 'ss'),
  );
}

/** The tokens of a plain text. Digits that stand alone one after the other are one numeral, and so are groups of three. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let digits = 0;
  for (const { 0: found, index } of text.matchAll(ASCII.test(text) ? ASCII_TOKEN : TOKEN)) {
    if (SET_OFF.has(found)) continue;
    const kind = kindOf(found);
    if (kind === 'numeral') digits += 1;
    tokens.push({ text: found, start: index, end: index + found.length, kind });
  }
  return digits > 1 ? joinDigits(tokens) : tokens;
}

function kindOf(found: string): Token['kind'] {
  const first = found.charCodeAt(0);
  if (first >= 97 && first <= 122) return 'word';
  if (first >= 48 && first <= 57) return 'numeral';
  return first > 127 && /^\p{L}/u.test(found) ? 'word' : 'sign';
}

function joinDigits(tokens: Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const digits = token.kind === 'numeral' ? runOf(tokens, at) : 1;
    const last = tokens[at + digits - 1] as Token;
    const text =
      digits === 1
        ? token.text
        : tokens
            .slice(at, at + digits)
            .map((one) => one.text)
            .join('');
    joined.push(digits === 1 ? token : { ...token, text, end: last.end });
    at += digits - 1;
  }
  return joined;
}

/** How many numerals from here on are one number: `1 2 4 0`, or `1 240 000`. */
function runOf(tokens: readonly Token[], at: number): number {
  const next = (pattern: RegExp) => {
    let to = at + 1;
    while (isSpaced(tokens[to - 1], tokens[to]) && pattern.test(tokens[to]?.text ?? '')) to += 1;
    return to - at;
  };
  const first = tokens[at]?.text ?? '';
  if (/^\d$/.test(first)) {
    const singles = next(/^\d$/);
    if (singles >= 3) return singles;
  }
  return /^[1-9]\d{0,2}$/.test(first) ? next(/^\d{3}(?:[.,]\d{1,2})?$/) : 1;
}

function isSpaced(one: Token | undefined, next: Token | undefined): boolean {
  return one !== undefined && next?.kind === 'numeral' && next.start === one.end + 1;
}
