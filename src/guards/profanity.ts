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
  klootzak klootzakken kutwijf godverdomme tering`
  .trim()
  .split(/\s+/);
