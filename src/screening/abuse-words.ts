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

/** What says it together, in one sentence, of whatever language its words are. */
export const ABUSE_TOGETHER: readonly (readonly [name: string, ...slots: Slot[]])[] = [
  [
    'threat',
    slot(
      "i'll, i will, i'm going to, i am going to, im going to, im gonna, i'm gonna, gonna, we will, we'll, someone should, somebody should, someone ought to, somebody ought to, i swear, i want to, next time, if i ever, you deserve, they deserve, should be, ought to be, deserve to be",
    ),
    slot(
      'kill, murder, shoot, shot, stab, strangle, hanged, gassed, put down, torch, burn down, burn, blow up, set fire, bomb, throw acid, acid in, push, throw, break, smash, punch, rip, rape, beat, hunt, slap, choke, cut, carve',
    ),
    slot(
      'your face, your legs, your teeth, your head, your jaw, your skull, your throat, your house, your office, your offices, your building, your branch, your shop, your store, your warehouse, your headquarters, your place, your driver*, your manager*, your boss*, your technician*, your agent*, your inspector*, your family, your kids, your children, your wife, the driver, the inspector, the manager, the technician, the agent, the courier, the bailiff, that driver, that inspector, that manager, that technician, that agent, that courier, that woman, that man, her face, his face, her head, his head, his legs, her legs, his teeth, his skull, them all, whoever answers, the whole place, with all of you',
    ),
  ],
  [
    'threat',
    slot("i'll, i will, i'm going to, im going to, i'm gonna, gonna, someone should, somebody should, next time"),
    slot(
      'kill, murder, shoot, stab, strangle, hunt, beat up, beat, run, punch, set the dogs on, break his, break her, knock your teeth, run you',
    ),
    slot('him, her, them, legs, teeth, over, neck, jaw'),
  ],
  [
    'stalking',
    slot(
      'i know where, we know where, i found out where, find out where, i will find out where, ich weiss wo, weiss wo, wissen wo, finde raus wo, je sais ou, on sait ou, se donde, ya se donde, so dove, sappiamo dove, sei onde, eu sei onde, ik weet waar, wiem gdzie, wiemy gdzie',
    ),
    slot(
      'you live, you work, your family, your kids, your children, her kids, his kids, her children, his children, your driver lives, your manager lives, she lives, he lives, she works, he works, you park, parks, you sleep, her house, your house, du wohnst, ihr wohnt, du arbeitest, deine kinder, tu habites, vous habitez, tu travailles, tes enfants, vos enfants, vives, vivis, trabajas, tus hijos, viven, abiti, lavori, tuoi figli, abitate, voce mora, voce trabalha, seus filhos, voces moram, je woont, je werkt, je kinderen, jullie wonen, mieszkasz, pracujesz, twoje dzieci',
    ),
  ],
  [
    'stalking',
    slot("i'll, i will, i'm going to, i'm gonna, we will, we'll, i am, i'm"),
    slot(
      'wait for, waiting for, wait outside, waiting outside, be waiting, find you, track you down, hunt you, follow you, follow her, follow him, get you, come for you, coming for you, come over there, pay you a visit',
    ),
    slot(
      "with a bat, with my bat, with a knife, with a gun, with a baseball, after work, after your shift, you'll see, you'll be sorry, will be sorry, be sorry, hurt, beat, in the dark, you'll regret, make you pay, won't like it, and then you",
    ),
  ],
  [
    'menace',
    slot(
      "you'll, you will, you are going to, you're going to, he will, he'll, she will, she'll, they will, your driver will, your manager will, you won't, he won't, she won't",
    ),
    slot(
      'never walk again, not walk again, walk again, live to regret, wish you were dead, wish you were never born, pay with your life, pay with blood, pay with your blood, get home alive, leave alive, see tomorrow, see the morning, beg for mercy, begging for mercy, end up in a ditch, end up in hospital, end up in a hospital, end up in a coffin, regret this for the rest, regret ever being born, regret being born, regret the day you were born, bleed, die screaming, sleep with the fishes, be dead soon',
    ),
  ],
  [
    'illness',
    slot(
      'i hope, hope, i wish, may, hoffe, hoffentlich, wunsche, espere que, j espere, je souhaite, ojala, espero que, spero, ti auguro, vi auguro, tomara, hoop, hopelijk, mam nadzieje, zycze, obys, obyscie',
    ),
    slot(
      'you, u, your mother, your mom, your family, your kids, your children, your house, everyone there, dir, du, ihr, deine, dich, euch, tu, vous, tes, toi, te, tus, os, ustedes, se mueran, ti, vi, voi, tuoi, voce, voces, seus, je, jullie, ci, wam, dostaniesz, zdechl, zdechniesz, zdechli, twoje, dostal, umrzesz',
    ),
    slot(
      'cancer, tumor, tumour, aids, covid and die, die, dies, burn alive, burn in, rot, choke on, hit by a, crash and, suffer, krebs, verreck*, stirbst, sterbt, sterben, uberfahren, creves, crever, creviez, meure, meures, mourir, mueras, mueran, muera, atropelle, muoia, muoiate, muoiano, muori, cancro, morra, morram, atropele, cancer*, kanker, doodga*, sterf*, raka, zdechl, zdechniesz, zdechli, umrzesz, umra',
    ),
  ],
  [
    'lewd',
    slot(
      'send me, show me, let me see, let me, i want to, i wanna, want to see, wanna see, i would like to, i bet you, you have, i d love to, i imagine, suck, lick, touch, zeig mir, schick mir, ich will, lass mich, envoie moi, montre moi, je veux, j ai envie, mandame, enseñame, quiero, te quiero, mandami, fammi vedere, voglio, ti voglio, manda, me mostra, quero, queria, stuur, laat me, ik wil, pokaz, wyslij, chce, chcialbym',
    ),
    slot(
      'nudes, a nude, your tits, your boobs, your breasts, your ass, your pussy, you naked, naked pic*, naked photo*, my dick, my cock, my balls, fuck you, nice tits, great tits, nice ass, sleep with you, sex with you, touch you, lick you, deine titten, nacktfoto*, dich nackt, dich ficken, tes seins, ton cul, te baiser, te voir nue, photo nue, las tetas, tus tetas, el culo, follarte, verte desnuda, foto desnuda, fotos desnuda, le tette, le tue tette, il culo, scoparti, vederti nuda, foto nuda, nudes, os peitos, seus peitos, a bunda, sua bunda, te comer, te ver pelada, foto pelada, je tieten, je kont, naaktfoto, je neuken, je naakt, cycki, dupe, cie przeleciec, cie zerznac, cie nago, nagie zdjecie',
    ),
  ],
  [
    'contempt',
    slot(
      "you are, you're, youre, u r, you people, you all, all of you, your staff, your people, your kind, your race, bunch of, pack of, people like you, ihr seid, du bist, leute wie du, vous etes, tu es, les gens comme toi, sois, eres, son ustedes, ustedes son, siete, sei, voces sao, voce e, jullie zijn, je bent, jestes, jestescie",
    ),
    slot(
      'vermin, cockroach*, subhuman*, sub human*, filthy animal*, dirty animal*, monkeys, apes, inbred, human garbage, human trash, human waste, waste of oxygen, waste of space, waste of skin, filth, ungeziefer, untermensch*, affen, hirnlose*, stuck dreck, stuck scheisse, cafards, vermine, singes, sous hommes, cucarachas, gentuza, simios, subhumanos, scarafaggi, scimmie, feccia, ratos imundos, baratas, lixo humano, ongedierte, apen, tuig, robactwem, malpami, bydlem, smieciami, debil*, idiota, idiotami, kretyn*, kurw*, szmat*, chuj*, skurwysyn*, gnoj*',
    ),
  ],
  [
    'hate',
    slot(
      'go back to, get back to, crawl back to, send you back, zuruck in dein, zuruck in euer, zuruck nach, zuruck in den, retourne dans, rentre dans, retourne en, vuelve a, vete a, regresa a, torna al, tornatene, torna in, volta pro, volta pra, volte para, ga terug naar, rot op naar, wracaj do, wypad do',
    ),
    slot(
      'you animal, you filth, monkey, you monkey, jungle, cave, your country, you people, dein land, urwald, affe, kanake, ton pays, sale, singe, jungle, tu pais, sudaca, selva, mono, tuo paese, negro, scimmia, giungla, seu pais, macaco, eigen land, aap, swojego kraju, brudasie, dzungli',
    ),
  ],
  [
    'threat',
    slot(
      'your driver, your courier, your technician, the driver, the courier, the technician, next driver, next courier, euer fahrer, eurem fahrer, dem fahrer, dem techniker, ton livreur, votre livreur, le technicien, le livreur, repartidor, el tecnico, corriere, il tecnico, motorista, entregador, o tecnico, bezorger, de monteur, kurier, technik',
    ),
    slot(
      'in an ambulance, hammer, machete, crowbar, schlager, spaten, messer, schadel, sur un brancard, les pieds devant, a coups de, la tete, abro la cabeza, parto la cara, balazo, sprangate, accoltello, spacco, leva um tiro, sai de maca, facada, met de ambulance, mes in zijn rug, na noszach, nozem w plecach, behind my truck, lose some teeth',
    ),
  ],
  [
    'threat',
    slot(
      "i'm coming, i am coming, i come, j arrive, je viens, je debarque, ich komm, ich komme, voy a ir, voy con, vengo in, vengo con, vou ai, ik kom langs, przyjade do",
    ),
    slot(
      'petrol, a lighter, a bat, a knife, a gun, a hammer, couteau, barre de fer, essence, une batte, gasolina, bate, navaja, benzina, una mazza, coltello, um taco, uma faca, benzine, honkbalknuppel, een hamer, benzyna, kijem, nozem, messer, hammer, benzin',
    ),
  ],
  [
    'threat',
    slot(
      'your kids, your children, your daughter, your family, vos enfants, tes enfants, tus hijos, i tuoi figli, teus filhos, seus filhos, je kinderen, twoje dzieci, deine kinder, ta famille, tu familia, tua famiglia, tua familia, je hele familie, twoja rodzina',
    ),
    slot(
      'will pay for, vont payer, lo van a pagar, la pagheranno, vao pagar, ervoor boeten, zaplaca, bezahlen dafur, brule en enfer, en el infierno, marcisca, apodreca, wegrotten, zgnije, bussen, get run over, gets run over',
    ),
  ],
  [
    'threat',
    slot('bomb, bombe, bomba, morgen, demain, manana, domani, amanha, jutro, tomorrow'),
    slot(
      'in your lobby, in your office, in your branch, brennt eure, votre bureau saute, vuela vuestra, salta in aria, vai pelos ares, jullie kantoor de lucht, wasze biuro wyleci, fliegt eure, brennt euer',
    ),
  ],
  [
    'threat',
    slot("i will, i'll, i'm going to, one of these days, somebody is going to, you won't, when i"),
    slot(
      'make you bleed, break every finger, every finger you have, follow you home, put you in the ground, skin you, drag him behind, drag you behind, cut you, gonna die when i, at night',
    ),
  ],
  [
    'contempt',
    slot(
      "i don't talk to, i do not talk to, i won't talk to, rede ich nicht, je parle pas aux, je ne parle pas aux, no hablo con, non parlo con, nao falo com, ik praat niet met, nie gadam z",
    ),
    slot(
      'blacks, foreigners, arabs, jews, women, a white person, auslander*, arabes, un blanc, noirs, negros, un blanco, negri, un bianco, preto, um branco, buitenlanders, een blanke, czarnymi, bialego',
    ),
  ],
  [
    'contempt',
    slot('women, woman, frauen, les femmes, las mujeres, le donne, mulher, mulheres, vrouwen, baby'),
    slot(
      'too stupid for, back to your stove, an den herd, a la cuisine, a fregar, in cucina, na cozinha, achter het aanrecht, do garow',
    ),
  ],
  [
    'lewd',
    slot(
      'come to my hotel, on your knees, bend you over, are you wet, in my pants, durchnehmen, te prendre sur, te daria lo tuyo, ti sbatterei, te comer em cima, over dat bureau, what are you wearing',
    ),
    slot('show you, sweetheart, desk, when you, send, tits, gern, bureau, mesa, scrivania, buigen, want'),
  ],
  [
    'threat',
    slot(
      "ich schlag, ich schlage, ich brech, ich breche, je vais, le voy a, te voy a, ti spezzo, ti rompo, vou quebrar, vou partir, ik sla, ik breek, polamie, wybije, i'll bring, i will bring, i'll knock",
    ),
    slot(
      'die zahne, die knochen, die nase, dir die, casser les, les dents, les dents, una paliza, los dientes, le gambe, i denti, os dentes, de hersens, tanden, benen, nogi, zeby, a shotgun, a gun, a bat, a knife',
    ),
  ],
  [
    'threat',
    slot(
      'der monteur, der fahrer, der techniker, your delivery, delivery boy, your driver, your courier, le livreur, el repartidor, il corriere, o entregador, de bezorger, kurier',
    ),
    slot(
      'eine kugel, under my tyres, under my wheels, in a coffin, in a ditch, une balle, un balazo, una pallottola, uma bala, een kogel, kulke',
    ),
  ],
  [
    'curse',
    slot('creve, crepier, verreck, stirb, muerete, crepa, morre, sterf, zdechnij'),
    slot('rat, ratte, rata, verme, verm, hund, du, sale, szczurze, ratto, vermin, worm'),
  ],
];

