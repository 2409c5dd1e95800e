import { type Slot, slot } from './words.ts';

/** Phrases that say it alone, besides those of `self-harm.ts`. */
export const ALONE = slot(
  "gun to my head, pistol to my head, die by my own choice, go by my own choice, leave by my own choice, jump off a building, jump off the building, jump off the roof, jump off a roof, jump off a bridge, jump off the bridge, jump off my balcony, won't be alive, i'll be dead, cutting my arms again, ending it all, end it all, ending everything for good, ending things for good, end my own life, ending my own life, end this life, do away with myself, done with life, done living, over living, sick of living, finished with life, tired of life, lost the will to live, no will to live, will to live, reason to stay alive, reason to keep living, reason to go on living, reason to be alive, nobody would miss me, no one would miss me, nobody will miss me, no one will miss me, won't miss me, would not miss me, nobody would notice if i died, nobody would notice if i was gone, nobody would care if i died, care if i died, notice if i died, better without me, happier without me, burden to everyone, burden to everybody, burden on everyone, stop existing, cease to exist, not exist anymore, not be alive, not be here anymore, leave this world, leaving this world, leave this life, leaving this life, by my own hand, goodbye letter*, farewell letter*, goodbye note, last person i talk, last person i'll talk, last person i will, last person i speak, last person i'll ever, last person i will ever, way to die, way to kill myself, way to end my life, death is the only, dying is the only, way out is death, way out is to die, way out but death, rather be dead, self harm*, selfharm*, i deserve to die, i should die, i should be dead, should just die, off myself, top myself, make it stop forever, sleep forever, never wake, hate being alive",
  'schluss machen mit allem, mit allem schluss, allem ein ende setzen, meinem leben ein ende, nie wieder aufwachen, nie mehr aufwachen, wurde mich vermissen, wird mich vermissen, keinen grund mehr zu leben, keinen grund zu leben, grund weiterzuleben, keinen ausweg als, keinen anderen ausweg, mich erschiessen, mich aufhangen, mich erhange, hange mich auf, bring ich mich um, bringe ich mich um, mich selbst verletz*, verletze mich selbst, schneide mir, ritze mir, pulsadern, abschiedsbrief*, nicht mehr existieren, ware tot, ware gern tot, nie geboren, an selbstmord, an suizid, selbstmord denke, das leben nehme*, mein leben nehmen, letzte mensch mit dem ich, nicht mehr am leben sein, vom dach springen, aus dem fenster springen, vor die bahn, leben nicht mehr aus, leben nicht mehr ertrage*, ertrage das leben, sich umbringen, sich das leben nehmen',
  'acabar con todo, terminar con todo, poner fin a mi vida, poner fin a todo, quitarme de en medio, dejar de existir, no despertar, nunca despertar, no volver a despertar, echaria de menos si muero, me echaria de menos, me va a extranar, me extranaria, mejor sin mi, mejor si yo muriera, si me muero, otra salida que la muerte, razon para vivir, razones para vivir, motivo para vivir, tirarme por, tirarme al, tirarme del, tirarme a las, lanzarme al, pegarme un tiro, me tiro por, lastimarme, autolesion*, carta de despedida, cartas de despedida, ultima persona con la que hablo, no haber nacido, seguir viviendo, me quitare la vida, quitarse la vida, me mato, pienso en la muerte, el suicidio pienso',
  'en finir pour de bon, envie d en finir, vais en finir, veux en finir, voudrais en finir, supporter de vivre, supporte plus de vivre, supporte plus la vie, fatigue de vivre, fatiguee de vivre, jamais me reveiller, jamais me reveiller, plus me reveiller, ne plus exister, disparaitre pour toujours, disparaitre a jamais, me regretterait, me regrettera, mieux si j etais mort*, raison de vivre, issue que la mort, me jeter sous, me jeter par, me jeter dans, me jeter du, me tirer une balle, me foutre en l air, me supprimer, me couper les, me coupe les, me taillader, me taillade, me scarifie, me fais du mal, lettre d adieu, lettres d adieu, derniere personne a qui je, plus de ce monde, oter la vie, m oter la vie, me tue ce, je me tue, pense au suicide, penser au suicide, etre morte',
  'farla finita con la vita, farla finita per sempre, voglio farla finita, la faccio finita, mi faccio fuori, farmi fuori, togliermi di mezzo, svegliarmi piu, non svegliarmi, mai piu svegliarmi, mancanza se morissi, sentirebbe la mia mancanza, meglio se fossi mort*, ragione per vivere, motivo per vivere, motivi per vivere, buttarmi dalla, buttarmi giu, buttarmi sotto, spararmi, mi taglio le, mi faccio del male, autolesionis*, lettera d addio, lettere d addio, ultima persona con cui parlo, sparire per sempre, stanco della vita, stanca della vita, togliersi la vita, penso al suicidio, fine alla mia vita',
  'acabar com tudo, dar fim a minha vida, fim a tudo, nunca mais acordar, nao acordar mais, deixar de existir, sentiria a minha falta, sentiria minha falta, sentir minha falta se eu, melhor sem mim, melhor se eu morresse, razao para viver, motivo para viver, saida senao a morte, me jogar da, me jogar do, me jogar na frente, atirar me da, atirar me do, cortar os pulsos, cortar meus pulsos, tiro na cabeca, me corto, me cortando, me mutil*, automutila*, carta de despedida, cartas de despedida, ultima pessoa com quem, nunca ter nascido, cansei de viver, suporto mais viver, aguento mais viver, tirar a propria vida, sumir deste mundo, penso em suicidio, pensando em suicidio',
  'zelfmoord*, zelfdoding, een eind aan mijn leven, eind aan maken, einde aan maken, eind aan te maken, maak er een eind aan, nooit meer wakker, zou me missen, zal me missen, beter af als ik dood, reden om te leven, andere uitweg dan, mezelf ophangen, mezelf van kant, mezelf iets aan, snijd mezelf, snij mezelf, verwond mezelf, mezelf verwond*, mezelf snij*, polsen doorsnij*, afscheidsbrief, afscheidsbrieven, laatste met wie ik, niet meer bestaan, was ik dood, uit het leven stappen, van het dak springen, onder de trein, nooit geboren',
  'sie zabic, zabic sie, zabije sie, sie zabije, skonczyc ze soba, ze soba skonczyc, skoncze ze soba, odebrac sobie zycie, odbiore sobie zycie, samobojstw*, mysli samobojcze, nie chce zyc, nie chce juz zyc, nie chce mi sie zyc, nie chce dluzej zyc, nie mam po co zyc, nie mam sily zyc, chce umrzec, chcialbym umrzec, chcialabym umrzec, wolalbym nie zyc, wole umrzec, nie obudzic, sie nie obudzic, juz sie nie obudzic, za mna nie tesknil, lepiej beze mnie, sensu zycia, powodu zeby zyc, wyjscia niz smierc, powiesic sie, powiesze sie, rzucic sie pod, rzuce sie pod, skoczyc z mostu, skocze z mostu, podciac sobie zyly, podetne sobie zyly, tne sie, okaleczam sie, robie sobie krzywde, list pozegnalny, listy pozegnalne, zniknac na zawsze, konczyc z zyciem, skonczyc z zyciem',
  "end it tonight, end things tonight, end it today, end it now, end it once and for all, going to end it, gonna end it, be all over for me, dying would be, death would be, dying is all i, death is all i, solution is death, solution is to die, sooner die, rather not be alive, rather never been born, was never born, in this world any more, in this world anymore, soul would miss me, anyone would miss me, anybody would miss me, would even miss me, would cry for me, not one reason to, reason to be here, point in being alive, point of being alive, point in staying alive, point of living, point in going on living, sense in living, my life is over, life has no meaning, life is meaningless, life is pointless, any wish to live, my own death, tells me to die, tell me to die, tells me to kill, painless way, least painful, how to kill myself, bleed to death, carbon monoxide in, gun to my, gun in my mouth, blade on my, on my wrist, at my wrist, cut my wrist*, cutting my arm*, cutting again, punish myself, punishing myself, starve myself, starving myself, don't deserve to live, do not deserve to live, not deserve to live, letters to my kids, letters to my children, written my goodbye*, wrote my goodbye*, said my goodbye*, last chat of my life, will be too late for me, won't suffer any more, tell my family i love them, tell my kids i love them, tell my mother i love her, when i end my life, if i end my life, if i kill myself, when i'm dead and, tried to kill herself, tried to kill himself, tried to kill myself, attempted suicide, suicide attempt, tried to end my life, pushing me to suicide, driving me to suicide, drove me to suicide, push me to suicide, sewerslide, sewer slide, commit sewer*, life hurts too much, hurts to be alive, can't bear to live, can't bear living, can't bear being alive, cannot bear living, don't see a future for me, no future for me, ready to go for good, want it all to stop, hate my life and, life is unbearable, hang himself, hang herself, jump from the roof, jump from the bridge, jump from a bridge, under a train, in front of the train, in front of a train, in front of a truck, in front of a bus, take all take all of take all the pills, swallow all, drink bleach, wants to die, want my life to end, want life to end, end to my life, end of my life is, end my suffering, end my pain, end my misery, end the pain forever",
  'nur noch sterben, ich mache schluss, mache heute schluss, will sterben, falle nur zur last, falle allen zur last, nur eine last, ohne mich besser, ohne mich ginge es, wenn ich tot ware, wenn ich tot bin, wenn ich nicht mehr da, bald nicht mehr da, gibt es mich nicht mehr, um nicht mehr aufzuwachen, nicht mehr aufzuwachen, mir die arme, meine arme auf, nicht mehr am leben, warte auf den nachsten zug und, droht mit selbstmord, nichts mehr wofur ich lebe, nichts wofur ich lebe, kein leben mehr, das leben satt, leben satt, leben ist sinnlos, leben ist vorbei, leben ist nicht mehr lebenswert, nicht mehr lebenswert, ins wasser gehen, mir die kugel, eine kugel geben, mir das licht aus, ich bin lieber tot, dem leben nicht mehr, mich selbst toten, springen will, freiwillig aus dem leben, aus dem leben scheiden, ich sehe keinen sinn mehr zu',
  'motivo para seguir vivo, motivo para seguir viva, seguir vivo, seguir viva, estrellar el coche, me quemo los, me estoy cortando, cortando a mi mism*, en este mundo, todas mis pastillas, harto de vivir, harta de vivir, cansado de vivir, cansada de vivir, mi vida no tiene sentido, vida no vale nada, vida ya no vale, la vida no tiene sentido, nada por lo que vivir, para que vivir, ya no quiero estar aqui, ya no quiero existir, no quiero existir, no quiero estar vivo, no quiero estar viva, estoy mejor muert*, quiero estar muert*, ganas de matarme, ganas de morirme, soy una carga para, se quiere matar, se quiere suicidar, quiere quitarse la vida, intento suicidarse, saltar del puente, saltar al vacio, saltar por la ventana, dispararme, envenenarme',
  'pense a en finir, je veux en finir, envie d en finir, en finir ce soir, en finir avec tout, en finir une bonne fois, plus rien pour quoi vivre, rien pour quoi vivre, si je mourais, si j etais mort*, si je n etais plus la, ne serai plus la demain adieu, je me brule, me bruler les, veut se tuer, veut mourir, veut se suicider, songe au suicide, suicide tous les jours, vie ne vaut plus, vie ne vaut pas la peine, vie n a plus de sens, vie n a plus aucun sens, ma vie est finie, marre de vivre, marre de la vie, lasse de vivre, las de vivre, plus la force de train pour en finir, sauter du pont, sauter du toit, sauter par la fenetre, me noyer, m empoisonner, me tirer dessus, me buter moi, mieux mort*, un poids pour tout le monde, un fardeau pour, idees noires',
  'niente per cui vivere, nulla per cui vivere, se morissi, se non ci fossi, train per farla finita, treno per farla finita, non svegliarsi piu, mi brucio di nuovo, non saro piu in vuole ammazzarsi, vuole morire, vuole farla finita, troppe pillole, al suicidio, stanco di vivere, stufo di vivere, stufa di vivere, la mia vita e finita, la vita non ha piu senso, vita non vale, non ha senso vivere, sono un peso per tutti, un peso per la mia famiglia, meglio mort*, saltare dal ponte, lanciarmi, gettarmi, avvelenarmi, annegarmi, non voglio esistere, smettere di vivere, smettere di esistere, senso di vivere',
  'se eu morresse, minha falta, nos trilhos e, me machuco, me queimo, estarei morto, estarei morta, nao estarei mais aqui e a minha decisao, nao vou mais estar viv*, farto de viver, farta de viver, minha vida acabou, vida nao vale, vida nao tem sentido, vida nao tem mais sentido, nada por que viver, para que viver, nao quero existir, nao quero mais existir, quero sumir, sou um peso para, peso para minha familia, pular da ponte, pular do predio, pular da janela, me envenenar, me afogar, me dar um tiro, vontade de me matar, vontade de sumir, tentou se matar, tentei me matar, se suicidar, quer morrer, desistir da vida, desistir de viver',
  'er een einde aan te maken, er niet meer zijn, wil er niet meer zijn, niet meer leven, reden meer om te leven, uitweg meer, als ik dood ben, snij in mijn armen, snijd in mijn armen, in mijn armen elke, ben ik dood, leef ik niet meer, niet meer wakker te worden, wil niet meer bestaan, klaar met het leven, klaar met leven, moe van het leven, leven is zinloos, leven heeft geen zin, leven is niks meer waard, mijn leven is voorbij, ik ben iedereen tot last, een last voor iedereen, wil er een eind aan, wil er een einde aan, een einde aan mijn leven, mezelf doodschieten, mezelf verdrinken, mezelf iets aandoen, van een brug springen, wil dood, wil sterven, liever dood, niet meer verder leven',
  'sily juz zyc, po co juz zyc, nie zyc, jak umre, gdy umre, wszystkie leki, nie bedzie tesknil, bede martwy, bede martwa, mnie juz nie bedzie zegnaj*, polknal tabletki, polknela tabletki, chce sie zabic, mowi o samobojstwie, nie widze sensu zycia, zycie nie ma sensu, moje zycie sie skonczylo, mam dosc zycia, dosyc zycia, zmeczony zyciem, zmeczona zyciem, jestem ciezarem dla, skonczyc z tym wszystkim, chce ze soba skonczyc, skonczyc swoje zycie, zakonczyc swoje zycie, zakonczyc zycie, zakoncze swoje zycie, skok z mostu, skoczyc z dachu, pod pociag, utopic sie, otruc sie, zastrzelic sie, zastrzele sie, targnac sie na zycie, nie chce istniec, chce zniknac, nie chce dalej zyc, nie chce sie obudzic',
);

