import type { Range } from './range.ts';
import { isSecretShape, isTalk, isUnlikeOthers, isWord, saysState } from './shape.ts';

/** That mean it within a longer word, too: `userPassword`, `Kundenpasswort`. */
const NAMES = `passwords?|passwd|passphrase|passcode|passwort|kennwort|wachtwoord|lösenord|adgangskode|salasana|jelszó|şifre|пароль|
  mot de passe|contrase[ñn]a|parola d['’]ordine|palavra[- ]passe|κωδικός πρόσβασης|كلمة (?:المرور|السر)|סיסמה|密码|密碼|パスワード|비밀번호`;
/** Only as words of their own. A "clave de rastreo" is a number of another kind, a "clave de acceso" and that "de mi cuenta" is one. */
const OF_ANOTHER_KIND = `(?! d(?:el?|o) (?!(?:acceso|acesso|usuario|usuário|seguridad|segurança|internet|wifi|mi|mis|la|el|tu|su|minha|meu)(?!\\p{L})))`;
const WORDS = `pwd|pw|pass|mdp|passord|kodeord|hasło|heslo|(?:clave|senha)${OF_ANOTHER_KIND}`;
/** Whose or what for. */
const OF = `(?: (?:to|for|of|on|für|zu|von|vom|des|pour|du|de|del|della|do|da|para|per|voor|van|för|till|dla|для|от)(?: \\p{L}{1,20}){1,3})?`;
const IS = `is|was|will be|would be|should be|ist|lautet|lautete|war|heißt|heisst|est|était|es|era|è|é|jest|brzmi|är|var|er|это|είναι`;
const STILL = `(?: (?:now|still|simply|just|currently|jetzt|nun|noch|einfach|maintenant|toujours|ahora|todavía|agora|adesso|ora|ancora|nu|nog|teraz))?`;
const TO = 'to|auf|zu|en|à|a|por|para|in|naar|na|till|til|på';

/** `assigned`: a sign says that what follows is it; `is`: a word does; `to`: what it was changed to; else it stands beside. */
const NAMED = new RegExp(
  `(?<!\\[)(?<name>${NAMES.replace(/\n\s*/g, '')}|(?<![\\p{L}\\p{N}])(?:${WORDS}))\\d?(?:\\\\?["'\`])?(?:${OF}(?:` +
    `(?<assigned>(?: (?:${IS})${STILL})?\\s{0,3}(?::=|=>|->|==|[:=：＝>])\\s{0,5})|` +
    `(?<is> (?:${IS})${STILL} {1,3}| [-–—] |(?<=[^\\x00-\\x7f])[是为為はが은는] ?)|` +
    `(?<to> (?:${TO}) {1,3}))|(?<beside>[ \\t]{1,3}))`,
  'giu',
);

/** Between quotation marks, those of code with a sign before them. */
const QUOTED =
  /^\\?(?:"([^"\n]{3,200}?)\\?"|'([^'\n]{3,200}?)\\?'|`([^`\n]{3,200})`|[“„]([^“”\n]{3,200})[“”]|«\s?([^«»\n]{3,200}?)\s?»)/;
