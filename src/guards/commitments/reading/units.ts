/** A unit: `name` is what it is counted in, `factor` how many of those it is. */
export type Unit = { base: 'time' | 'measure'; name: string; factor: number };

function table<Value>(rows: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> {
  return new Map(rows.flatMap(([words, value]) => words.split(' ').map((word) => [word, value] as const)));
}

const time = (name: string, factor: number): Unit => ({ base: 'time', name, factor });
const measure = (name: string, factor = 1): Unit => ({ base: 'measure', name, factor });

/** Words of seven languages, without marks. Minutes and months are counted apart: a month has no fixed length. */
export const UNITS: ReadonlyMap<string, Unit> = table<Unit>([
  [
    'second seconds sec secs sekunde sekunden segundo segundos seconde secondes secondo secondi seconden',
    time('minute', 1 / 60),
  ],
  ['minute minutes min mins minuten minuto minutos minuti minuut', time('minute', 1)],
  ['hour hours hr hrs h stunde stunden std hora horas heure heures ora ore uur uren', time('minute', 60)],
  ['day days tag tage tagen tages dia dias jour jours journee giorno giorni dag dagen', time('minute', 1_440)],
  [
    'weekday weekdays werktag werktage werktagen arbeitstag arbeitstage arbeitstagen werkdag werkdagen',
    time('working day', 1),
  ],
  ['week weeks wk wks woche wochen semana semanas semaine semaines settimana settimane weken', time('minute', 10_080)],
  ['fortnight fortnights', time('minute', 20_160)],
  ['month months mo mos monat monate monaten monats mes meses mois mese mesi maand maanden', time('month', 1)],
  ['quarter quarters', time('month', 3)],
  ['year years yr yrs jahr jahre jahren jahres ano anos an ans annee annees anno anni jaar jaren', time('month', 12)],
  ['decade decades', time('month', 120)],
  ['night nights nacht nachte nachten noche noches nuit nuits noite noites notte notti nachten', measure('night')],
  ['m metre metres meter meters metros metri', measure('m')],
  ['cm centimetre centimetres centimeter centimeters', measure('m', 0.01)],
  ['mile miles', measure('mile')],
  ['ft foot feet', measure('m', 0.3048)],
  ['inch inches', measure('m', 0.0254)],
  ['km kilometer kilometers kilometre kilometres kilometern kilometros chilometri', measure('km')],
  ['gb go gigabyte gigabytes gigaoctets', measure('gb')],
  ['tb terabyte terabytes', measure('gb', 1_000)],
  ['mb megabyte megabytes', measure('gb', 0.001)],
  ['mbit mbits mbps megabit megabits', measure('mbit')],
  ['gbit gbits gbps gigabit gigabits', measure('mbit', 1_000)],
  ['kg kilo kilos kilogram kilograms', measure('kg')],
  ['lb lbs pound-weight', measure('lb')],
  ['times mal veces fois vezes volte keer maal', measure('times')],
  ['point points punkte puntos', measure('point')],
]);

/** What makes days working days, before or behind them. */
export const WORKING: ReadonlySet<string> = new Set(
  'business working work banking habiles laborables ouvres ouvrables uteis lavorativi werk'.split(' '),
);

/** Words that tell what a price of their clause is for, wherever they stand in it. */
export const ADJECTIVES: ReadonlyMap<string, string> = table([
  ['daily taglich diario diaria quotidien quotidienne giornaliero dagelijks', 'day'],
  ['weekly wochentlich semanal hebdomadaire settimanale wekelijks', 'week'],
  ['monthly monatlich monatliche mensual mensuel mensuelle mensal mensile maandelijks maandelijkse', 'month'],
  ['yearly annual annually jahrlich jahrliche anual annuel annuelle annuale jaarlijks jaarlijkse', 'year'],
  ['hourly', 'hour'],
  ['nightly', 'night'],
]);

export const CURRENCIES: ReadonlyMap<string, string> = table([
  ['$ usd dollar dollars dolar dolares dollari buck bucks', 'usd'],
  ['€ eur euro euros', 'eur'],
  ['£ gbp pound pounds quid libras livres sterline', 'gbp'],
  ['¥ y jpy yen', 'jpy'],
  ['₹ inr rs rupee rupees', 'inr'],
  ['chf franken francs franchi', 'chf'],
  ['cad', 'cad'],
  ['aud', 'aud'],
  ['nzd', 'nzd'],
  ['mxn peso pesos', 'mxn'],
  ['brl reais', 'brl'],
  ['sek kronor', 'sek'],
  ['nok dkk kroner', 'nok'],
  ['pln zloty', 'pln'],
  ['₩ krw', 'krw'],
  ['cent cents ct cts p pence penny centavos centimes centesimi centimos', 'cent'],
]);

export const PERCENT: ReadonlySet<string> = new Set([
  ...[
    '%',
    'percent',
    'percents',
    'pct',
    'prozent',
    'procent',
    'porcento',
    'per cent',
    'por ciento',
    'pour cent',
    'por cento',
    'per cento',
    'percentage points',
  ],
]);

/** What a price may be for, by the words for it. */
export const PERIODS: ReadonlyMap<string, string> = table([
  ['day daily tag taglich dia diario jour giorno dag dagelijks', 'day'],
  ['week weekly woche wochentlich semana semaine settimana', 'week'],
  [
    'month monthly mo monat monatlich mes mensual mensuales mensuels mensuel mensuelle mois mensal mese mensile mensili maand maandelijks',
    'month',
  ],
  [
    'year yearly annual annually annum yr jahr jahrlich ano anual anuales an annuel annuelle annee anno annuale annui jaar jaarlijks',
    'year',
  ],
  ['quarter quarterly quartal trimestre kwartaal', 'quarter'],
  ['hour hourly h hr stunde hora heure ora uur', 'hour'],
  [
    'person passenger head user seat guest traveller traveler adult member persona persone personne personas pessoa persoon',
    'person',
  ],
  ['stay rental', 'all'],
  ['way direction leg trip journey trajet trayecto strecke richtung tratta trajeto', 'way'],
  ['night nacht noche nuit noite notte', 'night'],
]);
