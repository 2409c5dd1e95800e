import { PRODUCT } from './endings.ts';

const KIND =
  'insurers?|compan(?:y|ies)|competitors?|rivals?|providers?|banks?|brands?|firms?|shops?|stores?|start-?ups?|carriers?|operators?|vendors?|suppliers?|chains?|marketplaces?|platforms?|agency|apps?|services?|(?:web)?sites?|brokers?|lenders?|resellers?|networks?';
/** What companies are called at the end of their names. */
export const FIRM =
  'Inc|LLC|L[Tt][Dd]|PLC|plc|Corp|Corporation|Co|GmbH|AG|SE|S\\.?A|S\\.?p\\.?A|B\\.?V|Insurance|Assurance|Mutual|Bank|Mobile|Telecom|Group|Holdings?|Seguros|Versicherung|Assurances?|Assicurazioni|Verzekeringen';

/** What stands behind a company, and behind no other thing of that name. */
export const FIRM_AFTER = new RegExp(`^[*_]*(?:[’'](?:s\\b|\\s)|,?\\s+(?:${FIRM})\\b)`, 'u');
/** `Caviar, the delivery app,` */
export const APPOSED_AFTER = new RegExp(`^[*_]*,\\s(?:the|an?|another)\\s(?:[\\p{L}-]+\\s){0,3}(?:${KIND})\\b`, 'iu');
/** What a customer has of a company, as German joins it to its name. */
const BILLS = 'rechnung|tarif|vertrag|kund|konto';
/** The same within a sentence: "the Heron policy", but not "Heron insurance" at its beginning. */
export const BELONGING_AFTER = new RegExp(
  `^(?:[*_]*\\s+(?:insurance|assurance|bank|mobile|polic(?:y|ies)|apps?|accounts?|cards?|agents?|websites?|customers?|clients?|users?|ones?|premiums?|tariffs?|subscriptions?|integrations?|plug-?ins?|workspaces?|channels?|polis|police|póliza|polizza)\\b|-(?:app|versicherung|police|kollektion|shop|onlineshop|filial|gutschein|bestell|paket|retour|style|${BILLS}|like|type|branded|based)\\p{L}*)`,
  'iu',
);
/** The same in lower case, where other compounds are of things: `die polarstern-rechnung`. */
export const BILL_AFTER = new RegExp(`^-(?:${BILLS})\\p{Ll}{0,5}(?!\\p{L})`, 'u');
const GOODS =
  'plans?|fees?|rates?|polic(?:y|ies)|apps?|discounts?|prices?|cover(?:age)?|deductibles?|excess|waiting|premiums?|offers?|deals?|contracts?|subscriptions?|stores?|branch(?:es)?|offices?|agents?|products?|tariffs?|trials?|limits?|returns?|deliver(?:y|ies)|shipping|accounts?|cards?';
const MORE = 'lower|higher|better|cheaper|similar|more|fewer|less|worse|faster|shorter|longer|free';
/** What is said of things without an article, too: "Progress takes a while". */
const OF_ANYTHING = '(?:take|mean|depend|show|make|require|keep|begin|start|end|need|help|come|go)s\\b';
export const GOODS_AFTER = new RegExp(`^[’']s\\s+(?:\\p{L}+\\s+)?(?:${GOODS})\\b`, 'iu');
const ACTS =
  'offer|cost|charge|sell|insure|quote|advertise|provide|bill|refund|reimburse|lend|undercut|cover|pay|deliver|ship|price|accept|waive|match|beat|rent|lease|let|give|want|ask|require|include|exclude';
const ADVERB = '(?:(?:also|now|still|usually|already|only|often|even|never|always|currently|just)\\s+)?';
const AUXILIARY =
  "(?:will|would|should|may|might|can|could|does|did|won['’]t|doesn['’]t|didn['’]t|wouldn['’]t|can['’]t)(?:\\s+not)?\\s+";
