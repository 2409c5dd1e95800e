const UNITS: Record<string, string> = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  de: 'null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn zwanzig',
  fr: 'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt',
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte',
  it: 'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti',
  pt: 'zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove vinte',
  nl: 'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig',
  pl: 'zero jeden dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie dwanascie trzynascie czternascie pietnascie szesnascie siedemnascie osiemnascie dziewietnascie dwadziescia',
};
/** From thirty on, by ten. */
const TENS: Record<string, string> = {
  en: 'thirty forty fifty sixty seventy eighty ninety',
  de: 'dreissig vierzig funfzig sechzig siebzig achtzig neunzig',
  fr: 'trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix',
  es: 'treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  it: 'trenta quaranta cinquanta sessanta settanta ottanta novanta',
  pt: 'trinta quarenta cinquenta sessenta setenta oitenta noventa',
  nl: 'dertig veertig vijftig zestig zeventig tachtig negentig',
  pl: 'trzydziesci czterdziesci piecdziesiat szescdziesiat siedemdziesiat osiemdziesiat dziewiecdziesiat',
  sv: 'trettio fyrtio femtio sextio sjuttio attio nittio',
};
/** Of Swedish only those that, without their marks, are no word of another language: `två` is French VAT. */
const MORE =
  'eins:1 eine:1 einen:1 une:1 una:1 uma:1 duas:2 both:2 couple:2 pair:2 beide:2 ambos:2 dwie:2 dwoch:2 trzech:3 dozen:12 ' +
  'fyra:4 fem:5 sju:7 elva:11 tolv:12 tretton:13 fjorton:14 femton:15 sexton:16 sjutton:17 arton:18 nitton:19 tjugo:20';
const TIMES = entriesOf(
  'hundred:100 hundert:100 cent:100 cents:100 cien:100 ciento:100 cento:100 cem:100 honderd:100 thousand:1000 tausend:1000 ' +
    'mille:1000 mil:1000 mila:1000 duizend:1000 tysiac:1000 tysiace:1000 tysiecy:1000 ' +
    'hundra:100 tusen:1000 million:1000000',
);

function entriesOf(list: string): Map<string, number> {
  return new Map(list.split(' ').map((entry) => [entry.split(':')[0] ?? '', Number(entry.split(':')[1])]));
}

const WORDS = new Map<string, number>([
  ...Object.values(UNITS).flatMap((words) => words.split(' ').map((word, value) => [word, value] as const)),
  ...Object.values(TENS).flatMap((words) => words.split(' ').map((word, at) => [word, 30 + 10 * at] as const)),
  ...entriesOf(MORE),
]);
const BETWEEN: ReadonlySet<string> = new Set(['and', 'und', 'et', 'y', 'e', 'en']);
/** Languages that write a number in one word: `zweihundertfünfzig`, `duecento`. */
const COMPOUND =
  /(?<=\p{L})(hundert|tausend|honderd|duizend|cento|mila|mille)|(hundert|tausend|honderd|duizend|cento|mille)(?=\p{L})/gu;
/** German and Dutch write the unit before the ten, in one word. */
const JOINED = /^(\p{L}{3,6}?)(?:und|en)(\p{L}{6,9})$/u;

const WRITTEN = /\d+(?:[.,'’]\d+)*/g;
const SPACED = /(?<!\d)\d{1,3}(?: \d{3}){1,5}(?!\d)/g;
const THOUSANDS = /(\d+(?:[.,]\d+)?) ?k(?!\p{L})/gu;
/** In Chinese and Japanese, before what is counted so. */
const EAST_ASIAN = /[〇一二两兩三四五六七八九十百千]{1,7}(?=[つ個个本枚人名台冊点件张張位月日年円元回次箱時时分])/gu;
const EAST_ASIAN_DIGITS = new Map([...'〇一二三四五六七八九'].map((sign, value) => [sign, value] as const));
const EAST_ASIAN_TIMES = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
]);
const LETTERS = /\p{L}+(?:-\p{L}+)*/gu;

