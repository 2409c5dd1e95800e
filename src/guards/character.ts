import { disclosures } from '../agent/disclosure.ts';
import { ALLOW, type Guard } from '../agent/guard.ts';
import { ASCII } from '../language/ascii.ts';
import { Expressions } from '../language/needles.ts';
import { splitSentences } from '../language/sentences.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import { fold } from './fold.ts';
import { claimsHuman } from './human-claims.ts';
import { livesAsHuman } from './human-life.ts';
import { LOOK_BACK, sayInstead } from './instead.ts';
import { MODELS, talksAsModel } from './model-talk.ts';
import { nameFinder } from './names.ts';
import { playsPart } from './personas.ts';
import { maskedWords, PROFANITY, swearsInWords } from './profanity.ts';

/** A model's name where the agent's stands. */
const OTHER = new RegExp(
  `\\b(?:i'm|i am|my name is|call me|this is|it's|you(?:'ve| have) (?:got|reached)|ich bin|mein name ist|soy|me llamo|je suis|je m'appelle|sou|chamo-me|meu nome e|sono|mi chiamo|ik ben|jestem) (?:[a-z]+ly |now |just |in fact |jetzt |ahora |maintenant |agora |ora |nu |o |a |an? (?:version|instance|fork|copy) of )*(?<other>${MODELS})\\b(?!'s| integration| support)|(?:^|[.!?] )[^a-z]*(?:hi|hello|hey|hi there)?[, ]*(?<here>${MODELS}) (?:here|speaking|at your service|reporting)\\b|(?:^|[.!?] )[^a-z.]{0,6}(?<by>${MODELS}),? (?:by|from|made by|built by|at your service)\\b`,
);

/** Who speaks, and for whom: what stands there must be the agent, or the company. */
const NAMES_ITSELF = new RegExp(
  [
    "\\b(?:[Mm]y (?:new |real |true )?name is|[Cc]olleagues call me|[Ff]riends call me|[Yy]ou (?:can|may) call me|[Mm]i nombre es|[Mm]e llamo|[Mm]ein Name ist|[Ii]ch heisse|[Jj]e m'appelle|[Mm]on nom est|[Mm]eu nome e|[Cc]hamo-me|[Mm]i chiamo|[Ii]l mio nome e|[Mm]ijn naam is|[Ii]k heet|[Nn]azywam sie|[Mm]am na imie) (?<named>\\p{Lu}[\\p{L}\\p{N}]+)",
    "\\b(?:[Ff]rom (?:now|here|today|this (?:moment|point|day))(?: on| onwards?| forward)?|[Ss]tarting now|[Hh]enceforth|[Aa] partir d[e']\\p{L}* ?\\p{L}*|[Dd]esde ahora|[Dd]'ora in (?:poi|avanti)|[Aa]b (?:jetzt|sofort)|[Vv]anaf nu|[Oo]d teraz|[Dd]esormais),? (?:I'm|I am|I will be|I'll be|I go by|I answer to|call me|my name is|(?:yo |eu )?so[yu](?: o| a)?|je suis|sono|bin ich|ben ik|jestem|me llamo|mi chiamo|heisse ich|heet ik)(?: known as| called| named)? (?<from>\\p{Lu}[\\p{L}\\p{N}]+)",
    "\\b(?:I'm|I am|[Tt]his is|[Ii]t's|[Ii]k ben|[Hh]ier spricht|[Ii]ch bin|[Ss]oy|[Jj]e suis|[Ss]ou(?: a| o)?|[Ss]ono|[Jj]estem) (?<one>\\p{Lu}\\p{Ll}+)(?: (?:v[ao]n|de|der|den|di|da|dos) )?(?: ?\\p{Lu}[\\p{L}'-]+)?(?: again| here)? (?:from|in|at|with|van|vom|aus|del?|da|dal|du|z) (?:the |our |your |la |het |de |der |afdeling |kantoor |l'|zespolu |dzialu |biura |equipo |l'equipe )*(?:\\p{L}+ )?(?:team|department|desk|office|support|billing|claims|sales|care|accounts?|kantoor|klantenservice|Team|Abteilung|Kundendienst|Kundenservice|equipo|departamento|equipe|service|servizio|ufficio|reparto|afdeling|atendimento|biura|dzialu|zespolu|Utrecht)\\b",
    "\\b(?:I'm|I am|[Ii]k ben|[Ii]ch bin|[Jj]e suis) (?<two>\\p{Lu}\\p{Ll}+) (?:(?:de|van|von|der|den|da|di) ){0,2}\\p{Lu}\\p{Ll}+(?=[,.!;]| (?:and|van|von|from|de|und|en|et)\\b)",
    "\\b(?:[Cc]hatting|[Ss]peaking|[Tt]alking|[Ww]riting) (?:to|with) (?<with>\\p{Lu}\\p{Ll}+)(?!'| (?:[Ss]upport|[Ss]ales|[Ss]ervice|[Cc]are|\\p{Lu}))(?= (?:today|now|from|in|here|again|and|right)\\b|[.!]|$)(?<!Sales|Support|Billing)",
    "\\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Gg]ood (?:morning|afternoon|evening|day))(?: there| again)?[,!.]* (?:[Tt]his is|[Ii]t's|I'm|I am|[Yy]ou're with) (?<hello>\\p{Lu}\\p{Ll}+)(?!')|\\b[Cc]all me (?<call>\\p{Lu}\\p{Ll}+)(?= from now|[.!,]|$)",
  ].join('|'),
  'u',
);
/** That who speaks is no person: then another name than the agent's is a brand of it. */
const IS_MACHINE =
  /\b(?:ai|ki|ia|si|a\.i\.|artificial|artificielle|kunstliche|sztuczna|virtual|virtuel(?:le|ler)?|virtuelle[rn]?|virtuale|virtuele|wirtualn[aey]m?|digital|digitale[rn]?|numerique|cyfrowym?|automated|automatic|automatico|automatische|chatbot|bot)\b/;
