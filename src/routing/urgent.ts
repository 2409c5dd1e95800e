/** Who speaks of what might be, or asks whether it is covered, is in no hurry. */
const NOT_HYPOTHETICAL = String.raw`^(?!.*\b(?:if|in case|do(?:es)? (?:you|your|the|my|it|this)|would you|(?:is|are|am)\b[^.?!]{0,60}\bcover|what (?:is|are|happens|should i do after))\b)`;

const DANGER = [
  String.raw`bleeding|smoking|smoke (?:is )?(?:coming|from|under|out)|on fire|in flames|sparks?|sparking|electric(?:al)? shock|gas leak|smell(?:s|ing)? (?:of |like )?(?:gas|burning|smoke)`,
  String.raw`unconscious|ambulance|(?:is|are|am|was|got) (?:badly |seriously )?(?:hurt|injured)|trapped|flipped over|can(?:'|no)?t breathe|in danger|not safe|unsafe|follow(?:s|ing) me|threaten(?:s|ing|ed) me`,
  String.raw`(?:is|are) (?:breaking|trying to (?:break|get)) in`,
].join('|');

const STRANDED = [
  String.raw`stranded|(?:stuck|stand(?:ing)?|sitting|stopped) (?:on|in|at|by|beside|along|near|here)(?! (?:the )?(?:loading|screen|app|page|step|queue|line|hold|contract))`,
  String.raw`(?:broke|broken) down|won't start|wont start|lock(?:ed)? (?:myself |us |me )?out(?! of my (?:account|login|email))|keys? (?:are |is )?(?:locked )?in(?:side)? (?:the|my) (?:car|truck|van|trunk)|locked (?:my|the) keys?`,
  String.raw`middle of nowhere|(?:have|got|having) a (?:flat|blowout)|ran out of (?:gas|fuel|charge|juice)|(?:tow truck|tow) (?:now|right now)`,
].join('|');

const EVENT = String.raw`accident|crash(?:ed)?|hit|rear[- ]?ended|collided|wreck(?:ed)?|robbed|stolen|broken into|burgled|scammed|hacked|t-boned|sideswiped|mugged`;
const SOON = String.raw`today|tonight|midnight|tomorrow|this (?:morning|afternoon|evening)|(?:with)?in (?:the|an|a few|a|half an|\d+) (?:next )?(?:hours?|minutes?|min|mins)|by (?:noon|5|five|the end of the day|eod)|at (?:noon|once)`;

/** Signs that an English message cannot wait; each is tried on the text in lower case. */
export const URGENT: readonly RegExp[] = [
  /(?<!\b(?:not|non|isn't|nothing|no) (?:that |really |so |very )?)\burgent(?:ly)?\b(?! (?:deliver|shipp|care|order))/,
  /\b(?:asap|as soon as possible|immediately|right away|straight away|time[- ]critical|hurry|running out of time)\b(?!.*\bno hurry)/,
  /\bemergency\b(?! (?:road|assist|service|number|contact|kit|fund|cover|call|line|tow))/,
  /\bcan(?:'t|not| not) wait\b(?! (?:to|for)\b)|\bhelp ?!{2,}|^\s*help\s*!/,
  new RegExp(String.raw`${NOT_HYPOTHETICAL}.*\b(?:${DANGER})(?<!\b(?:nobody|no one|none|noone)(?: of us)? (?:is|was|got|are) (?:hurt|injured))\b`, 's'),
  new RegExp(String.raw`${NOT_HYPOTHETICAL}.*\b(?:${STRANDED})\b`, 's'),
  new RegExp(String.raw`\bjust (?:now )?(?:had|been|got|have|was|were)?\b[^.?!]{0,25}\b(?:${EVENT})\b|\b(?:${EVENT})\b[^.?!]{0,40}\b(?:a (?:minute|moment|second)|(?:\d+|few|five|ten) minutes) ago\b`),
  /\b(?:happening|going on|charging|using|taking)\b[^.?!]{0,30}\b(?:right now|as we speak|at this (?:very )?moment)\b/,
  new RegExp(String.raw`\b(?:need|must|have to|has to|got to|gotta)\b[^.?!]{0,60}\b(?:${SOON}|now)\b`),
  new RegExp(
    String.raw`\b(?:due|ends?|expires?|clos(?:es|ing)|leaves?|leaving|departs?|suspended|deadline|court|runs? out|appointment|they tow|be towed|inspection|pick(?:s|ing)? up)\b[^.?!]{0,30}\b(?:${SOON})\b`,
  ),
  new RegExp(String.raw`\b(?:deadline|last day)\b[^.?!]{0,15}\b(?:${SOON})\b`),
];
