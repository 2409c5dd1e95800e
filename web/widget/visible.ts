/** Kept: what emoji need, and the joiners of scripts whose spelling needs them. Removed: all else that shows nothing. */
const JOINING =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}' +
  '\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}]';
const NEEDED = [
  '(?<=\\p{ExtPict})[\\ufe0e\\ufe0f]',
  '(?<=[0-9#*])[\\ufe0e\\ufe0f](?=\\u20e3)',
  '(?<=\\p{ExtPict}[\\p{EMod}\\ufe0f]?)\\u200d(?=\\p{ExtPict})',
  `(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`,
].join('|');
const UNSEEN = new RegExp(
  `(${NEEDED})|[\\p{DI}\\ufff9-\\ufffb\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]`,
  'gu',
);

/**
 * A text without the characters that show nothing and can hide words or turn what is read around, by the rule that the
 * server has for what it takes in. The model's own text comes as it was written.
 */
export function visible(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '$1');
}
