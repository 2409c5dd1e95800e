import { stem } from './stem.ts';
import { words } from './tokens.ts';

/** A text that ends with a question. */
export const ENDS_ASKING = /[?？؟][\s*_"'”’»)\]]*$/u;

/** Words that begin a question where its sign is left out: in the languages of the stop words of the search. */
const ASKING = new RegExp(
  `^[\\s¿"'«]*(?:${[
    "what(?:'?s)?|how|why|when|where|who|whom|whose|which|can|could|may|do|does|did|is|are|was|were|will|would|should|has|have",
    "tell me|show me|explain|describe|i(?:'d| would) like to know|i (?:want|need) to know",
    'qué|que|cómo|como|cuándo|cuando|dónde|donde|cuál|cual|quién|quien|cuánto|cuanto|por qué|puedo|puede|hay',
    'was|wie|wann|wo|wer|warum|wieso|welche[rsmn]?|kann|können|gibt es|ist|sind|darf',
    'quel(?:le)?s?|comment|pourquoi|quand|où|qui|combien|est-ce que|puis-je|peut-on|y a-t-il',
    'quando|onde|qual|quais|quem|quanto|por que|posso|pode|existe',
    'che|cosa|come|dove|quale|quali|chi|quanto|perché|perche|si può|è possibile',
    'wat|hoe|wanneer|waar|wie|waarom|welke?|kan|mag|zijn er|is er',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'iu',
);

/** Whether a text asks something, as its sign or its first word shows. Small talk can ask, too: "How are you?" */
export function asksSomething(text: string): boolean {
  return /[?？؟]/.test(text) || ASKING.test(text);
}

/** How an agent asks for something without a question: "Please tell me the age", "I still need the order number". */
const WANTING = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    'please (?:tell|give|send|share|say|provide|enter|choose|confirm)|(?:i|we)(?: still| also| just)? need|let (?:me|us) know',
    'd[íi]game|ind[íi]que(?:me)?|(?:me|nos) (?:falta|faltan|hace falta)|necesito|necesitamos',
    'bitte (?:nennen|geben|sagen|senden|schicken|teilen)|(?:nennen|sagen|geben|schicken) sie|brauche ich|ich brauche|benötige ich|ich benötige',
    "(?:veuillez|merci de) [\\p{L}’']+|(?:dites|indiquez|donnez|envoyez)-(?:moi|nous)|il (?:me|nous) (?:faut|manque)|j[’']ai (?:encore )?besoin",
    '(?:diga|informe|indique|envie)(?:-(?:me|nos))?|preciso|precisamos',
    '(?:mi|ci) (?:dica|indichi|serve|servono|occorre)|ho (?:ancora )?bisogno',
    'ik heb [^.!?]{0,60}nodig|geef (?:me|mij)|laat (?:me|het) (?:me )?weten',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'iu',
);

/** Whether what an agent says leaves it to the customer to say something: it ends with a question, or wants to be told. */
export function waitsForAnswer(reply: string): boolean {
  const last = reply
    .trim()
    .split(/\n\s*\n|(?<=[.!?？؟…])\s+/u)
    .slice(-2)
    .join(' ');
  return ENDS_ASKING.test(reply) || WANTING.test(last);
}

/** How a customer turns to something else, or wants something, without a question. */
const TURNING = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    "actually|wait|hold on|forget (?:it|that)|instead|before (?:that|we)|by the way|btw|something else|another (?:thing|question)|just (?:now|had|got|hit|happened)|i(?:['’]d| would)? (?:rather|want|like|need|wish)|back to|help",
    'espera|espere|en realidad|por cierto|otra cosa|mejor|acabo de|acaban de|acaba de|quiero|quisiera|necesito|ayuda',
    'moment|warte[n]?|übrigens|eigentlich|stattdessen|noch etwas|etwas anderes|gerade|eben|soeben|ich (?:will|möchte|würde|brauche|muss)|hilfe',
    "attendez|en fait|au fait|plutôt|autre chose|je viens|vient de|je (?:veux|voudrais|souhaite|dois)|j[’']ai besoin|aide",
    'espere|na verdade|aliás|outra coisa|acabei de|acabou de|acabaram de|quero|queria|gostaria|preciso|ajuda',
    "aspetti|in realtà|a proposito|un[’']altra cosa|ho appena|appena|voglio|vorrei|devo|aiuto",
    'wacht|eigenlijk|trouwens|iets anders|zojuist|net|ik (?:wil|moet)|hulp',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'iu',
);

/** Whether what a customer says does more than answer: it asks, wants something, or turns to something else. */
export function turnsElsewhere(text: string): boolean {
  return asksSomething(text) || TURNING.test(text);
}

/** Words that stand for what was said before; `das`, `es` and `lo` only where nothing follows that they could belong to. */
const BACKWARDS =
  /(?<![\p{L}\p{M}])(?:(?:it|that|them|those)(?!['’])|eso|esto|(?:das|es|dafür|davon|dazu)(?=\W*$)|ça|cela|isso|isto|quello|questo|ciò|dat|ervoor)(?![\p{L}\p{M}])/iu;
/** So few words and one of those: hardly anything is left that is its own. */
const FEW_WORDS = 6;

/** Whether what a customer says is short and about what was said before: "Is that covered?", "was kostet das". */
export function leansOnContext(text: string): boolean {
  return BACKWARDS.test(text) && words(text).length <= FEW_WORDS;
}

/** A question's wording as far as it matters: without case, spacing, and what ends it. */
export function wordingOf(question: string): string {
  return question
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\s+/gu, ' ')
    .replace(/^[\s¿¡]+|[\s.!?…。！？؟]+$/gu, '')
    .toLowerCase();
}

/** What leads in a question and says nothing: "Hi, could you please tell me how…" */
const LEAD_IN = new RegExp(
  `^(?:${[
    'hi|hello|hey|hiya|dear all|good (?:morning|afternoon|evening)|ok|okay|so|please|sorry|excuse me|thanks|there',
    '(?:can|could|would) (?:you|someone|anyone|somebody)(?: please)? (?:tell|explain to|show) (?:me|us)(?: please)?',
    "(?:please )?(?:tell|show) (?:me|us)|i(?:'d| would) (?:really )?like to know|i (?:really )?(?:want|need) to know",
    "do you know|i(?:'m| am) wondering|i was wondering|any idea",
  ].join('|')})\\b[\\s,.:!-]*`,
);
/** Ways to ask whether something may be done. */
const MAY = /^(?:could|may|might) (?=(?:i|we)\b)|^is it possible (?:for (?:me|us) )?to\b|^am i (?:able|allowed) to\b/;
/** How something is done: "how do I", "how can we", "how to", "how I can". */
const HOW = /\bhow (?:(?:do|can|could|would|should|may|might) (?:i|we)|to|(?:i|we) (?:can|could|may|should))\b/g;
/** Words that change nothing wherever they stand in a question. Verbs of the past and nearly all prepositions change much. */
const IDLE: ReadonlySet<string> = new Set(
  'a an the my our us me is are am be do does has have there any of get got will would should please just thanks'.split(
    ' ',
  ),
);
/** Who asks, beside a verb; else it may be a number, as in "phase I". */
const ASKER = /\b(do|am|have|if|that|when|where|what|how|can|could|would|should|may|will|did|had) (?:i|we)\b/g;
/** A letter that is a name: "plan A". */
const LETTER = /(?<=[^\s.!?]\s)A\b/g;
/** Words that show English, and stand in no other language that is written with these letters alone. */
const ENGLISH =
  /\b(?:what|how|when|where|why|who|which|can|could|does|are|the|my|you|your|should|would|have|with|this|that|(?:is|are) (?:an?|it|there))\b/;
const SIGNS = /[a-z0-9'’]+|[^a-z0-9'’\s,.!?"()-]/g;

/**
 * What an English question says, so that other wordings of the same come out alike: its words as stems, in order, without
 * those that change nothing. Every number, name, negation, preposition and kind of question stays. Null where the text is not
 * English or has nothing left.
 */
export function questionContent(question: string): string | null {
  const plain = wordingOf(question.replace(LETTER, "letter'a")).replace(/[\u2010-\u2015]/g, '-');
  if (/[^\x20-\x7e£€’]/.test(plain) || !ENGLISH.test(plain)) return null;
  let text = plain;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(LEAD_IN, '');
  }
  text = text
    .replace(/[\s,]*\b(?:please|thanks|thank you)\b[\s,!.]*$/, '')
    .replace(MAY, (may) => (may.startsWith('is it') || may.startsWith('am i') ? 'can i' : 'can '))
    .replace(HOW, 'how')
    .replace(ASKER, '$1')
    .replace(/\bwhat(?:'s| is| are)\b/g, 'what');
  const kept = text
    .split(/\s+/)
    .flatMap((part) => [...words(part), ...(part.match(SIGNS) ?? []).filter((sign) => !/[a-z0-9]/.test(sign))])
    .filter((word, at, all) => !IDLE.has(word) && !(word === 'for' && at < all.length - 1))
    .map((word) => stem(word));
  return kept.some((word) => /[a-z0-9]/.test(word)) ? kept.join(' ') : null;
}