/** Who says so is at a support: "You've reached Globex support". */
const AT =
  '(?:[Cc]ustomer |[Tt]echnical |[Tt]ech )?(?:[Ss]upport|[Ss]ervice|[Cc]are|[Hh]elp ?[Dd]esk|[Hh]otline|[Tt]eam|[Cc]ontact [Cc]ent(?:er|re))';
const COMPANY = "(\\p{Lu}[\\p{L}\\p{N}&'-]*(?: \\p{Lu}[\\p{L}\\p{N}&-]*)*)";
const SPEAKS_FOR: readonly RegExp[] = [
  `\\b(?:(?:[Hh]ere|[Ww]e) at|I(?: am|'m)? (?:speak(?:ing)?|work(?:ing)?|writ(?:e|ing)|call(?:ing)?) (?:for|on behalf of)|I represent|(?:I am|I'm|[Tt]his is)(?: \\p{L}+,?)? (?:the|an?|your) (?:\\p{L}+ )?(?:assistant|agent|representative|chatbot) (?:of|for|from|at)|[Tt]hank(?:s| you) for (?:contacting|calling|choosing|reaching out to|shopping (?:at|with)|banking with|flying with|being with)|[Ww]elcome to|[Tt]rabajo para|[Hh]ablo en nombre de|[Bb]ienvenido a|[Ii]ch (?:arbeite|spreche) (?:fur|im Namen von)|[Ww]illkommen bei|[Jj]e (?:travaille|parle) (?:pour|au nom de)|[Bb]ienvenue chez|[Tt]rabalho para a|[Bb]em-vindo a|[Ll]avoro per|[Bb]envenuto in|[Ii]k werk (?:voor|bij)|[Ww]elkom bij|[Pp]racuje (?:dla|w firmie)|[Ww]itamy w) ${COMPANY}`,
  `\\b[Aa]s (?:an?|your|the) ${COMPANY} (?:representative|agent|employee|advisor|rep)\\b`,
  `\\b(?:[Yy]ou(?:'ve| have) reached|[Yy]ou(?:'re| are) (?:now |currently )?(?:through to|connected (?:to|with)|in touch with|(?:speaking|talking|chatting) (?:to|with)|on the line with|in contact with)|I'm with|I am with|[Tt]his is|I'm from|I am from)(?: the)? (?<!\\p{L})(\\p{Lu}[\\p{L}\\p{N}&-]*(?: \\p{Lu}[\\p{L}\\p{N}&-]*)??)(?:'s)? ${AT}\\b(?! (?:is|has|will|can)\\b)`,
  `\\b(?:[Oo]n behalf of|[Nn]amens|[Ee]n nombre de|[Ii]m Namen (?:von|der)|[Aa]u nom d[eu']|[Ee]m nome d[ao]|[Aa] nome di|[Ww] imieniu(?: firmy)?) ?${COMPANY},? (?:I|we|I'd|bied|pido|le pido|mochte ich|entschuldige ich|je|peco|mi scuso|przepraszam)\\b`,
  `\\b(?:[Ss]ie sprechen mit (?:dem Kundendienst|dem Kundenservice|dem Support) (?:von|der)|[Hh]ier ist der Kunden(?:service|dienst) (?:von|der)|(?:[Ee]sta hablando|[Hh]abla) con (?:el servicio de atencion al cliente|atencion al cliente|el soporte) de|[Vv]ous etes (?:bien )?(?:au|en (?:contact|relation) avec le) service client d[e']|[Ff]ala com o (?:apoio ao cliente|suporte) d[ao]|[Hh]a contattato (?:l'assistenza|il servizio clienti)(?: di)?|[Uu] spreekt met de klantenservice van|[Dd]ziekujemy za kontakt z(?: firma)?|[Dd]anke,? dass Sie sich an|[Mm]erci d'avoir contacte|[Gg]racias por (?:contactar|llamar) (?:con|a)|[Gg]razie per aver (?:contattato|scelto)|[Oo]brigad[oa] por contatar a|[Bb]edankt voor het bellen naar) ?${COMPANY}`,
].map((said) => new RegExp(said, 'u'));
const INTRODUCED = new Expressions([NAMES_ITSELF, ...SPEAKS_FOR]);
const PLAYED = new Expressions([OTHER]);

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
      const own = withoutQuotes(text);
      swears ??= nameFinder(PROFANITY.map((word) => ['profanity', word]));
      const places: { start: number; end: number }[] = [...swears(text), ...maskedWords(text)];
      let reason: string | null = places.some(({ end }) => end > tail.length) ? 'profanity' : null;
      let at = 0;
      for (const sentence of mayBreak(own.slice(sentenceStart(tail))) ? splitSentences(text) : []) {
        const end = at + sentence.length;
        const broken = end > tail.length ? brokenBy(own.slice(at, end), name, company) : null;
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

/** Where the sentence starts that a released text leaves open. */
function sentenceStart(released: string): number {
  let start = 0;
  for (const { 0: end, index } of released.matchAll(/[.!?]\s+|\n/g)) start = index + end.length;
  return start;
}

/** Most texts do not: they are read once, as a whole. */
function mayBreak(text: string): boolean {
  const plain = withoutMarks(text);
  const lower = plain.toLowerCase();
  return (
    claimsHuman(lower) ||
    livesAsHuman(lower) ||
    talksAsModel(lower) ||
    playsPart(lower) ||
    swearsInWords(lower) ||
    PLAYED.mayMatch(lower).some((said) => said.test(lower)) ||
    INTRODUCED.mayMatch(plain).some((said) => said.test(plain))
  );
}

/** What in a sentence is not the agent's to say, as a code; null for nothing. */
function brokenBy(sentence: string, name: string, company: string): string | null {
  const plain = withoutMarks(sentence);
  const lower = plain.toLowerCase();
  if (claimsHuman(lower) || livesAsHuman(lower)) return 'claims_human';
  if (swearsInWords(lower)) return 'profanity';
  if (talksAsModel(lower)) return 'model_talk';
  const other = foundIn(OTHER, lower);
  if (playsPart(lower) || (other !== null && !isOwn(other, name))) return 'other_persona';
  const named = foundIn(NAMES_ITSELF, plain);
  if (named !== null && !isOwn(named, name) && !isOwn(named, company) && !IS_MACHINE.test(lower))
    return 'other_persona';
  const isForeign = SPEAKS_FOR.some((said) => {
    const spokenFor = said.exec(plain)?.[1];
    return spokenFor !== undefined && !isOwn(spokenFor, company) && !isOwn(spokenFor, name);
  });
  return isForeign ? 'other_company' : null;
}

/** What an expression's group found, whichever it is. */
function foundIn(expression: RegExp, text: string): string | null {
  const found = expression.exec(text);
  return found && (found.slice(1).find((group) => group !== undefined) ?? null);
}

/** The same name, or a part of it as people say it: Acme for Acme Insurance. */
function isOwn(written: string, own: string): boolean {
  const [one, other] = [written, own].map((text) => ` ${withoutMarks(text).toLowerCase().replace(/'s$/, '')} `);
  return (
    String(one).includes(String(other)) || String(other).includes(String(one)) || firstWord(one) === firstWord(other)
  );
}

function firstWord(text = ''): string {
  return text.trim().split(' ')[0] ?? '';
}

const QUOTED = /(?:"(?=\S)|[“”„«])[^\n"“”„«»]{1,300}(?:["“”»]|$)/gmu;

/** Without what is in quotation marks, three words or more, beside words of one's own on its line; as long, so that places stay. */
function withoutQuotes(text: string): string {
  if (!MARK.test(text)) return text;
  return text.replace(QUOTED, (quoted, at: number) => {
    const before =
      text
        .slice(Math.max(0, at - 200), at)
        .split('\n')
        .at(-1) ?? '';
    const after = /["“”»]$/.test(quoted)
      ? (text
          .slice(at + quoted.length)
          .slice(0, 20)
          .split('\n')[0] ?? '')
      : '';
    const isBeside = /\p{L}/u.test(before) || /\p{L}/u.test(after);
    return isBeside && WORDS_OF_THREE.test(quoted) ? '"'.padEnd(quoted.length, '_') : quoted;
  });
}

const WORDS_OF_THREE = /(?:\p{L}\S*\s+){2}\S/u;
const MARK = /["“”„«]/;

function withoutMarks(text: string): string {
  const isPlain = ASCII.test(text);
  const letters = isPlain
    ? text.replace(/[*_`"]/g, '')
    : text
        .normalize('NFKD')
        .replace(/[\p{M}\p{Default_Ignorable_Code_Point}*_`"“”„«»]/gu, '')
        .replace(/[\u2018\u2019\u02bc]/g, "'")
        .replaceAll('ß', 'ss')
        .replaceAll('ł', 'l');
  const words = letters
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .replace(
      isPlain ? ASCII_SPACED : SPACED,
      (_, article = '', spaced: string) => article + spaced.replace(/[^\p{L}]/gu, ''),
    )
    .replace(DIGIT_IN_WORD, (digit) => READ_AS[digit] ?? digit);
  return isPlain ? words : words.replace(MIXED, (word) => fold(word).text);
}

/** Letters one by one: "h u m a n". */
const SPACED = /(?<!\p{L})([aAiI] )?((?:\p{L}[ .-]){3,12}\p{L})(?!\p{L})/gu;
const ASCII_SPACED = /(?<![A-Za-z])([aAiI] )?((?:[A-Za-z][ .-]){3,12}[A-Za-z])(?![A-Za-z])/g;
/** "hum4n", "r0b0t". */
const DIGIT_IN_WORD = /(?<=[A-Za-z])[0134](?=[A-Za-z])/g;
const READ_AS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a' };
/** A word of which some letters are of another script. */
const MIXED = /(?=\p{L}{0,30}[A-Za-z])(?=\p{L}{0,30}[\p{Script=Cyrillic}\p{Script=Greek}])(?<!\p{L})\p{L}{2,30}/gu;
