import { addressPasswordsIn, namedKeysIn, withoutIssuedKeys } from './secrets/keys.ts';
import { passwordsIn } from './secrets/passwords.ts';
import { cardsIn, codesIn } from './secrets/payment.ts';
import { type Range, replaced } from './secrets/range.ts';

/** What is looked for, one after the other in what the one before has left, and what stands for it. */
const KINDS: readonly { find(text: string): Range[]; standIn(found: string): string }[] = [
  { find: addressPasswordsIn, standIn: () => '[password removed]' },
  { find: namedKeysIn, standIn: () => '[key removed]' },
  { find: passwordsIn, standIn: () => '[password removed]' },
  { find: cardsIn, standIn: (card) => `[card number ending in ${card.replace(/\P{Nd}/gu, '').slice(-4)} removed]` },
  { find: codesIn, standIn: () => '[code removed]' },
];

/**
 * The text with what nobody should keep replaced by words: card numbers (by Luhn; their last four digits stay, by which customer
 * and company know the card) and their codes, keys and tokens of known forms or called so, private keys, passwords that are called so
 * or stand in an address.
 */
export function maskSecrets(text: string): string {
  return KINDS.reduce((left, { find, standIn }) => replaced(left, find(left), standIn), withoutIssuedKeys(text));
}
