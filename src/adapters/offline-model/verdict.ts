import { stem } from '../../language/stem.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';
import { readings } from './scene.ts';
import { meets, type Section, type Statement } from './sections.ts';

/** "Yes." or "No, …" at the beginning of a sentence, in the languages of the chat; "No. 5" is a number. */
const VERDICT =
  /^\s*(?:(yes|yep|ja|oui|s[iíì]|sim)|no|nope|nein|nee|non|não)(?!\p{L})(?!\s*\.\s*\d)(?=\s*(?:[.,!;:–—]|$))[\s.,!;:–—]*/iu;
const DENIES =
  /(?<!\p{L})(?:not|no|never|cannot|except|unless|without|\p{L}+n['’]t|nicht|kein\p{L}*|nie|außer|pas|jamais|sauf|nunca|salvo|excepto|não|exceto|non|mai|tranne|niet|geen|nooit|behalve)(?!\p{L})/iu;
const EXCEPTS =
  /(?<!\p{L})(?:but|except|unless|however|aber|außer|mais|sauf|pero|salvo|mas|exceto|ma|tranne|maar|behalve)(?!\p{L})/iu;
/** What cannot be answered with yes or no. */
const OPEN = /^\W*(?:(?:and|so|but|ok|okay|also|hi|hello)\W+)?(?:how|what|when|where|why|which|who)\b/i;
const AUXILIARIES = new Set(['may', 'please']);

/**
 * The section's sentences without the yes or no that they begin with, unless the question is the one that the heading
 * asks: another question would get a wrong answer.
 */
export function withoutVerdict(
  { head, statements }: Pick<Section, 'head' | 'statements'>,
  question: string,
): Statement[] {
  const asked = readings(question).find((reading) => asksHeading(reading, head));
  return statements.flatMap((one, at) => {
    const verdict = VERDICT.exec(one.text);
    if (!verdict || (asked && !isContradicted(asked, statements.slice(at + 1), verdict[1] !== undefined))) return [one];
    return bare(one);
  });
}

/** A statement without a yes or no before it; none where it says nothing else. */
export function bare(one: Statement): Statement[] {
  const verdict = VERDICT.exec(one.text);
  const rest = one.text.slice(verdict?.[0].length ?? 0).trim();
  if (!verdict) return [one];
  return rest === '' ? [] : [{ ...one, said: (rest[0] ?? '').toUpperCase() + rest.slice(1) }];
}

/** True where a question has the words of the heading, and no other. */
function asksHeading(question: string, head: string): boolean {
  const heading = head.split(' – ').at(-1) ?? '';
  if (OPEN.test(question) || DENIES.test(question) !== DENIES.test(heading)) return false;
  const [said, wanted] = [matter(question), matter(heading)];
  const missing = [...wanted].filter((one) => !said.has(one)).length;
  return said.size > 0 && [...said].every((one) => wanted.has(one)) && missing <= wanted.size / 4;
}

/** True where a later sentence says the opposite of something that the question names. */
function isContradicted(question: string, later: readonly Statement[], isYes: boolean): boolean {
  const named = matter(question);
  return later.some(({ text, stems }) => (isYes ? DENIES : EXCEPTS).test(text) && meets(named, stems));
}

function matter(text: string): Set<string> {
  return new Set(
    words(text)
      .filter((word) => !STOP_WORDS.has(word) && !AUXILIARIES.has(word))
      .map(stem),
  );
}
