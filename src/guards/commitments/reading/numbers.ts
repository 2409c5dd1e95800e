import type { Token } from './tokens.ts';

/** Number words of one language, without marks, from nought on; how tens and ones are joined, if they are written together. */
type Words = {
  ones: string;
  tens: string;
  hundred: string;
  thousand: string;
  joined?: (ten: string, one: string) => string[];
};

const LANGUAGES: readonly Words[] = [
  {
    ones: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: 'twenty thirty forty|fourty fifty sixty seventy eighty ninety',
    ...{ hundred: 'hundred hundreds', thousand: 'thousand grand' },
  },
  {
    ones: 'cero uno|una|un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve',
    tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
    ...{ hundred: 'cien ciento', thousand: 'mil' },
    joined: (ten, one) => (ten === 'veinte' ? [`veinti${one}`] : []),
  },
  {
    ones: 'null eins|ein|eine|einen|einem|einer|eines zwei|zwo drei vier funf|fuenf sechs sieben acht neun zehn elf zwolf|zwoelf dreizehn vierzehn funfzehn|fuenfzehn sechzehn siebzehn achtzehn neunzehn',
    tens: 'zwanzig dreissig|dreizig vierzig funfzig|fuenfzig sechzig siebzig achtzig neunzig',
    ...{ hundred: 'hundert', thousand: 'tausend' },
    joined: (ten, one) => [`${one}und${ten}`],
  },
  {
    ones: 'zero un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
    tens: 'vingt|vingts trente quarante cinquante soixante septante octante|huitante nonante',
    ...{ hundred: 'cent cents', thousand: 'mille' },
  },
  {
    ones: 'zero um|uma dois|duas tres quatro cinco seis sete oito nove dez onze doze treze catorze|quatorze quinze dezesseis|dezasseis dezessete|dezassete dezoito dezenove|dezanove',
    tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
    ...{ hundred: 'cem cento', thousand: 'mil' },
  },
  {
    ones: 'zero uno|una|un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
    tens: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
    ...{ hundred: 'cento', thousand: 'mille mila' },
    joined: (ten, one) => [`${/^[uo]/.test(one) ? ten.slice(0, -1) : ten}${one}`],
  },
  {
    ones: 'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
    tens: 'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
    ...{ hundred: 'honderd', thousand: 'duizend' },
    joined: (ten, one) => [`${one}en${ten}`],
  },
];

const HUNDREDS_ES_PT =
  'doscient|trescient|cuatrocient|quinient|seiscient|setecient|ochocient|novecient duzent|trezent|quatrocent|quinhent|seiscent|setecent|oitocent|novecent';

/** `zero`, `one`, … `nineteen`: each at its place. */
export const COUNT_WORDS: readonly string[] = LANGUAGES[0]?.ones.split(' ') ?? [];

const VALUES = valuesOfWords();
/** An article as much as a number. */
export const ARTICLES: ReadonlySet<string> = new Set(
  'a an un una uno ein eine einen einem einer eines une um uma een un'.split(' '),
);
const AND: ReadonlySet<string> = new Set(['and', 'y', 'e', 'et', 'und', 'en']);
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    k: 1_000,
    m: 1_000_000,
    mio: 1_000_000,
    million: 1_000_000,
    millions: 1_000_000,
    millionen: 1_000_000,
    millon: 1_000_000,
    millones: 1_000_000,
    milhoes: 1_000_000,
    milioni: 1_000_000,
    miljoen: 1_000_000,
    thousand: 1_000,
    mil: 1_000,
    mila: 1_000,
    mille: 1_000,
    tausend: 1_000,
    duizend: 1_000,
    hundred: 100,
    grand: 1_000,
  }),
);

function valuesOfWords(): Map<string, number> {
  const values = new Map<string, number>();
  // The first language that has a word wins: few differ.
  const add = (word: string, value: number) => void (values.has(word) || values.set(word, value));
  for (const { ones, tens, hundred, thousand, joined } of LANGUAGES) {
    const lists = (text: string) => text.split(' ').map((forms) => forms.split('|'));
    for (const [value, forms] of lists(ones).entries()) for (const form of forms) add(form, value);
    for (const [at, forms] of lists(tens).entries()) {
      for (const ten of forms) {
        add(ten, 20 + 10 * at);
        if (!joined) continue;
        for (const [value, units] of lists(ones).slice(0, 10).entries()) {
          if (value > 0)
            for (const unit of units) for (const word of joined(ten, unit)) add(word, 20 + 10 * at + value);
        }
      }
    }
    for (const word of hundred.split(' ')) add(word, 100);
    for (const word of thousand.split(' ')) add(word, 1_000);
  }
  for (const list of HUNDREDS_ES_PT.split(' ')) {
    for (const [at, root] of list.split('|').entries()) {
      for (const ending of ['os', 'as']) add(root + ending, 200 + 100 * at);
    }
  }
  for (const [word, value] of Object.entries({
    dozen: 12,
    half: 0.5,
    anderthalb: 1.5,
    anderhalf: 1.5,
    halbes: 0.5,
    halbe: 0.5,
    medio: 0.5,
    demi: 0.5,
    meio: 0.5,
    mezzo: 0.5,
    halve: 0.5,
  }))
    add(word, value);
  return values;
}

const COMPOUND = /^(.*?)(tausend|duizend|mila|mille|hundert|honderd|cento)(?:und)?(.*)$/;

