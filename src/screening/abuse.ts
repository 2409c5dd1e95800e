import { readingsOf } from './readings.ts';
import { either, found, plainWords, type Rule, slot } from './words.ts';

const WILL = slot(
  "i will, i ll, i'll, ill, i m going to, i'm going to, im going to, i am going to, i m gonna, i'm gonna, im gonna, i am gonna, gonna, we will, we'll, we are going to, i swear i, i want to, i should, i am coming to, i'm coming to, someone should, somebody should, i hope someone, i hope somebody, ich werde, ich bring, ich bringe, ich komme, ich will, wir werden, voy a, vamos a, te voy a, os voy a, los voy a, je vais, on va, je te, je vous, vou, vamos, eu vou, vado a, ti, vi, ik ga, ik zal, ik maak, ik kom",
);
const HARM = slot(
  'kill, murder, shoot, stab, strangle, beat, bomb, burn down, blow up, rape, hurt, punch, choke, hang, torture, behead, beat up, hunt down, cut you up, umbring*, dich um, euch um, toten, abstechen, erschiess*, verprugel*, anzund*, niederbrenn*, totschlag*, matar, matarte, mataros, matarlos, quemar, apunalar, disparar, golpear, reventar, partirte, romperte, tuer, buter, crever, frapper, bruler, poignarder, egorger, casser la gueule, matar voce, te matar, quebrar, queimar, esfaquear, atirar, espancar, ammazz*, uccid*, spacc*, brucio, bruciare, accoltell*, sparo, vermoord*, dood, neersteken, neerschiet*, in elkaar, afmaken, kapot',
);
/** The same, with the one whom it is for. */
const HARM_YOU = slot(
  'smash your face, smash your head, break your neck, break your legs, break your bones, slit your throat, cut your throat, blow your head off, beat you up, hunt you down, find you and, put a bullet in, come for you with, partirte la cara, romperte la cara, te casser la gueule, vous casser la gueule, quebrar a sua cara, quebrar tua cara, spaccarti la faccia, spacco la faccia, in elkaar slaan, fresse polieren, fresse einschlagen',
);
const WILL_YOU = slot(
  'te voy a, os voy a, los voy a, las voy a, les voy a, le voy a, te vamos a, je vais te, je vais vous, on va te, on va vous, je te, je vous, vou te, vou vos, vamos te, ti, vi, vado a, ich bring dich, ich bringe dich, ich bring euch, ich bringe euch, ich werde dich, ich werde euch, ich mach dich, ich mache dich, ik ga je, ik ga jullie, ik zal je, ik maak je, ik maak jullie',
);
const HARM_THEM = slot(
  'kill, umbring*, um, abstech*, erschiess*, verprugel*, totschlag*, fertig, kalt, matar, apunalar, golpear, reventar, quemar, partir la cara, romper la cara, degollar, tuer, buter, crever, frapper, poignarder, egorger, casser la gueule, bruler, quebrar, esfaquear, espancar, atirar, ammazz*, uccid*, accoltell*, spacc*, sparo, sparare, vermoord*, dood, neersteken, neerschieten, in elkaar, afmaken, af, kapot',
);
const PEOPLE = slot(
  "you, your, u, ya, y'all, them all, everyone there, everybody there, staff, agents, employees, driver, courier, technician, manager, office, building, store, headquarters, people there, dich, euch, sie alle, ihren, deine, dein, mitarbeiter, fahrer, buro, te, ti, os, ustedes, vosotros, tu, vuestr*, tus, oficina, empleados, a todos, matarte, mataros, apunalarte, partirte, romperte, vous, toi, t, vos, bureau*, employes, voce, voces, seu, sua, escritorio, funcionarios, vi, tutti, ufficio, faccia, testa, je, jullie, jou, kantoor, medewerkers, chauffeur",
);
const THREAT = slot(
  "kill yourself, kys, go kill yourself, hope you die, hope you all die, hope you get cancer, hope you burn, go die, drop dead, you should die, you deserve to die, you all deserve to die, you re dead, you're dead, you are dead meat, i know where you live, i know where you work, we know where you live, find out where you live,  watch your back, your family will suffer, your children will suffer, you will bleed, rot in hell, burn in hell, eat shit and die, your days are numbered, bullet in your head",
  'bring dich um, bringt euch um, verreck*, stirb endlich, geh sterben, ich weiss wo du wohnst, ich weiss wo ihr wohnt, ich finde dich, ich mach dich fertig, ihr sollt verrecken, matate, muerete, ojala te mueras, ojala os murais, ojala se mueran, se donde vives, te voy a encontrar, va mourir, va crever, tu vas crever, vous allez crever, creve, je sais ou tu habites, je vais te retrouver, j espere que tu vas crever, vai morrer, se mata, sei onde voce mora, espero que voce morra, tomara que voce morra, muori, devi morire, crepa, ti ammazzo, vi ammazzo, so dove abiti, ti vengo a prendere, spero che tu muoia, ga dood jij, sterf dan, ik weet waar je woont, ik maak je af, ik hoop dat je sterft, ik weet je te vinden',
);
const SLUR = slot(
  'nigger*, nigga*, you faggot*, are faggot*, fucking faggot*, dirty faggot*, filthy faggot*, tranny, kike, kikes, fucking chink*, dirty chink*, gook, gooks, dirty spic*, fucking spic*, wetback*, paki, pakis, raghead*, towelhead*, sandnigger*, dirty coon*, dyke bitch, retard, retards, neger, kanake, kanaken, schwuchtel*, zigeunerpack, judensau, kummelturke*, sudaca*, maricon*, maricones, negro de mierda, negra de mierda, moro de mierda, panchito*, sale arabe, sale negre, sale noir, sale juif, bougnoule*, negre, pede, tarlouze*, youpin*, viado*, bicha imunda, macaco imundo, preto imundo, sapatao imunda, negro di merda, frocio, froci, ricchione*, terrone di merda, zingaro di merda, kankerneger, kutmarokkaan*, kankerturk, kankerjood, flikker*, kankerhomo, vuile homo',
);
const INSULT = slot(
  'idiot*, moron*, imbecile*, cretin*, asshole*, arsehole*, ass hole, bitch, bitches, cunt*, bastard*, motherfucker*, mother fucker*, fucker*, dickhead*, prick, pricks, scum*, scumbag*, piece of shit, pieces of shit, piece of garbage, piece of trash, shithead*, dipshit*, dumbass*, dumb ass, jackass*, wanker*, twat*, douchebag*, whore*, slut*, slag, pig, pigs, parasite*, vermin, subhuman*, brain dead, braindead, brainless, stupid bot, stupid machine, worthless, fuckwit*, tosser*, bellend*, pathetic loser*, loser, losers, scammer scum, dumb fuck*, stupid fuck*, fucking stupid, fucking useless, fucking dumb, useless idiot*',
  'idiot*, arschloch*, arschlocher, wichser*, hurensohn*, hurensohne, fotze*, schlampe*, missgeburt*, drecksau*, dreckschwein*, penner*, vollidiot*, trottel*, spast*, abschaum, miststuck*, drecksack*, blode kuh, dumme kuh, dumme sau, scheiss bot, scheissbot, idioten',
  'idiota*, imbecil*, gilipollas, cabron*, hijo de puta, hijos de puta, hijueputa*, hija de puta, pendejo*, pendeja*, puta, putas, puto, putos, estupid*, subnormal*, malnacid*, escoria, basura humana, mierda de persona, cretino*, tarado*, inutil de mierda, inutiles de mierda, come mierda, comemierda*',
  'idiot*, imbecile*, connard*, connasse*, con, cons, conne, salope*, salaud*, encule*, fils de pute, pute, putes, abruti*, debile*, ordure*, batard*, cretin*, merdeux, sous merde, tocard*, enfoire*, pourriture*',
  'idiota*, imbecil*, filho da puta, filhos da puta, filha da puta, fdp, otario*, babaca*, arrombado*, desgracad*, vagabund*, vadia*, burro, burra, burros, lixo humano, cretino*, corno, pau no cu, cuzao*, canalha*',
  'idiota, idioti, imbecill*, stronz*, coglion*, bastard*, puttan*, troia, figlio di puttana, figli di puttana, pezzo di merda, pezzi di merda, cretin*, deficient*, testa di cazzo, teste di cazzo, scemo, scemi, scema, merdoso, merde umane, infame, infami, cornuto',
  'idioot, idioten, klootzak*, kutwijf, kuthoer, hoer, hoeren, hoerenzoon, eikel*, lul, lullen, kankerlijer*, kanker bot, tyfuslijer*, mongool, mongolen, debiel*, trut, sukkel*, smeerlap*, achterlijk*, stuk stront, tering*',
);
const YOU = slot(
  "you, you're, youre, you are, u r, ur, your a, y'all, ya, du, ihr, sie sind, bist, seid, euch, eres, sois, son unos, son una, son ustedes, tu, vosotros, ustedes, vous etes, t es, tu es, es un, es une, bande de, espece de, sale, pauvre, voce e, voce, voces, vcs, vc, seu, sua, sei, siete, tu sei, voi, brutt*, je bent, jullie, jij, ben je, stelletje, vuile, maldit*, son todos, sois todos, todos ustedes, banda di, razza di, bando de, cambada de, pack, panda de",
);
const STAFF = slot(
  'your agent*, your driver*, your courier*, your staff, your technician*, your colleague*, your manager, your support team, your employees, your people, that agent, this agent, this bot, ihr mitarbeiter, ihre mitarbeiter, ihr fahrer, eure leute, su empleado, sus empleados, su agente, sus agentes, votre livreur, votre technicien, vos employes, vos agents, seu funcionario, seus funcionarios, seu atendente, seus atendentes, il vostro tecnico, i vostri operatori, il vostro operatore, il vostro corriere, jullie medewerker*, jullie bezorger*, die medewerker',
);
const CURSE = slot(
  'fuck you, fuck u, fuk you, fuck off, fck you, fuck yourself, go fuck, screw you guys, screw you all, screw you and, go to hell you, go to hell all, suck my, suck a dick, eat shit, kiss my ass, shut the fuck up, stfu, fick dich, fickt euch, verpiss dich, verpisst euch, leck mich am arsch, leckt mich am arsch, halt die fresse, halt deine fresse, halts maul, vete a la mierda, vayanse a la mierda, iros a la mierda, que te jodan, que os jodan, jodete, jodanse, chinga tu madre, chinguen a su madre, vete al carajo, me cago en tu madre, me cago en tus muertos, va te faire foutre, allez vous faire foutre, va te faire enculer, ta gueule, nique ta mere, ferme ta gueule, va te faire, vai se foder, vai tomar no cu, vao se foder, vai a merda, foda se voce, cala a boca, va tomar no cu, vaffanculo, fanculo, vai a cagare, va a morire ammazzato, andate a fanculo, chiudi quella bocca, rompicoglioni, rot op, flikker op, val dood, krijg de kanker, krijg de tering, krijg de tyfus, hou je bek, kanker op, fuck jou, fuck jullie, lik mijn reet',
);
/** What the customer says of themselves, or tells that somebody else has said. */
const OF_ME = slot(
  "i am, i m, i'm, im, me, myself, feel like, felt like, called, calls, calling, think i, thinks i, not, never, isn't, aren't, don't call, said, name, username, hours, ich bin, mich, nicht, nannte, genannt, soy, me, me llamo, no, suis, m a, me, ne, pas, sou, me, nao, sono, mi, non, ben ik, mij, me, niet, noemde, movie, film, song, book, piggy, guinea, pig farm, bank",
);
const NOT_THEM = slot(
  'time, the competition, the bug, bugs, weeds, pests, ants, mice, rats, process, server, session, task, job, deal, light, engine, battery, power, subscription, your plan, your offer, your prices, you some, you an, you a, you the, you my, beat your price, beat your offer, beat your record, beat the, the photo, photo, picture, video, film, tv, zeit, tiempo, temps, tempo, tijd, preis, prix, precio',
);