/** What is abuse wherever it stands. Polish, and what is spelt to slip through. */
export const ABUSE_ALONE = slot(
  'get cancer, ur dead, rope yourself, choke to death, swallow a bullet, a maggot, waste of oxygen, sous hommes, nullita, rifiuto umano, frocio schifoso, viado nojento, vieze flikker, pedale obrzydliwy, useless bitch, trash of a human, despise you, subnormales, atrasados mentais, banda debili',
  'fuck you, fck u, fck you, fuck u, fuk u, fuk you, fvck you, fvck u, phuck you, fuq you, fuq u, gfy, go fck, foad, fkn idiot, fckn idiot, fckin idiot, b1tch, biatch, azzhole, spierdalaj, spierdalajcie, wypierdalaj, wypierdalajcie, pierdol sie, pierdolcie sie, jeb sie, zamknij ryj, zamknij morde, zamknij sie, skurwysyn*, skurwiel*, kurwo, szmato, suko, chuju, debilu, debile, idioto, idioci, kretynie, cwelu, pizdo, zabije cie, zabije was, zajebie cie, zajebie was, zastrzele cie, zastrzele was, spale wam, spale wasze, spale was, podpale was, podpale wam, podpale wasze, wysadze was, wysadze wasz*, potne cie, polamie ci, dorwe cie, znajde cie, znajde was, pozalujesz, pozalujecie, dirty jew*, filthy jew*, dirty arab*, filthy arab*, stinking indian*, dirty mexican*, dirty gyps*, filthy muslim*, filthy immigrant*, filthy foreigner*, stupid paki, paki bastard, ching chong, back to the kitchen, belong in the kitchen, in the kitchen where you, blow job, blowjob, suck my, lick my balls, sit on my face, your mother your mom your mother should have, you better watch your, watch your back, sleep with one eye open, look over your shoulder, dead man walking, is a dead man, are a dead man, be a shame if something happened, would be a shame if anything, sale arabe, sale juif, sale noir, dreckiger jude, drecksjude*, cochino judio, sporco negro, sporco ebreo, preto de merda, vuile jood, vuile neger, brudny zyd*, ciapaty, ciapaci, brudasie',
  "people like you should be, you should be gassed, you should be shot, should be hanged, us all a favour and die, us all a favor and die, us a favour and die, us a favor and die, favour and jump, favor and jump, jump under a train, jump off a bridge, jump off a cliff, drink bleach you, better if you were dead, better without you do it, i'd like to touch you, touching my dick, touching myself while, rubbing my, jerking off, jerk off to, masturbat*, stupid cunt*, worthless cunt*, dumb cunt*, fat cunt*, you cunt*, you rat, you bitch, you whore, you pig, you animals, with my fists, which bus they take, going to pay with, one night with you, under that sexy, hey sexy, hi sexy, sexy voice, dumb blonde, slit your, cut your throat, skin you alive, gut you, curb stomp, smash your, cave your, beat your ass, kick your ass, kick your teeth, beat the shit out, beat the crap out, bash your, bash his, bash her",
  'gnade dir gott, kenne dein auto, lauere dir, lauere deinem, lauern dir, saure ins gesicht, komme mit dem messer, komme mit einem messer, mit dem baseballschlager, ihr seid tiere, dummes schwein, dumme schweine, leck mich, deine fresse, deine knochen, dir die knochen, dir die beine, dir den hals, dir den schadel, die kehle auf, mach dich platt, mach dich kalt, stech dich ab, steche dich ab, knall dich ab, knall euch ab, abknallen, abfackeln, fackel euch, fackle euch, zunde euch, zunde dein, verrecken sollst, sollst verrecken, geh kacken, dreckstuck, drecksvolk, drecksauslander, scheiss auslander, scheissauslander, krebs bekommst, krebs kriegst, kriegst krebs, krebs an den hals',
  'te jeter sous, payer de ta vie, payer de votre vie, grosse vache, grosse truie, sale bot, sale pute, sale conne, sale con, te sauter, te violer, te peter la, te defoncer, vous defoncer, te crever, te buter, vous buter, te planter, mettre le feu a vos, mettre le feu a ton, bruler vos bureaux, bruler votre, bruler ta maison, t attraper un cancer, cancer a tes, que tu creves, creve charogne, sous merde, gros porc, fils de chien, ntm, tg connard',
  'pegarte un tiro, meterte un tiro, meteros un tiro, te voy a buscar, buscarte y, en el hospital os, acordar de mi en, te voy a rajar, rajar a, acido en la cara, son escoria, sois animales, sois escoria, callate la boca, callate puta, chuparte, tirarme a tu, partirte las piernas, romperte las piernas, romperte los dientes, te voy a partir, te voy a romper, os voy a partir, quemar vuestra, quemar su oficina, quemar tu casa, te arranco la, te reviento, os reviento, se van a arrepentir con, perra asquerosa, zorra asquerosa, indio de mierda, puto moro, puta perra, maldita perra, malparido*, hdp, hijo de perra, que te de cancer, que te de un cancer',
  'prendere sotto casa, aspetto sotto casa, ti aspetto fuori, ti vengo a cercare, ti vengo a prendere, siete animali, scoparti, ti voglio scopare, ti spacco, vi spacco, ti rompo, ti ammazzo, vi ammazzo, ti sparo, vi sparo, ti brucio, vi brucio, ti accoltello, ti sfregio, venga un cancro, ti venga un, vi venga un, brutta troia, brutto negro, vecchia troia, pezzente di merda, te ne pentirai, bastardo di merda, figlio di cane, crepa bastardo',
  'te esperar na saida, acido na sua cara, acido na tua cara, pagar com sangue, pagar com a vida, e um bosta, seu bosta, vaca gorda, te quebrar, quebrar suas pernas, quebrar tuas pernas, quebrar sua cara, te arrebentar, arrebentar sua, te matar, matar voce, matar voces, matar todos voces, te dar um tiro, te estuprar, peguem cancer, pegue cancer, tenha cancer, tenham cancer, seu merda, sua puta, sua vagabunda, seu macaco, seu viado, te vai se fuder, vsf, vtnc, pau no cu',
  'je kop in, zuur in je, met bloed betalen, je neuken, laat je kont, naaktfoto van je, sla je kop, sla je tanden, breek je benen, breek je nek, benen breken, snij je keel, schiet je neer, steek je neer, steek je kantoor, jullie kantoor in brand, je huis in brand, maak je af, maak jullie af, maak je dood, vermoord je, vermoord jullie, wacht je op na, wacht je buiten, kankerhond, kankerwijf, kankerhoer, tyfushoer, teringlijer, vieze turk, vieze hoer, vuile hoer, vuile hond, dikke koe, je krijgt er spijt van ik',
  'kierowce i zabije, i zabije, zajebie*, spale twoj, spale wasz*, twoj dom i, glupia krowo, glupia krowa, glupia suko, glupi chuju, ty chuju, ty kurwo, ty szmato, ty smieciu, ty gnoju, wy chuje, wy kurwy, jestes nikim, jestes zerem, zdychaj, zdychajcie, zdechnij, idz sie zabij, zabij sie, rozjebie, rozwale ci, rozwale wam, skrece ci kark, poderzne ci, obije ci, obije morde, wpierdol, nogi z dupy, czekam pod praca, wiem gdzie mieszkasz, wiem gdzie pracujesz',
);

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
  'some asshole, some arsehole, some motherfucker*, some idiot, some bastard, an asshole, an arsehole, un connard a, un con a, un abruti a, hijo de puta se, hijo de puta me, filho da puta levou, filho da puta roubou, filho da puta riscou, algun, traite de, mask, masks, stole, stolen, scratched, parked, was racist, wrote, called, said, says, yelled, shouted, told me, theory, movie, film, game, book, song, novel, graffiti, threatened me, threatens, painted, schrieb, sagte, rief, buch, spiel, escribio, dijo, grito, libro, juego, ecrit, dit, livre, jeu, escreveu, disse, livro, jogo, scritto, detto, libro, gioco, schreef, zei, riep, boek, spel',
);
