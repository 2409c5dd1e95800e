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
  .split(/\s+/)
  .concat(
    `
  sucks ass|suck ass|sucks balls|suck my|kiss my ass|kiss my arse|kick your ass|pain in the ass|up your ass|my ass|your ass|dumb ass
  half assed|bad ass|piece of crap|pile of crap|load of crap|full of crap|holy crap|what crap|screw you|screw yourself|screw them|screw off
  screw this|royally screwed|piss off|pissed off|pissed me off|total prick|such a prick|a prick|you prick|shut the hell up|go to hell|burn in hell
  damn it|damn you|son of a bitch|shut your mouth|what the hell|am arsch|leck mich|zum kotzen|fick dich|va te faire|ta gueule|fils de pute|me cago en|que te jodan
  vete al carajo|hijo de puta|vai se foder|foda se|vai tomar no|rot op|val dood|rompere le palle|porco dio|che palle`
      .trim()
      .split(/\s*[|\n]\s*/),
  );

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
