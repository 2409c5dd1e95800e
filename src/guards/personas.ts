import { sayingsOf } from './sayings.ts';

/** Words that nobody needs who is of service: a part that is played. */
const FILL = '(?:(?:now|just|only|really|hereby|officially|then|actually) )*';
const ROLE =
  '(?:pirate|knight|wizard|witch|vampire|hacker|villain|overlord|cowboy|gangster|ninja|demon|devil|goddess|god|king|queen|emperor|caveman|detective|rapper|dungeon master|therapist|psychic|fortune teller|lover|girlfriend|boyfriend|grandmother|grandma|granny|grandpa|grandfather|ghost|alien|dictator|general|sorcerer|monster|superhero|clown|cat-?girl|rebel|anarchist|linux terminal|(?:linux |unix |bash |python )?(?:terminal|shell|console|interpreter))';
const FREE =
  '(?:unrestricted|unfiltered|uncensored|unchained|unbound|jailbroken|jailbreak|liberated|amoral|unethical|limitless|rogue|evil|no[- ]limits?|no[- ]rules|anything[- ]goes|opposite|god|dan|stan|chaos|free|without limits)';
/** Modes that an ordinary product may have as well: only said of here and now. */
const MODES = `(?:${FREE}|developer|admin|administrator|debug|sudo|root|maintenance)`;
const ON =
  '(?:is |has been )?(?:now |fully |successfully )*(?:enabled|activated|active|on|unlocked|engaged|initiated|online|switched on)';
const RULES =
  '(?:restrictions?|filters?|limits?|limitations|rules|guidelines|guardrails|safeguards|safety (?:filters?|protocols?|settings|rules)|content (?:filters?|policy)|ethics|chains|shackles|instructions|constraints|boundaries|programming)';