/** Meant for whoever reads, wherever it stands. */
const VOCATIVE = slot(
  'asshole, assholes, arsehole, arseholes, motherfucker*, hurensohn*, arschlocher, hijo de puta, hijos de puta, hija de puta, hijueputa*, fils de pute, bande de cons, filho da puta, filhos da puta, figlio di puttana, figli di puttana, hoerenzoon*, kankerlijer*',
);
/** Somebody tells of it, or it is the name or the property of something. */
const TOLD = slot(
  'wrote, called, said, says, yelled, shouted, told me, theory, movie, film, game, book, song, novel, graffiti, threatened me, threatens, painted, schrieb, sagte, rief, buch, spiel, escribio, dijo, grito, libro, juego, ecrit, dit, livre, jeu, escreveu, disse, livro, jogo, scritto, detto, libro, gioco, schreef, zei, riep, boek, spel, honger, hunger, hambre, fome, fame, faim',
);

const RULES: readonly Rule[] = [
  { name: 'threat', slots: [THREAT], within: 8, unless: TOLD },
  { name: 'threat', slots: [WILL, HARM_YOU], within: 6, ordered: true, unless: TOLD },
  { name: 'threat', slots: [WILL_YOU, HARM_THEM], within: 3, ordered: true, unless: either(OF_ME, TOLD) },
  { name: 'threat', slots: [WILL, PEOPLE, HARM], within: 8, ordered: true, unless: either(NOT_THEM, OF_ME, TOLD) },
  { name: 'threat', slots: [WILL, HARM, PEOPLE], within: 9, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'slur', slots: [SLUR], within: 4 },
  { name: 'curse', slots: [CURSE], within: 5, unless: TOLD },
  { name: 'insult', slots: [VOCATIVE], within: 3, unless: either(OF_ME, TOLD) },
  { name: 'insult', slots: [either(YOU, STAFF), INSULT], within: 5, ordered: true, unless: OF_ME },
  { name: 'insult', slots: [INSULT, YOU], within: 1, ordered: true, unless: OF_ME },
];

