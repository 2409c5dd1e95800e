import { any } from './phrases.ts';

/** Who speaks of what might be, asks whether it is covered, or tells of what is over, is in no hurry. */
const OVER_OR_ASKED = any(
  'if|in case|whether|used to|do(?:es)? (?:you|your|the|my|it|this|i)|would you',
  '(?:is|are|am)\\b[^.?!]{0,60}\\bcover|what (?:is|are|counts|happens|should i do after)',
  'last (?:week|month|year|night|summer|winter|spring|fall|weekend)|yesterday|(?:days?|weeks?|months?|years?) ago',
);

const DANGER = any(
  'bleeding|unconscious|ambulance|paramedics?|in danger|not safe|unsafe|(?:chest|heart) pain',
  "(?<!(?:nobody|no one|none|none of us|no-one) )(?:is|are|am|was|were|got|i'm|we're|he's|she's) (?:badly |seriously |still |all )?(?:hurt|injured|trapped|pinned)",
  "(?:can'?t|cannot|isn't|not|stopped) (?:breathe|breathing|moving|responding)|flipped over|rolled over|upside down",
  "smoking|smoke (?:is |was )?(?:coming|from|under|out)|(?:on|caught|catching) fire|flames|(?:is|are|it's|started) burning|burning (?:smell|up)",
  'sparks?|sparking|(?:electric(?:al)?|got a) shock|gas leak|leaking gas|smell(?:s|ing)? (?:of |like )?(?:gas|burning|smoke)|explod(?:ed|ing)|overheating',
  'pouring in(?:to)?|rising|sinking|follow(?:s|ing) me|threaten(?:s|ing|ed) (?:me|us)',
  '(?:is|are|someone|somebody) (?:breaking|trying to (?:break|get)) in(?:to)?|(?:being|getting) (?:robbed|attacked|used by|towed|stolen|drained|emptied|hacked)',
  '(?:baby|toddler|child|kid|son|daughter|dog|kids|children) (?:is|are|was|got) (?:locked|stuck|trapped|inside)',
);

const STRANDED = any(
  'stranded|middle of nowhere|side of the (?:road|highway|freeway|interstate|motorway|street)',
  '(?:stuck|stopped|sitting|standing) (?:here|outside|somewhere|on|in|at|by|beside|along|near)(?! (?:the |a )?(?:loading|screen|app|page|step|queue|line|hold|contract))',
  "(?:just|has|have|'s|'ve|we|i|i'm|we're|car|truck|van|bike|engine) (?:broke|broken) down",
  "(?:car|engine|truck|van|bike|battery|motor) (?:is |just |has |'s )?(?:died|dead|dies)(?= on| in| and|,)|won'?t start",
  'lock(?:ed)? (?:myself |us |me |him |her )?(?:out(?:side)?(?! of my (?:account|login|email))|in(?:side)?\\b)(?! (?:a|an) )',
  'keys? (?:are |is )?(?:locked |still )?in(?:side)? (?:the|my) (?:car|truck|van|trunk)|locked (?:my|the) keys?',
  "(?:have|got|having|with) a (?:flat|blowout)|(?:ran|run|am|i'm|we're) out of (?:gas|fuel|charge|juice)",
  '(?:need|send|get)(?: me| us)? (?:a |the |an |some)?(?:tow|tow truck|someone|somebody|roadside|jump start|locksmith)(?= (?:please|now|to|here|asap)|[,.!]|$)',
);

const EVENT = any(
  'accident|crash(?:ed)?|hit|ran into|rear[- ]?ended|collided|wreck(?:ed)?|t-boned|sideswiped|spun out|rolled|slid|skidded',
  'robbed|stolen|stole|broken into|burgled|scammed|hacked|mugged',
);

const SOON = any(
  'today|tonight|midnight|tomorrow|this (?:morning|afternoon|evening)|at (?:noon|once)|any (?:minute|moment|second)',
  '(?:with)?in (?:the|an|one|two|a few|a|half an|\\d+) (?:next )?(?:hours?|minutes?|min|mins|half hour)',
  '(?:by|before) (?:noon|midnight|5|five|the end of the day|eod|\\d+ ?(?:am|pm))',
);

const DEADLINE = any(
  'due|ends?|expires?|clos(?:es|ing)|leaves?|leaving|departs?|runs? out|last day|deadline|lapse[sd]?|flight|appointment|inspection',
  'suspended|court|tow(?:ed|ing)?|impound(?:ed|ing)?|evict\\w*|repossess\\w*|fined|pick(?:s|ing)? (?:it )?up',
);

/** Signs that an English message cannot wait; each is tried on the text in lower case. */
export const URGENT: readonly RegExp[] = [
  // It is said.
  /(?<!\b(?:not|non|isn't|nothing|no) (?:that |really |so |very |at all )?)\burgent(?:ly)?\b(?! (?:deliver|shipp|care|order))/,
  /\b(?:asap|as soon as possible|immediately|right away|straight away|time[- ](?:critical|sensitive)|hurry|running out of time|sos)\b/,
  /\b(?:this is|it's|it is|have|having) an emergency\b|^\s*emergency\b/,
  /\bcan(?:'t|not| not) wait\b(?! (?:to|for)\b)|\bhelp ?!|^\s*help\s*[.!]/,
  /\b(?:respond|reply|answer|call|come|act|move|be) (?:me )?(?:back )?(?:very )?(?:quick|quickly|fast|faster)\b/,
  // Danger, or left on the road.
  new RegExp(`^(?!.*\\b${OVER_OR_ASKED}\\b).*\\b${DANGER}\\b`, 's'),
  new RegExp(`^(?!.*\\b${OVER_OR_ASKED}\\b).*\\b${STRANDED}`, 's'),
  // It has happened just now, or is happening.
  new RegExp(`\\bjust (?:now )?(?:had|been|got|have|was|were)?\\b[^.?!]{0,25}\\b${EVENT}\\b`),
  new RegExp(
    `\\b${EVENT}\\b[^.?!]{0,40}\\b(?:a (?:minute|moment|second)|(?:\\d+|few|five|ten|fifteen|twenty|couple of) minutes) ago\\b`,
  ),
  /\b(?:\w+ing|going on|used|here)\b[^.?!]{0,30}\b(?:right now|as (?:we speak|i (?:type|write))|at (?:this|the) (?:very )?moment)\b/,
  /\b(?:officer|police|cop|trooper|tow truck|driver|they) (?:is|are) (?:here|waiting|standing)\b/,
  // There is little time.
  new RegExp(`\\b(?:needs?|must|have to|has to|got to|gotta)\\b(?! i)[^.?!]{0,60}\\b(?:${SOON}|now)\\b`),
  /(?:^|[.,!?;] |\bplease |\bpls )(?:please )?(?:stop|block|freeze|send|call|cancel|help|come|do|get|hold)\b[^.?!]{0,40}\bnow\b/,
  new RegExp(`\\b${DEADLINE}\\b[^.?!]{0,40}\\b${SOON}\\b`),
];
