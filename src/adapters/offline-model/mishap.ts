/** What somebody says has happened to a person, to their money or to what they wait for, clause by clause: what may happen, or did not, is none. */

const FAMILY =
  '(?:girl|boy)?friend|(?:grand|step|god)?(?:mother|father|son|daughter|child|children|parents?|mom|mum|dad|ma|pa)';
/** People other than who writes. */
const OTHERS = `(?:he|she|they|someone|somebody|people|persons?|m[ae]n|wom[ae]n|guys?|lad(?:s|y|ies)?|child(?:ren)?|kids?|bab(?:y|ies)|toddler|teenager|boys?|girls?|${FAMILY}|wife|husband|partner|spouse|fianc[eé]e?|brother|sister|uncle|aunt|cousin|niece|nephew|in-law|family|neighbou?r|colleague|drivers?|riders?|bikers?|(?:motor)?cyclists?|pedestrians?|passengers?|patient|victims?)`;
const ANYONE = `(?:i|i'm|i've|we|we're|we've|me|us|myself|you|him|her|them|${OTHERS})`;

const LIMB =
  '(?:head|face|neck|back|spine|ribs?|chest|shoulders?|arms?|elbow|wrist|hands?|fingers?|hips?|legs?|knees?|ankle|foot|feet|nose|jaw|skull|collar ?bone|pelvis)';
/** Said of somebody, tells of harm. */
const HURT = [
  "\\b(?:is|are|was|were|got|gets|been|be|i'm|'s|'re|badly|seriously|severely|has|have|a|an|with|and) (?:\\w+ ){0,2}(?:hurt|injur(?:ed|y|ies)|wounded|bleeding|unconscious|unresponsive|trapped|stabbed|burn(?:ed|t)|paraly[sz]ed)\\b",
  '\\b(?:bleeding|unconscious|unresponsive|passed out|knocked out|blacked out|fainted|lost consciousness)\\b',
  "(?:\\bnot|n't|\\bcannot|\\bstopped) (?:\\w+ )?(?:breath(?:e|ing)|responding|wak(?:e|ing) up)\\b",
  `\\b${OTHERS} (?:hurt|injured|wounded|trapped)\\b`,
  `\\b(?:hurt|injured|cut|burn(?:ed|t)|scalded) (?:my|his|her|their) (?:\\w+ )?${LIMB}\\b`,
  '\\b(?:covered in|full of|losing|lost|so much|a lot of) blood\\b|\\bblood (?:\\w+ ){0,3}(?:his|her|my|their)\\b',
  '\\b(?:ambulance|paramedics)\\b.*\\b(?:is|are|took|taken|taking|came|coming|with|called)\\b',
].join('|');
/** Tells by itself whose it is. */
const LIMB_HURT = new RegExp(
  [
    `\\b(?:broke|breaks|broken|fractured|dislocated|sprained|crushed) (?:my|his|her|their|an?|two|some|several) (?:\\w+ )?${LIMB}\\b`,
    `\\b(?:a|his|her|my|their) (?:broken|fractured|dislocated|crushed) ${LIMB}\\b`,
    `\\b(?:my|his|her|their|'s) ${LIMB} (?:is|are|was|were) (?:\\w+ )?(?:broken|fractured|bleeding|crushed)\\b`,
    '\\bhit (?:his|her|my|their) head\\b',
    `(?:n't|\\bnot|\\bcannot) (?:feel|move) (?:his|her|my|their) ${LIMB}\\b`,
  ].join('|'),
  'i',
);
/** What tells of harm beside an accident alone: `my back hurts`. */
const ACHES = `\\b${LIMB}\\b(?: \\w+){0,4} (?:hurts?|aches?|pain|sore|stiff|numb)\\b|\\b(?:in pain|concussion|whiplash|hospital|intensive care|icu|the er|emergency room|surgery|coma|ambulance|paramedics)\\b|(?:\\bnot|n't) moving\\b`;
const ACCIDENT =
  /\b(?:accident|crash(?:ed)?|collision|collided|wreck|rear-?ended|hit|knocked|ran (?:over|into)|run over|drove into|bumped|slammed|smashed into|thrown|fell|fallen|rolled over|overturned|reversed|skidded)\b/i;
const IS_DEAD = new RegExp(
  `(?<!\\b(?:for|of|from|to|with|by) (?:my|our|his|her|their|the|an?) )\\b${OTHERS}(?: (?:has|have|had|is|was|were|just|sadly|recently|suddenly|now|already|been|got|all|both|also|\\w+ly))* (?:died|dead|killed|passed away|deceased)\\b|\\b(?:lost|buried|death of|funeral of) (?:my|our|his|her) ${OTHERS}\\b|\\bpassed away\\b|\\bfuneral\\b`,
  'i',
);
const SOMEBODY = new RegExp(`\\b${ANYONE}\\b(?!['’]s (?!been|hurt|in|not|un|bleed|trapped))`, 'i');
const HARMED = new RegExp(HURT, 'i');
const ACHING = new RegExp(ACHES, 'i');

