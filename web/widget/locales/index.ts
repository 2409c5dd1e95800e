import { en, type Sentences } from './en.ts';
import { es } from './es.ts';

export type { Sentences };

const LOCALES: Record<string, Sentences> = { en, es };

/** The first of the wanted languages (BCP 47) that the page speaks; English otherwise. */
export function chooseLocale(wanted: readonly (string | null)[]): { locale: string; sentences: Sentences } {
  for (const language of wanted) {
    const locale = language?.toLowerCase().split('-')[0] ?? '';
    const sentences = Object.hasOwn(LOCALES, locale) ? LOCALES[locale] : undefined;
    if (sentences) return { locale, sentences };
  }
  return { locale: 'en', sentences: en };
}
