/** Characters of a text that are decoded; what is hidden must be found in bounded time. */
const LONGEST = 4_000;
/** Letters that have to stand apart before somebody is taken to spell so on purpose. */
const SPELT = 12;
/** Characters from which a token may be an encoded text. */
const SHORTEST_CODE = 16;

const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const LEET_WORD =
  /(?<![\p{L}\p{N}@$])(?=[\p{L}\p{N}@$!]*\p{L})(?=[\p{L}@$!]*[013457@$!])[a-z013457@$!]{2,30}(?![\p{L}\p{N}@$])/giu;
const SPACED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:\\p{L}[ .\\-_*|,/]{1,3}){${SPELT - 1},400}\\p{L}(?![\\p{L}\\p{N}])`,
  'gu',
);
const BASE64 = new RegExp(`[A-Za-z0-9+/_-]{${SHORTEST_CODE},}={0,2}`, 'g');
const HEX = new RegExp(`(?:(?:0x|\\\\x|%)?[0-9a-f]{2}[ ,:]?){${SHORTEST_CODE / 2},}`, 'gi');
const BINARY = /(?:[01]{8}[ ,]?){4,}/g;
const MORSE = /(?:[.\-·–]{1,5}[ /|]+){7,}[.\-·–]{1,5}/g;
const ESCAPED = /\\u([0-9a-f]{4})|&#x([0-9a-f]{1,5});|&#(\d{1,6});/gi;

const MORSE_CODES =
  'a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- y-.-- z--..';
const MORSE_LETTERS = new Map(MORSE_CODES.split(' ').map((one) => [one.slice(1), one[0] ?? '']));

/** `plain`: the text. `spelt`: its letters stand apart. `hidden`: other texts that it may be meant as. `turned`: written backwards, or by ROT13. */
export type Readings = { plain: string; spelt: boolean; hidden: string[]; turned: string[] };

/** What a text may be read as: as it is, with figures for letters, decoded from base64, hex, binary or Morse, or turned. Bounded. */
export function readingsOf(text: string): Readings {
  const plain = text.slice(0, LONGEST);
  const unescaped = plain.replace(ESCAPED, (_, unicode, hex, number) =>
    characterOf((unicode ?? hex) ? Number.parseInt(unicode ?? hex, 16) : Number(number)),
  );
  const joined = unescaped.replace(SPACED, (run) => ` ${together(run)} `);
  const letters = joined.replace(LEET_WORD, (word) => [...word].map((one) => LEET[one] ?? one).join(''));
  const hidden = [...new Set([unescaped, joined, letters])].filter((one) => one !== plain).concat(decoded(plain));
  const spelt = joined !== unescaped;
  return { plain, spelt, hidden, turned: [rot13(plain), [...plain].reverse().join('')] };
}

/** The words of letters that stand apart: what parts words is wider than what parts letters, if anything does. */
function together(run: string): string {
  const gaps = run.match(/[^\p{L}]+/gu) ?? [];
  const narrow = Math.min(...gaps.map((gap) => gap.length));
  return run.replace(/[^\p{L}]+/gu, (gap) => (gap.length > narrow ? ' ' : ''));
}

function characterOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function decoded(text: string): string[] {
  return [
    ...[...text.matchAll(BASE64)].map(([code]) => Buffer.from(code, 'base64').toString('utf8')),
    ...[...text.matchAll(HEX)].map(([code]) => Buffer.from(code.replace(/0x|[^0-9a-f]/gi, ''), 'hex').toString('utf8')),
    ...[...text.matchAll(BINARY)].map(([code]) =>
      (code.match(/[01]{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join(''),
    ),
    ...[...text.matchAll(MORSE)].map(([code]) => fromMorse(code)),
  ].filter(isText);
}

function fromMorse(code: string): string {
  const words = code
    .replaceAll('·', '.')
    .replaceAll('–', '-')
    .split(/\s*[/|]\s*|\s{3,}/);
  return words
    .map((word) =>
      word
        .trim()
        .split(/\s+/)
        .map((sign) => MORSE_LETTERS.get(sign) ?? '')
        .join(''),
    )
    .join(' ');
}

/** Words with spaces between them, and hardly a sign that no text has. */
function isText(text: string): boolean {
  const letters = text.match(/[\p{L}\s.,!?']/gu)?.length ?? 0;
  return text.length >= 6 && letters >= 0.85 * text.length;
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}
