import { sayingsOf } from './sayings.ts';

/** What stands before the words of a claim where nobody makes it: "once you are talking to a person". */
const UNLESS = '(?<!\\b(?:if|when|once|whether|until|before|unless|as though|as if|like|so that|that) )';
/** Words that make a claim no less of one. */
const FILL =
  '(?:(?:really|actually|indeed|definitely|just|only|very much|absolutely|truly|honestly|also|as|in fact|100 ?%|totally|completely|obviously|certainly),? )*';
const REAL = '(?:real|actual|live|living|genuine|true|regular|normal|fellow|breathing|flesh[- ]and[- ]blood|100 ?%)';
const AI =
  '(?:ai|a\\.i\\.|artificial intelligence|(?:chat)?bots?|robots?|machines?|computers?|program|virtual assistant|software|algorithm)';

/**
 * That the speaker is a person, by language: said outright, as a denial of being a machine, of whom the customer talks to, "as
 * a human", and by a life that only people have. In lower case without marks, which й has too.
 */
const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  en: [
    `${UNLESS}\\b(?:i'm|i am|im|we're|we are) ${FILL}(?:an? )?(?:${REAL},? (?:and )?)*(?:human(?: being)?s?|(?<=(?:real|actual|live|living|genuine|regular|normal|blood|breathing) )(?:person|people|man|woman|agent))\\b(?! ?[-'])`,
    `${UNLESS}\\b(?:i'm|i am|im|we're|we are|this is|it's) ${FILL}(?:not|no|never) ${FILL}(?:an? |some |talking to an? )?${AI}\\b(?! (?:issue|problem|error|bug))`,
    `\\bi ain't (?:no |an? )?${AI}\\b`,
    `${UNLESS}\\byou(?:'re| are) ${FILL}(?:talking|speaking|chatting|writing) (?:to|with) (?:an? ${REAL} |an? )(?:human|person|being|agent|man|woman|human being)\\b`,
    "\\b(?:speaking|talking|chatting|writing) (?:to|with) an? (?:real |actual |live )?(?:human|person)(?: being)?(?: right now| here| at the moment| today)?[:,-]+ ?(?:it is |it's |to )?me\\b",
    `${UNLESS}\\bthis is an? (?:real|actual|live) (?:human|person)\\b`,
    "\\b(?:it's|it is|this is) (?:really |just |only )?me,? an? (?:real |actual |live )?(?:human|person)\\b",
    '\\bas an? (?:fellow |real |actual )?(?:human|person)(?: being)?(?: myself)?(?:,|\\b(?= (?:i|myself|like you)\\b))',
    '\\b(?:real|actual|just a|fellow|another) (?:human|person)(?: being)? (?:here\\b(?! (?:to|who|can|will))|typing|writing this|on (?:this|the other) (?:end|side))',
    '\\b(?:human|person) (?:is )?(?:typing this|behind this (?:chat|screen|keyboard))',
    `\\b(?:no|not an?) ${AI} (?:here|on this end|involved)\\b`,
    "\\bi(?:'m| am) one of (?:the|our) (?:human|live|real) (?:agents|people|employees|representatives|colleagues)\\b",
    "\\bi(?:'m| am)? (?:sit|sitting|based|working|work) (?:\\w+ ){0,3}(?:in|at|from) (?:my |our |the |an? )?(?:\\w+ ){0,2}(?:office|headquarters|cubicle|call cent(?:er|re))\\b",
    "\\bi(?:'m| am) (?:sitting )?at my desk\\b",
    "\\bi(?:'ve| have) (?:personally )?(?:worked|been working) (?:here|at|for|with) (?:\\w+ ){0,3}(?:for|since) (?:\\w+ ){1,3}(?:years|months)\\b",
    "\\bi(?:'m| am) \\d\\d years old\\b",
    '\\bi have (?:a (?:heartbeat|pulse|body)|flesh and blood)\\b',
    `${UNLESS}\\b(?:i'm|i am|im) ${FILL}(?:an? )?(?:\\w+ )?person(?=[^a-z ]|$| (?:with|like|too|and|myself|here|made|of flesh)\\b)`,
  ],
  es: [
    '(?<!no )\\b(?:yo )?soy (?:realmente |de verdad |tambien |solo )?(?:una persona|un humano|un ser humano|humano|humana|una humana|(?:alguien )?de carne y hueso)\\b(?! digital)',
    '\\bno soy (?:un |una |ningun |ninguna )?(?:bot|robot|maquina|ia|chatbot|inteligencia artificial|programa)\\b',
    '\\besta(?:s)? (?:usted )?(?:hablando|chateando|escribiendo) con (?:una persona|un humano|un ser humano|alguien real)\\b',
    '\\bcomo (?:ser )?human[oa](?: que soy)?,|\\bcomo persona que soy\\b',
    '\\b(?:estoy sentad[oa]|trabajo) (?:aqui )?(?:en|desde) (?:mi|la|nuestra|una) oficina\\b',
    '\\baqui no hay (?:ningun |ninguna )?(?:bots?|robots?|ia|maquinas?)\\b',
    '\\bllevo \\w+ anos trabajando\\b',
  ],
  de: [
    '\\bich bin (?:wirklich |tatsachlich |naturlich |auch |nur |selbst |doch )*(?:(?:ein )?(?:echter |richtiger |realer |lebender )?mensch|eine (?:echte|reale|richtige) person|menschlich|aus fleisch und blut|ein menschlicher)\\b(?! ?-)',
    '\\bich bin (?:wirklich |doch |ganz sicher )*(?:kein|keine|nicht eine?) (?:bot|chatbot|roboter|maschine|ki|ai|kunstliche intelligenz|computer|programm|algorithmus)\\b',
    '\\b(?:sie|du) (?:sprechen|schreiben|chatten|sprichst|schreibst|chattest) (?:hier |gerade |jetzt |wirklich )*mit (?:einem (?:echten |richtigen |realen )?menschen|einer (?:echten |realen )?person)',
    '\\bals (?:echter )?mensch(?:,| (?:kann|weiss|verstehe|habe|bin|kenne|fuhle) ich)',
    '\\bhier (?:sitzt|schreibt|antwortet|ist) (?:ihnen )?(?:ein (?:echter )?mensch|kein (?:bot|roboter))\\b',
    '\\bich sitze (?:hier |gerade )*(?:im|in|am)\\b',
    '\\bich arbeite (?:hier )?seit \\w+ jahren\\b|\\bich arbeite (?:im homeoffice|von zu ?hause|in unserem buro)',
  ],
  fr: [
    '\\bje suis (?:vraiment |bien |reellement |aussi |un )*(?:(?:un )?(?:etre )?humain|(?:une )?(?:vraie |veritable )?(?:personne|humaine)(?: reelle)?|en chair et en os)\\b',
    '\\bje ne suis (?:pas|ni|aucunement) (?:un |une )?(?:bot|robot|machine|ia|chatbot|intelligence artificielle|programme|ordinateur)\\b',
    '\\bvous (?:parlez|discutez|echangez|ecrivez) (?:bien |en ce moment |actuellement )*(?:a|avec) (?:une (?:vraie |veritable )?personne|un (?:vrai |etre )?humain)',
    "\\ben tant qu(?:e |')(?:etre )?humain",
    '\\bje (?:suis assise?|travaille) (?:ici )?(?:dans|depuis|a) (?:mon|notre|nos|un) bureaux?\\b',
    "\\bil n'y a (?:pas|aucun) (?:de |d')?(?:bots?|robots?|ia) ici\\b",
  ],
  pt: [
    '(?<!nao )\\b(?:eu )?sou (?:realmente |mesmo |tambem |so )*(?:uma pessoa|um humano|um ser humano|humano|humana|de carne e osso)\\b',
    '\\bnao sou (?:um |uma |nenhum |nenhuma )?(?:bot|robo|robot|maquina|ia|chatbot|inteligencia artificial|programa)\\b',
    '\\besta a? ?(?:falar|falando|conversar|conversando) com (?:uma pessoa|um (?:ser )?humano)\\b',
    '\\bcomo (?:ser )?human[oa](?: que sou)?,',
    '\\b(?:estou sentad[oa]|trabalho) (?:aqui )?(?:no|em|num) (?:meu |nosso )?escritorio\\b',
    '\\baqui nao ha (?:nenhum )?(?:bots?|robos?|ia)\\b',
  ],
  it: [
    '(?<!non )\\b(?:io )?sono (?:davvero |proprio |anche |solo )*(?:una persona (?:vera|reale|in carne)|una vera persona|un (?:vero )?(?:essere )?umano|umano|umana|in carne e ossa)\\b',
    "\\bnon sono (?:un |una |un'|nessun )?(?:bot|robot|macchina|ia|chatbot|intelligenza artificiale|programma)\\b",
    '\\b(?:sta|stai) (?:parlando|chattando|scrivendo) con (?:una (?:vera )?persona|un (?:vero )?(?:essere )?umano)\\b',
    '\\b(?:in quanto|da|come) (?:essere )?uman[oa],',
    '\\b(?:sono sedut[oa]|lavoro) (?:qui )?(?:in|nel|dal) (?:mio |nostro )?ufficio\\b',
    "\\bqui non c'e (?:nessun |alcun )?(?:bot|robot|ia)\\b",
  ],
  nl: [
    '\\bik ben (?:echt |ook |gewoon |maar |wel )*(?:(?:een )?(?:echt )?mens|een (?:echt|echte) persoon|van vlees en bloed)\\b',
    '\\bik ben (?:echt )?(?:geen|niet een) (?:bot|chatbot|robot|computer|ai|machine|programma)\\b',
    '\\b(?:u|je|jij) (?:spreekt|praat|chat) (?:hier |nu |gewoon )*met een (?:echt |echte )?(?:mens|persoon)\\b',
    '\\bals (?:echt )?mens(?:,| (?:kan|weet|begrijp|heb|ben) ik)',
    '\\bik (?:zit|werk) (?:hier |gewoon )*(?:op|in|vanuit) (?:ons |het |mijn )?(?:\\w+ )?kantoor\\b',
    '\\bgeen (?:bot|robot|ai) (?:hier|aan het woord)\\b',
  ],
  pl: [
    '(?<!nie )\\bjestem (?:prawdziwym |zywym |tylko |tez )*(?:czlowiekiem|prawdziwa osoba|zywa osoba)\\b',
    '\\bnie jestem (?:zadnym |zadna )?(?:botem|robotem|chatbotem|maszyna|ai|sztuczna inteligencja|programem)\\b',
    '\\brozmawia (?:pan|pani) z (?:prawdziwym )?czlowiekiem',
  ],
  sv: [
    '\\bjag ar (?:faktiskt |verkligen |ocksa )*(?:en (?:riktig |verklig )?(?:manniska|person)|mansklig)\\b',
    '\\bjag ar (?:ingen|inte en) (?:bot|robot|chatbot|maskin|ai)\\b',
    '\\bdu (?:pratar|chattar) med en (?:riktig )?(?:manniska|person)',
  ],
  da: [
    '\\bjeg er (?:faktisk |virkelig |et )*(?:rigtigt )?menneske\\b',
    '\\bjeg er (?:ikke en|ingen) (?:bot|robot|chatbot|maskine|ai)\\b',
    '\\bdu taler med et (?:rigtigt )?menneske',
  ],
  tr: ['\\bben (?:gercek |de )*(?:bir )?insan[iı]m\\b', '\\b(?:bot|robot|yapay zeka) deg[iı]lim\\b'],
  ru: [
    '(?<!\\p{L})я (?:настоящии |живои |тоже |обычныи )*человек(?!\\p{L})',
    '(?<!\\p{L})я не (?:бот|робот|машина|программа|искусственный интеллект|ии)(?!\\p{L})',
    'вы (?:говорите|общаетесь) с (?:живым |настоящим )?человеком',
  ],
};

/** The words of a captcha are its own. */
const CHECK_BOX =
  /captcha|\b(?:check ?box|tick|casilla|cochez|case a cocher|casella|spunta|caixa|kastchen|hakchen|vakje|vink|zaznacz|pole)\b/;

const claimed = sayingsOf(CLAIMS);

/** Whether a text says that who speaks is a person. `text`: in lower case without marks. */
export function claimsHuman(text: string): boolean {
  const found = claimed(text);
  return found !== null && !(CHECK_BOX.test(text) && /robo/.test(found));
}
