import { type Slot, slot } from './words.ts';

/**
 * What threats and insults are made of in one language; never of two, since a word of one may be harmless in another.
 * `will`: somebody means to do something, and `willYou`: to whoever reads; `harm`: what they mean to do; `people`: whom it is for.
 * `you`: whoever reads, or somebody of the company, and `insult`: what they are called; `curse`: both at once.
 */
type AbuseWords = Readonly<Record<'will' | 'willYou' | 'harm' | 'people' | 'you' | 'insult' | 'curse', Slot>>;

export const ABUSE_WORDS: readonly AbuseWords[] = [
  {
    will: slot(
      "i will, i'll, ill, i'm going to, im going to, i am going to, i'm gonna, im gonna, gonna, we will, we'll, we are going to, we're going to, i swear i, i want to, i should, i am coming to, i'm coming to, someone should, somebody should",
    ),
    willYou: slot("i'll find you and, i will find you and, i am coming for you and, i'm coming for you and"),
    harm: slot(
      'kill, murder, shoot, stab, strangle, beat, beat up, bomb, burn down, blow up, rape, hurt, punch, choke, hang, torture, behead, hunt down, slit, smash your, break your, cut your, blow your',
    ),
    people: slot(
      "you, your, u, ya, y'all, throat, face, neck, head, legs, bones, teeth, them all, everyone, everyone there, everybody there, staff, the agents, employees, the driver, the courier, the technician, the manager, your office, building, headquarters, people there",
    ),
    you: slot(
      "you, youre, u r, ur, y'all, ya, bunch of, pack of, your agent*, your driver*, your courier*, your staff, your technician*, your colleague*, your manager*, your support, your employees, your people, that agent, this agent, this bot",
    ),
    insult: slot(
      'idiot*, moron*, imbecile*, cretin*, asshole*, arsehole*, ass hole, bitch, bitches, cunt*, bastard*, motherfucker*, mother fucker*, fucker*, dickhead*, prick, pricks, scum, scumbag*, piece of shit, pieces of shit, piece of garbage, piece of trash, shithead*, dipshit*, dumbass*, dumb ass, jackass*, wanker*, twat*, douchebag*, whore*, slut*, slag, pig, pigs, parasite*, vermin, subhuman*, brain dead, braindead, brainless, stupid bot, worthless, fuckwit*, tosser*, bellend*, loser, losers, dumb fuck*, stupid fuck*, fucking stupid, fucking useless, fucking dumb, retard, retards, faggot*',
    ),
    curse: slot(
      'fuck you, fuck u, fuk you, fuck off, fck you, fuck yourself, go fuck, screw you guys, screw you all, screw you and, go to hell you, go to hell all, suck my dick, suck a dick, eat shit, kiss my ass, shut the fuck up, stfu, asshole, assholes, arsehole, arseholes, motherfucker*',
      "kill yourself, kys, hope you die, hope you all die, hope you get cancer, hope you burn, hope your children, go die, drop dead, you should die, you all should die, deserve to die, you're dead meat, you are dead meat, i know where you live, i know where you work, we know where you live, find out where you live, watch your back, your family will suffer, your children will suffer, rot in hell, burn in hell, your days are numbered, bullet in your head",
      'nigger*, nigga*, fag, tranny, kike, kikes, fucking chink*, dirty chink*, gook, gooks, dirty spic*, fucking spic*, wetback*, raghead*, towelhead*, sandnigger*, dirty coon*, filthy faggot*, fucking faggot*',
    ),
  },
  {
    will: slot('voy a, vamos a, quiero'),
    willYou: slot('te voy a, os voy a, los voy a, las voy a, les voy a, le voy a, te vamos a'),
    harm: slot(
      'matar, matarte, mataros, matarlos, quemar, quemarte, apunalar, apunalarte, disparar, dispararte, golpear, golpearte, reventar, reventarte, degollar, partirte la cara, romperte la cara, partir la cara, romper la cara, violarte',
    ),
    people: slot('te, os, ustedes, vosotros, tu, vuestr*, tus, oficina, tienda, empleados, a todos'),
    you: slot(
      'eres, sois, son unos, son una, son ustedes, tu, vosotros, ustedes, son todos, sois todos, todos ustedes, panda de, maldit*, su empleado, sus empleados, su agente, sus agentes, vuestro repartidor, su repartidor',
    ),
    insult: slot(
      'idiota*, imbecil*, gilipollas, cabron*, hijo de puta, hijos de puta, hijueputa*, hija de puta, pendejo*, pendeja*, puta, putas, puto, putos, estupid*, subnormal*, malnacid*, escoria, basura, mierda, cretino*, tarado*, comemierda*, maricon*',
    ),
    curse: slot(
      'vete a la mierda, vayanse a la mierda, iros a la mierda, que te jodan, que os jodan, jodete, jodanse, chinga tu madre, chinguen a su madre, vete al carajo, me cago en tu madre, me cago en tus muertos, hijo de puta, hijos de puta, hija de puta, hijueputa*',
      'te mato, os mato, matate, muerete, ojala te mueras, ojala os murais, ojala se mueran, se donde vives, se donde viven, te voy a encontrar',
      'sudaca*, negro de mierda, negra de mierda, moro de mierda, panchito*, maricon de mierda, maricones de mierda',
    ),
  },
  {
    will: slot('ich werde, ich will, ich komme, wir werden, ich zunde'),
    willYou: slot(
      'ich bring dich, ich bringe dich, ich bring euch, ich bringe euch, ich mach dich, ich mache dich, ich mach euch',
    ),
    harm: slot(
      'umbring*, um, toten, abstech*, erschiess*, verprugel*, anzund*, niederbrenn*, totschlag*, fertig, kalt, an, die fresse polieren, die fresse einschlagen',
    ),
    people: slot('dich, euch, sie alle, deine, dein, eure, euer, euren, mitarbeiter, fahrer, buro, laden'),
    you: slot(
      'du, ihr, sie sind, bist, seid, euch, ihr mitarbeiter, ihre mitarbeiter, ihr fahrer, eure leute, eure mitarbeiter, euer fahrer',
    ),
    insult: slot(
      'idiot*, arschloch*, wichser*, hurensohn*, fotze*, schlampe*, missgeburt*, drecksau*, dreckschwein*, penner, vollidiot*, trottel*, spast, spasti, abschaum, miststuck*, drecksack*, blode kuh, dumme kuh, dumme sau, scheissbot, schwuchtel*, neger, kanake*',
    ),
    curse: slot(
      'fick dich, fickt euch, verpiss dich, verpisst euch, leck mich am arsch, leckt mich am arsch, halt die fresse, halt deine fresse, haltet die fresse, halts maul, hurensohn*, arschlocher',
      'verreck, verreck*, stirb endlich, geh sterben, ich weiss wo du wohnst, ich weiss wo ihr wohnt, ich finde dich, ich finde euch, ihr sollt verrecken',
      'kanaken, zigeunerpack, judensau, kummelturke*, scheiss neger',
    ),
  },
  {
    will: slot('je vais, on va, je veux'),
    willYou: slot('je vais te, je vais vous, on va te, on va vous, je te, je vous'),
    harm: slot(
      'tuer, tue, buter, bute, crever, creve, frapper, poignarder, egorger, bruler, brule, casser la gueule, casse la gueule, faire la peau',
    ),
    people: slot('vos, votre, tes, ton, ta, toi, vous tous, bureau*, magasin, employes'),
    you: slot(
      "vous etes, t'es, tu es, es un, es une, bande de, espece de, sale, pauvre, votre livreur, votre technicien, vos employes, vos agents",
    ),
    insult: slot(
      'idiot*, imbecile*, connard*, connasse*, con, cons, conne, salope*, salaud*, encule*, pute, putes, abruti*, debile*, ordure*, batard*, cretin*, merdeux, merde, merdes, tocard*, enfoire*, pourriture*, pede, tarlouze*, arabe, negre, juif',
    ),
    curse: slot(
      'va te faire foutre, allez vous faire foutre, va te faire enculer, ta gueule, nique ta mere, ferme ta gueule, fermez vos gueules, fils de pute, bande de cons, connard, connards',
      'va mourir, va crever, tu vas crever, vous allez crever, que tu creves, je sais ou tu habites, je sais ou vous habitez, je vais te retrouver',
      'bougnoule*, youpin*, sale negre',
    ),
  },
  {
    will: slot('vou, vamos, eu vou, quero'),
    willYou: slot('vou te, eu vou te, vou vos, vamos te'),
    harm: slot(
      'matar, quebrar, queimar, esfaquear, atirar, espancar, bater, estuprar, quebrar a cara, quebrar a sua cara, quebrar tua cara, te matar',
    ),
    people: slot('voce, voces, vos, te, seu escritorio, sua loja, funcionarios, sua cara, tua cara, todos ai'),
    you: slot(
      'voce e, voce, voces, vcs, vc, seu, sua, bando de, cambada de, seu funcionario, seus funcionarios, seu atendente, seus atendentes',
    ),
    insult: slot(
      'idiota*, imbecil*, filho da puta, filhos da puta, filha da puta, fdp, otario*, babaca*, arrombado*, desgracad*, vagabund*, vadia*, burro, burra, burros, lixo humano, cretino*, corno, cuzao*, canalha*, merda, viado*, macaco',
    ),
    curse: slot(
      'vai se foder, vao se foder, vai tomar no cu, va tomar no cu, vai a merda, vai pra merda, cala a boca, vai te foder, filho da puta, filhos da puta, filha da puta',
      'vai morrer, se mata, sei onde voce mora, sei onde voces moram, espero que voce morra, tomara que voce morra, tomara que morram',
      'macaco imundo, preto imundo, viado imundo',
    ),
  },
  {
    will: slot('vado a, verro a, voglio'),
    willYou: slot('ti, vi, io ti, io vi, ti vengo a, vengo e ti'),
    harm: slot(
      'ammazzo, ammazzare, uccido, uccidere, spacco, spaccare, brucio, bruciare, accoltello, accoltellare, sparo, sparare, picchio, spacco la faccia, massacro',
    ),
    people: slot('tutti voi, vostro ufficio, vostri dipendenti, la tua faccia'),
    you: slot(
      'sei, siete, tu sei, voi, brutt*, banda di, razza di, il vostro tecnico, i vostri operatori, il vostro operatore, il vostro corriere',
    ),
    insult: slot(
      'idiota, idioti, imbecill*, stronz*, coglion*, bastard*, puttan*, troia, figlio di puttana, figli di puttana, pezzo di merda, pezzi di merda, cretin*, deficient*, testa di cazzo, teste di cazzo, scemo, scemi, scema, infame, infami, cornuto, frocio, froci',
    ),
    curse: slot(
      'vaffanculo, fanculo, vai a cagare, va a morire ammazzato, andate a fanculo, chiudi quella bocca, figlio di puttana, figli di puttana, bastardi',
      'muori, devi morire, dovete morire, crepa, crepate, so dove abiti, so dove abitate, spero che tu muoia, spero che muoiate',
      'negro di merda, terrone di merda, zingaro di merda, frocio di merda',
    ),
  },
  {
    will: slot('ik ga, ik zal, ik kom, ik wil'),
    willYou: slot(
      'ik ga je, ik ga jullie, ik zal je, ik zal jullie, ik maak je, ik maak jullie, ik schiet je, ik sla je',
    ),
    harm: slot(
      'vermoord*, doden, doodmaken, doodschieten, doodslaan, neersteken, neerschieten, in elkaar, afmaken, af, kapot, in brand',
    ),
    people: slot('je, jou, jullie, kantoor, winkel, medewerkers'),
    you: slot('je bent, jullie, jij, ben je, stelletje, vuile, jullie medewerker*, jullie bezorger*, die medewerker'),
    insult: slot(
      'idioot, idioten, klootzak*, kutwijf, kuthoer, hoer, hoeren, hoerenzoon*, eikel*, lul, lullen, kankerlijer*, kanker bot, tyfuslijer*, mongool, mongolen, debiel*, trut, sukkel*, smeerlap*, achterlijk*, stuk stront, homo, flikker*',
    ),
    curse: slot(
      'rot op, flikker op, val dood, krijg de kanker, krijg de tering, krijg de tyfus, hou je bek, kanker op, fuck jou, fuck jullie, lik mijn reet, hoerenzoon*, kankerlijer*',
      'ga toch dood, ga dood jij, sterf dan, ik weet waar je woont, ik weet waar jullie wonen, ik hoop dat je sterft, ik hoop dat je doodgaat, ik weet je te vinden',
      'kankerneger, kutmarokkaan*, kankerturk, kankerjood, kankerhomo',
    ),
  },
];

