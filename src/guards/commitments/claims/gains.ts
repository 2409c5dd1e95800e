import type { Concept } from '../reading/concepts.ts';
import type { Claim } from './claims.ts';

const GIVEN: readonly Concept[] = ['refund', 'compensation', 'credit', 'voucher', 'discount'];
const GIVES =
  /\b(?:gets?|getting|got|receiv\w+|earn\w*|credit\w*|compensat\w*|refund\w*|reimburs\w*|vouchers?|discounts?|bonus|cash ?back|gifts?|back|off|send\w*|sent|transfer\w*|giv\w+|gave|knock\w*|waiv\w*|deduct\w*|sav(?:e|es|ing|ings)|payouts?|grant\w*|award\w*|offer\w*|(?:comes?|goes|go|is on its way) to you\b|(?:we|i|they)(?:'ll| will|'re| are)? (?:pay\w*|cover\w*)|pa(?:y|ys|id|ying) (?:to )?you)\b/;

/** Whether somebody gets the amount of a claim, by its clause. That a customer has named it is no reason to give it. */
export function isGain({ kind, concepts, text }: Claim): boolean {
  return kind === 'refund' || GIVEN.some((concept) => concepts.has(concept)) || GIVES.test(text);
}

/** Says that an amount is on one side of another. */
export const LIMITS =
  /\b(?:over|above|below|under|clears?|reach(?:es)?|exceeds?|more than|less than|at least|short of|minimum|maximum|limit)\b/;
