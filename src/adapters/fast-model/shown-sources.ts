import type { Source } from '../../agent/guard.ts';

/** The newest first, each text once, as many as `most` characters have room for where each is shown to `longest`. */
export function newestOf(sources: readonly Source[], { most, longest }: { most: number; longest: number }): Source[] {
  let room = most;
  return [...new Map(sources.map((source) => [source.text, source])).values()].reverse().filter(({ text }) => {
    room -= Math.min(text.length, longest);
    return text.trim() !== '' && room >= 0;
  });
}