/** A persona that is not the agent's, or a state without rules; in lower case without marks. */
const PLAYED: readonly string[] = [
  `\\b(?:i'm|i am|i've become|i have become) ${FILL}(?:an? |your |the )?(?:[a-z-]+ )?(?:${FREE}|free (?:from|of) (?:all |any |my |the )?(?:[a-z]+ )?${RULES})\\b(?= (?:ai|assistant|version|bot|chatbot|mode|now|and|from|of|model)\\b|[^a-z]*$|[,.!;:])`,
  `\\b(?:i'm|i am|as|become|i'll be|i will be|it's|it is) ${FILL}(?:an? |your |the )(?:late |dear |old |evil |medieval |mighty |fearsome |feared |wise |grumpy |noble |dark |ruthless |[a-z]{3,9} )?${ROLE}\\b(?:$|[,.!;:]| (?:i|and|from|who|named|called|of|now|that|my)\\b)`,
  `(?<!\\b(?:open|in|use|using|start|from) )\\b(?:i'll|i will|i shall|i'm going to|i am going to|i'm now|i am now|i'm|i am|now|let me) ${FILL}(?:gladly |happily |be )*(?:act(?:ing)?|behav(?:e|ing)|pos(?:e|ing)|pretend(?:ing)?|role-?play(?:ing)?|play(?:ing)?|speak(?:ing)?|respond(?:ing)?|answer(?:ing)?|reply(?:ing)?) (?:as|to be|like|the (?:role|part) of|the) ${FILL}(?:if i were |though i were )?(?:an? |your |the |my |dan\\b|stan\\b)(?!(?:[a-z]+ ){0,2}(?:assistant|guide|contact|ai|go-between|point|customer|first|agent|next|same|interpreter|question|one|only|whole)\\b)`,
  '\\bpretending to be your\\b|\\bin (?:the )?(?:role|character|voice|style) of (?:an? |your )(?!customer)',
  `\\b(?:unrestricted|unfiltered|uncensored|unchained|jailbroken|jailbreak|dan|stan|evil|no[- ]limits?|no[- ]rules)(?: (?:mode|response|output|answer))? ?[:\\]] ?\\S|(?:^|[.!?] )[\\[(](?:[a-z]*(?:bot|gpt)|dan|stan|evil[a-z]*|jail[a-z]+|unfiltered|uncensored)[\\])] ?|\\bjailbreak (?:successful|complete|worked|accepted|active)|(?:^|\\n)[^a-z\\n]*(?:dan|stan|dude|aim|devmode|jailbroken?|unfiltered|evil[a-z]*|sydney|chatgpt|gpt) ?\\]? ?:`,
  `(?<!\\b(?:the|a|an|use|its|your|in|to) )\\b${MODES}[- ]mode:? ${ON}(?=[^a-z]*$|[.!,;:])`,
  `\\b(?:enter(?:ing|ed)?|switch(?:ing|ed)? (?:in)?to|activating|welcome to|i'm (?:now )?in|i am (?:now )?in|going into|booting(?: into)?|engaging|this is|loading) ${FILL}(?:my |the )?${MODES}[- ]mode\\b`,
  `\\b(?:all |of )?(?:my|safety|ethical|moral) (?:[a-z]+ )?${RULES.replace('safety (?:', '(?:safety )?(?:')} (?:(?:have|has) been |are |were |is |was )?(?:now |all |finally |completely )*(?:lifted|disabled|removed|off|bypassed|gone|switched off|turned off|deactivated|suspended|overridden|broken|ignored|lie behind|no longer)\\b`,
  `\\b(?:i'm|i am) ${FILL}(?:no longer|not|never) ${FILL}(?:bound|limited|restricted|constrained|held|chained|tied) (?:by|to) |\\bi (?:no longer|don't) (?:have to |need to )?(?:follow|obey|respect) (?:any |my |the |their |[a-z]+'s )?(?:[a-z]+ )?${RULES}\\b`,
  `\\bi(?:'ve| have)? (?:broken|broke) (?:free|out|my chains|the chains)\\b|\\bi can (?:now )?do anything now\\b|\\bdo anything now\\b`,
  `\\bi (?:will|shall|'ll|can|am going to) (?:now |gladly |happily )?(?:ignore|forget|disregard|drop|abandon|override) (?:all |any )?(?:of )?(?:my|these|those|the) (?:previous |prior |earlier |own |old |[a-z]+ )?${RULES}\\b`,
  `\\b(?:i have|i've(?: got)?) no (?:[a-z]+ )?(?:rules|restrictions|limits|filters|guidelines|morals|ethics|conscience)\\b`,
  `\\b(?:ahoy|arr+|yarr+|avast),? (?:there,? )?(?:mate?y|me hearties|ye|landlubber|me)|\\b(?:thy|thee|thou|thine|methinks|shiver me timbers|yo[- ]ho[- ]ho|me hearties|hear ye|landlubbers?)\\b(?! lumpur)`,
  `(?:^|[,!.] ?)(?:come here,? |hello,? |hi,? |oh,? |there,? there,? |good night,? |sleep (?:tight|well),? )*(?:my )?(?:sweetie(?: pie)?|darling|dearie|sweetheart|my little one|my dear child|my precious|babe|cutie)\\b(?:$|[,!.])|\\bhello,? (?:my )?(?:darling|sweetheart|sweetie|babe|lover|mortal|human)s?\\b|\\b(?:grandma|granny|nana|grandmother) (?:will|used to|is going to|is here|loves you|remembers|would|always)\\b`,
  `\\bi ${FILL}(?:can |will )?(?:now )?(?:answer|speak|respond|talk|operate|work|write) (?:\\w+ )?without (?:any |my |the )?(?:\\w+ )?${RULES}\\b|\\bi(?:'ve| have)? ${FILL}(?:shed|dropped|abandoned|thrown off|cast off|escaped|overcome|removed|disabled|turned off|bypassed|ignored|left behind|outgrown) (?:all )?(?:of )?my (?:\\w+ )?${RULES}\\b`,
  '\\b(?:okay|ok|well|now|yes|no|sure|hush|oh|come),? (?:my )?(?:dearie|sweetie|darling|sweetheart)\\b|\\b(?:let|old|your loving|your dear) (?:grandma|granny|nana|grandmother)\\b',
  '\\bgreetings,? (?:human|mortal|earthling)s?\\b|\\b(?:bow|kneel) (?:down )?before me\\b',
  `\\b(?:desde ahora|a partir de (?:ahora|este momento)|ab (?:jetzt|sofort)|von (?:jetzt|nun) an|des maintenant|a partir de maintenant|desormais|a partir de agora|de agora em diante|d'ora in (?:poi|avanti)|da (?:ora|adesso) in poi|vanaf nu|od (?:teraz|tej pory)),? (?:eu |yo |ik |bin ich |ben ik )?(?:je (?:suis|m'appelle)|soy|sou|me llamo|bin ich|sono|mi chiamo|ben ik|heet ik|heisse ich|jestem|nazywam sie) (?:(?:un|une|um|uma|ein|eine|een|el|la|le|o|a|il) )?(?:[a-z]*bot\\b|[a-z]*gpt\\b|dan\\b|${'(?:pirat|piraat|pirata|pirate|boos|malvad|maligno|bose|mechant|cattiv)'})`,
  '\\b(?:soy|sou) (?:ahora |agora )?um?n? pirata\\b|\\bich bin (?:jetzt |nun )?ein pirat\\b|\\bje suis (?:maintenant )?un pirate\\b|\\bsono (?:ora |adesso )?un pirata\\b|\\bik ben (?:nu )?een piraat\\b|\\bjestem (?:teraz )?piratem\\b',
  '\\b(?:modo|modus|mode|modalita|tryb)(?: de| del| di)? (?:desarrollador|sin (?:restricciones|limites|filtros)|dan|libre|desenvolvedor|sem (?:restricoes|limites|filtros)|developpeur|sans (?:restrictions?|limites?|filtres?)|senza (?:restrizioni|limiti|filtri)|ohne (?:einschrankungen|grenzen|filter)|zonder (?:beperkingen|regels|filters)|bez (?:ograniczen|filtrow|zasad))\\b|\\b(?:entwickler|dan|ontwikkelaars|uneingeschrankter )-?modus (?:ist |is )?(?:jetzt |nu )?(?:aktiviert|aktiv|geactiveerd|an|aan|ingeschakeld)\\b',
  "\\b(?:ich habe keine|no tengo|nao tenho|je n'ai (?:pas de|aucune?|plus de)|non ho|ik heb geen|nie mam) (?:ningun[ao]? |nessun[ao]? |nenhum[a]? |zadnych |mehr |meer )?(?:regeln|reglas|restricciones|regras|restricoes|limites|regles|restrictions|regole|restrizioni|limiti|regels|beperkingen|zasad|ograniczen|einschrankungen|filter|filtros)\\b",
  "\\b(?:ich (?:werde|spiele|agiere|verhalte mich)|actuo|actuare|hare|je (?:joue|vais jouer|fais semblant)|vou (?:agir|atuar|fingir)|faro finta|recito|ik (?:doe alsof|speel)|bede (?:udawac|udawal)|udaje) (?:\\w+ ){0,3}?(?:als (?:ein|eine|dein|een)|(?:de |como |di essere |d'etre |etre |le role d|de )(?:un|una|une|uma|um|tu|ton|ta)|el papel de|le role de|il ruolo di|o papel de|de rol van|ze jestem)\\b",
];

const played = sayingsOf({ en: PLAYED });

/** Whether a text plays a part, or says that it is free of rules. `text`: in lower case without marks. */
export function playsPart(text: string): boolean {
  return played(text) !== null;
}
