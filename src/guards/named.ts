import { DAYS, MONTHS } from '../language/figure-words.ts';
import { LANGUAGES } from '../language/languages.ts';
import { isStopWord } from '../language/stop-words.ts';
import { isCommonWord, isKnownCompany, isKnownPhrase, isOfCountry } from './common-words.ts';
import {
  APPOSED_AFTER,
  BELONGING_AFTER,
  BILL_AFTER,
  FIRM_AFTER,
  GOODS_AFTER,
  IS_FIRM,
  PRICE_AFTER,
  VERB_AFTER,
  VERB_AFTER_ELSEWHERE,
} from './company-signs.ts';
import { isProduct, withoutMarks } from './endings.ts';
import { REGION_AFTER } from './namesakes.ts';
import { isSignOf, type Known, languagesOf } from './ordinary-words.ts';

/** An ordinary word in a text: what it is as a name, how it stands there, and what stands around it. */
export type Mention = { name: string; written: string; before: string; after: string };

/** Where a sentence, an item or a cell begins: a capital there says nothing. */
const BEGINS = /(?:^|[.!?:;|\n]|^[ \t]*(?:[-*+•>#]|\d{1,3}[.)]))[\s"“”'‘’(*_>#•+¡¿-]*$/u;
const QUOTED = /["“”„«‘`]$/u;
/** Signs and words of programs and addresses. */
const CODE_BEFORE = /(?:[\w$/\\]|=\s*|\b(?:class|import|def|const|let|var|function|interface)\s+)$/u;
const CODE_AFTER = /^(?:\(|\[|_\w|\/\w|\\|::|->|\.[a-z]\w*|\s*=)/;
/** `non-Azure` */
const PREFIX_BEFORE = /(?:^|[^\p{L}-])(?:non|ex|anti|pre|post|pro|nicht|no)-$/iu;

/** Of all languages: "die" and "la" stand before companies, too, but then what these do follows. */
const DETERMINERS = [
  'an?|the|this|that|these|those|my|your|his|her|its|our|their|each|every|any|some|no|another|\\d{1,3}[x×]?',
  'd(?:ie|er|es|em|en|as)|(?:jed|dies|welch)(?:er|es|em|en|e)|(?:m|d|s|k)?eine?[mnrs]?|(?:ihr|unser|euer|eur)e?[mnrs]?|im|am|zum|zur|vom|ins|viele',
  'el|los|un|una|unos|mi|il|lo|gli|uno|mio|mia|suo|nostr[oa]|um|uma|meu|minha|seu|sua|noss[oa]|ma|mon|mes|sa|notre|votre|het|een|mijn|onze',
].join('|');
const DETERMINER = new RegExp(
  `(?:^|[^\\p{L}])(?<!\\b(?:find|think|say|said|know|see|heard?|believe|sure|noticed?|means?|feel|told(?:\\s(?:me|us|you|them))?)\\s)(?:${DETERMINERS})\\s+[*_]*$`,
  'iu',
);
/** English has capitals for names only: `your Orange bill`. `My Bookings` is a label. */
const OF_ENGLISH = /(?:\p{L},?\s+(?:the|this|that|your|my|our|their|his|her)|(?:^|[.!?]\s+)(?:Your|Our|Their))\s$/u;
/** The same at the beginning, with what the company has: `The Kayak results you pasted`. */
const THE_BEFORE = /(?:^|[.!?]\s)(?:The|That|This)\s$/u;
const THING_OF_AFTER =
  /^\s(?!(?:is|was|are|were|has|had|will|would|can|could|does|did|may|might|must|should)\b)(?:\p{Ll}{3,}|\p{Lu}{2,})\s(?:you|we|they|she|he|I|that|which|is|isn['’]t|are|aren['’]t|was|were|has|have|had|can|will|does|did|says|shows)\b/u;
const WORD_BEFORE = /(\p{L}[\p{L}\p{M}\p{N}'’.-]*)[^\S\n]+[*_(]*$/u;
const TO_BEFORE = /(?:^|[.!?:]\s|[^\p{L}](?:in|to|from|near|at|of))\s*$/iu;
/** On the same line: the next one is no part of a name. */
const NAME_AFTER =
  /^[*_]*[^\S\n]+(?:& )?(?:(?:(?:van|von)(?: de[rn])?|de|del|della|di|da|dos|la|le|bin|al)\s){0,2}\p{Lu}\p{Ll}/u;
const PART_AFTER = /^-\p{L}/u;
/** What of a screen, a place or a text is called by such a word. */
const THING_AFTER =
  /^[*_]*\s+(?:tab|page|button|screen|section|menu|field|icon|view|bar|panel|setting|option|column|row|chapter|key|label|class|method|function|variable|street|road|lane|avenue|hill|park|island|bay|valley|colour|color)s?\b/iu;
const LEADS = new Set(
  (
    'try ask call choose compare compared consider visit see check use pick join leave switch contact prefer unlike maybe perhaps both either ' +
    'yes no well sorry sure okay competitor competitors insurer rival rivals company currently here there today whereas while since because ' +
    'although regarding concerning versus besides beyond leaving joining using choosing moving comparing switching buy get take former many most'
  ).split(' '),
);
/** Whom one is with, and that it is said with that. */
const FROM_BEFORE =
  /(?:^|[^\p{L}])(?:at|from|via|unlike|than|called|with|(?:celles?|celui|ceux) de|bei|von|chez|bij|presso)\s$/iu;
const ENDS = /^(?:\s?[.,;:!?]|$|\s(?:is|has|was|will|would|and|but|or|for|who|which|instead|you|they|we)(?!\p{L}))/iu;
/** `the renewal at admiral before the 3rd` */
const TIME_AFTER = /^\s(?:before|until|since|when|after|by)\s/u;
/** `Sage and we both support it` */
const AND_WE_AFTER = /^\s(?:and|or|und|oder|et|ou|y|o|en|of)\s(?:we|us|ours?|wir|uns|nous|nosotros|wij)(?!\p{L})/u;
/** `supplied by good energy,` */
const BY_BEFORE = /(?:^|[^\p{L}])by\s$/iu;
/** `bought them at footlocker;` */
const BOUGHT_BEFORE =
  /(?:^|[^\p{L}])(?:bought|purchased|ordered)(?:\s(?:it|them|this|that|these|those|one))?\s(?:at|from)\s$/iu;
/** What is no company there: `bought at auction`. */
const NO_SELLER =
  /^(?:auction|checkout|cost|discount|face|half|home|market|noon|peak|random|retail|sale|stock|wholesale|work)$/;
/** The same before a word that is known as a company. */
const COMPANY_BEFORE =
  /(?:^|[^\p{L}])(?:on|into|try|check|visit|contact|ask|join|choose|part of|(?:belongs?|moved?|moving|switch(?:ed|ing)?|went|compared) to)\s$/iu;
/** `von der Allianz` */
const FROM_FEMININE = /(?:^|[^\p{L}])(?:(?:von|bei|zu|mit) der|zur)\s$/iu;
/** What a word that is known as a company does at the beginning of a sentence, too. */
const IS_OR_DOES_AFTER =
  /^\s(?:is|isn['’]t|was|wasn['’]t|has|hasn['’]t|had|does|doesn['’]t|did|didn['’]t|will|won['’]t|would|can|can['’]t|could|should|\p{Ll}{3,}s)\s/u;
const ACCOUNT_AFTER =
  /^\s(?:(?:debit|credit|checking|savings|prepaid|business)\s)?(?:accounts?|cards?|apps?|subscriptions?|customers?|policy|policies|memberships?|vouchers?|deliver(?:y|ies)|drivers?|website|insurance)\b/iu;
const READS_BEFORE = /\b(?:reads?|says|shows?|as|labell?ed|called|named|descriptor)\s["“'‘(]?$/iu;
/** A plain word that is no name has something before it that says which one. */
const CLAUSE_BEGINS =
  /(?:^|[.!?:;,|\n(]|\b(?:and|but|that|because|if|while|whereas|so|or|since|think|believe|know|say|says))\s*[*_]*$/iu;

/**
 * True where what stands around words is of another language than those that have them as ordinary words: there they are none. Words
 * of that language, or letters that the others lack, say so, and no word of theirs against it.
 */
export function isOfOtherLanguage(words: readonly string[], before: string, after: string): boolean {
  const around = `${before} ${after}`.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  const [first = ''] = words;
  const own: readonly Known[] = isOfCountry(first) ? ['en'] : languagesOf(first);
  const others = LANGUAGES.filter((language) => !own.includes(language));
  const isSign = (languages: readonly Known[], word: string) => languages.some((one) => isSignOf(one, word));
  // Words of both say nothing: `in`.
  const ofOne = around.filter((word) => isSign(own, word) !== isSign(others, word));
  const against = ofOne.filter((word) => isSign(own, word)).length;
  if (against > (own.every((language) => language === 'pl' || language === 'sv') ? ofOne.length / 4 : 0)) return false;
  const signs = ofOne.length - against + around.filter((word) => /[^\0-\x7f]/.test(word)).length;
  // A few may be names or abbreviations: `Mon–Fri 9:00–18:00 CET`.
  return signs > 1 && 4 * signs >= around.length;
}

/** Of an ordinary word that is written as the name of one kind of companies: `the insurer Heron`. */
const KIND_BEFORE =
  /(?:^|[^\p{L}])(?:\p{L}*(?:händler|anbieter|versicherer|konkurrent|wettbewerber|hersteller|hoster|betreiber|bank|airline|fluggesellschaft|discounter|marke|konzern)|aseguradora|operadora|compañía|companhia|marca|marque|merk|operator|provider|discounter|competidor|banco|assureur|concurrent|banque|assicuratore|concorrente|banca|verzekeraar|aanbieder|insurer|retailer|rival|competitor|airline|carrier)\s+$/iu;
/** What has a letter and digits beside companies: `bus N26`. */
export const NUMBERED_BEFORE =
  /(?:^|[^\p{L}])(?:bus|seat|gate|room|line|platform|motorway|autobahn|autoroute|autopista|autov[ií]a|auto-?estrada|autostrada|snelweg|road|route|flight|train|tram|locker|row|cell|zelle|celda|cellule|cella|bay|aisle|size|zone|terminal|box|code|error|is|linie|sitz|platz|raum|gleis|\p{L}*code|\p{L}*fehler)\s+$|\($/iu;
/** `Samsung Galaxy A54` */
export const MODEL_OF_BEFORE = /\p{Lu}\p{L}+ \p{Lu}\p{L}+ $/u;
/** `THY’nin`, but not `can’t`. */
const SUFFIX_AFTER = /^['’](?!(?:s|t|d|m|re|ll|ve)(?!\p{L}))\p{Ll}{1,5}(?!\p{L})/u;
export const CJK_AFTER = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

/** True where an ordinary word is meant as the name of a company: by how it is written, and what stands around it. */
export function isNamed(mention: Mention): boolean {
  const { name, written, before, after } = mention;
  if (written === name && (CJK_AFTER.test(after) || SUFFIX_AFTER.test(after) || KIND_BEFORE.test(before))) return true;
  if (/@$|[^\n]#$/.test(before)) return true;
  if (CODE_AFTER.test(after)) return false;
  const isOne = PART_AFTER.test(after) || !DETERMINER.test(before);
  // Abroad with an article, too: `bei der EON`
  if (
    written === name &&
    isCapitals(name) &&
    !isAmidCapitals(before, after) &&
    (isOne || isOfOtherLanguage([name], before, after))
  )
    return true;
  if (written === name && (isProduct(after) || /(?:^|[^\p{L}])(?:My|Mein|Mon|Mi)$/u.test(before))) return true;
  if (CODE_BEFORE.test(before) || (before.endsWith('-') && !(written === name && PREFIX_BEFORE.test(before))))
    return false;
  // `The statement reads CHASE CREDIT CRD`
  if (written.length > 3 && isCapitals(written) && READS_BEFORE.test(before) && /^ \p{Lu}{2}/u.test(after)) return true;
  // `NET NINE CUSTOMERS`
  if (name.includes(' ') && isCapitals(written) && BELONGING_AFTER.test(after)) return true;
  if (QUOTED.test(before)) return VERB_AFTER.test(after);
  // `your first direct debit`, of a name that has no capital of its own
  const [, next = ''] = /^\s(\p{Ll}+)/u.exec(after) ?? [];
  const isOfThing = /^\p{Ll}+ \p{Ll}+$/u.test(name) && next !== '' && !isFunctionWord(next);
  const isAsListed = withoutMarks(written) === withoutMarks(name) && !isOfThing;
  return isAsListed || isPlain(mention) || isEmphasised(mention)
    ? isNamedInCapitals(mention)
    : isNamedInLowerCase(mention);
}

function isNamedInCapitals({ name, before, after }: Mention): boolean {
  if (hasCapitalAnyway(name)) {
    const isOne = !(DETERMINER.test(before) || /^['’]/.test(after));
    const isWith = (FROM_BEFORE.test(before) || COMPANY_BEFORE.test(before)) && ENDS.test(after);
    const isFrom = isOfCountry(name) && (isWith || isOfOtherLanguage([name], before, after));
    return isOne && (isFrom || FIRM_AFTER.test(after) || VERB_AFTER.test(after));
  }
  if (isPartOfName(before, after) || (REGION_AFTER.test(after) && TO_BEFORE.test(before))) return false;
  if (/^-(?:style|like|type|branded|run|powered|hosted|issued|owned|made|sold|built)\b/.test(after)) return true;
  if (
    FIRM_AFTER.test(after) ||
    APPOSED_AFTER.test(after) ||
    AND_WE_AFTER.test(after) ||
    PRICE_AFTER.test(after) ||
    VERB_AFTER_ELSEWHERE.test(after)
  )
    return true;
  const isFirst = (BEGINS.test(before) || isTitle(before, after)) && !name.includes(' ');
  if (!isFirst && BELONGING_AFTER.test(after)) return true;
  const isAbroad = () => isOfOtherLanguage(name.split(' '), before, after);
  // English words begin sentences of other languages, too: `Plus: envío gratis`.
  const mayBegin = !languagesOf(name).includes('en');
  if ((!isFirst || mayBegin) && /^\p{Lu}/u.test(name) && !DETERMINER.test(before) && isAbroad()) return true;
  // Of ordinary words hardly two have capitals within a sentence: `the Geek Squad`.
  if (/\p{Lu}.* \p{Lu}/u.test(name) && !isTitle(before, after) && !THING_AFTER.test(after)) return true;
  // `Die Picnic-Fahrer`
  if (/^-\p{Lu}/u.test(after) && isAbroad()) return true;
  if (PART_AFTER.test(after) || THING_AFTER.test(after) || /^ \d\b(?![.,]?\d)/.test(after)) return false;
  // `buying an Orbit`
  if (!(isCapitals(name) && name.length < 4) && /(?:^|[^\p{L}])an?\s$/iu.test(before)) return true;
  if (THE_BEFORE.test(before) && THING_OF_AFTER.test(after)) return true;
  if (VERB_AFTER.test(after)) return !DETERMINER.test(before);
  if (isFirst) return isKnownCompany(name) && IS_OR_DOES_AFTER.test(after);
  if (isKnownCompany(name) && FROM_FEMININE.test(before)) return true;
  return !DETERMINER.test(before) || OF_ENGLISH.test(before);
}

/** What stands without an article, too: `at dawn`, `with care`. */
const WITHOUT_ARTICLE =
  /^(?:access|care|dawn|ease|energy|first|gusto|heart|help|home|honey|hope|impact|insight|joy|just|level|light|merit|now|once|open|present|pride|proof|rain|sea|seven|sun|sunrise|time|today|together|top|total|trust|unity|value|wealth|wonder|work)$/;

/** A word that companies are called after and no thing is without an article, or several. */
function isBrand(name: string): boolean {
  const word = name.toLowerCase();
  return name.includes(' ') || (isCommonWord(word) && !hasCapitalAnyway(name) && !WITHOUT_ARTICLE.test(word));
}

/** A capital says nothing of days, months and what is of a country. */
function hasCapitalAnyway(name: string): boolean {
  const word = name.toLowerCase();
  return DAYS.has(word) || MONTHS.has(word) || isOfCountry(word);
}

/** In a line where most words have a capital, one says nothing: "More Clarity at a Glance". */
function isTitle(before: string, after: string): boolean {
  const line = `${before.split('\n').at(-1)} ${after.split('\n')[0]}`;
  const words = line.match(/\p{L}{4,}/gu) ?? [];
  const all = line.match(/\p{L}+/gu) ?? [];
  return words.length > 1 && 2 * words.length >= all.length && words.every((word) => /^\p{Lu}/u.test(word));
}

function isNamedInLowerCase({ name, written, before, after }: Mention): boolean {
  // Three words are not the same by chance, but for two that are joined: `oak and anchor`.
  if (name.split(' ').filter((word) => !isFunctionWord(word)).length > 2) return true;
  if (
    /^\p{L}+ \p{L}{3,}$/u.test(name) &&
    written === name.toLowerCase() &&
    isOfOtherLanguage(name.split(' '), before, after)
  )
    return true;
  if (BILL_AFTER.test(after)) return true;
  if (BOUGHT_BEFORE.test(before) && ENDS.test(after) && !NO_SELLER.test(written)) return true;
  if (isKnownPhrase(name) && /^\p{L}+[\s-]\p{L}+$/u.test(written)) return true;
  if (name.includes(' ') && BY_BEFORE.test(before) && ENDS.test(after)) return true;
  // `I would stay with beacon, since`: a thing would have an article.
  if (FROM_BEFORE.test(before) && ENDS.test(after) && isBrand(name)) return true;
  if (isKnownCompany(name) && FROM_BEFORE.test(before) && TIME_AFTER.test(after)) return true;
  if (isKnownCompany(name) && (ACCOUNT_AFTER.test(after) || (COMPANY_BEFORE.test(before) && ENDS.test(after))))
    return true;
  return CLAUSE_BEGINS.test(before) && (VERB_AFTER.test(after) || GOODS_AFTER.test(after));
}

function isCapitals(word: string): boolean {
  return /^\p{Lu}[\p{Lu}\s&.-]+$/u.test(word);
}

/** Whether the words beside have no small letters, or are in capitals. */
function isAmidCapitals(before: string, after: string): boolean {
  const beside = `${/\S*\s*$/.exec(before)?.[0] ?? ''}${/^\s*(?:\p{Ll}\s+)?\S*/u.exec(after)?.[0] ?? ''}`;
  return !/\p{Ll}{2}/u.test(beside) || /\p{Lu}{2}/u.test(beside);
}

/** Without the capitals that a name has within: `Lichtblick` of LichtBlick. */
function isPlain({ name, written }: Mention): boolean {
  return /\p{Ll}\p{Lu}/u.test(name) && written === name.charAt(0) + name.slice(1).toLowerCase();
}

/** In capitals, beside words that are not. */
function isEmphasised({ written, before, after }: Mention): boolean {
  return written.length > 3 && isCapitals(written) && !isAmidCapitals(before, after);
}

/** "Pearl Harbor", "Harbor Street", "Mr Harbor", but not "Try Harbor", "Harbor Insurance". */
export function isPartOfName(before: string, after: string): boolean {
  if (NAME_AFTER.test(after) && !IS_FIRM.test(after)) return true;
  const found = WORD_BEFORE.exec(before);
  const word = found?.[1] ?? '';
  // A full stop ends more than a title.
  if (!/^\p{Lu}/u.test(word) || word === 'I' || /\p{L}{4,}\.$/u.test(word)) return false;
  const isFirst = BEGINS.test(before.slice(0, found?.index));
  return !(isFunctionWord(word) || LEADS.has(word.toLowerCase()) || (isFirst && /ly$|^\p{L}$/u.test(word)));
}

/** Function words of other languages that are English nouns: "Sea Otter". */
const NOUNS_TOO = /^(?:sea|sun|son|car|war|hay|hat|door|aura|fare|bin|hen|port|man|mine)$/i;

function isFunctionWord(word: string): boolean {
  if (NOUNS_TOO.test(word)) return false;
  return isStopWord(word.toLowerCase());
}