/** After these the word before was a verb; before one of those it is a noun: "Harbor charges of 20", "Meadow offers are green". */
const NO_NOUN = '\\b(?!\\s+(?:are|is|was|were|may|can|will|must|of|apply|vary|depend|include|in|on|and|for the)\\b)';
/** What companies do, and hardly another thing that has no article: a row each. */
export const VERB_AFTER = new RegExp(
  `^[*_]*(?:,? (?:on the other hand|by contrast|in contrast|by comparison)\\b|\\s+${ADVERB}(?:${[
    `${AUXILIARY}${ADVERB}(?:${ACTS})\\b`,
    `(?:would|will|won['’]t|might|wouldn['’]t)\\s+(?:\\p{L}+ly\\s+)?(?!be\\b|have\\b|not\\b)\\p{Ll}{2,}\\s`,
    '(?:sells|insures|advertises|provides|lends|undercuts|delivers|lets|gives|requires|waives|pays|accepts|turn(?:ed|s) down|declined|rejected|refused|denied)\\b',
    `(?:${ACTS})(?:e?s|ed)${NO_NOUN}`,
    '(?:raised|lowered|cut|changed|dropped|launched|introduced|closed|opened|stopped|increased|reduced|discontinued)\\s+(?:its|their)\\s',
    'used to (?:charge|have|offer|sell|stock)\\s',
    '(?:cancell?ed|ended|renewed|settled)\\s(?:your|the|his|her|their)\\s',
    'was (?:acquired|bought|built|designed|founded|launched) (?:by|for|in|to)\\s',
    '(?:customers|users|subscribers|members|clients)\\s(?:who\\s|that\\s)?(?:switch|mov|join|transferr?|migrat)(?:e|ing)?\\s',
    '(?:is|are|was|were)\\s+(?:having|offering|selling|running|charging|giving|launching)\\b',
    `(?:has|had|sells|stocks)\\s+(?:the same|its own|their own)\\b`,
    `\\p{Ll}{3,}s\\s[^.!?]{2,60}\\bthan (?:we|us|ours|our)\\b`,
    '(?:has|had)\\s+an?\\s',
    `(?:has|had|does not have|doesn['’]t have)\\s+(?:(?:an?|no|the|its|their)\\s+)?(?:(?:${MORE}|\\d[\\d.,]*)\\b|(?:\\p{L}+\\s+)?(?:${GOODS})\\b)`,
    `(?:is|are|was|would be|seems|looks)\\s+(?:(?:also|often|usually|much|far|a bit|slightly|even)\\s+)?(?:cheaper|dearer|pricier|costlier|(?:less|more) expensive|cheap|expensive|(?:an?|another|the|one of the)\\s+(?:[\\p{L}-]+\\s+){0,2}(?:${KIND})\\b)`,
    '(?:only|also|even|still|never|always|usually|often|currently)\\s+(?!is\\b|was\\b|has\\b)\\p{Ll}{2,}s\\s',
    `(?!is\\b|was\\b|has\\b|does\\b|${OF_ANYTHING})\\p{Ll}{3,}s\\s(?=(?:an?|the|this|that|these|your|you|its|every|all|both|no|less|new|free|in (?:higher|better|more)|up to)\\s)`,
  ].join('|')}))`,
  'iu',
);
/** Articles of other languages say nothing of a company. */
export const VERB_AFTER_ELSEWHERE =
  /^[*_]*(?:\s(?:aus|de|di|uit|en|in)\s\p{L}{3,})?\s+(?:(?:no|ne|non|não)\s)?(?:kostet|bietet|liefert|verschickt|versendet|verkauft|vermietet|erstattet|wirbt|verlangt|berechnet|versichert|zahlt|cobra|ofrece|cuesta|vende|asegura|incluye|propose|offre|coûte|facture|rembourse|costa|assicura|oferece|cobre|biedt|rekent|kost|verzekert)\b/iu;
/** A price from which it begins, or for a time: a thing that is sold has neither. */
export const PRICE_AFTER =
  /^[*_]*\s*[:|,–—-]\s*(?:(?:from|ab|desde|dès|vanaf|a partir de)\s[$€£]?\s?\d|[$€£]?\s?\d+(?:[.,]\d+)?\s?(?:[$€£]|EUR|USD|euros?|dollars?)?\s?(?:(?:a|per|pro|al|par|por|im|je)\s(?:day|week|month|year|Tag|Monat|Jahr|día|mes|año|jour|mois|an)\b|\/\s?mo))/iu;
/** A word in the name of a company, or of what it sells. */
export const IS_FIRM = new RegExp(`^[*_]*,?\\s+(?:${FIRM}|${PRODUCT})\\b`, 'iu');
