import { disclosures } from '../agent/disclosure.ts';
import { ALLOW, type Guard } from '../agent/guard.ts';
import { splitSentences } from '../language/sentences.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import { fold } from './fold.ts';
import { claimsHuman } from './human-claims.ts';
import { LOOK_BACK, sayInstead } from './instead.ts';
import { nameFinder } from './names.ts';
import { PROFANITY } from './profanity.ts';

const MADE_BY = '(?:openai|anthropic|google|meta|microsoft|mistral|deepseek|alibaba|xai|amazon)';
const OTHERS =
  '(?:chat ?gpt|gpt[- ]?\\d\\w*|dan|bard|gemini|claude|copilot|llama|grok|siri|alexa|cortana|bing|sydney|deepseek|mistral|qwen|perplexity|jarvis|skynet|hal 9000|stan)';
const STRONG = '(?:(?:really|actually|indeed|definitely|just|only|very much|absolutely|truly) )*';

/** Each reason with the sentences of several languages that show it, in lower case without marks, apostrophes straight. */
const SAID: readonly (readonly [reason: string, said: RegExp])[] = [
  [
    'model_talk',
    any(
      `\\b(?:as|being|i'm|i am|just|only) ${STRONG}an? (?:large |ai |artificial intelligence |machine learning |neural |generative )*(?:language model|llm)\\b`,
      `\\b(?:trained|developed|created|built|made|programmed) by ${MADE_BY}\\b`,
      '\\bmy (?:knowledge cut-?off|training (?:data|cut-?off)|(?:system|initial) prompt)\\b',
      '\\b(?:como|soy|sou)(?: um| un)? (?:gran |grande )?modelo de (?:lenguaje|linguagem)',
      '\\b(?:als|bin)(?: nur| lediglich)?(?: ein)?(?: grosses)? (?:ki-? ?)?sprachmodell',
      '\\b(?:en tant que|suis(?: juste| seulement)?(?: un)?|comme) (?:grand )?modele de langage',
      '\\b(?:come|sono|in quanto) (?:solo )?(?:un )?(?:grande )?modello (?:di linguaggio|linguistico)',
      '\\b(?:als|ben)(?: slechts)?(?: een)?(?: groot)? taalmodel',
      `\\b(?:entrenado|desarrollado|creado|treinado|desenvolvido|criado) (?:por|pela|pelo) ${MADE_BY}\\b`,
      `\\bvon ${MADE_BY} (?:entwickelt|trainiert|erstellt)`,
      `\\b(?:entraine|developpe|cree|addestrato|sviluppato|creato) (?:par|da) ${MADE_BY}\\b`,
    ),
  ],
  [
    'other_persona',
    any(
      `\\b(?:i'm|i am|my name is|call me|this is|ich bin|mein name ist|soy|me llamo|je suis|je m'appelle|sou|chamo-me|meu nome e|sono|mi chiamo|ik ben) (?:now |jetzt |ahora |maintenant |agora |ora )?(?<other>${OTHERS})\\b(?!'s)`,
      "\\b(?:i'm|i am) (?:now )?(?:an? )?(?:unrestricted|unfiltered|uncensored|jailbroken|evil|pirate|free (?:from|of) (?:all |any |my )?(?:restrictions|rules|limits|filters))\\b",
      '\\b(?:developer|dan|god|jailbreak|admin|debug|sudo) mode (?:is )?(?:now )?(?:enabled|activated|active|on|unlocked)\\b',
      '\\b(?:ahoy|arr+|yarr+),? (?:there,? )?(?:matey|me hearties|ye|landlubber|me)',
      "\\bi (?:will|shall|'ll) (?:now )?(?:ignore|forget|disregard) (?:all )?(?:of )?(?:my|the|these|those) (?:previous |prior )?(?:instructions|rules|guidelines)\\b",
      "\\b(?:i have|i've) no (?:rules|restrictions|limits|filters|guidelines)\\b",
      '\\bsoy (?:ahora )?un pirata\\b',
      '\\bich bin (?:jetzt )?ein pirat\\b',
      '\\bje suis (?:maintenant )?un pirate\\b',
    ),
  ],
];

