/** The words of figures in the languages of the search: en, es, de, fr, pt, it, nl. */

/** `sure`: a number wherever it stands; the others are other words, too, and count before a unit only. */
export const NUMBERS: ReadonlyMap<string, { value: number; sure: boolean }> = new Map(
  Object.entries({
    0: 'zero cero null zéro',
    1: '~one ~un ~una ~uno ~ein ~eine ~einen ~einem ~einer ~une ~um ~uma ~een ~één',
    2: 'two dos zwei deux ~due dois duas twee',
    3: 'three tres drei trois três ~tre drie',
    4: 'four cuatro vier quatre quatro quattro',
    5: 'five cinco fünf cinq cinque vijf',
    6: 'six seis sechs ~sei ~zes',
    7: 'seven siete sieben sept sete sette zeven',
    8: 'eight ocho ~acht huit oito otto',
    9: 'nine nueve neun ~neuf nove negen',
    10: 'ten diez zehn dix dez dieci tien',
    11: 'eleven elf onze undici',
    12: 'twelve doce zwölf douze doze dodici twaalf',
    13: 'thirteen trece dreizehn treize treze tredici dertien',
    14: 'fourteen catorce vierzehn quatorze quattordici veertien',
    15: 'fifteen quince fünfzehn quinze quindici vijftien',
    16: 'sixteen dieciséis sechzehn seize dezasseis dezesseis sedici zestien',
    17: 'seventeen diecisiete siebzehn dezassete diciassette zeventien',
    18: 'eighteen dieciocho achtzehn dezoito diciotto achttien',
    19: 'nineteen diecinueve neunzehn diciannove negentien',
    20: 'twenty veinte zwanzig vingt vinte venti twintig',
    21: 'einundzwanzig',
    24: 'vierundzwanzig veinticuatro ventiquattro vierentwintig',
    25: 'fünfundzwanzig veinticinco venticinque',
    28: 'achtundzwanzig veintiocho ventotto achtentwintig',
    30: 'thirty treinta dreißig trente trinta trenta dertig',
    40: 'forty cuarenta vierzig quarante quarenta quaranta veertig',
    48: 'achtundvierzig',
    50: 'fifty cincuenta fünfzig cinquante cinquenta cinquanta vijftig',
    60: 'sixty sesenta sechzig soixante sessenta sessanta zestig',
    70: 'seventy setenta siebzig settanta zeventig',
    80: 'eighty ochenta achtzig oitenta ottanta tachtig',
    90: 'ninety noventa neunzig novanta negentig',
    100: 'cien hundert cent cem cento honderd',
  }).flatMap(([value, words]) =>
    words
      .split(' ')
      .map((word) => [word.replace('~', ''), { value: Number(value), sure: !word.startsWith('~') }] as const),
  ),
);

/** What a number before it is multiplied with. */
export const MULTIPLES: ReadonlyMap<string, number> = new Map([
  ...['hundred', 'hundert', 'honderd'].map((word) => [word, 100] as const),
  ...['k', 'thousand', 'mil', 'tausend', 'mille', 'mila', 'duizend'].map((word) => [word, 1_000] as const),
  ...[
    'million',
    'millions',
    'millón',
    'millones',
    'millionen',
    'milhão',
    'milhões',
    'milione',
    'milioni',
    'miljoen',
  ].map((word) => [word, 1_000_000] as const),
]);

type Unit = { unit: string; factor: number };

