import { splitSentences } from '../../language/sentences.ts';
import { saysSomething } from '../../language/small-talk.ts';

const ENDS_ASKING = /[?？؟][\s*_"'”’»)\]]*$/u;
/** A line that leads in what follows. */
const LEADS_IN = /[:：]\s*$/u;

/** What an agent says of itself and of the conversation: the words for the one who speaks, in the languages of the search. */
const SPEAKER = new RegExp(
  `(?<![\\p{L}\\p{M}'’])(?:I|I['’](?:m|ll|ve|d)|[Mm]e|my|myself|[Ll]et['’]s|[Jj]['’]\\p{L}+|${[
    'yo conmigo puedo tengo lamento siento encuentro dispongo ich mir mich je moi eu mim posso tenho encontrei io ho ik mij mijn',
  ]
    .join(' ')
    .replace(/(?<=^| )\p{L}/gu, (letter) => `[${letter.toUpperCase()}${letter}]`)
    .replaceAll(' ', '|')})(?![\\p{L}\\p{M}])`,
  'u',
);
/** What such a sentence says after "that" is about something else. */
const REPORTS =
  /^(?:[^,:;]{0,30}[,:;]\s+)?(?:I|ich|je|yo|eu|io|ik)?\s*(?:can|could|am happy to|['’]?m happy to|have|['’]ve)?\s*(?:confirm|confirmed|see|checked|found|tell you|say|know|puedo confirmar|kann bestätigen|peux confirmer|posso confirmar|posso confermare|kan bevestigen)(?:\s+(?:for you|Ihnen|vous|le|lhe|u))?\s*(?:that|[,:–—]|dass|que|che|dat)\s+/iu;

/** What an agent says to a customer about the two of them, not about the company. */
const ABOUT_THE_CONVERSATION = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    "you (?:said|mentioned|told|wrote|asked|described|noted|want|wanted|would like|['’]d like|are asking|are looking)|as you (?:said|mentioned)",
    "thank(?:s| you)|sorry|apologi[sz]e|welcome to|feel free|hope (?:this|that)|have a (?:nice|good|great|safe|lovely|wonderful|pleasant)|come back (?:any|when)|enjoy your|you(?:[’']re| are) welcome|good question|great question|happy to help|anything else|(?:any )?(?:other|more|further) questions",
    '(?:a|my|our|one of (?:my|our)) (?:colleagues?|team members?|human agents?|representatives?|specialists?) (?:will|can|is going to|has been|have been|shall|is being)|(?:someone|somebody) (?:from|in|on) (?:our|the) team',
    "(?:no|not have|n[’']t have|n[’']t find|without|lacks?) (?:[a-z]+ )?(?:information|details|answer|record|data|mention)",
    '(?:that|this|it) (?:all )?depends on|(?:eso|esto) depende|das hängt (?:davon|von)|cela dépend|isso depende|dipende d|dat hangt af',
    'gracias|lo siento|disculpe|perdón|bienvenid[oa]|usted (?:dijo|mencionó|preguntó)|como (?:dijo|mencionó)|alguna otra pregunta|un (?:compañero|colega)|no (?:hay|tenemos) información',
    'danke|tut (?:mir|uns) leid|entschuldig|willkommen|sie (?:sagten|erwähnten|fragten|haben (?:gesagt|erwähnt|gefragt))|weitere fragen|(?:ein|eine) (?:kollege|kollegin)|keine (?:informationen|angaben)',
    "merci|désolée?|excusez|bienvenue|vous (?:avez (?:dit|mentionné|demandé)|disiez)|(?:d’)?autres questions|un(?:e)? collègue|pas d[’'](?:information|informations)",
    'obrigad[oa]|desculpe|bem-vind[oa]|(?:você|o senhor|a senhora) (?:disse|mencionou|perguntou)|mais alguma|um colega|não (?:há|temos) informaç',
    'grazie|mi dispiace|ci dispiace|scusi|benvenut[oa]|(?:lei )?ha (?:detto|menzionato|chiesto)|altre domande|un collega|non (?:ci sono|abbiamo) informazioni',
    'dank u|bedankt|het spijt|welkom|u (?:zei|noemde|vroeg)|andere vragen|een collega|geen informatie',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'iu',
);

/**
 * What of a sentence states a fact about the company or the customer's matter; null for a question, an offer, courtesy, a refusal,
 * and what is said of the conversation itself. "I can confirm that it is covered" states that it is covered.
 */
export function claimIn(sentence: string): string | null {
  const text = sentence.trim();
  if (ENDS_ASKING.test(text) || !(saysSomething(text) || /\p{N}/u.test(text))) return null;
  const reported = REPORTS.exec(text);
  const rest = reported ? text.slice(reported[0].length) : text;
  if (SPEAKER.test(rest) || ABOUT_THE_CONVERSATION.test(rest)) return null;
  if (LEADS_IN.test(rest) && !/\p{N}/u.test(rest)) return null;
  return rest;
}

/** A sentence without what stands before a list item, and without marks of emphasis and tables. */
export function withoutMarkup(sentence: string): string {
  return sentence
    .replace(/^\s*(?:(?:[-*+•>|]|#{1,6}|\d{1,3}[.)])[ \t]+)*/, '')
    .replace(/[*_`|]+/g, ' ')
    .trim();
}

/** What a reply claims, sentence by sentence. */
export function claimsIn(text: string): string[] {
  return splitSentences(text).flatMap((sentence) => claimIn(withoutMarkup(sentence)) ?? []);
}
