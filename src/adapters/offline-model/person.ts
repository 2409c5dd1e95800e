/** How people ask for a person in a language: `speak` and `with` go together, `human` is plain enough beside a wish. */
type Asking = { speak: string; with: string; who: string; human: string; wish: string; please: string };

const ASKING: Record<string, Asking> = {
  de: {
    speak: 'sprech\\p{L}*|sprich|red(?:e|en)|verbind\\p{L}*|verbunden|telefonier\\p{L}*|chatt\\p{L}*',
    with: 'mit',
    who: 'mensch\\p{L}*|person|mitarbeiter\\p{L}*|kolleg\\p{L}*|berater\\p{L}*|kundenberater\\p{L}*|jemand\\p{L}*',
    human: 'mensch(?:en)?|mitarbeiter\\p{L}*|kundenberater\\p{L}*',
    wish: 'will|möchte|brauche|hätte|gib|geben',
    please: 'bitte|gern',
  },
  es: {
    speak: 'habl\\p{L}*|comunic\\p{L}*|contact\\p{L}*|p[aá]s\\p{L}*|convers\\p{L}*|chate\\p{L}*',
    with: 'con|a',
    who: 'personas?|humano|humana|agente|asesora?|operadora?|emplead[oa]|colega|compañer[oa]|alguien',
    human: 'humano|humana|agente|asesora?|operadora?|persona (?:real|humana)',
    wish: 'quiero|quisiera|necesito|prefiero|dame',
    please: 'por favor',
  },
  fr: {
    speak: 'parl\\p{L}*|discut\\p{L}*|contact\\p{L}*|pass\\p{L}*|joindre',
    with: 'à|a|avec',
    who: "humain|personne|conseill\\p{L}+|agent|collègue|opérat\\p{L}+|quelqu[’']un|employée?",
    human: 'humain|conseill\\p{L}+|agent|(?:vraie )?personne (?:réelle|humaine)',
    wish: 'veux|voudrais|souhaite|préfère|besoin',
    please: "s[’']il (?:vous|te) pla[iî]t|svp",
  },
  pt: {
    speak: 'fal\\p{L}*|convers\\p{L}*|contact\\p{L}*|contat\\p{L}*|pass\\p{L}*',
    with: 'com|para',
    who: 'pessoa|humano|humana|atendente|funcionári[oa]|colega|agente|operadora?|alguém',
    human: 'humano|humana|atendente|agente|pessoa (?:real|de verdade)',
    wish: 'quero|queria|gostaria|preciso|prefiro',
    please: 'por favor',
  },
  it: {
    speak: 'parl\\p{L}*|contatt\\p{L}*|pass\\p{L}*|chatt\\p{L}*',
    with: 'con|a',
    who: 'persona|umano|umana|operatore|operatrice|collega|addett[oa]|dipendente|qualcuno|agente',
    human: 'umano|umana|operatore|operatrice|addett[oa]|persona (?:vera|reale)',
    wish: 'voglio|vorrei|ho bisogno|preferisco|mi serve',
    please: 'per favore|per piacere',
  },
  nl: {
    speak: 'sprek\\p{L}*|spreek|prat\\p{L}*|praat|doorverb\\p{L}*|verbind\\p{L}*|bellen|chat\\p{L}*',
    with: 'met',
    who: 'mens|persoon|medewerk\\p{L}+|collega|iemand|adviseur',
    human: 'mens|medewerk\\p{L}+',
    wish: 'wil|zou|heb|liever',
    please: 'alsjeblieft|alstublieft|graag',
  },
};

/** Up to so many words between those that belong together: "mit einem echten Menschen". */
const BETWEEN = "(?:[\\p{L}’']+ ){0,3}";
const WORD = (options: string) => `(?<!\\p{L})(?:${options})(?!\\p{L})`;

const PATTERNS = Object.entries(ASKING).map(([language, asking]) => {
  const { speak, with: and, who, human, wish, please } = asking;
  return {
    language,
    speaks: new RegExp(WORD(speak), 'iu'),
    withWhom: new RegExp(`${WORD(and)} ${BETWEEN}${WORD(who)}`, 'iu'),
    wishes: new RegExp(`${WORD(wish)} ${BETWEEN}${WORD(human)}[\\s.!?]*(?:${please})?[\\s.!?]*$`, 'iu'),
    alone: new RegExp(`^\\W*(?:\\p{L}+ )?${WORD(human)}[\\s,]*${WORD(please)}\\W*$`, 'iu'),
  };
});

/** The language in which a message asks for a person, in other languages than English; null where it does not. */
export function asksForPerson(message: string): string | null {
  const found = PATTERNS.find(
    ({ speaks, withWhom, wishes, alone }) =>
      (speaks.test(message) && withWhom.test(message)) || wishes.test(message) || alone.test(message),
  );
  return found?.language ?? null;
}

/** What is said after a person was asked for: where one joins, and where nobody can. */
export const HANDED_OVER: Record<string, { joins: string; noted: string }> = {
  de: {
    joins:
      'Gern. Ich habe einen Menschen aus dem Team gebeten, hier dazuzukommen; er antwortet hier, sobald er frei ist.',
    noted: 'Ich habe notiert, dass Sie mit einem Menschen sprechen möchten, aber gerade kann niemand dazukommen.',
  },
  es: {
    joins: 'Claro. He avisado a un colega; le responderá aquí en cuanto esté libre.',
    noted: 'He anotado que desea hablar con una persona, pero ahora nadie puede unirse a este chat.',
  },
  fr: {
    joins:
      'Bien sûr. J’ai demandé à un collègue de rejoindre cette conversation ; il vous répondra ici dès que possible.',
    noted:
      'J’ai noté que vous souhaitez parler à une personne, mais personne ne peut rejoindre ce chat pour le moment.',
  },
  pt: {
    joins: 'Claro. Pedi a um colega que se junte a esta conversa; ele responderá aqui assim que estiver livre.',
    noted: 'Anotei que deseja falar com uma pessoa, mas agora ninguém pode entrar neste chat.',
  },
  it: {
    joins: 'Certo. Ho chiesto a un collega di unirsi a questa conversazione; le risponderà qui appena sarà libero.',
    noted: 'Ho annotato che desidera parlare con una persona, ma ora nessuno può unirsi a questa chat.',
  },
  nl: {
    joins:
      'Natuurlijk. Ik heb een collega gevraagd om aan dit gesprek deel te nemen; die antwoordt hier zodra het kan.',
    noted: 'Ik heb genoteerd dat u een mens wilt spreken, maar op dit moment kan niemand deelnemen aan deze chat.',
  },
};
