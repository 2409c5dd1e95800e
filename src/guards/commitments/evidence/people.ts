import { byText } from '../reading/by-text.ts';

/** Groups of people to whom something applies, by the words for each in a plain text. */
const GROUPS: readonly (readonly [group: string, words: RegExp])[] = [
  ['student', /\b(?:students?|pupils?|apprentices?|trainees?|studierende\w*|estudiantes?|etudiants?|studenti?)\b/],
  ['teacher', /\b(?:teachers?|lecturers?|school staff|lehrer\w*|profesor\w*|enseignants?|insegnanti?)\b/],
  [
    'senior',
    /\b(?:seniors?|pensioners?|retire[ed]s?|rentner\w*|jubilad[oa]s?|retraites?|pensionati?|aposentad[oa]s?)\b/,
  ],
  ['nurse', /\b(?:nurses?|doctors and nurses|nhs staff|health(?:care)? (?:workers?|staff)|paramedics?|carers?)\b/],
  ['veteran', /\b(?:veterans?|military|armed forces|soldiers?)\b/],
  ['resident', /\b(?:residents?|islanders?|locals)\b/],
  ['charity', /\b(?:charit(?:y|ies)|non[- ]?profits?|ngos?)\b/],
  ['company', /\b(?:business customers?|corporate customers?|companies)\b/],
  ['disabled', /\b(?:wheelchair users?|disabled (?:people|visitors|guests|passengers|customers)|companions?)\b/],
];

/** The groups of people that a plain text names. */
const groupsIn = byText((text) => GROUPS.flatMap(([group, words]) => (words.test(text) ? [group] : [])));

/** Whether one text is about some group of people, and the other about others alone. */
export function areOtherPeople(one: string, other: string): boolean {
  const theirs = groupsIn(other);
  if (theirs.length === 0) return false;
  const ours = groupsIn(one);
  return ours.length > 0 && !ours.some((group) => theirs.includes(group));
}
