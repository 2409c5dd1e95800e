import { findPersonalData } from './personal-data/find.ts';

type Range = { start: number; end: number };

/** Keys and tokens by the beginnings that their issuers publish. */
const KEYS = [
  // Amazon, GitHub, GitLab, Slack, Stripe, Anthropic and OpenAI, Google, npm, Hugging Face, SendGrid, Twilio, Shopify.
  /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}|gh[opusr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}|glpat-[\w-]{20,64}|xox[abeoprs]-[\w-]{10,255}|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[\w+/=]{20,255}|sk-(?=[a-zA-Z_-]{0,99}\d)[A-Za-z0-9_-]{20,255}|AIza[\w-]{35}|ya29\.[\w-]{20,2000}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,64}|SG\.[\w-]{16,64}\.[\w-]{16,64}|SK[0-9a-f]{32}|shp(?:at|ca|pa|ss)_[0-9a-f]{32})(?![A-Za-z0-9])/g,
  // What a header carries.
  /(?<=\bbearer )[\w.~+/=-]{16,2000}/gi,
  // JSON web tokens.
  /(?<![\w-])eyJ[\w-]{8,8000}\.eyJ[\w-]{4,8000}(?:\.[\w-]{0,8000})?/g,
];
/** To its end, or all that follows where that was not pasted. */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]{0,60}-----)?/g;

/**
 * What follows the word for it and "is", ":" or "=" in English, German, French, Spanish, Italian and Portuguese: between quotation
 * marks whole, else to the next space.
 */
const PASSWORD =
  /(?<!\p{L})(?:passwords?|passcode|passphrase|passwd|pwd|passwort|kennwort|mot de passe|contrase[ñn]a|clave|parola d'ordine|senha)(?: (?:to|for|of|für|zu|pour|de|para|per)(?: \p{L}{1,20}){1,3})? ?(is|was|ist|lautet|war|est|était|es|era|è|é|:|=)[:=]? {0,3}(?!\[password removed\])(?:["'`“«„]([^\n"'`”»“]{3,200})["'`”»“]|([^\s"'`“«„]\S{3,199})(?= *(\S?)))/giu;

/**
 * The text with what nobody should keep replaced by words: card numbers (by Luhn; their last four digits stay, by which customer
 * and company know the card), keys and tokens of known forms, private keys, passwords that are called so.
 */
export function maskSecrets(text: string): string {
  const keyless = [PRIVATE_KEY, ...KEYS].reduce((left, key) => left.replace(key, '[key removed]'), text);
  return withoutCards(withoutPasswords(keyless));
}

function withoutCards(text: string): string {
  const cards = findPersonalData(text).filter(({ kind }) => kind === 'card');
  return replaced(text, cards, (card) => `[card number ending in ${card.replace(/\P{Nd}/gu, '').slice(-4)} removed]`);
}

function withoutPasswords(text: string): string {
  const found = [...text.matchAll(PASSWORD)].flatMap(
    ({ 0: match, 1: sign = '', 2: quoted, 3: bare = '', 4: next, index }) => {
      const secret = quoted ?? bare.replace(/[.,;)]$/, '');
      const isAlone = /[:=]/.test(sign) && next === '';
      if (quoted === undefined && !isAlone && isWord(secret)) return [];
      const start = index + match.lastIndexOf(secret);
      return [{ start, end: start + secret.length }];
    },
  );
  return replaced(text, found, () => '[password removed]');
}

/** "My password is wrong" names none. */
function isWord(text: string): boolean {
  return /^[\p{L}\p{M}'’-]*$/u.test(text) && !/\p{Ll}\p{Lu}/u.test(text);
}

function replaced(text: string, ranges: readonly Range[], by: (found: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), by(text.slice(start, end)));
    at = end;
  }
  return parts.join('') + text.slice(at);
}
