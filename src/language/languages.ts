/** The languages whose stop words and inflections the search knows, as BCP 47 primary subtags. */
export const LANGUAGES = ['en', 'es', 'de', 'fr', 'pt', 'it', 'nl'] as const;

/** `und` (undetermined): no language whose inflections are known. Its words are taken as they are. */
export type Language = (typeof LANGUAGES)[number] | 'und';

/** The language of a BCP 47 tag such as `pt-BR`; `und` where its inflections are not known. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === primary) ?? 'und';
}

/** `de` of `de-AT`. */
export function primaryOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
