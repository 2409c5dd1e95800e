/** A place in a text: from `start` to before `end`. */
export type Range = { start: number; end: number };

/** The text with each place by its words; the places are in order, and what begins within the one before is left out. */
export function replaced(text: string, ranges: readonly Range[], by: (found: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at) continue;
    parts.push(text.slice(at, start), by(text.slice(start, end)));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Where the group of a pattern stands; the pattern has the flag `d`. */
export function groupsOf(text: string, pattern: RegExp, group: string): Range[] {
  return [...text.matchAll(pattern)].flatMap(({ indices }) => {
    const [start, end] = indices?.groups?.[group] ?? [];
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
}
