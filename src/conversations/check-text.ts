import { normaliseMessage } from '../language/invisible.ts';
import { FrontdeskError } from '../protocol/errors.ts';

/** A message of at most `characters` as it is kept: normalised. Throws `message_too_long`, `empty_message`. */
export function checkText(raw: string, characters: number): string {
  if (raw.length > characters) {
    throw new FrontdeskError('message_too_long', `At most ${characters.toLocaleString('en')} characters.`);
  }
  const text = normaliseMessage(raw);
  if (text === '') throw new FrontdeskError('empty_message');
  return text;
}
