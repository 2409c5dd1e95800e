/**
 * Characters that show nothing and can carry hidden instructions: tag characters, zero-width characters, bidirectional
 * controls, variation selectors, soft hyphens, fillers, interlinear annotations.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u{fff9}-\u{fffb}]/gu;
const INVISIBLE_ONCE = new RegExp(INVISIBLE.source, 'u');

const EMOJI_BEFORE = /\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u{fe0f})?$/u;
/** Scripts whose spelling needs the zero-width joiner and non-joiner, as in Persian and Hindi. */
const JOINING =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}]/u;

/**
 * Removes invisible characters, keeping what emoji (variation selectors, joiners) and the spelling of some scripts
 * (joiners between their letters) need. The England, Scotland and Wales flags become plain black flags.
 */
export function stripInvisible(text: string): string {
  if (!INVISIBLE_ONCE.test(text)) return text;
  return text.replace(INVISIBLE, (character, at: number) => (isNeeded(character, at, text) ? character : ''));
}

function isNeeded(character: string, at: number, text: string): boolean {
  const before = text.slice(Math.max(0, at - 4), at);
  const after = text.slice(at + 1, at + 3);
  if (character === '\u{fe0e}' || character === '\u{fe0f}') {
    return /\p{Extended_Pictographic}$/u.test(before) || (/[0-9#*]$/.test(before) && after.startsWith('\u{20e3}'));
  }
  if (character !== '\u{200c}' && character !== '\u{200d}') return false;
  if (character === '\u{200d}' && EMOJI_BEFORE.test(before)) return /^\p{Extended_Pictographic}/u.test(after);
  return JOINING.test(before.slice(-1)) && JOINING.test(after.slice(0, 1));
}

/**
 * A text as the project keeps it: well-formed, NFC, line ends as \n, no control characters but \n and \t, nothing
 * invisible. Gives the same text when applied again.
 */
export function cleanText(text: string): string {
  const visible = stripInvisible(
    text
      .toWellFormed()
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ''),
  );
  return visible.normalize('NFC');
}

/** A participant's message as it is kept: `cleanText`, trimmed. Never longer than the NFC form of what came in. */
export function normaliseMessage(text: string): string {
  return cleanText(text).trim();
}
