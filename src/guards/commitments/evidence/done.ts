import type { Claim } from '../claims/claims.ts';
import { IS_DONE } from '../claims/forms.ts';
import type { Ground } from './grounds.ts';
import { meets } from './meets.ts';

/** `has been moved to 21 October`, of what will now take place then. */
const MOVED = /^(?:moved|postponed|rescheduled)$/;
const TAKES_PLACE = /\b(?:will (?:now )?take place|now takes? place|new date|moved|postponed|rescheduled)\b/;

/** `cancellable true` */
const MAY_BE_DONE = /[ai]ble\b|\b(?:allowed|can|may)\b/;

/** `action update_reservation; result ok` */
const WENT_WELL =
  /\b(?:result|status|success|outcome|state) (?:is )?(?:ok|okay|success\w*|true|done|completed?|confirmed|updated|created|booked|posted|sent|issued|paid|processed)\b/;
const DEEDS: readonly (readonly [did: RegExp, deed: RegExp])[] = [
  [
    /^(?:moved|changed|updated|rescheduled|amended|modified|switched|adjusted)$/,
    /\b(?:update|move|change|reschedul|amend|modif|switch|adjust)/,
  ],
  [/^(?:booked|reserved|scheduled|arranged)$/, /\b(?:book|reserv|creat|schedul)/],
  [/^(?:credited)$/, /\bcredit/],
  [/^(?:refunded|reimbursed)$/, /\brefund/],
  [/^(?:added|created|ordered|placed|registered)$/, /\b(?:add|creat|order|plac|regist|issue|set up)/],
];

const BOOKED = /^(?:booked|reserved|scheduled)$/;
const VISIT_SET = /\b(?:visit|appointment|booking|reservation|slot|session) (?:\w+ )?(?:confirmed|booked|scheduled)\b/;
/** What has a number of its own, with what it is in brackets. */
const NUMBERED =
  '\\b(?:refund|return|order|booking|reservation|claim|request|case|ticket|application|payment|transfer|visit) (?:no\\.? |#)?[a-z]{0,4}-?\\d[\\w-]*(?: \\([^()]{1,60}\\))? ';
const SLOT =
  /\b(?:slot|appointment|visit|booking|reservation)\b[^.]*\b(?:\d{4}-\d\d|(?:day|window) (?:is )?(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day))/;
/** `refund amount 6.50 usd; refund time 20:14` */
const TIMED = /\b(?:refund|payment|credit|payout|delivery|cancellation) (?:\w+ )?(?:time|date|on|at) \d/;
const PENDING =
  /\b(?:pending|request\w*|review|scheduled|expected|due|next|estimated|failed|rejected|declined|not|open|planned)\b/;

const HAS_LEFT = /^(?:shipped|dispatched|sent|on (?:its|their) way)$/;
const ON_ITS_WAY = /\b(?:transit|shipped|dispatched|sent|delivered|way)\b/;

/** Whether a tool has an appointment or the like, where something is said to be booked. */
export function isArranged({ done }: Claim, { text }: Ground): boolean {
  return done !== null && BOOKED.test(done) && SLOT.test(text) && !PENDING.test(text);
}

/** False where the claim says that something was done, and the source does not: what may be done was not. */
export function isDone(claim: Claim, ground: Ground, isTool: boolean): boolean {
  const { done, negated, concepts, words } = claim;
  const { text, clause } = ground;
  if (done === null || negated) return true;
  if (!isTool)
    return (
      IS_DONE.test(text) ||
      (MOVED.test(done) && TAKES_PLACE.test(text)) ||
      (BOOKED.test(done) && VISIT_SET.test(text)) ||
      new RegExp(`\\b(?:was|were|has|have|is now|are now)\\b[^.;]{0,30}\\b${done}`).test(text) ||
      // `Refund RF-83211 (flight to Lisbon) approved`, `Flight status: cancelled by the airline`
      new RegExp(`(?:\\b(?:status|state):? |${NUMBERED})${done}\\b`).test(text)
    );
  if (
    text.includes(done) ||
    (MOVED.test(done) && TAKES_PLACE.test(text)) ||
    (HAS_LEFT.test(done) && ON_ITS_WAY.test(text))
  )
    return true;
  if (WENT_WELL.test(text) && DEEDS.some(([did, deed]) => did.test(done) && deed.test(text))) return true;
  if (isArranged(claim, ground)) return true;
  if (meets(concepts, ground.concepts) && TIMED.test(text) && !PENDING.test(text)) return true;
  const isOf = meets(concepts, clause.concepts) && IS_DONE.test(clause.text) && !MAY_BE_DONE.test(clause.text);
  // Success is of what is named beside it.
  return isOf || (IS_DONE.test(text) && [...words].filter((word) => ground.sentence.has(word)).length > 1);
}
