import { normaliseMessage } from '../language/invisible.ts';
import { FrontdeskError } from '../protocol/errors.ts';

/** Characters of a message, whoever writes it. */
export const LONGEST_MESSAGE = 8_000;

/** A message as it is kept: normalised. Throws `message_too_long`, `empty_message`. */
export function checkText(raw: string): string {
  if (raw.length > LONGEST_MESSAGE) {
    throw new FrontdeskError('message_too_long', `At most ${LONGEST_MESSAGE.toLocaleString('en')} characters.`);
  }
  const text = normaliseMessage(raw);
  if (text === '') throw new FrontdeskError('empty_message');
  return text;
}
