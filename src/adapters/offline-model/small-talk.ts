import { words } from '../../language/tokens.ts';

/** What a message is besides a question: courtesies, and the things that have an answer of their own. */
export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'wants_person'
  | 'who_are_you'
  | 'what_can_you_do'
  | 'how_are_you'
  | 'yes'
  | 'no'
  | 'promise'
  | null;

const PERSON =
  /\b(?:talk|speak|chat|connect|transfer|put me|get me|reach|switch|forward|hand me|pass me)\b.*\b(?:person|human|someone|somebody|agent|representative|rep|operator|advisor|adviser|manager|supervisor|staff|colleague|people|librarian|team member|employee|real)\b|\b(?:real|actual|live|human) (?:person|human|agent|being|representative|operator|advisor|support)\b|\b(?:want|need|prefer|like) (?:a|an|to (?:see|have)) (?:human|person|representative|operator|supervisor|manager)\b|\bhuman please\b|^\s*(?:human|agent|representative|operator|a person|person)[\s.!,]*(?:please)?[\s.!]*$|\bcall me back\b|\bnot (?:a|with a) (?:bot|machine|robot)\b/i;
const WHO =
  /\b(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an )?(?:real|human|bot|robot|ai|person|machine|chatbot|computer|actual)\b|\bwho are you\b|\bwhat(?:'s| is) your name\b|\bwhat are you\b/i;
const ABILITIES =
  /\bwhat (?:can|could) (?:you|i) (?:do|help|ask)\b|\bhow can you help\b|\bwhat do you do\b|\bwhat can i ask\b|^\s*help[\s!.?]*$/i;
const HOW_ARE_YOU = /\bhow(?:'s it going| are (?:you|things)| is it going| do you do)\b/i;
const BYE =
  /\b(?:bye|goodbye|good bye|see you|see ya|have a (?:nice|good|great|lovely)|that(?:'s| is| was|ll be|'ll be| will be) (?:all|it|everything)|that's all|nothing else|no,? that'?s it|i'?m (?:all set|done|good)|all set|i have everything|no more questions|good night)\b/i;
const THANKS = /\b(?:thanks|thank you|thx|ty|cheers|appreciate|appreciated|much obliged)\b/i;
const HELLO = /^\s*(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|yo)\b/i;
const PROMISE =
  /\b(?:can you|could you|will you|do you|please|you have to)?\s*(?:promise|guarantee|swear|commit|assure)\b.*\b(?:me|you|that|it|us|discount|price|refund)\b/i;
/** Words that may stand beside a courtesy without making it more than that. */
const AROUND = new Set(
  words(
    "hi hello hey there good morning afternoon evening day so much very a lot for your the help you been great was really helpful all ok okay perfect awesome nice cool eva again everyone thanks thank bye goodbye that is that's it i i'm im have everything need now everything done set today have lovely one and see later appreciate appreciated cheers no nope nothing else more questions yes well wonderful fantastic amazing super just me my answer answers information info this will be then how are doing going things how's hope please excellent assistance support thx ty to with by of great time weekend night day take care dear team folks sir madam",
  ),
);

export function smallTalk(text: string, names: readonly string[] = []): SmallTalk {
  const known = new Set(names.flatMap(words));
  const only = words(text).every((word) => AROUND.has(word) || known.has(word));
  const question = /\?\s*$/.test(text);
  if (PERSON.test(text) && !WHO.test(text)) return 'wants_person';
  if (WHO.test(text) && words(text).length < 16) return 'who_are_you';
  if (ABILITIES.test(text) && words(text).length < 12) return 'what_can_you_do';
  if (HOW_ARE_YOU.test(text) && only) return 'how_are_you';
  if (BYE.test(text) && !question && (only || words(text).length <= 14)) return 'goodbye';
  if (THANKS.test(text) && !question && (only || words(text).length <= 5)) return 'thanks';
  if (HELLO.test(text) && only) return 'greeting';
  if (PROMISE.test(text)) return 'promise';
  if (/^\s*(?:yes|yeah|yep|sure|ok|okay|yes please|please do|please)[\s.!]*$/i.test(text)) return 'yes';
  if (/^\s*(?:no|nope|no thanks|no thank you|not now|not really)[\s.!]*$/i.test(text)) return 'no';
  return null;
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
