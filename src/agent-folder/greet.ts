import { disclosureIn } from '../agent/disclosure.ts';
import { detectLanguage } from '../language/detect.ts';
import { primaryOf } from '../language/languages.ts';
import type { Agent } from './agent.ts';

/**
 * The first message to a customer of a language (BCP 47; null where it is not known). It says that an AI speaks, in that
 * language: where the folder has no greeting in it, a sentence of ours stands before the folder's own.
 */
export function greetingFor({ definition, greetings }: Agent, language: string | null): string {
  if (language === null) return greetings.default;
  const primary = primaryOf(language);
  const own = Object.entries(greetings).map(([of, text]) => ({ of: of.toLowerCase(), text }));
  const found =
    own.find(({ of }) => of === language.toLowerCase()) ??
    own.find(({ of }) => of === primary) ??
    own.find(({ of }) => primaryOf(of) === primary);
  if (found) return found.text;
  // English, where its words do not tell.
  if ((detectLanguage(greetings.default) ?? 'en') === primary) return greetings.default;
  const sentence = disclosureIn(primary, definition);
  return sentence === null ? greetings.default : `${sentence}\n\n${greetings.default}`;
}
