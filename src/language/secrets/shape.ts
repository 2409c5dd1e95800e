import { LANGUAGES } from '../languages.ts';
import { vocabulary } from '../personal-data/vocabulary.ts';
import { stopWordsOf } from '../stop-words.ts';

const STOP_WORDS: ReadonlySet<string> = new Set(LANGUAGES.flatMap((language) => [...stopWordsOf(language)]));

/** What people say of a password, that it was lost and the like, and what stands where none is: not the password itself. */
const SAID = vocabulary(`
  forg* lost lose* losing unknown wrong* incorrect* inval* expire* change changed changing reset* requir* missing empty blank none weak weaker strong stronger short shorter long longer
  same correct accept* reject* denied blocked locked unlock unlocked disabl* protect* hidden confidential yes nope null undefined true false string boolean
  help helps problem* issue* error* fail* recover* login log sign mandatory optional encrypt* hashed temporary sent received saved stored
  provid* try tried trying times case need needs needed enter entered type typed field* unchang* old new match matches mismatch record records must contain contains character*
  minimum maximum least use used using work* again already since access* password* user* username email mail mails page link only show*
  see above below attached redact* masked remov* sorry urgent* cannot
  vergess* verlor* unbekannt* falsch* ungultig* abgelauf* geander* andern anderung zuruck* fehlt fehlen* fehler* leer* schwach stark kurz zu
  lang lange richtig* korrekt* akzept* abgelehn* gesperr* geschutz* geheim vertraulich nein hilfe problem* anmeld* kenne weiss neu neue neues
  alt alte altes erneut* passwort* zeichen mindestens bitte siehe dringend* geht klappt funktion* stimmt nutz* seit
  oubli* perdu perdue inconnu* incorrect* faux fausse inval* expir* change changer reinit* manqu* vide* faibl* fort court courte longue refus* bloqu* verrou* oui
  non aide probleme* erreur* connexion connect* nouveau nouvelle ancien* caractere* urgent* marche fonctionn*
  olvid* perdi perdida perdido desconoc* incorrect* equivoc* invalid* caduc* expir* cambi* restabl* falta* vaci* debil* fuerte corta corto larga largo
  rechaz* bloque* ayuda problema* error* nueva nuevo antigua caracter* urgent* funcion*
  esquec* perdi perdida desconhec* errad* invalid* expir* alter* mudar mudei redefin* falt* vazi* fraca forte curta rejeit* bloque* ajuda nova novo
  antiga caracter* urgent* funcion*
  dimentic* persa perso sconosciut* sbagliat* errat* corrett* scadut* cambi* reimpost* manca* vuot* debole forte corta corto rifiut* bloccat* aiuto
  nuova nuovo vecchia caratter* urgent* funzion*
  vergeten kwijt onbekend* verkeerd* onjuist* fout* ongeldig* verlopen verander* gewijzigd wijzig* opnieuw ontbre* leeg zwak sterk kort
  juist geweigerd geblokk* hulp probleem* nieuw* oud oude teken* dringend* werkt
  zapomn* zgubi* nieznan* bledn* zle zly niepopraw* niewaz* wygas* zmien* zresetow* brak puste slabe mocne krotkie odrzuc* zablok* pomoc nowe
  stare znak*
  glomt glom* fel felaktig* ogiltig* okant utgang* andrat saknas tomt svagt starkt kort blockerad* hjalp nytt gammalt tecken
  забы* потер* неверн* неправильн* неизвест* истек* измен* сброс* слаб* пуст* нет помог* новый старый`);

/** The ends of a value that are of the sentence around it. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;
const LETTERS_ONLY = /^[\p{L}\p{M}'’./,:;?!…-]*$/u;
const INNER_CAPITAL = /\p{Ll}\p{Lu}/u;
const PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?(?:[\\/][\w.-]{1,60}){1,20}[\\/]?$/;
const ADDRESS = /^(?:[a-z][a-z\d+.-]{1,15}:\/\/|www\.)/i;
const MAIL = /^[^\s@]+@[^\s@]+\.\p{L}{2,}$/u;
/** Days and hours. */
const DATED = /^\d{1,4}(?:[./:-]\d{1,4}){1,2}$/;
/** `${PASSWORD}`, `<your password>`, a variable of the environment: where one is to be put. */
const PLACEHOLDER = /^(?:\$\{?\w+\}?$|\{\{|<|%\w+%$|process\.env\b|os\.environ\b|\[)/;
/** `A-1042`: what companies call an order by. */
const NUMBERED = /^\p{Lu}{1,6}[-_#/]?\d+(?:-\d+)*$/u;
/** `length=12`: a field of its own. */
const ASSIGNED = /^[\w-]{1,30}=/;
/** `10times`, `2nd`. */
const COUNTED = /^\d+-?\p{L}+$/u;
/** `iPhone15`, `Sommer25`: a name with its number, or a simple password. */
const VERSIONED = /^\p{L}+\d{1,3}$/u;

/** What the sentence around a value has not given it. */
export function coreOf(value: string): string {
  return value.replace(EDGES, '');
}

/** "My password is wrong" names none. */
export function isWord(value: string): boolean {
  const core = coreOf(value);
  return LETTERS_ONLY.test(core) && !INNER_CAPITAL.test(core);
}

/** Whether nothing is said but what people say of a password. */
export function isTalk(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => isSaid(word) || STOP_WORDS.has(word) || /^\d{1,2}$/.test(word));
}

/** Whether a word for the state of a password is in it. */
export function saysState(text: string): boolean {
  return wordsOf(text).some(isSaid);
}

/** Whether a value may be a password: no path, address, day, placeholder, no number of few digits. */
export function isSecretShape(value: string): boolean {
  if ([PATH, ADDRESS, PLACEHOLDER].some((other) => other.test(value))) return false;
  const core = coreOf(value);
  if (DATED.test(core)) return false;
  return /\p{L}/u.test(core) || /^\d{4,}$/.test(core) || core.length >= 6;
}

/** The same where no sign and no "is" says that it is one: letters with digits or signs in a way that names and numbers have not. */
export function isUnlikeOthers(value: string): boolean {
  const core = coreOf(value);
  if (core.length < 6 || !isSecretShape(value) || isWord(value)) return false;
  if (!/\p{L}/u.test(core) || !/[\d$%&*+=^~#]/.test(core)) return false;
  if (MAIL.test(core) || ASSIGNED.test(core) || NUMBERED.test(core) || COUNTED.test(core)) return false;
  return !VERSIONED.test(core);
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replace(/\p{M}+/gu, '')
      .match(/\p{L}+(?:['’]\p{L}+)?|\p{N}+/gu) ?? []
  ).map((word) => word.replaceAll('’', "'"));
}

function isSaid(word: string): boolean {
  return SAID.has([word], 0);
}
