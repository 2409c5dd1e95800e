import type { Language } from './languages.ts';

/**
 * Words that say nothing about a topic: articles, pronouns, prepositions, auxiliaries, question words, courtesy. Lower
 * case, contractions with a straight apostrophe or with none. Ours and short on purpose: the published lists hold words
 * that support is about, such as the Spanish "cuenta" (account).
 */
const LISTS: Record<Exclude<Language, 'und'>, string> = {
  en: `
a about above after again against all also am an and any anyone anything are aren't as at be because been before being
below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
either else ever every few for from further get gets getting give go goes going got had hadn't has hasn't have haven't
having he her here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it it'd it'll its
itself just know let like me might more most much must my myself no nor not now of off on once one only or other ought
our ours ourselves out over own per please really same shall she should shouldn't so some someone something such tell
than that that'll the their theirs them themselves then there there'd these they they'd they'll they're they've thing
things this those through to too under until up upon us very want was wasn't we we'd we'll we're we've were weren't
what what're whatever when where whether which while who whom whose why will with within without won't would wouldn't
yet you you'd you'll you're you've your yours yourself yourselves
arent cant couldnt didnt doesnt dont hadnt hasnt havent id im isnt ive shouldnt thats theyre theyve wasnt werent whats
whos wont wouldnt youd youll youre youve`,
  es: `
a al algo alguien algún alguna algunas alguno algunos ante antes aquel aquella aquellas aquello aquellos aquí así aún
aunque bajo bien cada casi como cómo con conmigo contigo contra cual cuál cuales cuáles cualquier cuando cuándo cuanto
cuánto cuanta cuánta cuantos cuántos cuantas cuántas de debe deben debo del desde donde dónde dos durante e el él ella
ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta está estaba están estar estas estás este
esto estos estoy favor fue fueron ha había haber hace hacer hacia hago han has hasta hay haya he hemos hola igual incluso
ir la las le les lo los más me mi mí mía mías mientras mío míos mis mismo misma mucho mucha muchos muchas muy nada ni
ningún ninguna ninguno no nos nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para pero poco
podemos poder podría podrían por porque pude puede pueden puedes puedo pues que qué quien quién quienes quiere quiero
quisiera sea sean según ser será si sí sido siempre sin sobre sois solo sólo somos son soy su sus suya suyo también
tampoco tan tanto te tendrá tenemos tener tengo ti tiene tienen tienes toda todas todo todos tu tú tus un una unas uno
unos usted ustedes va vamos van voy vuestra vuestro y ya yo`,
  de: `
aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus bei beim bereits bin
bis bist bitte da dabei dafür damit dann daran darauf darf darüber das dass daß davon dazu dein deine deinem deinen deiner
dem den denen denn der deren des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch
dürfen ein eine einem einen einer eines einige er es etwa etwas euch euer eure für gegen gehabt geht gerne gern gewesen
gibt hab habe haben hallo hat hatte hatten hätte hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in
innerhalb ins ist ja jede jedem jeden jeder jedes jetzt kann kannst kein keine keinem keinen keiner können könnte könnten
könnt lassen mal man mein meine meinem meinen meiner meines mich mir mit möchte möchten muss müssen musste nach nein nicht
nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so sobald sofern
soll sollen sollte sollten sondern sonst sowie über um und uns unser unsere unserem unseren unserer unter viel viele vom
von vor wann war waren warum was weil weiter welche welchem welchen welcher welches wem wen wenn wer werde werden wie
wieder will wir wird wo woher wohin wollen wurde wurden würde würden zu zum zur zwischen`,
  fr: `
à afin ai aie ainsi alors après as au aucun aucune aujourd'hui auquel aura aurait aussi autre autres aux avais avait avant
avec avez avoir avons ayant beaucoup bien bonjour ça car ce ceci cela celle celles celui cependant ces cet cette ceux chaque
chez comme comment combien contre d dans de déjà depuis des dès dois doit doivent donc dont du elle elles en encore entre es
est et étaient était étant été êtes être eu eux fait faire faut fois font hors ici il ils j je jusqu jusque l la là le
lequel les leur leurs lors lorsque lui m ma mais me même mêmes merci mes mien moi moins mon n ne ni nos notre nous on ont ou
où par parce pas pendant peu peut peuvent peux plaît plus plusieurs pour pourquoi pourrait pourriez puis puisque qu quand
quel quelle quelles quelqu quelque quelques quels qui quoi s sa sans se sera serai serait ses si sien soit sommes son sont
sous souhaite suis sur svp t ta te tes toi ton tous tout toute toutes très trop tu un une unes uns vais vers veuillez veut
veux voici voilà vont vos votre vous voudrais y`,
  pt: `
a à ainda algo alguém algum alguma algumas alguns além ante antes ao aos apenas após aquela aquelas aquele aqueles aquilo
as às assim até bem cada com como contra cuja cujo da das de dela delas dele deles depois desde dessa desse desta deste devem
devo deve disso do dos e é ela elas ele eles em enquanto então entre era eram és essa essas esse esses esta está estamos estão
estar estas estava este estes estou eu fazer faz faço favor foi foram fosse gostaria há isso isto já la lhe lhes lo logo mais
mas me mesma mesmo meu meus mim minha minhas muita muitas muito muitos na nada não nas nem nenhum nenhuma nessa nesse nesta
neste ninguém no nos nós nossa nossas nosso nossos num numa o obrigada obrigado olá onde os ou outra outras outro outros para
pela pelas pelo pelos pode podem podemos poder poderia por porém porque porquê posso pouco pra qual quais qualquer quando
quanta quantas quanto quantos que quê quem quer quero são se seja sem sempre sendo ser será seu seus si sim sob sobre sou sua
suas também tampouco tão te tem têm temos tenho ter teu teus ti tinha toda todas todo todos tu tua tudo um uma umas uns vai
vamos você vocês vos vou`,
  it: `
a abbiamo ad agli ai al alcun alcuna alcune alcuni alla alle allo allora altra altre altri altro anche ancora anzi aver avere
avete aveva avevo avrei c che chi ci ciao ciò coi col come con contro cosa così cui d da dagli dai dal dalla dalle dallo degli
dei del dell della delle dello dentro deve devo devono di dopo dove dunque e è ed era erano essere ecco fa fare faccio fino fra
già gli grazie ha hai hanno ho i il in io l la là le lei li lo loro lui ma mai me meno mentre mi mia mie miei mio molta molte
molti molto ne né negli nei nel nell nella nelle nello nessun nessuna nessuno niente no noi non nostra nostre nostri nostro nulla
o od ogni ognuno oltre oppure ora per perché però piacere più po poco poi possiamo posso possono potrebbe potrei può qua qual
quale quali qualche qualcosa quando quanta quante quanti quanto quella quelle quelli quello questa queste questi questo qui
quindi s salve sarà sarebbe se sei sempre senza si sì sia siamo siete solo sono sopra sotto sta stato stata sto su sua sue sugli
sui sul sulla sulle sullo suo suoi tra tu tua tue tuo tuoi tutta tutte tutti tutto un una uno vi via voglio voi vorrei vostra
vostre vostri vostro`,
  nl: `
aan achter al alle alleen alles als altijd ander andere anders bij behalve ben bent beide binnen boven buiten daar daarom dag
dan dat de deze die dit doe doen doet door dus dien een één eens en enkele er even ga gaan gaat geen geweest graag had hadden
hallo heb hebben hebt heeft heel hem hen het hier hij hoe hoeveel hun ieder iedere iemand iets ik in is ja je jij jou jouw
jullie kan kon kunnen kunt later maar mag me meer men met mij mijn moet moeten mogelijk mogen na naar nee niemand niet niets nog
nooit nu of om omdat onder ons onze ook op over per s sinds sommige staat steeds t te tegen tijdens toch toe tot tussen u uit uw
van vanaf veel via voor vooral waar waarom waarop wanneer want waren was wat we weer wel welk welke werd werden wie wij wil
willen wilt worden wordt zal ze zelf zich zij zijn zo zoals zonder zou zouden zullen`,
};

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

const SETS: Record<Language, ReadonlySet<string>> = {
  en: setOf(LISTS.en),
  es: setOf(LISTS.es),
  de: setOf(LISTS.de),
  fr: setOf(LISTS.fr),
  pt: setOf(LISTS.pt),
  it: setOf(LISTS.it),
  nl: setOf(LISTS.nl),
  und: new Set(),
};

/** The English ones. */
export const STOP_WORDS: ReadonlySet<string> = SETS.en;

const OF_ANY: ReadonlySet<string> = new Set(Object.values(SETS).flatMap((words) => [...words]));

/** Whether a word, in lower case, is a function word of any of the languages. */
export function isStopWord(word: string): boolean {
  return OF_ANY.has(word);
}

export function stopWordsOf(language: Language): ReadonlySet<string> {
  return SETS[language];
}