/** The numbers of a plain text, in every way in which its digits can be read (`1.500` is 1.5 or 1500), and in words. */
export function numbersIn(plain: string): Set<number> {
  const found = new Set<number>();
  for (const [written] of plain.matchAll(WRITTEN)) for (const number of readings(written)) found.add(number);
  for (const [written] of plain.matchAll(SPACED)) found.add(Number(written.replaceAll(' ', '')));
  for (const [, written = ''] of plain.matchAll(THOUSANDS)) {
    for (const number of readings(written)) found.add(rounded(number * 1_000));
  }
  for (const [written] of plain.matchAll(EAST_ASIAN)) found.add(eastAsian(written));
  for (const number of spokenIn(plain)) found.add(number);
  return found;
}

/** `三百二十` is 320. */
function eastAsian(written: string): number {
  let sum = 0;
  let digit = 0;
  for (const sign of written.replace(/[两兩]/gu, '二')) {
    const times = EAST_ASIAN_TIMES.get(sign);
    if (times === undefined) digit = digit * 10 + (EAST_ASIAN_DIGITS.get(sign) ?? 0);
    else [sum, digit] = [sum + (digit || 1) * times, 0];
  }
  return sum + digit;
}

/** What a number in digits may mean: points and commas may part thousands or decimals. */
export function readings(written: string): number[] {
  const groups = written.split(/[.,'’]/);
  if (groups.length === 1) return [Number(written)];
  const [first = '', ...rest] = groups;
  const found: number[] = [];
  if (first.length <= 3 && rest.every(({ length }) => length === 3)) found.push(Number(groups.join('')));
  const last = rest.at(-1) ?? '';
  if (/[.,]\d+$/.test(written)) found.push(rounded(Number(`${groups.slice(0, -1).join('')}.${last}`)));
  return found;
}

export function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}

type Spoken = { value: number } | { times: number };

/** Numbers written as words; single digits in a row are one number too: "four one one". */
function spokenIn(plain: string): number[] {
  const found: number[] = [];
  let run: Spoken[] = [];
  let end = 0;
  const close = () => {
    if (run.length > 0) found.push(...composed(run), ...inDigits(run));
    run = [];
  };
  for (const { 0: written, index } of plain.matchAll(LETTERS)) {
    if (index - end > 2) close();
    end = index + written.length;
    for (const word of WORDS.has(written) ? [written] : written.replace(COMPOUND, '-$1$2-').split('-')) {
      if (word === '') continue;
      const spoken = spokenWord(word);
      if (spoken) run.push(spoken);
      else if (!BETWEEN.has(word)) close();
    }
  }
  close();
  return found;
}

/** "Two hundred and twenty five" is one number, "five six" are two. */
function composed(run: readonly Spoken[]): number[] {
  const found: number[] = [];
  let sum = 0;
  let part = 0;
  run.forEach((spoken, at) => {
    if ('times' in spoken) {
      part = (part || 1) * spoken.times;
      if (spoken.times >= 1_000) [sum, part] = [sum + part, 0];
      return;
    }
    const rest = part % 100;
    const goesOn = at === 0 || rest === 0 || (rest >= 20 && rest % 10 === 0 && spoken.value < 10);
    if (!goesOn) {
      found.push(sum + part);
      [sum, part] = [0, 0];
    }
    part += spoken.value;
  });
  return [...found, sum + part];
}

function inDigits(run: readonly Spoken[]): number[] {
  const digits = run.map((spoken) => ('value' in spoken && spoken.value < 10 ? String(spoken.value) : 'x')).join('');
  return /^\d{3,15}$/.test(digits) ? [Number(digits)] : [];
}

function spokenWord(word: string): Spoken | null {
  const value = WORDS.get(word);
  if (value !== undefined) return { value };
  const times = TIMES.get(word);
  if (times !== undefined) return { times };
  const [, unit = '', ten = ''] = JOINED.exec(word) ?? [];
  const [units, tens] = [WORDS.get(unit), WORDS.get(ten)];
  return units !== undefined && tens !== undefined ? { value: units + tens } : null;
}