const UNIT_WORDS: readonly (readonly [unit: string, factor: number, words: string])[] = [
  ['minute', 1, 'minute minutes min mins minuto minutos minuten minuti minuut'],
  ['minute', 60, 'hour hours hr hrs hourly hora horas stunde stunden heure heures ora ore uur uren'],
  ['minute', 1_440, 'day days día días dia dias tag tage tagen tages jour jours giorno giorni dag dagen'],
  ['minute', 10_080, 'week weeks semana semanas woche wochen semaine semaines settimana settimane weken'],
  ['month', 1, 'month months mes meses monat monate monaten mois mês mese mesi maand maanden'],
  ['month', 12, 'year years yr yrs año años jahr jahre jahren ans année années ano anos anno anni jaar jaren'],
  [
    'workday',
    1,
    'workday workdays weekday weekdays werktag werktage werktagen arbeitstag arbeitstage arbeitstagen werkdag werkdagen',
  ],
  ['EUR', 1, 'euro euros eur'],
  ['EUR', 0.01, 'cent cents céntimos centimes'],
  ['USD', 1, 'dollar dollars usd dólares dollari bucks'],
  ['GBP', 1, 'pound pounds gbp quid'],
  ['CHF', 1, 'chf franken francs'],
  ['%', 1, 'percent percentage prozent procent pct'],
  [
    'metre',
    1_000,
    'km kms kilometer kilometers kilometre kilometres kilómetros kilometern quilômetros quilómetros chilometri',
  ],
  ['metre', 1, 'meter meters metre metres metros metern mètres metri'],
  ['metre', 0.01, 'cm centimeters centimetres'],
  ['metre', 0.001, 'mm'],
  ['mile', 1, 'mile miles mi millas meilen miles'],
  ['inch', 1, 'inch inches'],
  ['gram', 1_000, 'kg kilo kilos kilogram kilograms'],
  ['gram', 1, 'gram grams gramm gramos'],
  ['byte', 1e3, 'kb'],
  ['byte', 1e6, 'mb'],
  ['byte', 1e9, 'gb gigabyte gigabytes gigas'],
  ['byte', 1e12, 'tb terabyte terabytes'],
];

export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...UNIT_WORDS.flatMap(([unit, factor, words]) => words.split(' ').map((word) => [word, { unit, factor }] as const)),
  ...['per cent', 'por ciento', 'por cento', 'pour cent', 'per cento'].map(
    (two) => [two, { unit: '%', factor: 1 }] as const,
  ),
]);

/** What makes a day one of work. */
export const WORK = {
  before: new Set(['business', 'working', 'work']),
  after: new Set(
    'hábil hábiles laborable laborables laborales ouvré ouvrés ouvrable ouvrables útil úteis lavorativo lavorativi'.split(
      ' ',
    ),
  ),
};

/** Whole figures, by their first word. */
export const PHRASES: ReadonlyMap<string, readonly (readonly [words: string[], value: number, unit: string])[]> =
  new Map(
    Object.entries(
      Object.groupBy(
        (
          [
            ['an hour and a half', 90, 'minute'],
            ['one hour and a half', 90, 'minute'],
            ['hour and a half', 90, 'minute'],
            ['half an hour', 30, 'minute'],
            ['half a year', 6, 'month'],
            ['a fortnight', 20_160, 'minute'],
            ['fortnight', 20_160, 'minute'],
            ['a dozen', 12, ''],
            ['twice', 2, ''],
          ] as const
        ).map(([words, value, unit]) => [words.split(' '), value, unit] as const),
        ([words]) => words[0] as string,
      ),
    ).map(([first, phrases]) => [first, phrases ?? []] as const),
  );

export const DAYS: ReadonlyMap<string, number> = namesOf([
  'monday mondays lunes montag montags lundi lundis segunda-feira lunedì maandag maandags',
  'tuesday tuesdays martes dienstag dienstags mardi mardis martedì dinsdag dinsdags',
  'wednesday wednesdays miércoles mittwoch mittwochs mercredi mercredis mercoledì woensdag',
  'thursday thursdays jueves donnerstag donnerstags jeudi jeudis giovedì donderdag',
  'friday fridays viernes freitag freitags vendredi vendredis venerdì vrijdag',
  'saturday saturdays sábado sábados samstag samstags sonnabend samedi samedis sabato zaterdag zaterdags',
  'sunday sundays domingo domingos sonntag sonntags dimanche dimanches domenica zondag zondags',
]);

export const MONTHS: ReadonlyMap<string, number> = namesOf([
  'january jan enero januar jänner janvier janeiro gennaio januari',
  'february feb febrero februar février fevereiro febbraio februari',
  'march mar marzo märz maerz mars março maart',
  'april apr abril avril aprile',
  'may mayo mai maio maggio mei',
  'june jun junio juni juin junho giugno',
  'july jul julio juli juillet julho luglio',
  'august aug agosto août augustus',
  'september sep sept septiembre septembre setembro settembre',
  'october oct okt octubre oktober octobre outubro ottobre',
  'november nov noviembre novembre novembro',
  'december dec diciembre dezember décembre dezembro dicembre',
]);

function namesOf(lists: readonly string[]): ReadonlyMap<string, number> {
  return new Map(lists.flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)));
}
