/** Words by which something is told. `has`: whether one ends with the word at `last`. */
export type Vocabulary = { has(said: readonly string[], last: number): boolean };

const SHORTEST_START = 2;
/** That are kept with what was found of them: texts repeat theirs. */
const MOST_WORDS = 5_000;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;

/**
 * A vocabulary of words in lower case without marks, with white space between: `phon*` is any word that begins so, `my_number`
 * two words, `{my,his}_{number,no}` each of the first with each of the second. In scripts without spaces a word may stand anywhere.
 */
export function vocabulary(list: string): Vocabulary {
  const entries = list.trim().split(/\s+/).flatMap(spelledOut);
  const words = new Set(entries.filter((entry) => !entry.endsWith('*')));
  const starts = new Set(entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1)));
  const unspaced = entries.filter((entry) => UNSPACED.test(entry));
  const known = new Map<string, boolean>();
  const isOne = (word: string) => {
    if (words.has(word)) return true;
    for (let length = SHORTEST_START; length <= word.length; length += 1) {
      if (starts.has(word.slice(0, length))) return true;
    }
    return UNSPACED.test(word) && unspaced.some((entry) => word.includes(entry));
  };
  return {
    has(said, last) {
      const word = said[last];
      if (word === undefined) return false;
      let found = known.get(word);
      if (found === undefined) {
        found = isOne(word);
        if (known.size >= MOST_WORDS) known.clear();
        known.set(word, found);
      }
      return found || words.has(`${said[last - 1]}_${word}`);
    },
  };
}

function spelledOut(entry: string): string[] {
  const [, before = '', choices, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(entry) ?? [];
  if (choices === undefined) return [entry];
  return choices.split(',').flatMap((choice) => spelledOut(`${before}${choice}${after}`));
}
