import type { Problem } from './api-error.ts';
import type { Sentences } from './locale.ts';
import type { words as english } from './locales/cards-en.ts';
import { problemWords } from './problem-words.ts';

export type CardWords = Awaited<ReturnType<typeof wordsIn>>;

const files = import.meta.glob<typeof english>('./locales/cards-*.ts', { import: 'words' });

/** The words of cards in the chat's language. */
export async function wordsIn(sentences: Sentences) {
  const load = files[`./locales/cards-${sentences.locale}.ts`];
  if (!load) throw new Error(`there are no cards in ${sentences.locale}`);
  const words = await load();
  return {
    ...words,
    /** What went wrong with an answer. */
    problem({ code, wait }: Problem): string {
      const known = Object.hasOwn(words.problems, code) && words.problems[code as keyof typeof words.problems];
      return known || `${words.notSent} ${problemWords({ code, wait }, sentences)}`;
    },
    /** How long there is until `until`, which is later than now (epoch ms). */
    timeLeft(until: number): string {
      const seconds = Math.max(1, Math.floor((until - Date.now()) / 1000));
      if (seconds > LONG) {
        const date = new Date(until).toLocaleString(sentences.locale, { dateStyle: 'medium', timeStyle: 'short' });
        return words.leftUntil(date);
      }
      const [size, unit] = seconds < 60 ? [1, 'second'] : [60, 'minute'];
      const time = new Intl.NumberFormat(sentences.locale, { style: 'unit', unit, unitDisplay: 'long' });
      return words.leftFor(time.format(Math.floor(seconds / size)));
    },
  };
}

/** From here on, in seconds, a date says more than minutes. */
const LONG = 7200;
