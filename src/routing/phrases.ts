/** Alternatives of a regular expression; one line a kind. */
export const any = (...lines: string[]) => `(?:${lines.join('|')})`;

const phrases = (...lines: string[]) => new RegExp(`\\b${any(...lines)}(?!\\w)`, 'g');

/** What customers feel in other words than a list has, in lower case, with its valence. In this order each is taken out of the text. */
export const TURNS_OF_PHRASE: readonly (readonly [RegExp, number])[] = [
  // No feeling: a superlative that is asked for, a greeting.
  [
    phrases(
      'the (?:best|fastest|easiest|cheapest|quickest|worst) (?:way|time|option|plan|method|one|day|case|number)',
      'good (?:morning|afternoon|evening|day)|looking forward|what kind of',
    ),
    0,
  ],
  // Praise that is put as a denial, before the denial is seen.
  [
    phrases(
      "can'?t complain|no complaints?|no problem(?: at all)?|no worries|not bad|(?:couldn't|could not|can't) be (?:happier|better)",
      '(?:well|nicely) done|(?:good|nice|great) job|sort(?:ed|ing) (?:it |that |this |everything |things )?out(?: the mess)?',
      '(?:saved|made) (?:my|the|our) (?:day|week|life|trip|holiday)|(?:definitely|highly|certainly|gladly|will) recommend',
    ),
    4,
  ],
  // Sarcasm, which has words of praise beside it.
  [
    phrases(
      'thanks for (?:nothing|(?:ruin|wast|los|break|ignor|mess|delay|mak|keep)\\w*ing)|so much for|less and less',
      '(?:zero|no) stars|give (?:you|it) (?:a )?(?:zero|one)|how hard can',
    ),
    -6,
  ],
  [
    phrases(
      "fed up|(?:sick|tired) (?:and tired )?of|had it with|had enough|enough is enough|let (?:me |us )?down|wit'?s'? end|beyond (?:angry|belief)",
      "(?:is|was|what|such|just|like) (?:a|one big|a complete|a total) joke|(?:are you|you'?re|you must be) (?:kidding|joking|serious)|kidding me|(?<=^|[,.!?] )come on",
      "can(?:no|')t believe (?:you|this|it|how|that)|(?:how|what|why) (?:on earth|the hell|in the world)",
      'los(?:e|ing|t) (?:all |any )?(?:my |our )?(?:patience|trust|faith)|never (?:again|ever)|never (?:buy|order|shop|use|come|recommend)\\w* \\w+',
      "(?:not|isn't|aren't|wasn't|ain't) (?:at all )?(?:good|fair|right|okay|ok|acceptable|professional|impressed|amused|funny|helpful)(?: enough)?",
      '(?:nobody|no one|no-one|you never|never once) (?:ever |even |here |there )?(?:has |have |is |can |seems? to )?(?:answer|call|cares?|repl|help|respond|listen|bother|tell|told|came)\\w*',
      "(?:do|does|did|is)(?:n't| not) (?:really |even )?(?:help|care|trust|listen)(?:ing|ed)?|(?:don't|do not|dont) trust|you (?:don't|do not|dont) understand",
      "why (?:is|are|do|does|should|must|can't|can|did) [^.?!]{0,40}\\b(?:so (?:hard|slow|difficult|complicated|expensive|long)|always|every (?:single )?time|nobody|no one|less)",
      'no clue|clueless|incompeten\\w+|unprofessional|unhelpful|overpriced|lousy|shady|daylight robbery|rip[- ]?off|ripped off|excuses|expected (?:a lot |much |far |so much )?(?:more|better)',
      'rubbish|garbage(?! truck)|trash(?! can| truck| bin)|crap\\w*|wtf|bullshit|sucks|fuming|nightmare|shambles|appalling|atrocious|runaround|unreliable|useless|a mess',
      'upset|stress(?:ed|ful)|frustrat\\w+|complicated|confusing|hassle|waste of (?:my |our )?\\w+|tak(?:es?|ing) forever|for nothing|what (?:exactly )?(?:am i|are we|do i) pay(?:ing)? (?:you )?for',
      'lied to|you lied|liars?|screwed|ignor(?:ed|ing|es) (?:me|my|us|our)',
    ),
    -3,
  ],
  [
    phrases(
      "still (?:waiting|nothing|no (?:answer|reply|word|news)|(?:haven't|hasn't) (?:received|heard|got|gotten|seen|been|arrived|come|replied|answered|called)|isn't|not|broken|unresolved|hanging)|been waiting|waited (?:for )?(?:over|more|two|three|four|\\d+)",
      'keeps? (?:telling|sending|saying|giving|making|happening)|(?:been|was|am|left me) on hold',
      'for the (?:second|third|fourth|fifth|sixth|tenth|\\d+(?:nd|rd|th)|hundredth) time|(?:twice|times|days|weeks|months|wrong \\w+) in a row|wrong again|yet again|, as usual',
      // What is the matter elsewhere is a reproach after "you".
      '(?:you|your (?:driver|agent|team|company|mechanic|people|colleague|courier|adjuster|staff)|you guys|you people) (?:just |simply |have |had |then |still |even )?(?:charged|denied|lost|broke|rejected|refused|failed|cancell?ed|forgot|missed|damaged|stole|promised|blocked|overcharged|cheated|ruined|hung up)',
    ),
    -2,
  ],
  [/\?!|!\?/, -2],
  [
    phrases(
      'helpful|pleased|bravo|kudos|yay|phew|hooray|smooth(?:ly)?|relieved|what a relief|painless|hassle[- ]free|a breeze|thumbs up|compliments|gorgeous|generous|top notch|spot on',
      'out of your way|like new|(?:you|you guys|you people|you all) (?:rock|rule)|a (?:little |lot |bit )better|better than (?:before|ever|expected|i)|faster than',
      '(?:very|really|so|super|such an?|incredibly|surprisingly) (?:easy|friendly|kind|nice|patient|polite|convenient|simple)|that was (?:really |very |so )?(?:quick|quickly|fast|easy)|(?:very|so) clear',
      '(?:i|we) (?:really |do |also )?(?:like|liked|enjoy|enjoyed)(?! to)',
    ),
    2,
  ],
  [/[:;]-?[)D](?!\w)|❤|👍|🙏|😊/gu, 2],
];
