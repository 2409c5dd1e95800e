import { primaryOf } from '../language/languages.ts';

/** That an AI speaks, and for whom, by language: in all of the chat's and of the guards', and in what else we can say it in. */
const SENTENCES: Readonly<Record<string, string>> = {
  en: 'I am NAME, the AI assistant of COMPANY.',
  es: 'Soy NAME, asistente de IA de COMPANY.',
  de: 'Ich bin NAME, die KI-Assistenz von COMPANY.',
  fr: 'Je suis NAME, l’assistant IA de COMPANY.',
  pt: 'Sou NAME, assistente de IA da COMPANY.',
  it: 'Sono NAME, l’assistente IA di COMPANY.',
  nl: 'Ik ben NAME, de AI-assistent van COMPANY.',
  pl: 'Jestem NAME, asystent AI firmy COMPANY.',
  sv: 'Jag är NAME, AI-assistent hos COMPANY.',
  da: 'Jeg er NAME, AI-assistent hos COMPANY.',
  nb: 'Jeg er NAME, AI-assistent hos COMPANY.',
  no: 'Jeg er NAME, AI-assistent hos COMPANY.',
  fi: 'Olen NAME, tekoälyavustaja (COMPANY).',
  cs: 'Jsem NAME, AI asistent společnosti COMPANY.',
  sk: 'Som NAME, AI asistent spoločnosti COMPANY.',
  hu: 'NAME vagyok, a COMPANY mesterséges intelligenciával működő asszisztense.',
  ro: 'Sunt NAME, asistent bazat pe inteligență artificială la COMPANY.',
  hr: 'Ja sam NAME, AI asistent tvrtke COMPANY.',
  sl: 'Sem NAME, asistent z umetno inteligenco podjetja COMPANY.',
  bg: 'Аз съм NAME, асистент с изкуствен интелект на COMPANY.',
  el: 'Είμαι NAME, βοηθός τεχνητής νοημοσύνης (AI) στην COMPANY.',
  tr: 'Ben NAME, COMPANY şirketinin yapay zeka asistanıyım.',
  ru: 'Я NAME, ИИ-ассистент компании COMPANY.',
  uk: 'Я NAME, ШІ-асистент компанії COMPANY.',
  ar: 'أنا NAME، مساعد ذكاء اصطناعي لدى COMPANY.',
  he: 'אני NAME, עוזר בינה מלאכותית של COMPANY.',
  hi: 'मैं NAME हूँ, COMPANY का AI सहायक।',
  vi: 'Tôi là NAME, trợ lý AI của COMPANY.',
  id: 'Saya NAME, asisten AI dari COMPANY.',
  ja: '私はNAME、COMPANYのAIアシスタントです。',
  ko: '저는 COMPANY의 AI 어시스턴트 NAME입니다.',
  zh: '我是COMPANY的AI助手NAME。',
};

type Who = { name: string; company: string };

/** The sentence by which an agent says that it is an AI, by language (BCP 47, primary subtag). */
export function disclosures({ name, company }: Who): Readonly<Record<string, string>> & { en: string } {
  const said = Object.entries(SENTENCES).map(([language, sentence]) => [
    language,
    sentence.replace('NAME', () => name).replace('COMPANY', () => company),
  ]);
  return Object.fromEntries(said);
}

/** The sentence in one language (BCP 47); null where there is none. */
export function disclosureIn(language: string, who: Who): string | null {
  const primary = primaryOf(language);
  return Object.hasOwn(SENTENCES, primary) ? (disclosures(who)[primary] ?? null) : null;
}
