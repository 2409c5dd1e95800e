import { STOP_WORDS } from './stop-words.ts';
import { words } from './tokens.ts';

/** Words of greeting, thanks, assent and parting. */
const SMALL_TALK: ReadonlySet<string> = new Set(
  `hi hello hey hiya howdy yo greetings good morning afternoon evening night day dear welcome
  thanks thank thankyou thx ty tysm cheers appreciate appreciated appreciates grateful bye goodbye cya later soon
  ok okay okey kk k alright yes yeah yea yep yup sure absolutely definitely certainly correct exactly indeed right no nope
  nah please pls plz sorry great nice cool perfect awesome excellent fine wonderful lovely amazing fantastic super brilliant
  helpful help helps helped lol haha hmm hm oh ah wow um uh well understood see sounds makes sense lot lots bunch much
  today weekend take care try hope hear back nothing everything all never mind nevermind forget hold wait moment minute
  hola gracias adiós buenos buenas días tardes noches sí bonjour salut merci oui non hallo danke ja nein tschüss ciao grazie
  obrigado obrigada olá sim não vale`.split(/\s+/),
);

/** Whether a text has a word that is about something: no stop word, greeting or bare number. */
export function saysSomething(text: string): boolean {
  return words(text).some(isContent);
}

/** Those of the words that are. */
export function contentWords(said: readonly string[]): string[] {
  return said.filter(isContent);
}

function isContent(word: string): boolean {
  return !STOP_WORDS.has(word) && !SMALL_TALK.has(word) && !/^\p{N}+$/u.test(word);
}
