import { groupsOf, type Range } from './range.ts';

/** Keys and tokens by the beginnings that their issuers publish. */
const ISSUED = [
  // Amazon, GitHub, GitLab, Slack, Stripe, Anthropic and OpenAI (a long run of letters and digits), Google, npm, Hugging Face, SendGrid, Twilio, Shopify.
  /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}|gh[opusr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}|glpat-[\w-]{20,64}|xox[abeoprs]-[\w-]{10,255}|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[\w+/=]{20,255}|sk-(?=[\w-]{0,99}(?=[A-Za-z]{0,15}\d)[A-Za-z0-9]{16})[A-Za-z0-9_-]{20,255}|AIza[\w-]{35}|ya29\.[\w-]{20,2000}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,64}|SG\.[\w-]{16,64}\.[\w-]{16,64}|SK[0-9a-f]{32}|shp(?:at|ca|pa|ss)_[0-9a-f]{32})(?![A-Za-z0-9])/g,
  // DigitalOcean, Slack's apps, PyPI, Docker, Grafana, Linear, Postman, Square, Notion, Databricks, Sentry.
  /(?<![A-Za-z0-9])(?:do[opr]_v1_[0-9a-f]{40,80}|xapp-[\w-]{20,255}|pypi-[\w-]{40,500}|dckr_pat_[\w-]{20,64}|glsa_\w{30,64}|lin_api_[A-Za-z0-9]{30,64}|PMAK-[0-9a-f-]{40,80}|sq0[a-z]{3}-[\w-]{20,64}|(?:secret|ntn)_[A-Za-z0-9]{40,64}|dapi[0-9a-f]{32}|sntrys_[\w+/=]{40,255})(?![A-Za-z0-9])/g,
  // What a header carries.
  /(?<=\bbearer )[\w.~+/=-]{16,2000}/gi,
  /(?<=\bauthorization["']?[:=]\s?["']?(?:basic|digest|token|apikey) )[\w.~+/=-]{8,2000}/gi,
  // JSON web tokens.
  /(?<![\w-])eyJ[\w-]{8,8000}\.eyJ[\w-]{4,8000}(?:\.[\w-]{0,8000})?/g,
  // Addresses that let whoever knows them write to a channel.
  /(?<=\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{8,200}|(?<=\bdiscord(?:app)?\.com\/api\/webhooks\/)\d{5,25}\/[\w-]{20,200}/g,
];
/** To its end, or all that follows where that was not pasted. */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]{0,60}-----)?/g;

/** What follows a name of a key, as people and programs write it: `api_key=…`, `"clientSecret": "…"`, "our access token is …". */
const NAMED =
  /(?:(?:api|app|access|secret|account|auth|client|private|shared|signing|webhook|encryption|refresh|session|bot|consumer|master|service)[ _-]?(?:(?:api|access|account|app|client|secret|auth)[ _-]?)?(?:key|token|secret|signature|schlüssel)|(?<!\p{L})(?:token|secret))(?:\\?["'])?(?: (?:is|ist|est|es|è|é|jest|är) |\s{0,3}[:=：]\s{0,3})\\?["'`]?(?<key>[\w+/.~-]{12,500}={0,2})/dgiu;

/** `scheme://user:password@host`. */
const IN_ADDRESS = /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s:/@]{0,100}:(?<password>[^\s/]{1,200})@/dgi;

/** The text without private keys, and keys and tokens of known forms. */
export function withoutIssuedKeys(text: string): string {
  return [PRIVATE_KEY, ...ISSUED].reduce((left, key) => left.replace(key, '[key removed]'), text);
}

/** What is called a key and has letters and digits as one has. */
export function namedKeysIn(text: string): Range[] {
  return groupsOf(text, NAMED, 'key').filter(({ start, end }) => isRandom(text.slice(start, end)));
}

/** Passwords within addresses. */
export function addressPasswordsIn(text: string): Range[] {
  return groupsOf(text, IN_ADDRESS, 'password').filter(({ start, end }) => !/^[$<{*]/.test(text.slice(start, end)));
}

/** Letters and digits in each other: no word, no number, no number of an order. */
function isRandom(key: string): boolean {
  return /[A-Za-z]/.test(key) && /\d/.test(key) && !/^[A-Z]{1,6}[-_]?\d+$/.test(key);
}
