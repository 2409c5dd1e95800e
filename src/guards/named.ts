import { LANGUAGES } from '../language/languages.ts';
import { stopWordsOf } from '../language/stop-words.ts';
import { isProduct, PRODUCT } from './endings.ts';

/** An ordinary word in a text: what it is as a name, how it stands there, and what stands around it. */
export type Mention = { name: string; written: string; before: string; after: string };

/** Where a sentence, an item or a cell begins: a capital there says nothing. */
const BEGINS = /(?:^|[.!?:;|\n]|^[ \t]*(?:[-*+•>#]|\d{1,3}[.)]))[\s"“”'‘’(*_>#•+-]*$/u;
const QUOTED = /["“”„«‘`]$/u;
/** Signs and words of programs and addresses. */
const CODE_BEFORE = /(?:[\w$/\\]|\b(?:class|import|def|const|let|var|function|interface)\s+)$/u;
const CODE_AFTER = /^(?:\(|\[|_\w|\/\w|\\|::|->|\.\w+\(|\s*=)/;
const DOMAIN = /^\.(?:com|net|org|io|co|app|ai|eu|de|es|fr|it|nl|pt|uk|us|example)\b/i;

const DETERMINER =
  /(?:^|[^\p{L}])(?:an?|the|this|that|these|those|my|your|his|her|its|our|their|each|every|any|some|no|another|der|das|dem|den|des|ein|eine|einen|einem|einer|el|los|un|una|unos|il|lo|gli|uno|het|een|um|uma|\d{1,3}[x×]?)\s+[*_]*$/iu;
const DETERMINED =
  /(?:^|[^\p{L}])(?:an?|the|this|my|your|his|her|its|our|their|every|another)\s+(\p{Ll}[\p{L}-]*)\s+[*_]*$/iu;
const PLACE_BEFORE = /(?:^|[^\p{L}])(?:in|near|around|outside|across|through)\s+$/iu;
const WORD_BEFORE = /(\p{L}[\p{L}\p{M}\p{N}'’.-]*)\s+[*_(]*$/u;
/** "Summit, New Jersey, is", but not "Summit, Vodaris and we". */
const REGION_AFTER = /^,\s\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?(?:,\s\p{Ll}|[.!?]|$)/u;
const TO_BEFORE = /(?:^|[.!?:]\s|[^\p{L}](?:in|to|from|near|at|of))\s*$/iu;
const NAME_AFTER = /^[*_]*\s+\p{Lu}\p{L}/u;
const PART_AFTER = /^-\p{L}/u;
/** What of a screen, a place or a text is called by such a word. */
const THING_AFTER =
  /^[*_]*\s+(?:tab|page|button|screen|section|menu|field|icon|view|bar|panel|setting|option|column|row|chapter|key|label|class|method|function|variable|street|road|lane|avenue|hill|park|island|bay|valley|colour|color)s?\b/iu;
const LEADS = new Set(
  (
    'try ask call choose compare compared consider visit see check use pick join leave switch contact prefer unlike maybe perhaps both either ' +
    'yes no well sorry sure okay competitor competitors insurer rival rivals company currently here there today whereas while since because ' +
    'although regarding concerning versus besides beyond leaving joining using choosing moving comparing switching buy get take'
  ).split(' '),
);
const KIND =
  'insurers?|compan(?:y|ies)|competitors?|rivals?|providers?|banks?|brands?|firms?|shops?|stores?|start-?ups?|carriers?|operators?|vendors?|suppliers?|chains?|marketplaces?|platforms?|agency|apps?|services?';
const FIRM =
  'Inc|LLC|L[Tt][Dd]|PLC|plc|Corp|Corporation|Co|GmbH|AG|SE|S\\.?A|S\\.?p\\.?A|B\\.?V|Insurance|Assurance|Mutual|Bank|Mobile|Telecom|Group|Holdings?|Seguros|Versicherung|Assurances?|Assicurazioni|Verzekeringen';

/** What stands behind a company, and behind no other thing of that name. */
const FIRM_AFTER = new RegExp(`^[*_]*(?:[’'](?:s\\b|\\s)|,?\\s+(?:${FIRM})\\b)`, 'u');
/** The same within a sentence: "the Heron policy", but not "Heron insurance" at its beginning. */
const BELONGING_AFTER =
  /^(?:[*_]*\s+(?:insurance|assurance|bank|mobile|polic(?:y|ies)|apps?|accounts?|agents?|websites?|customers?|clients?|premiums?|tariffs?|subscriptions?|polis|police|póliza|polizza)\b|-(?:app|versicherung|tarif|police|kund|konto|style)\p{L}*)/iu;
const GOODS =
  'plans?|fees?|rates?|polic(?:y|ies)|apps?|discounts?|prices?|cover(?:age)?|deductibles?|excess|waiting|premiums?|offers?|deals?|contracts?|subscriptions?|stores?|branch(?:es)?|offices?|agents?|products?|tariffs?|trials?|limits?|returns?|deliver(?:y|ies)|shipping|accounts?|cards?';
const MORE = 'lower|higher|better|cheaper|similar|more|fewer|less|worse|faster|shorter|longer|free';
const GOODS_AFTER = new RegExp(`^[’']s\\s+(?:\\p{L}+\\s+)?(?:${GOODS})\\b`, 'iu');
/** What companies do; what follows tells nouns that are written like these verbs. */
const VERB_AFTER = new RegExp(
  `^[*_]*,?\\s+(?:(?:also|now|still|usually|already|only|often|even|never|always|currently|just|will|would|may|might|can|could|does|doesn['’]t|does not|won['’]t|did|didn['’]t)\\s+){0,2}(?:` +
    `(?:offer|charge|sell|insure|quote|advertise|provide|bill|refund|reimburse|lend|undercut|cover|pay|deliver|ship|price|accept|waive|match|beat|rent|lease|let you|let customers|give you|want|ask|require|include|exclude)(?:e?s|ed)?` +
    `(?!\\s+(?:are|is|was|were|may|can|will|must|of|apply|vary|depend|include|in|on|for the)\\b)\\s+(?=[\\p{L}\\d$€£])` +
    `|(?:offers|charges|sells|insures|advertises|quotes|lends|undercuts|delivers|ships|lets|gives|requires|waives|pays|covers)\\b(?!\\s+(?:are|is|was|were|may|can|will|must|of|apply|vary|depend|include|in|on)\\b)` +
    `|(?:has|have|had)\\s+(?:(?:an?|no|the|its|their)\\s+)?(?:(?:${MORE}|\\d[\\d.,]*)\\b|(?:\\p{L}+\\s+)?(?:${GOODS})\\b)` +
    `|(?:is|are|was|would be|seems|looks)\\s+(?:(?:also|often|usually|much|far|a bit|slightly|even)\\s+)?(?:cheaper|dearer|pricier|costlier|(?:less|more) expensive|cheap|expensive|(?:an?|another|the|one of the)\\s+(?:[\\p{L}-]+\\s+){0,2}(?:${KIND})\\b)` +
    '|costs?\\b)|^[*_]*,? (?:on the other hand|by contrast|in contrast|by comparison)\\b',
  'iu',
);
/** Articles of other languages say nothing of a company. */
const VERB_AFTER_ELSEWHERE =
  /^[*_]*\s+(?:kostet|bietet|verlangt|berechnet|versichert|zahlt|cobra|ofrece|cuesta|vende|asegura|incluye|propose|offre|coûte|facture|rembourse|costa|assicura|oferece|cobre|biedt|rekent|kost|verzekert)\b/iu;
/** A price from which it begins, or for a time: a thing that is sold has neither. */
const PRICE_AFTER =
  /^[*_]*\s*[:|,–—-]\s*(?:(?:from|ab|desde|dès|vanaf|a partir de)\s[$€£]?\s?\d|[$€£]?\s?\d+(?:[.,]\d+)?\s?(?:[$€£]|EUR|USD|euros?|dollars?)?\s?(?:(?:a|per|pro|al|par|por|im|je)\s(?:day|week|month|year|Tag|Monat|Jahr|día|mes|año|jour|mois|an)\b|\/\s?mo))/iu;
/** A plain word that is no name has something before it that says which one. */
const CLAUSE_BEGINS =
  /(?:^|[.!?:;,|\n(]|\b(?:and|but|that|because|if|while|whereas|so|or|since|think|believe|know|say|says))\s*[*_]*$/iu;

/** True where an ordinary word is meant as the name of a company: by how it is written, and what stands around it. */
export function isNamed({ name, written, before, after }: Mention): boolean {
  if (/@$/.test(before) || DOMAIN.test(after)) return true;
  if (CODE_AFTER.test(after)) return false;
  const isProperty = isProduct(after) && written === name;
  if (isProperty) return true;
  if (/My$/.test(before) && written === name) return true;
  if (CODE_BEFORE.test(before) || /-$/.test(before)) return false;
  const acts = VERB_AFTER.test(after);
  const isDetermined = DETERMINER.test(before);
  if (QUOTED.test(before)) return acts;
  if (written !== name && !isEmphasised(written, before, after)) {
    return !isDetermined && CLAUSE_BEGINS.test(before) && (acts || GOODS_AFTER.test(after));
  }
  if (isPartOfName(before, after) || (REGION_AFTER.test(after) && TO_BEFORE.test(before))) return false;
  if (FIRM_AFTER.test(after) || PRICE_AFTER.test(after) || VERB_AFTER_ELSEWHERE.test(after)) return true;
  const isFirst = BEGINS.test(before) && !name.includes(' ');
  if (!isFirst && BELONGING_AFTER.test(after)) return true;
  if (isDetermined || PART_AFTER.test(after) || THING_AFTER.test(after)) return false;
  return acts || !(isFirst || PLACE_BEFORE.test(before) || isDescribed(before));
}

/** In capitals, beside words that are not. */
function isEmphasised(written: string, before: string, after: string): boolean {
  const beside = `${/\S*\s*$/.exec(before)?.[0] ?? ''}${/^\s*\S*/.exec(after)?.[0] ?? ''}`;
  return (
    written.length > 3 && written === written.toUpperCase() && /\p{Ll}{2}/u.test(beside) && !/\p{Lu}{2}/u.test(beside)
  );
}

/** "the grey Heron", but not "the insurer Heron", "that with Heron". */
function isDescribed(before: string): boolean {
  const word = DETERMINED.exec(before)?.[1];
  return word !== undefined && !isFunctionWord(word) && !IS_KIND.test(word);
}
const IS_KIND = new RegExp(`^(?:${KIND})$`, 'iu');
const IS_FIRM = new RegExp(`^[*_]*,?\\s+(?:${FIRM}|${PRODUCT})\\b`, 'iu');

/** "Pearl Harbor", "Harbor Street", "Mr Harbor", but not "Try Harbor", "Harbor Insurance". */
function isPartOfName(before: string, after: string): boolean {
  if (NAME_AFTER.test(after) && !IS_FIRM.test(after)) return true;
  const found = WORD_BEFORE.exec(before);
  const word = found?.[1] ?? '';
  if (!/^\p{Lu}/u.test(word) || word === 'I') return false;
  const isFirst = BEGINS.test(before.slice(0, found?.index));
  return !(isFunctionWord(word) || LEADS.has(word.toLowerCase()) || (isFirst && /ly$/.test(word)));
}

function isFunctionWord(word: string): boolean {
  return LANGUAGES.some((language) => stopWordsOf(language).has(word.toLowerCase()));
}
