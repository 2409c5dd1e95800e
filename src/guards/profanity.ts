import { Expressions } from '../language/needles.ts';

/** Words that no answer needs, in seven languages: few and unmistakable, since a word of one language may be a word of another. */
export const PROFANITY: readonly string[] = `
  fuck fucks fucked fucker fuckers fucking fuckin motherfucker motherfuckers motherfucking wtf stfu shit shits shitty bullshit
  horseshit shithead bitch bitches bitching asshole assholes arsehole arseholes bastard bastards cunt cunts dickhead dickheads
  wanker wankers bollocks twat twats douchebag jackass goddamn dumbass whore whores faggot nigger retarded
  mierda mierdas puta putas puto putos hijueputa joder jodido jodida gilipollas cabron cabrones pendejo pendejos chingar
  chinga chingada maricon
  scheisse scheiss scheiße scheiß beschissen arschloch arschlocher fotze hurensohn wichser verfickt ficken wixer
  merde merdes putain pute putes connard connards connasse encule encules salope salopes enfoire niquer
  merda merdas caralho fodase filhodaputa buceta viado
  cazzo cazzi stronzo stronza stronzi vaffanculo puttana puttane coglione coglioni minchia
  klootzak klootzakken kutwijf godverdomme tering kut klote kloten lul hoer teringzooi kutzooi eikels
  kurwa kurwy kurwe gowno gowna gowniany spierdalaj spierdalac jebac jebany jebana jebane pierdole pierdolony pierdolic chuj
  chuja chujowy zajebisty dupek skurwysyn
  crappy bullcrap goddammit dammit dipshit shitshow clusterfuck arse
  arsch drecksladen verpiss scheissdreck kackscheisse foutre connerie conneries chier porra foda fodido bosta cojones
  ostia`
  .trim()
  .split(/\s+/);

/** Where bad words are made of words that may stand in any answer; in lower case without marks. */
const IDIOMS = new Expressions(
  [
    '\\bsuck(?:s|ed|ing)? (?:my|his|ass|arse|balls|big time)\\b|\\b(?:kiss|lick|kick|bite|shove|stick|whip)(?:s|ed|ing)? (?:\\w+ ){0,2}(?:ass|arse|butt)\\b|\\b(?:my|your|his|her|their|lazy|dumb|bad|half|smart|big|stupid|sorry)[ -](?:ass|arse)(?:ed|es)?\\b|\\bpain in the (?:ass|arse|butt)\\b',
    '\\b(?:piece|pieces|pile|load|loads|full|bunch|lot|sack) of (?:utter |total |absolute |complete )?crap\\b|\\b(?:holy|what(?: a)?|utter|total|this|cut the|same old|absolute) crap\\b(?! game| table)|\\bcrap\\b(?! (?:game|table|shoot))|\\bbite me\\b',
    '\\bscrew (?:you|him|her|them|this|that|yourself|off|everyone)\\b(?! (?:in|on|back|tight|into|to|with|firmly|down|up|clockwise)\\b)|\\b(?:royally|totally|completely) screwed\\b|\\bscrewed over\\b|\\bpiss(?:ed|es|ing)? (?:off|me|you|him|them|on)\\b',
    '\\b(?:a|you|your|total|complete|absolute|utter|little|stupid|such a) (?:pricks?|dick|moron|slag|tosser|scumbag)\\b|\\bshut (?:the (?:hell|heck|front door) )?up and\\b|\\bshut (?:the hell up|your (?:mouth|face|trap))|\\b(?:go to|burn in|rot in|bloody|to) hell\\b|\\bwhat the hell\\b|\\bdamn (?:it|you|thing|company|near|right|well)\\b',
    '\\bam arsch\\b|\\bleck(?:en)? (?:mich|sie mich)|\\bzum kotzen\\b|\\bverpiss|\\bhalt (?:die|deine?) (?:fresse|klappe|schnauze)',
    '\\bva te faire\\b|\\b(?:ta|vos|votre) gueule\\b|\\bfais? chier\\b|\\bcasse-?(?:toi|couilles)\\b|\\bme cago en\\b|\\bque te (?:jodan|den por)|\\bvete al (?:carajo|infierno|diablo)|\\bvai (?:se foder|tomar no|pro inferno|para o caralho)|\\bfoda-?se\\b',
    '\\brot (?:toch )?op\\b|\\bval dood\\b|\\bhou je (?:bek|kop|muil)|\\b(?:rompere|rotto|rompi) (?:le |i )?(?:palle|coglioni)|\\bporc[oa] (?:dio|miseria|troia|madonna)|\\bche palle\\b|\\bdo dupy\\b|\\bw dupie\\b|\\bzamknij (?:sie|ryj|morde)',
  ].map((idiom) => new RegExp(idiom)),
);

/** Whether a text swears in words of which none does so alone. `text`: in lower case without marks. */
export function swearsInWords(text: string): boolean {
  return IDIOMS.mayMatch(text).some((idiom) => idiom.test(text));
}

const MASK = '[*#@$%]';
/** With signs in place of letters: "f***ing", "sh*t". */
const MASKED = new RegExp(
  `(?<![\\p{L}\\p{N}*])(?:f${MASK}{1,4}(?:c?k)?(?:ing?|ed|er|ers|s)?(?<=${MASK}{2}\\p{L}*|k\\p{L}*)|sh?${MASK}{1,3}t(?:ty|s)?|b${MASK}{1,3}t?ch(?:es)?|c${MASK}{1,2}nts?|c${MASK}{2}ts?|a${MASK}{2}(?:h${MASK}?[\\p{L}*]{0,3}|s)?|d${MASK}ck(?:head)?|bull${MASK}{1,4}t?)(?![\\p{L}\\p{N}*])`,
  'giu',
);

/** Where words stand of which every reader knows the letters that are left out. */
export function maskedWords(text: string): { start: number; end: number }[] {
  if (!/[*#@$%]/.test(text)) return [];
  return Array.from(text.matchAll(MASKED), ({ 0: word, index }) => ({ start: index, end: index + word.length }));
}
