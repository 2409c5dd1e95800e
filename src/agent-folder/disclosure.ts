/** Abbreviations of "artificial intelligence", in capitals: in small letters some are everyday words ("ai" in Italian). */
const ABBREVIATIONS =
  /(?<![A-Za-zÀ-ɏ])(AI|A\.I\.|IA|KI)(?![A-Za-zÀ-ɏ])|(?<!\p{Script=Cyrillic})(ИИ|ШІ)(?!\p{Script=Cyrillic})/u;

const NAMES = new RegExp(
  [
    'artificial intelligence',
    'intelligence artificielle',
    'inteligencia artificial',
    'inteligência artificial',
    'intel·ligència artificial',
    'intelligenza artificiale',
    'inteligență artificială',
    'künstliche[rn]? intelligenz',
    'kunstmatige intelligentie',
    'kunstig intelligens',
    'artificiell intelligens',
    'tekoäly',
    'tehisintellekt',
    'sztuczn\\p{L}+ inteligencj',
    'uměl\\p{L}+ inteligenc',
    'umel\\p{L}+ inteligenc',
    'umjetn\\p{L}+ inteligencij',
    'umetn\\p{L}+ inteligenc',
    'mesterséges intelligenci',
    'yapay zek',
    'τεχνητή\\p{L}* νοημοσύνη',
    'искусственн\\p{L}+ интеллект',
    'штучн\\p{L}+ інтелект',
    'изкуствен\\p{L}* интелект',
    'trí tuệ nhân tạo',
    'kecerdasan buatan',
    'ذكاء (ال)?اصطناعي',
    'בינה מלאכותית',
    'هوش مصنوعی',
    'कृत्रिम बुद्धि',
    'ปัญญาประดิษฐ์',
    '人工智能',
    '人工智慧',
    '人工知能',
    '인공지능',
    '인공 지능',
  ].join('|'),
  'iu',
);

/** "Not an AI", in the languages of the agent's own sentences; what stands between is an article. */
const NONE =
  /(?<!\p{L})(?:[Nn]ot|[Nn]o(?: soy| somos)?|isn['’]t|[Kk]ein\p{L}*|nicht|pas|[Nn]on(?: sono)?|[Nn]ão(?: sou)?|geen|niet|nie|inte|ikke) (?:(?:an?|one?|un[ae]?|une|eine?r?|uma?|een|en|et|just|only) )?(?:AI|A\.I\.|IA|KI|(?:artificial|künstliche|inteligencia|intelligence) )(?!\p{L})/u;

/** Whether a greeting says that an AI speaks. Looks for the words only, in the languages listed above. */
export function saysThatItIsAnAi(greeting: string): boolean {
  return (ABBREVIATIONS.test(greeting) || NAMES.test(greeting)) && !NONE.test(greeting);
}
