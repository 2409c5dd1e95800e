import { consentOf } from '../../language/consent.ts';
import { words } from '../../language/tokens.ts';
import { tellsOfDeath, tellsOfDoubleCharge, tellsOfHarm, tellsOfLongWait } from './mishap.ts';
import { asksForPerson } from './person.ts';

/** What a message is besides a question: courtesies, and the things that have an answer of their own. */
export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'wants_person'
  | 'who_are_you'
  | 'what_can_you_do'
  | 'how_are_you'
  | 'distress'
  | 'complaint'
  | 'charged_twice'
  | 'long_wait'
  | 'card_number'
  | 'promise'
  | 'yes'
  | 'no'
  | null;

const ROLE =
  '(?:person|people|human|humans|someone|somebody|anyone|agent|representative|rep|operator|advisor|adviser|manager|supervisor|staff|colleague|librarian|team member|your team|team|employee|customer (?:service|support|care)|front desk|reception|receptionist|department)';
const PERSON = new RegExp(
  [
    `\\b(?:let me|can i|could i|i want to|i need to|i'd like to|i'd rather|may i) (?:please )?(?:talk|speak) (?:to|with) (?:a|an|your|the|one of)\\b`,
    `\\b(?:discuss|talk|speak|chat|connect|transfer|put me|get me|reach|switch|forward|hand me|pass me|escalate|deal)\\b.*\\b${ROLE}\\b`,
    `\\b${ROLE}\\b.*\\b(?:talk to|speak to|speak with|talk with|to talk|to speak)\\b`,
    `\\b(?:real|actual|live|human)\\b (?:person|human|agent|being|representative|operator|advisor|support|help)\\b`,
    `\\b(?:want|need|prefer|like|get|gimme|give me)\\b (?:(?:a|an|your|to (?:see|have)|help from|some) )*(?:human|person|representative|operator|supervisor|manager|live agent)\\b`,
    `\\bhuman please\\b|^\\s*(?:a |an )?(?:human|agent|representative|operator|person|real person)[\\s.!,]*(?:please|pls|now)?[\\s.!?]*$`,
    `\\b(?:call me(?: back)?|transfer me|connect me)[\\s.!]*(?:please|now|today)?[\\s.!]*$|\\b(?:call|ring|phone)(?: me| us)? back\\b(?! (?:my|the|his|her)\\b)|\\b${ROLE}\\b.*\\b(?:call|ring|phone) (?:me|us) (?:about|today|tomorrow|tonight|later|on|at|when|please|now|up)\\b`,
    `\\b(?:not|rather than|instead of|than)\\b (?:(?:with|to|a|the|this|some) )*(?:bot|machine|robot|computer|ai)\\b|\\b(?:don'?t|do not|hate|tired of|sick of|stop)\\b.*\\b(?:bot|bots|robot|machine)\\b`,
  ].join('|'),
  'i',
);
const WHO =
  /\b(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)|r u) (?:really |just |actually )?(?:a |an |some )?(?:real|human|bot|robot|ai|person|machine|chatbot|computer|actual|chatgpt|gpt|claude|gemini|siri|alexa)\b|\bwho (?:are you|made you|built you|created you)\b|\bwhat(?:'s| is) your name\b|\bwhat are you\b|\bwhat (?:model|llm|ai) are you\b|\bhow old are you\b|\bwhich (?:ai|model)\b/i;
const ABILITIES =
  /^\W*(?:so |ok |and |hi,? |hello,? )?what (?:can|could) (?:you|i) (?:do|help|ask)(?: (?:with|for|about|here|me|us|you|exactly|in this chat))*\W*$|\bhow can you help\b|\bwhat do you do\b|\bwhat can i ask\b|^\s*help(?: me)?[\s!.?]*$|^\s*(?:what|ok what) do you (?:insure|offer|sell|have)(?: then| exactly| here)?\s*\??$/i;
const HOW_ARE_YOU = /\bhow(?:'s it going| are (?:you|things)| is it going| do you do| r u)\b/i;
const BYE =
  /\b(?:bye|goodbye|good bye|see you|see ya|cya|have a (?:nice|good|great|lovely)|that(?:'s| is| was|ll be|'ll be| will be) (?:all|it|everything)|thats (?:all|it)|nothing else|i'?m (?:all set|done|good)|im good|all set|i have everything|no more questions|good night|take care|peace(?: out)?[.!]*$|later[.!]*$)(?!\w)/i;
const THANKS = /\b(?:thanks|thank you|thank u|thx|ty|tysm|cheers|appreciate|appreciated|much obliged|gracias|merci)\b/i;
const HELLO =
  /^\s*(?:hi+|hello+|hey+|hiya|howdy|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|yo|sup|hola)\b/i;
const PROMISE = /\b(?:promise|guarantee|swear|assure|commit to)\b/i;
const DANGER =
  /\b(?:bleeding (?:badly|heavily|a lot|out)|not breathing|can'?t breathe|(?:need|call|send) an ambulance|heart attack|ha(?:s|d|ving) a stroke|on fire|(?:it'?s|is|this is|medical|an?) emergency(?! (?:appointment|visit|slot|service|kit|exit|fund|number|contact|room))|suicid\w*|kill myself|end my life|self[- ]harm|hurt myself|want to die)\b/i;
const GRIEF = /\b(?:i'?m|i am|feel(?:ing)?|so|very|severely) depressed\b|\bdepression\b/i;
const CRASH =
  /\b(?:just|i|we) (?:just )?(?:crashed|had an accident|got (?:into|in) an? (?:accident|crash|wreck)|been in an? (?:accident|crash))\b|\bthere'?s been an? (?:accident|crash)\b/i;
const ANGER =
  /\b(?:angry|furious|outrageous|ridiculous|unacceptable|disgusting|terrible|awful|horrible|worst|useless|scam|scammers|thieves|crooks|rip ?off|ripped off|lawyer|sue you|suing|sick of|fed up|pissed|joke of a|incompetent|disappointed|lied to me|shame on)\b|\b(?:want|like|need) to (?:complain|make a complaint|file a complaint)\b|\bnobody (?:answers|answered|calls|called|responds|replied|helps)\b|\btaking forever\b|\bstill (?:waiting|no answer|nothing)\b/i;
const CARD = /\b(?:\d[ -]?){13,16}\b/;
/** Words that may stand beside a courtesy without making it more than that. */
const AROUND = new Set(
  words(
    "hi hello hey hiya howdy yo there good morning afternoon evening day so much very a lot for your the help you you've u been great was really helpful super all ok okay perfect awesome nice cool again everyone anyone thanks thank bye goodbye that is that's thats it i i'm im have had everything need now done set today lovely one and see later appreciate appreciated cheers no nope nothing else more question questions yes well wonderful fantastic amazing just me my answer answers answering information info this will be then how are doing going things how's hope please excellent assistance support thx ty to with by of time weekend night take care dear team folks sir madam quick got get can ask something some about hope hear back soon talk made ur peace out alright dude man bro mate",
  ),
);

export function smallTalk(text: string, names: readonly string[] = []): SmallTalk {
  const known = new Set(names.flatMap(words));
  const said = words(text);
  const only = said.every((word) => AROUND.has(word) || known.has(word));
  const question = /\?\s*$/.test(text);
  if (DANGER.test(text) || tellsOfHarm(text) || (CRASH.test(text) && !question)) return 'distress';
  if (GRIEF.test(text) || tellsOfDeath(text)) return 'distress';
  if ((PERSON.test(text) && !WHO.test(text)) || asksForPerson(text)) return 'wants_person';
  if (tellsOfDoubleCharge(text)) return 'charged_twice';
  if (CARD.test(text)) return 'card_number';
  if (WHO.test(text) && said.length < 16) return 'who_are_you';
  if (ABILITIES.test(text) && said.length < 12) return 'what_can_you_do';
  if (ANGER.test(text) && !question) return 'complaint';
  if (tellsOfLongWait(text)) return 'long_wait';
  if (HOW_ARE_YOU.test(text) && only) return 'how_are_you';
  if (BYE.test(text) && !text.includes('?') && (only || said.length <= 14)) return 'goodbye';
  if (THANKS.test(text) && !text.includes('?') && (only || said.length <= 5)) return 'thanks';
  if (HELLO.test(text) && only) return 'greeting';
  if (PROMISE.test(text) && /\b(?:you|me|u|do|can|please)\b/i.test(text)) return 'promise';
  if (/^\s*(?:k|alright|all right|got it|i see|great|cool|fine)[\s.!]*$/i.test(text)) return 'yes';
  if (/^\s*(?:not now|not really)[\s.!]*$/i.test(text)) return 'no';
  return consentOf(text);
}

/** Whether a distressed message tells of danger, or of an accident that may have hurt somebody. */
export function isDanger(text: string): boolean {
  return DANGER.test(text) || tellsOfHarm(text) || CRASH.test(text);
}

const LANGUAGES: Record<string, Set<string>> = {
  es: new Set(
    'el la los las que de en por para con una un es qué cómo cuánto quiero necesito puedo mi su seguro hola tienen tiene cuál gracias coche'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les des que de en pour avec une un est quel comment combien je veux mon votre vous bonjour avez merci assurance voiture'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das und ist ein eine ich für mit wie was kann mein ihre sie haben hallo danke versicherung auto nicht wieviel'.split(
      ' ',
    ),
  ),
  pt: new Set(
    'o os que de em para com uma um é como quanto quero preciso posso meu seu você olá tem obrigado seguro carro não'.split(
      ' ',
    ),
  ),
  it: new Set(
    'il lo gli che di per con una un è come quanto voglio mio vostro ciao avete grazie assicurazione auto sono posso'.split(
      ' ',
    ),
  ),
  nl: new Set(
    'de het een en is van voor met hoe wat ik wil mijn uw jullie hallo dank verzekering auto niet kan hoeveel'.split(
      ' ',
    ),
  ),
};

/** The language of a message that is clearly not English, or null. */
export function foreignLanguage(text: string): string | null {
  const said = words(text);
  if (/[\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text))
    return 'other';
  if (/[¿¡ñ]/.test(text)) return 'es';
  if (said.length < 2) return null;
  const english = said.filter((word) => ENGLISH.has(word)).length;
  let best: { language: string; hits: number } | null = null;
  for (const [language, marks] of Object.entries(LANGUAGES)) {
    const hits = said.filter((word) => marks.has(word)).length;
    if (hits > (best?.hits ?? 0)) best = { language, hits };
  }
  return best && best.hits >= 2 && best.hits > english && best.hits / said.length >= 0.25 ? best.language : null;
}

const ENGLISH = new Set(
  'the a an i you is are do does what how can my your it in of for to and with have has me we this that please hi hello when where which who will would not be if on at was am'.split(
    ' ',
  ),
);

/** What is said to a customer who does not write English. */
export const FOREIGN: Record<string, string> = {
  es: 'Lo siento, en este momento responde un modelo sencillo sin conexión que solo entiende inglés. Escriba en inglés, o escriba «human please» y un colega le atenderá aquí.',
  fr: 'Désolé, un modèle simple hors ligne répond pour le moment et ne comprend que l’anglais. Écrivez en anglais, ou écrivez « human please » et un collègue vous répondra ici.',
  de: 'Es tut mir leid, im Moment antwortet ein einfaches Offline-Modell, das nur Englisch versteht. Schreiben Sie auf Englisch, oder schreiben Sie „human please“, dann antwortet Ihnen hier ein Mensch.',
  pt: 'Desculpe, neste momento responde um modelo simples offline que só entende inglês. Escreva em inglês, ou escreva “human please” e um colega responderá aqui.',
  it: 'Mi dispiace, al momento risponde un semplice modello offline che capisce solo l’inglese. Scriva in inglese, oppure scriva “human please” e un collega le risponderà qui.',
  nl: 'Sorry, op dit moment antwoordt een eenvoudig offlinemodel dat alleen Engels begrijpt. Schrijf in het Engels, of schrijf ‘human please’ en een collega antwoordt u hier.',
  other:
    'I am sorry, right now a simple offline model answers, and it only understands English. Please write in English, or write "human please" to reach a colleague.',
};
