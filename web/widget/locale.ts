import type { Sentences } from './locales/en.ts';

export type { Sentences };

/** Every file in `locales`, by the language that it is named after; loaded when it is wanted. */
const files = import.meta.glob<Sentences>(['./locales/*.ts', '!./locales/cards-*.ts'], { import: 'sentences' });

export const LOCALES: readonly string[] = Object.keys(files).map((path) =>
  path.slice('./locales/'.length, -'.ts'.length),
);

/** The first of the wanted languages (BCP 47) that there are sentences for; English otherwise. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): string {
  const languages = wanted.map((language) => language?.toLowerCase().split('-')[0] ?? '');
  return languages.find((language) => LOCALES.includes(language)) ?? 'en';
}

export async function loadSentences(locale: string): Promise<Sentences> {
  const load = files[`./locales/${locale}.ts`];
  if (!load) throw new Error(`there is no locale ${locale}`);
  return load();
}