/** The value of one number word; null for any other. */
function valueOfWord(word: string, depth = 0): number | null {
  const known = VALUES.get(word);
  if (known !== undefined) return known;
  // Dutch, German and Italian write numbers as one word.
  if (depth > 2 || word.length < 7 || word.length > 50) return null;
  const parts = COMPOUND.exec(word);
  if (!parts) return null;
  const [, before = '', scale = '', after = ''] = parts;
  const times = before === '' ? 1 : valueOfWord(before, depth + 1);
  const rest = after === '' ? 0 : valueOfWord(after, depth + 1);
  if (times === null || rest === null) return null;
  return times * (/^(?:hundert|honderd|cento)$/.test(scale) ? 100 : 1_000) + rest;
}

/** True for a word that may begin a number. */
export function isNumberWord(word: string): boolean {
  return word === 'a' || word === 'an' || word === 'the' || word === 'another' || valueOfWord(word) !== null;
}

/** A number that is written at a place, and the index of the token behind it. `words`: spelt, not in digits. */
export type Written = { value: number; to: number; words: boolean };

/** The number that begins with this token; null where none does. */
export function numberAt(tokens: readonly Token[], at: number): Written | null {
  const token = tokens[at];
  if (token?.kind === 'numeral') return scaled(tokens, { value: parseNumeral(token.text), to: at + 1, words: false });
  if (token?.kind !== 'word') return null;
  if (token.text === 'another') return { value: 1, to: at + 1, words: true };
  if (token.text === 'the') return tokens[at - 1]?.text === 'within' ? { value: 1, to: at + 1, words: true } : null;
  if (token.text === 'a' || token.text === 'an') {
    const next = valueOfWord(tokens[at + 1]?.text ?? '');
    return next !== null && (next >= 100 || next === 12 || next === 0.5)
      ? spelt(tokens, at + 1)
      : { value: 1, to: at + 1, words: true };
  }
  // Alone they are money: `25 cents`.
  return token.text === 'cents' || valueOfWord(token.text) === null ? null : withHalf(tokens, spelt(tokens, at));
}

/** `four and a half` */
function withHalf(tokens: readonly Token[], written: Written): Written {
  const [and, a, half] = [0, 1, 2].map((step) => tokens[written.to + step]?.text);
  const isHalf = and === 'and' && a === 'a' && half === 'half';
  return isHalf ? { ...written, value: written.value + 0.5, to: written.to + 3 } : written;
}

function scaled(tokens: readonly Token[], written: Written): Written {
  const next = tokens[written.to];
  const scale = next && SCALES.get(next.text);
  if (!next || !scale) return written;
  // `5 m` is a length.
  if (next.text.length === 1 && next.start !== tokens[written.to - 1]?.end) return written;
  return { ...written, value: written.value * scale, to: written.to + 1 };
}

/** What a number word leaves room for: hundreds for what is below them, tens for ones, French tens for ten to nineteen too. */
function roomAfter(value: number): number {
  if (value >= 20) return value >= 1_000 ? 1_000 : value >= 100 ? 100 : [60, 80].includes(value) ? 20 : 10;
  return value === 10 ? 10 : 1;
}

/** `deux cents`, `six cents euros`, but not `six cents`, which are money. */
function areHundreds(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  if (before === 'six') return /^(?:euros?|francs?|dollars?|eur|chf)$/.test(tokens[at + 1]?.text ?? '');
  return /^(?:deux|trois|quatre|cinq|sept|huit|neuf)$/.test(before);
}

function spelt(tokens: readonly Token[], from: number): Written {
  let [total, current, room] = [0, 0, Number.POSITIVE_INFINITY];
  let to = from;
  for (let at = from; at < tokens.length && at < from + 12; at += 1) {
    const { text, kind } = tokens[at] as Token;
    const value = kind === 'word' ? valueOfWord(text) : null;
    if (value === null) {
      // `twenty-four`, `one hundred and fifty`: only where a number goes on.
      if (at > from && to === at && (text === '-' || AND.has(text))) continue;
      break;
    }
    if (text === 'cents' && !areHundreds(tokens, at)) break;
    // `ein halbes`
    if (value === 0.5 && at > from) {
      current = value;
    } else if (value === 1_000) {
      if (total > 0) break;
      total = (current || 1) * 1_000;
      [current, room] = [0, 1_000];
    } else if (value === 100 && current > 0 && current < 100) {
      current *= 100;
      room = 100;
    } else if (text.startsWith('vingt') && current % 100 === 4) {
      current += 76;
      room = 20;
    } else if (value < room) {
      current += value;
      room = roomAfter(value);
    } else break;
    to = at + 1;
  }
  return { value: total + current, to: Math.max(to, from + 1), words: true };
}

/** `1,240`, `1.240,00`, `1'240.5`, `4.90`: the last sign is the decimal one unless it stands before three digits. */
function parseNumeral(text: string): number {
  const last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'), text.lastIndexOf("'"));
  if (last < 0) return Number(text);
  const digits = text.replace(/[.,']/g, '');
  const behind = text.length - last - 1;
  const sign = text[last] ?? '';
  const repeated = text.indexOf(sign) !== last;
  const grouped = behind === 3 && !text.startsWith('0');
  return repeated || grouped || sign === "'"
    ? Number(digits)
    : Number(`${digits.slice(0, -behind)}.${digits.slice(-behind)}`);
}
