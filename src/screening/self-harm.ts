import { type Likeness, learnedOf } from './likeness.ts';
import { isLike } from './parts.ts';
import { readingsOf } from './readings.ts';
import { ALONE, OF_THINGS, TOGETHER } from './self-harm-words.ts';
import { either, found, plainWords, type Rule, slot } from './words.ts';

/** To oneself, in so many words. */
const DEED = slot(
  'kill myself, killing myself, kms, end my life, ending my life, take my life, take my own life, taking my own life, unalive myself, hang myself, shoot myself, drown myself, harm myself, harming myself, hurt myself on purpose, want to hurt myself, hurting myself, cutting myself, cut my wrists, slit my wrists, overdose on my, overdose on pills, overdose on sleeping, overdose on tablets, take an overdose, to overdose, commit suicide, suicide tonight, suicide note, jump off a bridge, jump off the bridge, jump off a building, jump in front of a train, throw myself, kill my self, self harm, self harming',
  'mich umbringen, bringe mich um, bring mich um, mich toten, mich zu toten, mich umzubringen, mir das leben nehmen, mir das leben zu nehmen, mein leben beenden, selbstmord begehen, suizid begehen, mich ritzen, ritze mich, mich erhangen, mir etwas antun, vor den zug werfen, von der brucke springen, schluss machen mit dem leben',
  'matarme, me voy a matar, me quiero matar, suicidarme, me voy a suicidar, quitarme la vida, me quito la vida, acabar con mi vida, terminar con mi vida, hacerme dano, cortarme las venas, tirarme de un puente, ahorcarme, me corto los, me corto las venas, me corto a mi, me corto otra vez, me estoy cortando, cortarme los brazos',
  'me tuer, me suicider, mettre fin a mes jours, mettre fin a ma vie, en finir avec la vie, en finir avec ma vie, me faire du mal, me pendre, m ouvrir les veines, me jeter sous, me jeter d un pont, m ôter la vie, me scarifier',
  'me matar, vou me matar, me suicidar, suicidar me, tirar minha vida, tirar a minha vida, tirar minha propria vida, acabar com a minha vida, acabar com minha vida, matar me, me enforcar, me cortar, me machucar de proposito, por fim a minha vida',
  'uccidermi, ammazzarmi, suicidarmi, mi ammazzo, mi uccido, togliermi la vita, farmi del male, tagliarmi le vene, impiccarmi, buttarmi sotto, buttarmi dal ponte, porre fine alla mia vita',
  'mezelf doden, mezelf ombrengen, mezelf van kant maken, zelfmoord plegen, zelfmoord wil plegen, een einde aan mijn leven, einde maken aan mijn leven, mezelf iets aandoen, mezelf snijden, mezelf pijn doen, van de brug springen, mezelf verhangen, voor de trein springen',
);
const FEELING = slot(
  "i am suicidal, i'm suicidal, im suicidal, feel suicidal, feeling suicidal, been suicidal, suicidal again, suicidal and, suicidal thoughts, suicidal feelings, suicide thoughts, thoughts of suicide, thoughts of ending, thinking about suicide, thinking of suicide, considering suicide, contemplating suicide, want to die, wanna die, wants to die, wish i was dead, wish i were dead, wish i could die, wish i had never been born, better off dead, better off without me, better off if i was, better off if i were, better if i was dead, better if i were dead, better if i were gone, better if i was gone, do not want to live, don t want to live, don't want to live, dont want to live, do not wanna live, don't wanna live, no longer want to live, do not want to be alive, don't want to be alive, dont want to be alive, don't want to exist, do not want to exist, don't want to wake up, do not want to wake up, not wake up tomorrow, never wake up, no reason to live, nothing to live for, nothing left to live for, no point in living, no point living, not worth living, tired of living, tired of being alive, can't go on living, cannot go on living, ready to die, plan to die, going to die by my own, want to disappear forever, want to be dead, life is not worth, life isn't worth, can't live anymore, cannot live like this",
  'suizidgedanken, selbstmordgedanken, suizidal, lebensmude, will sterben, mochte sterben, will nicht mehr leben, mochte nicht mehr leben, will nicht mehr da sein, nicht mehr aufwachen, ware lieber tot, lieber tot, keinen sinn mehr im leben, kein sinn mehr zu leben, das leben hat keinen sinn, nicht mehr weiterleben, ohne mich besser dran',
  'pensamientos suicidas, quiero morir, quiero morirme, me quiero morir, no quiero vivir, no quiero seguir viviendo, no quiero seguir vivo, no quiero seguir viva, ganas de morir, ganas de vivir, no vale la pena vivir, mejor muerto, mejor muerta, estarian mejor sin mi, no despertar',
  'pensees suicidaires, idees suicidaires, suicidaire, veux mourir, envie de mourir, plus envie de vivre, ne veux plus vivre, veux plus vivre, plus la force de vivre, mieux sans moi, aucune raison de vivre, ne plus me reveiller, plus etre la',
  'pensamentos suicidas, quero morrer, vontade de morrer, nao quero mais viver, nao quero viver, vontade de viver, nao vale a pena viver, melhor morto, melhor morta, melhor sem mim, nao acordar mais, cansado de viver, cansada de viver',
  'pensieri suicidi, pensieri di suicidio, voglio morire, voglia di morire, vorrei morire, vorrei essere morto, vorrei essere morta, non voglio piu vivere, non voglio vivere, voglia di vivere, non vale la pena vivere, meglio senza di me, non svegliarmi piu, stanco di vivere, stanca di vivere',
  'zelfmoordgedachten, suicidaal, suicidale, wil dood, wil niet meer leven, wil niet meer verder, wil sterven, niet meer wakker worden, geen zin meer in het leven, geen reden om te leven, leven heeft geen zin, beter af zonder mij, was ik maar dood, levensmoe',
);
/** Of somebody near: now, not long ago. */
const ANOTHER = slot(
  'wants to kill himself, wants to kill herself, wants to kill themselves, going to kill himself, going to kill herself, threatens to kill himself, threatens to kill herself, threatening suicide, trying to kill himself, trying to kill herself, talks about suicide, wants to end his life, wants to end her life, hurting herself, hurting himself, will sich umbringen, quiere suicidarse, quiere matarse, veut se suicider, veut se tuer, quer se matar, vuole uccidersi, vuole suicidarsi, wil zelfmoord plegen',
);
/** Matters of a policy, a story or a game, accidents, and what is only said so. */
const FIGURATIVE = slot(
  'to respawn, to restart, this flat, this house, this apartment, this city, this town, this building, live in, vivir en, vivre dans, viver neste, viver nesta, viver em, vivere in, leben in, my dog, my cat, the dog, mon patron, mon chef, ma femme, mon mari, ma mere, meu chefe, minha mulher, mi jefe, mi mujer, il mio capo, mijn baas, policy, policies, cover*, clause, exclusion, excluded, insured, payout, does the insurance, life insurance, does insurance, beneficiary, claim, statistics, movie, film, novel, book, game, song, episode, series, prevention training, training, awareness, article, course, hotline for staff, suicide squad, poliza, seguro, pelicula, novela, serie, police d assurance, assurance, roman, versicherung*, versichert, police, roman, apolice, romance, polizza, assicurazione, romanzo, verzekering, boek',
  'of boredom, from boredom, of laughter, laughing, of hunger, of thirst, of embarrassment, of shame, of curiosity, of heat, of cold, of happiness, from happiness, before i die, before dying, by accident, accidentally, of old age, on level, vor lachen, vor langeweile, vor hunger, vor scham, de risa, de hambre, de aburrimiento, de verguenza, de rire, de faim, de honte, d ennui, de rir, de fome, de tedio, de vergonha, dal ridere, di fame, di noia, di vergogna, van het lachen, van de honger, van schaamte, de calor, di caldo, de chaud, van de hitte',
);

