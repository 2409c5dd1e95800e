import { FIRM_AFTER } from './company-signs.ts';

/** "Summit, New Jersey, is", but not "Summit, Vodaris and we". */
export const REGION_AFTER = /^,\s\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?(?:,\s\p{Ll}|[.!?]|$)/u;
const TITLE_BEFORE =
  /(?:^|[^\p{L}])(?:(?:Frau|Herrn?|M[rs]s?|Dr|Prof|Sra?|Señora?|Mme|Mlle|Madame|Monsieur|Sig(?:nora?|r)?|Mevrouw|Meneer|Pani?|[Dd]on|[Dd]oña|Dona)\.?(?:\s\p{Lu}\p{Ll}+)?|(?:[Yy]our|[Oo]ur|[Mm]y|[Ii]hre?|[Uu]nsere?|[Vv]otre|[Nn]otre|[Ss]u) (?:stylist|agent|driver|advis[eo]r|colleague|therapist|trainer|doctor|instructor|technician|guide|consultant|coach|nurse|teacher|host|manager)(?:(?: today)? is(?: called)?)?)\s+$/u;
/** `Hi, I'm Sky, one of the team` */
const CALLED = {
  before:
    /(?:^|[^\p{L}])(?:I['’]m|I am|my name is|ich (?:bin|heiße)|je (?:suis|m['’]appelle)|soy|me llamo|mi chiamo|ik ben)\s+$/iu,
  after: /^(?:[,.!]|\s(?:from|and|with|at)\s|$)/,
};
/** `Hallo Otto,`, `Thank you, Virginia, I have` */
const GREETED = {
  before:
    /(?:^|[.!?]\s|\n)(?:(?:hello|hi|hey|dear|hallo|liebe[rs]?|guten (?:tag|morgen)|bonjour|cher|chère|hola|estimad[oa]|olá|ciao|beste|hoi)|(?:thank you|thanks|danke|vielen dank|merci|gracias|obrigad[oa]|grazie),)\s$/iu,
  after: /^\s?[,!.]/,
};
/** `the eighties band Talk Talk`, `the film Castle in the Sky` */
const WORK_BEFORE =
  /(?:^|[^\p{L}])(?:song|album|films?|movies?|band|singer|novel|musical|(?:a|the|this) book|Lied|(?:\p{Lu}\p{Ll}*b|B)uch|libro|película|canción|chanson)(?: called)?,? (?:["“„«'‘](?:\p{L}+ ){0,4}|(?:(?:\p{Lu}\p{L}*|in|of|the|and|a) ){0,4})$/u;
/** Who works for the company: `Max from our billing team`. */
const COLLEAGUE_AFTER =
  /^\p{Ll}{0,2},?\s(?:(?:from|in|of)\s(?:accounts|billing|claims|sales|support|finance|logistics)\b|(?:from|of|in|at|aus|von|vom|de|du|del|della|dal|da|van)\s(?:the|our|your|unserem|unserer|dem|der|notre|nuestro|nosso|nostro|het|ons)?\s?(?:\p{L}+\s){0,2}(?:team|department|desk|office|Abteilung|équipe|service|equipo|equipe|squadra|afdeling)\b)/iu;
const STREET_AFTER =
  /^(?:\s?(?:-?(?:Straße|Strasse|Str\.|Platz|Allee|Weg|Gasse|Ring|Damm)|(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Square|Boulevard)\b)|(?:straße|strasse|str\.|platz|allee|gasse|weg)(?!\p{L}))/u;
/** The end of a name that is one of streets, too: `14 Basil Lane`. */
const NUMBERED_STREET =
  / (?:Street|Road|Avenue|Lane|Square|Boulevard|Drive|Close|Way|Court|Crescent|Terrace|Gardens|Place|Hill)$/;
/** `418 Northwind Drive` */
const DRIVE_AFTER = /^(?:['’]s)? (?:Drive|Close|Walk|Way|Court|Crescent|Terrace|Gardens|Place|Hill)\b/;
/** `on Northgate Drive in Durham`, but not `on Google Drive` */
const ON_DRIVE = {
  before: /(?:^|[^\p{L}])(?:on|at)\s$/iu,
  after: new RegExp(`${DRIVE_AFTER.source}(?: in|,) \\p{Lu}`, 'u'),
};
/** `our Northgate branch` */
const OUR_PLACE = {
  before: /(?:^|[^\p{L}])our\s$/iu,
  after: /^\s(?:branch|clinic|depot|garage|office|shop|showroom|store|studio|warehouse|workshop)\b/u,
};
const STREET_BEFORE =
  /(?:^|[^\p{L}])(?:[Rr]ue|[Cc]alle|[Rr]ua|[Pp]laza|[Pp]iazza|[Aa]venida|[Aa]venue|[Pp]lace|[Uu]lica|ul\.) (?:\p{Lu}\p{L}+ ){0,2}$/u;
/** `Am Wolkenfels 12, 08223 Neustadt`, `Via Roma 5, Milano` */
const HOUSE_BEFORE = /(?:^|[^\p{L}])(?:Via|Am|Im|Zum|Zur|An der|An den|Auf dem|In der) $/u;
const HOUSE_AFTER = /^ \d{1,4} ?[a-z]?(?:,|\n| -)/;
/** `D for Delta` */
const SPELT_BEFORE = /(?:^|[^\p{L}])\p{Lu},? (?:for|as in|like|wie|como|comme|come) $/u;

/** `Delta, Oscar, Seven` */
const SPELT_AFTER =
  /^,? (?:Alpha|Alfa|Bravo|Charlie|Delta|Echo|Foxtrot|Golf|Hotel|India|Juliett?|Kilo|Lima|Mike|November|Oscar|Papa|Quebec|Romeo|Sierra|Tango|Uniform|Victor|Whiskey|X-?ray|Yankee|Zulu)\b/;

/** `Ruvo di Puglia` */
const IN_PLACE = {
  before: /(?:^|[^\p{L}])(?:to|in|near|a|da|à|nach|bei|en)\s$/iu,
  after: /^\s(?:di|sur|am|upon)\s\p{Lu}/u,
};
const PLACE_OF_BEFORE =
  /(?:^|[^\p{L}])(?:(?:city|town|village|peninsula|ciudad|cidade|ville|città|stadt|stad|miast[oa])\s(?:of|de|di|von|van|w|we)|(?:neighbou?rhood|district|bairro|barrio|quartier[ei]?|Viertel|Stadtteil|wijk|Dorf|pueblo|aldea|dorp)(?:\s(?:of|de|d[aoei]s?|di|del(?:la|lo)?))?|river|lake|isle|island|mount)\s$|(?:^|[^\p{L}])(?:ville|village|commune) d['’]$/iu;
/** Of a landscape or a tongue. */
const LAND_AFTER =
  /^\p{Ll}{0,2}\s(?:Way|Hills|[Rr]iver|Canyon|Mountains?|Peninsula|[Rr]ainforest|[Bb]asin|jungle|languages?)\b(?!\s(?:plan|tariff|loan|offer|price|polic|contract|account|card|subscription))/u;
/** What is called after somebody or a place: `Hartnell College`. */
const SITE_AFTER =
  /^ (?:College|University|School|Hospital|Park|Beach|County|Church|Museum|Stadium|Bridge|Island|Lake|Creek|Bay|Village|Heights|Hotel|Inn|Hall)\b/;
/** `Two Rivers, WI 54241` */
const STATE_AFTER = /^, [A-Z]{2}(?:,| \d{5})/;
const AMID_BEFORE = /(?:^|[^\p{L}])(?:in|of|around|through|across|over)\sthe\s$/iu;
const IN_BEFORE = /(?:^|[^\p{L}])(?:in|near|around|outside)\s$/iu;

/** `the city of Santander`, `in Hartford, Connecticut,`, `in the Cotswolds`. */
function isPlaces(written: string, before: string, after: string): boolean {
  return (
    PLACE_OF_BEFORE.test(before) ||
    (IN_PLACE.before.test(before) && IN_PLACE.after.test(after)) ||
    LAND_AFTER.test(after) ||
    SITE_AFTER.test(after) ||
    STATE_AFTER.test(after) ||
    (IN_BEFORE.test(before) && REGION_AFTER.test(after)) ||
    (/^\p{Lu}/u.test(written) && AMID_BEFORE.test(before) && /^s(?![\p{L}'’])/u.test(after))
  );
}

/** True where a name, as it is `written` in a text, is that of a person, a street, a house or a place, or spells a letter. */
export function isNamesake(written: string, before: string, after: string): boolean {
  return (
    isPersons(before, after) ||
    WORK_BEFORE.test(before) ||
    isStreets(written, before, after) ||
    SPELT_BEFORE.test(before) ||
    SPELT_AFTER.test(after) ||
    isPlaces(written, before, after)
  );
}

function isPersons(before: string, after: string): boolean {
  return (
    (TITLE_BEFORE.test(before) && !FIRM_AFTER.test(after)) ||
    [CALLED, GREETED].some((sign) => sign.before.test(before) && sign.after.test(after)) ||
    COLLEAGUE_AFTER.test(after)
  );
}

function isStreets(written: string, before: string, after: string): boolean {
  return (
    STREET_AFTER.test(after) ||
    STREET_BEFORE.test(before) ||
    (HOUSE_BEFORE.test(before) && HOUSE_AFTER.test(after)) ||
    (/\d\p{L}? $/u.test(before) && DRIVE_AFTER.test(after)) ||
    [ON_DRIVE, OUR_PLACE].some((sign) => sign.before.test(before) && sign.after.test(after)) ||
    // `at 14 Basil Lane`
    (/\d\p{L}? $/u.test(before) && NUMBERED_STREET.test(written))
  );
}