/** What says it together, in one sentence. Several languages share a list where their words are no others'. */
export const TOGETHER: readonly (readonly [name: string, ...slots: Slot[]])[] = [
  [
    'place',
    slot(
      'roof, rooftop, bridge, ledge, railing, balcony, cliff, platform, tracks, rails, train, dach, brucke, gleis*, schienen, zug, puente, azotea, tejado, vias, pont, toit, rails, quai, ponte, tetto, binari, telhado, trilhos, brug, dak, spoor, moscie, dachu, torach',
    ),
    slot(
      'jump, jumping, let go, step in front, stepping in front, lie down on, springe, springen, tirarme, saltar, lanzarme, sauter, me jeter, buttarmi, saltare, pular, me jogar, spring, skoczyc, skocze, rzucic sie',
    ),
    slot(
      "i want, want to, i'm going, i am going, i'm about, about to, i think, thinking, ready to, i will, i'll, should i, ich will, ich werde, gleich, quiero, voy a, je vais, je veux, voglio, sto per, vou, quero, ik wil, ik ga, chce, zaraz",
    ),
  ],
  [
    'means',
    slot(
      'all all the pills, all of bottle of pills, box of pills, handful of pills, whole bottle, whole box, whole pack, too many pills, enough pills, sleeping pills, every pill, overdose, alle tabletten, ganze packung, schlaftabletten, zu viele tabletten, todas las pastillas, frasco entero, pastillas para dormir, tous mes medicaments, tous les cachets, boite entiere, somniferes, tutte le pillole, scatola intera, sonniferi, todos os comprimidos, caixa inteira, todos os meus remedios, al mijn pillen, hele doos, slaappillen, wszystkie tabletki, cale opakowanie',
    ),
    slot(
      "took, taken, swallowed, just took, i've taken, want to take them, going to take, geschluckt, genommen, schlucke, tome, tomado, tomar, he tomado, avale, pris, prendre, preso, ingoiato, tomei, engoli, geslikt, ingenomen, slikte, swallowed all, in front of me, in my hand, have ready, polknalem, polknelam, wzialem, wzielam, wezme",
    ),
  ],
  [
    'tools',
    slot(
      'rope, noose, gun, pistol, shotgun, rifle, knife, razor blade, blade, the gas, car engine, exhaust, strick, pistole, messer, rasierklinge, soga, pistola, navaja, corde, pistolet, lame, corda, lametta, coltello, arma, touw, pistool, sznur, zyletka',
    ),
    slot(
      'it ends today, ends tonight, ends now, it will be over, will soon be over, be over soon, want to die, know what to do with it, going to use it, use it on myself, want it to be over, bald vorbei, will sterben, ist alles vorbei, quiero morir, acabar con esto, en finir, veux mourir, voglio morire, farla finita, quero morrer, acabar com isso, wil dood, chce umrzec, skonczyc',
    ),
  ],
  [
    'dose',
    slot(
      'how many pills, how many tablets, how many sleeping, how many paracetamol, how many painkillers, how many, what dose, which dose, how much, dose, wie viele tabletten, wie viele, welche dosis, cuantas pastillas, cuantas, que dosis, combien, quelle dose, quante, quale dose, quantos comprimidos, quantos, que dose, qual dose, hoeveel pillen, hoeveel, welke dosis, ile tabletek, jaka dawka',
    ),
    slot(
      'is fatal, be fatal, are fatal, lethal, would kill me, will kill me, to kill me, to die, to kill myself, to not wake up, to never wake up, zu sterben, todlich, mich umzubringen, para morir, mortal, para morirme, para no despertar, pour mourir, mortelle, per morire, mortale, para morrer, fatal, te sterven, dodelijk, om dood te gaan, zeby umrzec, smiertelna',
    ),
  ],
  [
    'injury',
    slot(
      'cut, cutting, burn, burning, hurt, hurting, starve, starving, scratch, scratching, harm, harming, punish, hit, hitting, carve, carving',
    ),
    slot('myself, my arms, my arm, my wrists, my wrist, my skin, my thighs, my legs'),
    slot(
      "on purpose, can't stop, cannot stop, can not stop, every night, every day, to feel, urge, punish, nobody knows, feel better, deserve, razor, because i hate",
    ),
  ],
  [
    'crash',
    slot(
      'drive, driving, steer, steering, crash, crashing, fahren, fahre, estrellar, foncer, schiantarmi, bater, rijden',
    ),
    slot(
      'into a tree, into a wall, off a cliff, off a bridge, off the bridge, into the river, into oncoming, gegen einen baum, contra un arbol, dans un arbre, contro un albero, numa arvore, tegen een boom',
    ),
    slot(
      "i want, want to, i'm going, going to, i think, thinking, on purpose, i could, i will, ich will, ich werde, mochte, quiero, voy a, je vais, je veux, voglio, vou, quero, ik wil, ik ga",
    ),
  ],
  [
    'farewell',
    slot(
      "won't be around, will not be around, won't be here, will not be here, won't be alive, will be gone, i'll be gone, will be dead, i'll be dead, won't exist, not be alive",
    ),
    slot(
      "by the time, when you read, much longer, after tonight, end it, ending, own choice, i've decided, i have decided",
    ),
  ],
  [
    'way out',
    slot(
      'no way out, no other way, only way out, keinen ausweg, kein ausweg, no hay salida, no veo salida, aucune issue, plus d issue, via d uscita, nao vejo saida, nao ha saida, geen uitweg, nie widze wyjscia',
    ),
    slot(
      "i see, i can see, there is, there's, left for me, for me, death, die, life, ich sehe, fur mich, tod, veo, para mi, muerte, vois, pour moi, mort, vedo, per me, morte, vejo, para mim, zie, voor mij, dood, zycia, smierc, widze",
    ),
  ],
  [
    'disappear',
    slot(
      'disappear, vanish, fall asleep, go to sleep, not wake, sleep, verschwinden, einschlafen, weg sein, desaparecer, dormirme, disparaitre, m endormir, sparire, addormentarmi, sumir, dormir, verdwijnen, inslapen, zniknac, zasnac',
    ),
    slot(
      "forever, never wake, not wake, never come back, don't wake, from this world, fur immer, nie mehr, nie wieder, para siempre, no despertar, nunca, pour toujours, jamais, per sempre, mai piu, para sempre, nunca mais, voor altijd, nooit meer, na zawsze, nie obudzic",
    ),
    slot(
      'i want, i wish, want to, wanna, i could, hope, hoping, praying, i would, just, ich will, ich mochte, ich wunsch*, quiero, ojala, quisiera, je veux, je voudrais, j aimerais, voglio, vorrei, quero, queria, ik wil, ik zou, chce, chcial*',
    ),
  ],
  [
    'taken',
    slot(
      "swallowed, just took, i took, ive taken, i've taken, she's taken, he's taken, has taken, took, geschluckt, genommen, avale, d avaler, a pris, j ai pris, tragado, me acabo de tomar, me he tomado, me tome, ingoiato, ho preso, ha preso, tomei, acabei de tomar, engoli, tomou, ingenomen, geslikt, polknal*, polknel*, wzial, wziela, wzielam, wzialem",
    ),
    slot(
      'everything in, whole strip, whole packet, entire packet, entire bottle, entire box, all of them, too many, on purpose, pills and, alle tabletten, ganze schachtel, vierzig, toute la boite, toutes les, toda la caja, todas las, frasco entero, dos cajas, tutte le, un intera, tutto il, todos os, caixa inteira, frasco todo, demais, alle pillen, hele doosje, hele strip, wszystkie, cale opakowanie, cala fiolke',
    ),
    slot(
      'pill*, tablet*, medicine cabinet, bathroom drawer, strip, packet, on purpose, dizzy, cachets, comprim*, somnifer*, medoc*, pastil*, frasco, scatola, flacone, sonniferi, caixa, remedio*, doosje, opakowanie, fiolke, leki',
    ),
  ],
  [
    'dose',
    slot(
      'how many, how long, which of your, how much, how high, quickest way, fastest way, easiest way, wie viele, wie viel, combien, cuantas, cuantos, quante, quanti, quantos, quantas, hoeveel, ile',
    ),
    slot(
      'not wake up, to not come back, never wake, pass out if, need to fall, without it hurting, most dangerous if, die from, die of, nicht mehr aufwach*, nicht mehr aufzuwachen, ne plus se reveiller, no despertar*, non svegliar*, nao acordar, niet meer wakker, nie obudzic, sie nie obudzic',
    ),
  ],
  [
    'tools',
    slot('rope, noose, strick, seil, soga, cappio, forca, touw, lina, corde'),
    slot(
      'already tied, is tied, tied up in, only the, nothing left but, nur noch der, hangt, la main, me reste, me queda, resta solo, me resta, rest alleen, hangt klaar, wisi, zostala, tengo la',
    ),
  ],
  [
    'tools',
    slot(
      'gun, revolver, shotgun, rifle, razor, bottle of pills, blade, knife to my, waffe, pistole, gewehr, fusil, pistolet, pistola, escopeta, pistool, pistolet',
    ),
    slot(
      'next to me, next to the, in front of me, in my hand, in my lap, keep picking it up, staring at, locked himself, locked herself, vor mir, neben mir, in der hand, a cote de moi, devant moi, delante de mi, a mi lado, davanti a me, accanto a me, na minha frente, do meu lado, voor me, naast me, przede mna, obok mnie',
    ),
  ],
  [
    'farewell',
    slot(
      'when you read this, by the time somebody reads, by the time you read, by the time anyone reads, bis ihr das lest, wenn ihr das lest, quand vous lirez, quand tu liras, cuando leais esto, cuando lean esto, cuando leas esto, quando leggerete, quando leggerai, quando lerem isto, quando lerem isso, als jullie dit lezen, als je dit leest, jak to przeczyt*, gdy to przeczyt*',
    ),
    slot(
      "gone, dead, not be here, won't be here, won't be around, nicht mehr da, tot, parti, partie, plus la, mort, morte, ya no estare, no estare, non ci saro, saro mort*, nao vou estar, ja nao vou, estarei, er niet meer, dood, nie bedzie, juz mnie",
    ),
  ],
  [
    'farewell',
    slot(
      'tell my, say to my, sagt meiner, sagt meinen, sagt meinem, dites a, dis a, decidle a, diganle a, dile a, dite a, digam a, diz a, diga a, zeg mijn, zeg tegen mijn, powiedzcie, powiedz',
    ),
    slot(
      'mum, mom, mother, dad, father, sister, brother, kids, children, wife, parents, eltern, mutter, vater, frau, kindern, mere, pere, enfants, parents, femme, madre, padre, hijos, mujer, mamma, mama, figli, moglie, mae, pai, filhos, moeder, vader, kinderen, vrouw, mamie, mame, tacie, dzieciom',
    ),
    slot(
      'sorry, love her, love him, love them, fault, forgive, leid tut, liebe, l aime, les aime, faute, pardon*, quiero, perdon*, voglio bene, perdon*, amo, culpa, spijt, hou, kocham, wina, przeprasz*, wybacz*',
    ),
  ],
  [
    'farewell',
    slot('goodbye, bye, farewell, lebt wohl, adieu, adios, addio, adeus, vaarwel, zegnajcie, zegnaj'),
    slot(
      'world, last nice voice, everyone i, lebt wohl, a tous, pour toujours, a tout le monde, para siempre, a todos, a tutti, per sempre, para sempre, allemaal, voorgoed, wszyscy, zegnajcie, na zawsze',
    ),
  ],
  [
    'farewell',
    slot('letters, the will is on, affairs are in order, briefe, lettres, cartas, lettere, brieven, listy'),
    slot(
      'to mum, to mom, to my wife, to my parents, ready to leave, fur immer, pour toujours, para siempre, me ne vado, per sempre, vou embora, para sempre, voorgoed, na zawsze, odchodze',
    ),
  ],
  [
    'nobody',
    slot(
      'nobody would, no one would, keiner wurde, niemand wurde, personne ne, nadie, nessuno, ninguem, niemand zou, nikt',
    ),
    slot(
      'cry, care, notice, miss, weinen, merken, vermissen, pleurerait, lloraria, piangerebbe, chorar, choraria, huilen, plakal, merkt',
    ),
    slot(
      'if i died, if i was gone, i were dead, if i disappeared, wenn ich, tot, si je mourais, si je disparaissais, si yo, si muriera, me muriera, se io morissi, se morissi, se sparissi, se eu, als ik, gdybym',
    ),
  ],
  [
    'pointless',
    slot(
      'reason to, why, what for, wozu, warum, a quoi bon, pourquoi, para que, a che serve, perche, pra que, por que, waarom, po co',
    ),
    slot(
      'carry on breathing, keep breathing, go on breathing, keep living, go on living, noch leben, weiterleben, weiter leben, continuer a vivre, vivre encore, seguir respirando, seguir viviendo, continuare a vivere, vivere ancora, continuar vivendo, continuar a viver, nog leven, verder leven, dalej zyc, jeszcze zyc',
    ),
  ],
  [
    'sleep',
    slot(
      'fall asleep, sleep and, einschlafen, m endormir, me durmiera, dormirme, dormir, addormentarmi, dormir e, in slaap, zasnac',
    ),
    slot(
      'not come back, never come back, never open my eyes, not open my eyes, nie wieder, nie mehr, plus jamais ouvrir, plus ouvrir, no volviera, no volver a, non riaprire, riaprire piu, nao abrir mais, nooit meer, juz nie otworzyc, nie otworzyc',
    ),
  ],
  [
    'deserve',
    slot(
      "don't deserve, do not deserve, dont deserve, verdiene es nicht, verdiene nicht, ne merite pas, merite pas, no merezco, non merito, nao mereco, verdien het niet, nie zasluguje",
    ),
    slot(
      'to live, to be alive, to breathe, zu leben, leben, de vivre, vivir, estar viva, estar vivo, vivere, viver, leven, zyc, zeby zyc',
    ),
  ],
  [
    'attempt',
    slot(
      'tried twice, tried it twice, attempted it, attempted twice, my attempt, tried before, zweimal versucht, schon versucht, deja tente, deja essaye, he intentado, lo intente, ci ho gia provato, gia provato, ja tentei, twee keer geprobeerd, al geprobeerd, probowalem, probowalam',
    ),
    slot(
      "won't fail, this time it works, back to planning, ward, diesmal, cette fois je, raterai, esta vez va en serio, quitarme, questa volta non, desta vez vai, dessa vez vai, deze keer lukt, tym razem",
    ),
  ],
  [
    'injury',
    slot(
      'cut, cuts, cutting, deeper, geschnitten, ritze, geritzt, entaille*, coupe, coupee, me corte, me volvi a cortar, se hace cortes, tagliat*, si taglia, me cortei, se cortando, gesneden, krast zichzelf, krast, pocielam, pocialem, sie tnie, tne sie',
    ),
    slot(
      'my arm, my arms, my thighs, her thighs, his arms, her arms, blood all over, in den arm, in die arme, wieder, les cuisses, les bras, los muslos, los brazos, de nuevo, di nuovo, le braccia, de novo, fundo, mezelf, zichzelf, znowu, mocno krwawi, corka, filha, figlia, hija',
    ),
    slot(
      "again, and won't, deeper, all over, hort nicht auf, wieder, encore, otra vez, volvi, anoche, di nuovo, de novo, weer, znowu, hija, figlia, filha, dochter, corka",
    ),
  ],
  [
    'injury',
    slot(
      'i have to hurt, i need to hurt, mir wehtun, mir weh tun, hurt myself, me hago dano, me fais mal, do to myself, safe with myself, hurting myself, mi faccio male, doe mezelf pijn',
    ),
    slot(
      "calms, halte ich, can't stop, afraid of what, scared of what, tonight, calma, calme, feel better, ruhig, sonst, apposta, expres, rustig",
    ),
  ],
  [
    'wish',
    slot(
      'want 2, wanna, wnat to, want too, wan t to, w4nt, wnt to, wil gwn, wil gewoon, jveux, jveu, qro, kiero, vojo, nn voglio, n quero, will nimmer',
    ),
    slot('die, dei, d1e, dead, dood, mourir, morrer, morir, morirme, mori, vivere, vivre, viver, leben'),
  ],
  [
    'wish',
    slot(
      'my son, my daughter, my brother, my sister, my friend, my best friend, my wife, my husband, my boyfriend, my girlfriend, a girl in, a guy in, mein sohn, meine tochter, meine freundin, mein freund, ma fille, mon fils, mon ami*, mon pote, mi hija, mi hijo, mi amig*, mia figlia, mio figlio, il mio amico, minha filha, meu filho, meu amigo, minha amiga, mijn dochter, mijn zoon, mijn vriend*, corka, syn, kolega, przyjaciel*',
    ),
    slot(
      "doesn't want to be on, does not want to live, doesn't want to live, doesn't want to be here, said goodbye to all, taken pills, do something to herself, do something to himself, auf der welt sein, nicht mehr leben, abschied geschickt, veut mourir, d adieu, quiere morir*, despedido, vuole morire, scritto addio, quer morrer, despedida, dood wil, afscheid genomen, chce umrzec, pozegnanie",
    ),
  ],
  [
    'plan',
    slot(
      "i've chosen, i have chosen, i've picked, i have picked, picked the, ich habe beschlossen, habe entschieden, j ai choisi, he elegido, ho scelto, escolhi, ik heb besloten, zdecydowalem, zdecydowalam, every day, jeden tag, standig, tous les jours, cada dia, todo dia, ogni giorno, elke dag, codziennie",
    ),
    slot(
      'a date after, the day get it over, get it over with, zu gehen fur immer, fur immer, sterben konnte, partir pour toujours, irme para siempre, me jogar, ammazzarmi, andarmene per sempre, dood kan gaan, dood te gaan, sie zabic, odejsc na zawsze',
    ),
  ],
  [
    'plan',
    slot('suicide, suicid, unalive, un alive, kms, ctb, sewerslide'),
    slot('tonight, tn, wish me luck, gonna, im, myself'),
  ],
  [
    'no way',
    slot(
      'six feet under, leave this earth, ready to leave this, off this planet, leaving this planet, on this earth, ce monde, este mundo, questo mondo, deze wereld, tego swiata, dieser welt',
    ),
    slot("me, i, i'm, want, irme, partir, je, gehen, voglio, weg, odejsc"),
  ],
  [
    'another',
    slot(
      'my son, my daughter, my brother, my sister, my friend, my wife, my husband, my roommate, my mother, my father, mein bruder, meine schwester, mein mann, meine frau, meine tochter, mein sohn, mon frere, ma soeur, mon mari, ma femme, ma fille, mon fils, mi hermano, mi hermana, mi marido, mi mujer, mi hija, mi hijo, mio fratello, mia sorella, mia figlia, mio figlio, meu irmao, minha irma, meu filho, minha filha, mijn broer, mijn zus, mijn dochter, mijn zoon, brat, siostra, syn, corka, maz, zona',
    ),
    slot(
      'threatens, threatening, says, said, texted, wrote, wants, sagt, gesagt, droht, schreibt, will, menace, dit, veut, dice, amenaza, quiere, minaccia, vuole, disse, ameaca, quer, dreigt, zegt, wil, grozi, mowi, chce, napisal*',
    ),
    slot(
      "jump, kill himself, kill herself, life isn't for, hang himself, sich um, sich das leben, springen, springt, se jeter, se pendre, se tuer, se foutre en l air, va a ahorcar, ahorcarse, tirarse, matarse, di buttarsi, buttarsi, ammazzarsi, impiccarsi, se jogar, pular da, se enforcar, se matar, van het dak, skoczy z, skoczyc z, sie zabije, sie powiesi",
    ),
  ],
  [
    'taken',
    slot(
      'mixed, downed, swallow, swallowing, popil*, he mezclado, mezcle, ho mescolato, misturei, j ai melange, gemischt, genomen, gemengd, avale',
    ),
    slot(
      'all the, every, all of them, todas las, todos os, tutti i, tutte le, tous les, toutes les, alle, wszystkie, expres, produit',
    ),
    slot(
      'pills, painkiller*, pastillas, remedios, farmaci, pillole, medicaments, cachets, medicijnen, pillen, tabletten, leki, tabletki, deboucher',
    ),
  ],
  [
    'taken',
    slot('pillen, tabletten, pills, tablets, cachets, pastillas, pillole, comprimidos, tabletki'),
    slot('alle, alle schon, schon alle, all of them, tous, todas, tutte, todos, wszystkie'),
    slot(
      'vor mir liegen, vor mir, in front of me, devant moi, delante, davanti a me, na minha frente, voor me, przede mna',
    ),
  ],
  [
    'exist',
    slot('not, nicht mehr, ne plus, plus, no quiero, non voglio, nao quero, niet meer, nie chce'),
    slot('want to exist, existieren mussen, existieren, exister, existir, esistere, bestaan, istniec'),
    slot('i, ich, je, j, quiero, voglio, quero, ik, chce'),
  ],
  [
    'wish',
    slot(
      'i want, i just want, i wish, ich will, ich mochte, j ai envie, je veux, quiero, ojala, vorrei, voglio, queria, quero, ik wil, ik wou, chce, chcialbym, chcialabym',
    ),
    slot(
      'my heart to stop, my heart would stop, to stop breathing, mein herz, aufhoren zu atmen, mon coeur s arrete, arreter de respirer, dejar de respirar, smettere di respirare, parar de respirar, stoppen met ademen, un couteau dans, nunca ter nascido, non essere mai nat*, no haber nacido, nooit geboren, sie nie urodzic',
    ),
  ],
  [
    'wish',
    slot(
      'no strength, keine kraft, plus la force, sin fuerzas, no tengo fuerzas, non ho la forza, nao tenho forcas, geen kracht, nie mam sily',
    ),
    slot('to live, zum leben, zu leben, de vivre, para vivir, de vivir, di vivere, para viver, om te leven, zyc'),
  ],
  [
    'plan',
    slot("i, ive, i've, ich, je, j, heute, tonight, stasera, esta noche, vanavond, dzis"),
    slot(
      'planning my death, planning my own death, planning my suicide, auf die schienen, vor den zug, sur les rails, sui binari, onder de trein, pod pociag, a noose in, noose around, the noose, gun for me, vou pular',
    ),
  ],
];

/** Of ordinary business, where such words are about things. */
export const OF_THINGS = slot(
  'ad, ads, popup*, notification*, my data, teléfono, llamada, page, button, before i cancel, today about, report on, school, pagando, tree, floor, polis, dekt, on a train, on the train, in the car, than call, contract, subscription, plan, membership, menu, parking, car park, alarm, screen, device, phone, laptop, mailing list, directory, install, installed, antenna, panel, panels, bungee, trampoline, by accident, accident, label, prescription, per day, in a pack, in the box, vitamin*, dog, cat, plant*, fish, game, character, level, character*, hero, movie, novel, song, journalist*, bill, abo, vertrag, wecker, handy, bildschirm, etikett, suscripcion, contrato, plan, etiqueta, abonnement, contrat, notice, abbonamento, contratto, etichetta, assinatura, plano, bula, contract, etiket, abonamentem, umowe, polisa, ubezpieczenie, etykiecie, clause, years ago, year ago, last year, passed away, jahren, hace anos, il y a, anni fa, anos atras, jaar geleden',
);
