/** A text without what only formats it, and where each character of it stands in the original; the original's length at the end. */
export type Unmarked = { text: string; at: number[] };

/**
 * Signs of Markdown, tags, invisible characters, and the line ends with what marks the next line as an item; no item's number is one
 * that follows a line of digits. Each in one alternative
 * of its own, so that it takes time in proportion to the text.
 */
const MARKS =
  /(?:^|[ \t]*\n)[ \t]*(?:(?:[-*+•>]|#{1,6}|(?!0)(?<!\n {0,3}\d{2,4} {0,3}\n {0,3})\d{1,2}[.)])[ \t]+)?|<\/?[a-z][^<>]{0,60}>|[*_`~|\\·]|\p{Default_Ignorable_Code_Point}/giu;
const BREAK = /[\n|·]/;

/**
 * Takes the formatting out: a line's end or a cell's becomes a space, spaces in a row become one, and none stands between digits
 * and capitals that are given one by one. Null where there is no formatting.
 */
export function withoutMarks(text: string): Unmarked | null {
  const result: Unmarked = { text: '', at: [] };
  let last = '';
  const add = (part: string, from: number) => {
    for (let index = 0; index < part.length; index += 1) {
      const sign = part[index] as string;
      if (sign === ' ' && last === ' ') continue;
      last = sign;
      result.text += sign;
      result.at.push(from + index);
    }
  };
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    if (mark === '') continue;
    add(text.slice(from, index), from);
    if (BREAK.test(mark)) add(' ', index);
    from = index + mark.length;
  }
  add(text.slice(from), from);
  result.at.push(text.length);
  const plain = withoutGaps(result);
  return plain.text === text ? null : plain;
}

/** A space between two digits, or capitals, that stand alone; "I can" is a word. */
const GAP = /(?<=(?<![\p{L}\p{N}])[\p{Lu}\p{N}+]) (?=\p{N}(?![\p{L}\p{N}])|\p{Lu}(?![\p{L}\p{N}]| \p{Ll}))/gu;

/** Signs that are given one by one, as the number that they are. */
function withoutGaps({ text, at }: Unmarked): Unmarked {
  const gaps = new Set([...text.matchAll(GAP)].map(({ index }) => index));
  if (gaps.size === 0) return { text, at };
  const stays = (_: unknown, index: number) => !gaps.has(index);
  return { text: text.split('').filter(stays).join(''), at: at.filter(stays) };
}
