/** Stands beside a letter that was drawn with two or three signs, for each of them but the first. */
export const DRAWN = '\ue000';

/** Letters between bars or exclamation marks, which else are letters themselves: `G|l|o|b|e|x`. */
const BARRED = /(?:[a-z\dI] ?[|!] ?){2}[a-z\dI]/;
/** Signs and letters that together look like one letter. */
const DRAWINGS: Readonly<Record<string, string>> = {
  ...{ '()': 'o', '[]': 'o', '{}': 'o', '|<': 'k', '|)': 'd', '|-|': 'h', '|_|': 'u', '/\\': 'a' },
  ...{ '\\/\\/': 'w', '\\/': 'v', vv: 'w', rn: 'm', cl: 'd' },
};
/** What leads from the words of a link to its end: `Glo](https://a.example)bex`. */
const LINKED = /\[|\]\([^()\s]{0,300}\)/g;
const DRAWING = /\(\)|\[\]|\{\}|\|<|\|\)|\|-\||\|_\||\/\\|\\\/\\\/|\\\/|vv|rn|cl/g;

/**
 * The ways to read a folded text, each as long as the text: as it stands, with bars as what parts letters, without the targets of
 * links, and with drawn letters as the letters. Most texts have one or two.
 */
export function readingsOf(text: string): string[] {
  const readings = [text];
  if (BARRED.test(text)) readings.push(text.replace(/[|!]/g, '-'));
  if (text.includes('](')) readings.push(text.replace(LINKED, (signs) => DRAWN.repeat(signs.length)));
  const drawn = text.replace(DRAWING, (signs) => (DRAWINGS[signs] ?? '').padEnd(signs.length, DRAWN));
  if (drawn !== text) readings.push(drawn);
  return readings;
}
