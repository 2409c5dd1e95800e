/** Shorter ones occur in texts that have nothing to do with them. */
const SHORTEST = 5;

export type Redact = (text: string) => string;

/** Takes secrets out of a text, also as an address, JSON or Base64 spells them: a server may say what it was sent. */
export function redactor(secrets: readonly string[]): Redact {
  const spellings = secrets.filter(({ length }) => length >= SHORTEST).flatMap(spellingsOf);
  const longestFirst = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}

function spellingsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const inJson = JSON.stringify(secret).slice(1, -1);
  // JSON within JSON: servers quote what they were sent.
  const quoted = JSON.stringify(inJson).slice(1, -1);
  const spelt = [encodeURIComponent(secret), inJson, quoted, base64, base64.replace(/=+$/, '')];
  return [secret, ...spelt, Buffer.from(secret).toString('base64url')];
}
