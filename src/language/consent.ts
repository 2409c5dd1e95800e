/*
 * A plain yes or no to what was just asked, in the languages of the chat. The whole message must be one: "yes, but not
 * today" is neither. What could be either, or an answer to something else, is not here.
 */

const YES = [
  // English
  'yes|yeah|yep|yup|ok|okay|sure|confirm|confirmed|i confirm|i agree|agreed|correct|go ahead|do it|please do',
  'do that|yes i do|yes i confirm|that is correct|thats correct|thats right|of course|absolutely|sounds good',
  // Spanish
  'si|claro|vale|de acuerdo|confirmo|lo confirmo|confirmado|adelante|hazlo|hagalo|correcto|por supuesto|acepto',
  // German
  'ja|jawohl|genau|einverstanden|bestatige|ich bestatige|bestatigt|mach das|machen sie das|bitte machen|gerne|in ordnung',
  // French
  'oui|daccord|dac|je confirme|confirme|vas y|allez y|faites le|bien sur|cest bon|cest correct|jaccepte',
  // Portuguese
  'sim|confirmo|confirmado|pode fazer|faca isso|esta bem|ta bom|certo|com certeza|aceito',
  // Italian
  'va bene|confermo|lo confermo|confermato|procedi|proceda|fallo|lo faccia|certo|certamente|daccordo|esatto|accetto',
  // Dutch
  'ja graag|akkoord|ik bevestig|bevestigd|doe maar|doe het|klopt|prima|is goed|graag',
];

const NO = [
  // English
  'no|nope|nah|no thanks|no thank you|dont|do not|dont do it|do not do it|dont do that|cancel|cancel that|cancel it',
  'stop|never mind|nevermind|forget it|i dont want that|i do not confirm|i dont agree|rather not|better not',
  // Spanish
  'no gracias|no lo hagas|no lo haga|cancelar|cancela|cancelalo|mejor no|olvidalo|no quiero|no acepto|no confirmo',
  // German
  'nein|ne|nee|nein danke|nicht|bitte nicht|lieber nicht|doch nicht|abbrechen|stopp|vergiss es|auf keinen fall',
  // French
  'non|non merci|surtout pas|ne le faites pas|ne le fais pas|annuler|annule|annulez|laisse tomber|laissez tomber',
  // Portuguese
  'nao|nao obrigado|nao obrigada|nao faca isso|cancelar|cancele|deixa pra la|melhor nao|nao quero',
  // Italian
  'no grazie|non farlo|non lo faccia|annulla|annullare|annulli|lascia stare|lasci stare|meglio di no|non voglio',
  // Dutch
  'nee bedankt|nee dank je|niet doen|liever niet|toch niet|annuleren|annuleer|laat maar|stop maar',
];

/** What may stand beside it and says nothing more. */
const POLITE =
  'please|pls|thanks|thank you|por favor|gracias|bitte|danke|merci|sil vous plait|sil te plait|obrigado|obrigada|per favore|grazie|alsjeblieft|alstublieft|bedankt';

const YESES = wholeMessage(YES, 'yes|yeah|ok|okay|si|ja|oui|sim');
const NOES = wholeMessage(NO, 'no|nope|nein|non|nao|nee');
const LONGEST = 60;
/** Letters and what ends or parts a sentence. Anything else says more: a quotation, a question, a face, a letter struck through. */
const PLAIN = /^[\p{L}\s.,;:!¡'’`´-]*$/u;

/** What a whole message says where it is nothing but a clear yes or a clear no; null for everything else. */
export function consentOf(message: string): 'yes' | 'no' | null {
  if (message.length > LONGEST || !PLAIN.test(message.normalize('NFC'))) return null;
  const words = plainWords(message);
  if (YESES.test(words)) return 'yes';
  return NOES.test(words) ? 'no' : null;
}

/** One of the phrases, perhaps after a plain yes or no ("yes, do it"), perhaps with a polite word. */
function wholeMessage(phrases: readonly string[], plain: string): RegExp {
  return new RegExp(`^(?:(?:${POLITE}) )?(?:(?:${plain}) )?(?:${phrases.join('|')})(?: (?:${POLITE}))*$`);
}

/** Lower case, without accents, apostrophes and marks: "D’accord !" is "daccord". */
function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}'’`´]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