/** To the next space, or the next word of a script without spaces. */
const BARE =
  /^[^\s"'`“«„，。；、！？\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}][^\s，。；、！？\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]{3,199}/u;
/** Letters and digits in one word, as a password that is called "pass" has: a season pass has a price, a number, a name. */
const CODE =
  /^["']?(?!\p{Lu}{1,6}[-#]?\d+\b|\d+-?\p{L}+\b|[^\p{L}\p{N}"'])(?=[^\s"']{0,50}\p{L})(?=[^\s"']{0,50}\d)[^\s"']{6,}/u;
/** Words to the end of the line or clause, the last with a number: "Mein Hund Rex 2025". */
const PHRASE = /^(?:[\p{L}\p{M}'’-]{1,20} ){1,5}[\p{L}\p{M}]{0,20}\d{1,4}[!?]{0,3}(?= *(?:[,;\n]|\.\s|\.?$))/u;
/** What a sentence or code puts behind a value. */
const BEHIND = /(?:[.,;)\]}"'`”»]|<\/\S*)+$/;
const MASKED = /^\[[a-z ]{1,40}(?:\d+ )?removed\]/;
const LONGEST = 220;

type How = 'assigned' | 'is' | 'to' | 'beside';

/** What follows a word for a password in the languages that customers write, where it has the form of one or is put as one. */
export function passwordsIn(text: string): Range[] {
  return [...text.matchAll(NAMED)].flatMap(({ 0: found, index, groups = {} }) => {
    const start = index + found.length;
    const how = howOf(text, index, groups);
    const rest = text.slice(start, start + LONGEST);
    if (MASKED.test(rest.replace(/^\\?["'`“„«]/, ''))) return [];
    if (/^pass$/i.test(groups.name ?? '') && (how !== 'assigned' || !CODE.test(rest))) return [];
    const { offset, length } = (found.includes('\n') ? nextLine(rest) : valueIn(rest, how, isTight(found))) ?? NONE;
    return length === 0 ? [] : [{ start: start + offset, end: start + offset + length }];
  });
}

type Value = { offset: number; length: number };
const NONE: Value = { offset: 0, length: 0 };

/** `--password x` is given to a command, as if by a sign. */
function howOf(text: string, index: number, groups: Record<string, string | undefined>): How {
  const before = text.slice(Math.max(0, index - 24), index);
  if (groups.beside !== undefined && /--[\w-]{0,20}$/.test(before)) return 'assigned';
  return (['assigned', 'is', 'to'] as const).find((how) => groups[how] !== undefined) ?? 'beside';
}

/** `password=x`, as in code and addresses. */
function isTight(found: string): boolean {
  return /\S[=＝]$/.test(found);
}

function valueIn(rest: string, how: How, isTight: boolean): Value | null {
  const quoted = QUOTED.exec(rest);
  if (quoted) return quotedValue(quoted, how);
  const bare = BARE.exec(rest)?.[0];
  if (how === 'assigned' && bare !== undefined && isWord(bare)) {
    const phrase = PHRASE.exec(rest)?.[0];
    if (phrase !== undefined) return isTalk(phrase) || saysState(phrase) ? null : { offset: 0, length: phrase.length };
  }
  if (bare === undefined || !isPassword(bare, how, isTight || isAlone(rest, bare))) return null;
  return { offset: 0, length: bare.replace(BEHIND, '').length };
}

function quotedValue(quoted: RegExpExecArray, how: How): Value | null {
  const value = quoted.slice(1).find((one) => one !== undefined) ?? '';
  if (isTalk(value) || !/[\p{L}\p{N}]/u.test(value) || /^[\s:=,]/.test(value)) return null;
  if ((how === 'beside' || how === 'to') && !isUnlikeOthers(value)) return null;
  return { offset: quoted[0].indexOf(value), length: value.length };
}

/** On a line of its own it has to have the form of one: a form goes on there, as well. */
function nextLine(rest: string): Value | null {
  const [line = ''] = rest.split('\n');
  const value = line.trim();
  const isOne = /^\S{4,}$/.test(value) && !isWord(value) && isSecretShape(value) && !value.endsWith(':');
  return isOne ? { offset: line.indexOf(value), length: value.length } : null;
}

function isPassword(value: string, how: How, isAlone: boolean): boolean {
  if (how === 'to' || how === 'beside') return isUnlikeOthers(value);
  if (!isSecretShape(value)) return false;
  return !isWord(value) || (how === 'assigned' && isAlone && !isTalk(value));
}

function isAlone(rest: string, value: string): boolean {
  return /^(?:[ \t]*(?:[\n\r]|$))/.test(rest.slice(value.length)) || /[,;]$/.test(value);
}
