/** What products and branches of a company are called after it, in one word with its name: "GlobexPay". */
export const PRODUCT =
  'app|pay|now|go|bank|direct|plus|pro|one|max|mini|lite|premium|basic|insurance|insure|assurance|cover|care|health|life|travel|home|auto|car|pet|' +
  'mobile|fiber|fibre|net|tv|cloud|online|web|desk|hub|labs?|ai|card|money|wallet|invest|credit|loans?|capital|finance|savings|trade|business|biz|' +
  'teams?|club|prime|connect|link|group|energy|power|shop|store|market|mart|food|eats|ride|drive|box|kids|family|academy|professional|enterprise|starter|standard|advanced|essentials|ultimate|support|service|services|partners?|messenger|inbox';

/** What companies are, in the words that stand beside their names. */
const COMPANY_WORD =
  'versicherung|tarif|kund|police|vertr|angebot|konto|karte|vertrag|preis|filiale|verzekering|polis|klant|rekening|abonnement';

// Plurals, genitives, people: many languages.
const COMMON = 's|es|n|en|ens|er|ers|ern|ed|ing|ish|';
const ENDINGS =
  COMMON +
  // Slavic.
  'a|u|o|y|i|e|em|om|am|im|ie|iu|ii|ia|iem|ze|owi|ovi|owie|ow|ami|ach|ech|um|ou|ej|oj|' +
  // Hungarian.
  't|ot|et|ban|ben|ba|be|bol|nak|nek|nal|nel|val|vel|tol|rol|hoz|hez|ra|re|on|ig|ert|' +
  // Finnish and Estonian.
  'in|an|na|i?ssa|i?sta|i?lla|i?lta|i?lle|ksi|seen|hin|il|ile|ist|' +
  // Turkish.
  'un|nin|nun|ya|ye|da|de|ta|te|dan|den|tan|ten|yi|yu|la|le|' +
  // Romanian and the North.
  'ul|ului|uri|lor|et|erna|' +
  // A host without its dot.
  'com|dotcom';

const WHOLE = '(?![\\p{L}\\p{N}])';
const endingOf = (endings: string) =>
  new RegExp(
    `^(?:['’´\`]\\p{L}{1,5}|(?:${endings})(?:['’](?:s)?)?|(?:s|en)?(?:${PRODUCT})|(?:s|en)?(?:${COMPANY_WORD})\\p{L}{0,12})${WHOLE}`,
    'iu',
  );
/** Behind an apostrophe anything short is one. */
const ENDING = endingOf(ENDINGS);
const COMMON_ENDING = endingOf(`${COMMON}i|et|e|com|dotcom`);
/** Of names that have lost their last vowel to it. */
const STEM_ENDING = /^(?:y|i|e|u|o|a|ou|om|am|em|ami|ach|ie|ze|ej|oj|iej|ii|in)(?![\p{L}\p{N}])/iu;
/** These could be another word of a Romance language. */
const AMBIGUOUS = /^[aeio](?![\p{L}\p{N}])/iu;
const POSSESSIVE = /^(?:['’´`]s?|s)(?![\p{L}\p{N}])/iu;
const HUMP = new RegExp(
  `^(?:${PRODUCT.replace(/(^|\|)(\w)/g, (_, bar, first) => bar + first.toUpperCase())})(?!\\p{Ll})`,
  'u',
);

/** True where what follows a name in the same word is an ending of some language, or what German and Dutch join to it. */
export function isEnding(rest: string): boolean {
  return ENDING.test(withoutMarks(rest));
}

/** The same of the languages of the chat, which do not decline names: "Barcelona" is none of Barceló. */
export function isCommonEnding(rest: string): boolean {
  return COMMON_ENDING.test(withoutMarks(rest));
}

/** The same of a name without its last vowel. */
export function isStemEnding(rest: string, isCapital: boolean): boolean {
  const plain = withoutMarks(rest);
  return STEM_ENDING.test(plain) && (isCapital || !AMBIGUOUS.test(plain));
}

/** The same where it is none of English, German, French or Dutch, which the word may have as a word. */
export function isDeclined(rest: string): boolean {
  return (
    /^\p{Ll}/u.test(rest) &&
    !/^[áéíóúàèìòù]/.test(rest) &&
    !/^(?:e?s|e?n|ens|ern?|ers|e|in|et|te|t)(?!\p{L})/u.test(rest) &&
    isEnding(rest)
  );
}

export function isPossessive(rest: string): boolean {
  return POSSESSIVE.test(rest);
}

/** True where the name of a product follows with a capital of its own. */
export function isProduct(rest: string): boolean {
  return HUMP.test(rest);
}

/** The name as declensions change it, without what they put behind it; names of other forms have none. */
export function stemsOf(name: string): string[] {
  return CHANGES.flatMap(([end, instead]) => (end.test(name) ? [name.replace(end, instead)] : []));
}

const CHANGES: readonly (readonly [RegExp, string])[] = [
  [/[aoe]$/, ''],
  [/x$/, 'ks'],
  [/ka$/, 'c'],
  [/ga$/, 'dz'],
  [/da$/, 'dz'],
  [/ta?$/, 'c'],
];

export function withoutMarks(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ı', 'i');
}