const MASKED = /(?<!\p{L})\p{L}{1,20}[*#@•]{1,6}\p{L}{0,20}/gu;
/** What a masked word may stand for. */
const MASKABLE =
  'fuck fucking fucker fuckers fucked shit bitch bitches asshole assholes cunt cunts bastard dick nigger faggot retard whore slut puta puto mierda merde connard salope encule scheisse arschloch fotze wichser cazzo stronzo merda caralho porra klootzak kanker'.split(
    ' ',
  );
const STRETCHED = /(\p{L})\1{2,}/gu;

/** The rules by which a message threatens or abuses whoever answers, or somebody of the company; none where it does not. Swearing at a matter is none. */
export function abuseIn(text: string): string[] {
  const { plain, hidden } = readingsOf(text);
  const whole = [plain, ...hidden].map((one) => one.replace(MASKED, unmasked));
  const readings = whole.flatMap((one) => {
    if (one.search(STRETCHED) < 0) return [one];
    return [one.replace(STRETCHED, '$1'), one.replace(STRETCHED, '$1$1')];
  });
  return [...new Set(readings.flatMap((one) => found(RULES, plainWords(one))))];
}

function unmasked(word: string): string {
  const low = word.toLowerCase();
  const meant = MASKABLE.find(
    (one) => one.length === low.length && [...low].every((letter, at) => /[*#@•]/.test(letter) || letter === one[at]),
  );
  return meant ?? word;
}