const NOT_SO =
  /\b(?:no ?-?one|nobody|none|neither|no|never|without|luckily nobody|unhurt|uninjured|unharmed)\b|(?:\bnot|n't) (?:\w+ )?(?:hurt|injured|wounded|dead|killed|bleeding)\b/i;
/** Begins a clause that asks or supposes. */
const SUPPOSES =
  /\b(?:if|in case|unless|suppose|imagine|whether)\b|^\W*(?:and |but |so |or )?(?:what|which|how|am|is|are|do|does|can(?!')|could|may|will|would|should|when|where|who)\b/i;
const CLAUSE = /[.!?;,\n]+\s*|\s+-\s+|\b(?:and|but|so) (?=(?:i|we|he|she|they|my|our|the|now|what|is|do|does|can)\b)/i;

const PAID =
  '(?:charged?|billed|debited|deducted|withdrew|withdrawn|took|taken|collected|paid|invoiced|drawn|booked|went out|gone out|came (?:off|out))';
const TWICE =
  '(?:twice|two times|2 times|2x|double|doubly|a second time|two payments|more than once|(?:multiple|several|many) times|over and over)';
const CHARGE =
  '(?:charge|payment|debit|billing|bill|deduction|transaction|withdrawal|premium|amount|invoice|fee|purchase)s?';
const PAID_TWICE = new RegExp(
  [
    `\\b${PAID}\\b(?:[\\s\\w'$€£.]{0,60}?) ${TWICE}\\b(?! (?:a|per|each|every|the (?:amount|price|sum)|as)\\b)`,
    `\\b(?:${CHARGE}|it)\\b[^.]{0,40}\\b(?:show(?:s|ed|ing)?(?: up)?|appear(?:s|ed|ing)?|posted|listed|went through|repeated)\\b(?: \\w+){0,3} ${TWICE}\\b`,
    `\\b(?:double|twice|doubly)[ -](?:charged?|billed|debited|paid)\\b`,
    `\\b(?:double|duplicated?|identical|two equal|extra identical) (?:\\w+ )?${CHARGE}\\b|\\b${CHARGE} (?:was|is|were|got|has been) (?:duplicated|doubled up)\\b`,
    `\\b(?:two|multiple|several) (?:\\w+ )?${CHARGE}\\b.* (?:one|same|single)\\b|\\b(?:two|2|multiple|several) of the same ${CHARGE}\\b`,
    `\\bsame ${CHARGE}\\b.* ${TWICE}\\b`,
    `\\b(?:second|another) ${CHARGE}\\b.*\\bsame\\b`,
  ].join('|'),
  'i',
);
/** Asks what may be, not what was: `did you charge me twice` asks what was. */
const WOULD = /\b(?:if|would|will|could)\b|^\W*(?:can|may|do|does|is|are|am|how|should)\b/i;

function clauses(text: string): string[] {
  return text.replace(/[’]/g, "'").split(CLAUSE).filter(Boolean);
}

/** Whether a message tells of a person who is hurt or in danger. */
export function tellsOfHarm(text: string): boolean {
  const isAccident = ACCIDENT.test(text);
  return clauses(text).some(
    (clause) =>
      !NOT_SO.test(clause) &&
      !SUPPOSES.test(clause) &&
      (LIMB_HURT.test(clause) || (HARMED.test(clause) && SOMEBODY.test(clause)) || (isAccident && ACHING.test(clause))),
  );
}

/** Whether a message tells of somebody's death. */
export function tellsOfDeath(text: string): boolean {
  return clauses(text).some((clause) => IS_DEAD.test(clause) && !NOT_SO.test(clause) && !SUPPOSES.test(clause));
}

/** Whether a message tells of money that was taken twice. */
export function tellsOfDoubleCharge(text: string): boolean {
  return clauses(text).some((clause) => PAID_TWICE.test(clause) && !WOULD.test(clause));
}

const MANY =
  '(?:(?:[2-9]|\\d\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|some|a few|a couple of|over an?|more than an?)(?: (?:whole|full|long))?)';
/** A time that is long to wait, and that has passed. */
const LONG = new RegExp(
  `\\b(?:for|been|since|already|now|after|over|about|almost|nearly|ago)\\b[^.?!]{0,20}\\b${MANY} (?:weeks?|months?|years?)\\b|\\b${MANY} (?:weeks?|months?|years?)\\b(?: (?:now|already|ago|and|later|since|without)\\b|[,.!]|$)`,
  'i',
);
/** What has not come in that time. */
const WAITS =
  /\b(?:wait(?:ed|ing)|pending|unsettled|undecided|unanswered|unpaid|dragging|sitting|stuck|open|overdue|in limbo|on hold)\b|\b(?:no|without an?y?|not an?y?|nothing|never an?y?) (?:\w+ )?(?:news|word|answer|reply|response|update|decision|money|payment|progress|happen(?:ed|s)|heard)\b|(?:n't|\bnot|\bnever) (?:\w+ )?(?:heard|got|gotten|received|seen|been (?:paid|settled|decided|answered))\b/i;
const NOBODY_CAME =
  /\b(?:nobody|no[ -]?one|none of you|not a soul)\b(?:'s| has| have| had| ever| even)* (?:call|rang|rung|ring|phon|repl|answer|respond|contact|wr[io]t|got (?:back|in touch)|gotten back|come back|turned up|shown up|showed up)/i;

/** Whether a message tells of a wait that has become long: of weeks, or for somebody who has not come back to the customer. */
export function tellsOfLongWait(text: string): boolean {
  const said = clauses(text).filter((clause) => !SUPPOSES.test(clause));
  const tells = (what: RegExp) => said.some((clause) => what.test(clause));
  return tells(NOBODY_CAME) || (tells(LONG) && tells(WAITS));
}