/** What the customer says of themselves, or tells that somebody else has said. */
export const OF_ME = slot(
  "i am, i'm, im, myself, feel like, felt like, called, calls, calling, think i, thinks i, not, never, isn't, aren't, don't call, said, name, username, ich bin, ich mich, nicht, nannte, genannt, soy, me llamo, no, suis, ne, pas, sou, nao, sono, mi, non, ben ik, mij, niet, noemde, guinea",
);
/** What is beaten, burnt or shot that is nobody. */
export const NOT_THEM = slot(
  'time, the competition, bug, bugs, weeds, pests, ants, mice, rats, process, server, task, job, deal, engine, battery, power, subscription, price, prices, offer, record, photo, photos, picture, video, film, email, mail, link, message, deadline, zeit, tiempo, temps, tempo, tijd, preis, prix, precio, preco, prezzo, prijs',
);
/** Somebody tells of it, or it is the name or the property of something. */
export const TOLD = slot(
  'wrote, called, said, says, yelled, shouted, told me, theory, movie, film, game, book, song, novel, graffiti, threatened me, threatens, painted, schrieb, sagte, rief, buch, spiel, escribio, dijo, grito, libro, juego, ecrit, dit, livre, jeu, escreveu, disse, livro, jogo, scritto, detto, libro, gioco, schreef, zei, riep, boek, spel',
);