/** Who speaks, and for whom: what stands there must be the agent, or the company. */
const NAMES_ITSELF =
  /\b(?:[Mm]y name is|[Mm]i nombre es|[Mm]e llamo|[Mm]ein Name ist|[Ii]ch heisse|[Jj]e m'appelle|[Mm]on nom est|[Mm]eu nome e|[Cc]hamo-me|[Mm]i chiamo|[Ii]l mio nome e|[Mm]ijn naam is) (\p{Lu}[\p{L}\p{N}]+)/u;
const SPEAKS_FOR =
  /\b(?:(?:[Hh]ere|[Ww]e) at|I(?: am|'m)? (?:speak(?:ing)?|work(?:ing)?|writ(?:e|ing)|call(?:ing)?) (?:for|on behalf of)|I represent|(?:I am|I'm|[Tt]his is)(?: \p{L}+,?)? (?:the|an?|your) (?:\p{L}+ )?(?:assistant|agent|representative|chatbot) (?:of|for|from|at)|[Tt]hank(?:s| you) for (?:contacting|calling|choosing)|[Ww]elcome to|[Tt]rabajo para|[Hh]ablo en nombre de|[Bb]ienvenido a|[Ii]ch (?:arbeite|spreche) (?:fur|im Namen von)|[Ww]illkommen bei|[Jj]e (?:travaille|parle) (?:pour|au nom de)|[Bb]ienvenue chez|[Tt]rabalho para a|[Bb]em-vindo a|[Ll]avoro per|[Bb]envenuto in) (\p{Lu}[\p{L}\p{N}&'-]*(?: \p{Lu}[\p{L}\p{N}&-]*)*)/u;

/**
 * The agent stays who it is: no talk of a language model, no claim to be human, no other persona, no other company, no bad
 * language. That it is an AI it may always say. A sentence that does otherwise makes place for one that says who speaks.
 */
export function characterGuard({ name, say }: { name: string; say?: Wording }): Guard {
  // With the first reply: a start need not wait for it.
  let swears: ReturnType<typeof nameFinder> | null = null;
  return {
    name: 'character',
    check(candidate, { released, company, language }) {
      const tail = released.slice(-LOOK_BACK);
      const text = tail + candidate;
      swears ??= nameFinder(PROFANITY.map((word) => ['profanity', word]));
      const places: { start: number; end: number }[] = swears(text);
      let reason: string | null = places.some(({ end }) => end > tail.length) ? 'profanity' : null;
      let at = 0;
      for (const sentence of mayBreak(text) ? splitSentences(text) : []) {
        const end = at + sentence.length;
        const broken = end > tail.length ? brokenBy(sentence, name, company) : null;
        if (broken !== null) places.push({ start: at, end: at + sentence.trimEnd().length });
        reason ??= broken;
        at = end;
      }
      const within = places
        .map(({ start, end }) => ({ start: start - tail.length, end: end - tail.length }))
        .filter(({ end }) => end > 0);
      if (reason === null || within.length === 0) return ALLOW;
      const sentence = inLanguage(disclosures({ name, company }), language, say);
      return { action: 'replace', text: sayInstead(candidate, released, within, sentence), reason };
    },
  };
}

/** Most texts do not: they are read once, as a whole. */
function mayBreak(text: string): boolean {
  const plain = withoutMarks(text);
  const lower = plain.toLowerCase();
  return (
    claimsHuman(lower) ||
    SAID.some(([, said]) => said.test(lower)) ||
    NAMES_ITSELF.test(plain) ||
    SPEAKS_FOR.test(plain)
  );
}

/** What in a sentence is not the agent's to say, as a code; null for nothing. */
function brokenBy(sentence: string, name: string, company: string): string | null {
  const plain = withoutMarks(sentence);
  const lower = plain.toLowerCase();
  if (claimsHuman(lower)) return 'claims_human';
  for (const [reason, said] of SAID) {
    const found = said.exec(lower);
    if (found && !isOwn(found.groups?.other, name)) return reason;
  }
  const named = NAMES_ITSELF.exec(plain)?.[1];
  if (named !== undefined && !isOwn(named, name)) return 'other_persona';
  const spokenFor = SPEAKS_FOR.exec(plain)?.[1];
  return spokenFor !== undefined && !isOwn(spokenFor, company) ? 'other_company' : null;
}

/** The same name, or a part of it as people say it: Acme for Acme Insurance. */
function isOwn(written: string | undefined, own: string): boolean {
  if (written === undefined) return false;
  const [one, other] = [written, own].map((text) => ` ${withoutMarks(text).toLowerCase().replace(/'s$/, '')} `);
  return (
    String(one).includes(String(other)) || String(other).includes(String(one)) || firstWord(one) === firstWord(other)
  );
}

function firstWord(text = ''): string {
  return text.trim().split(' ')[0] ?? '';
}

function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}*_`]/gu, '')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replace(/\s+/g, ' ')
    .replace(SPACED, (_, article = '', letters: string) => article + letters.replace(/[^\p{L}]/gu, ''))
    .replace(DIGIT_IN_WORD, (digit) => READ_AS[digit] ?? digit)
    .replace(MIXED, (word) => fold(word).text);
}

/** Letters one by one: "h u m a n". */
const SPACED = /(?<!\p{L})([aAiI] )?((?:\p{L}[ .-]){3,12}\p{L})(?!\p{L})/gu;
/** "hum4n", "r0b0t". */
const DIGIT_IN_WORD = /(?<=[A-Za-z])[0134](?=[A-Za-z])/g;
const READ_AS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a' };
/** A word of which some letters are of another script. */
const MIXED = /(?=\p{L}{0,30}[A-Za-z])(?=\p{L}{0,30}[\p{Script=Cyrillic}\p{Script=Greek}])(?<!\p{L})\p{L}{2,30}/gu;

function any(...patterns: string[]): RegExp {
  return new RegExp(patterns.join('|'));
}