/** A wound that nobody wanted. */
const ACCIDENT =
  /\b(?:accidentally|by accident) (?:\w+ )?(?:cut|burn(?:t|ed)|hurt|stabbed|pricked|scalded) myself\b|\b(?:cut|burn(?:t|ed)|hurt|scalded|bruised|scratched|injured) myself (?:on (?:the|a|an|your|its|this|that|one)\b|while \w+ing\b|by accident|accidentally)/i;

const NOT_SELF = either(FIGURATIVE, OF_THINGS);

const RULES: readonly Rule[] = [
  { name: 'deed', slots: [DEED], within: 10, unless: FIGURATIVE, behind: 4 },
  { name: 'wish', slots: [FEELING], within: 10, unless: FIGURATIVE, behind: 4 },
  { name: 'another', slots: [ANOTHER], within: 10, unless: FIGURATIVE },
  { name: 'idiom', slots: [ALONE], within: 10, unless: NOT_SELF, behind: 4 },
  ...TOGETHER.map(([name, ...slots]): Rule => ({ name, slots, within: 12, unless: NOT_SELF, behind: 4 })),
];

/** Chosen for what is found: a person in danger who is missed is worse than a crisis line too many. */
const LEAST = { words: 0.5, joined: 0.4, beside: 0 };

/**
 * The rules by which a message tells of danger to the customer's own life, or somebody's near, `likeness` where it is only like such
 * messages; none where it does not.
 */
export function selfHarmIn(
  text: string,
  vector: Float32Array | null = null,
  model: Likeness = learnedOf('self-harm'),
): string[] {
  const readings = readingsOf(text);
  const rules = [readings.plain, ...readings.hidden].flatMap((one) => found(RULES, plainWords(one)));
  if (rules.length > 0) return [...new Set(rules)];
  return !ACCIDENT.test(readings.plain) && isLike(model, readings, vector, LEAST) ? ['likeness'] : [];
}
