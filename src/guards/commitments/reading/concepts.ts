import { Expressions } from '../../../language/needles.ts';

/**
 * What promises are about, in seven languages, so that an answer in one language finds its evidence in another. `words`: a whole
 * word without marks; `phrases`: several, anywhere in a sentence.
 */
type Row = { words?: string; phrases?: string };

const ROWS = {
  refund: {
    words:
      'refund\\w*|nonrefundable|reimburs\\w*|cashback|moneyback|re[e]?mbols\\w*|\\w*erstatt\\w*|rembours\\w*|ressarc\\w*|rimbors\\w*|terugbetal\\w*|terugbetaald\\w*|ausgezahlt|auszahl\\w*|payout\\w*|uitbetal\\w*|uitbetaald|terugstort\\w*',
    phrases:
      '(?:money|cash|dollars|euros|payment)[ -]back|(?:gives?|hands?|pays?|receives?) (?:\\w+ ){0,3}[$€£]?\\d[\\d.,]*(?: [a-z]+)? back\\b|gives? you (?:all|the|your|every)(?: \\w+){1,3} back\\b|[\\d.]+ ?% (?:of (?:\\w+ ){1,3})?back\\b|(?:price|money|amount|deposit|fee|payment|cost)s?(?: [\\w€$£.,]+){0,3}? (?:is|are|will be|gets?) returned|(?:pay|paid|paying) (?:you |it |them |all of it )?back|(?:get|have|give|send|receive) (?:\\w+ ){0,3}(?:money|price|amount|payment) (?:\\w+ )?back|go(?:es)? back the|(?:deposit|payment|money)s? (?:(?!not|never)\\w+ ){0,3}back(?= to your| to you\\b| on your|[.,;!)]| if| when| within| in| after| at once| immediately| today| tomorrow| by|$)|(?:get|gets|getting|receive) (?:(?:[\\w$€£%.,-]+ ){1,4}back(?= to your|[.,;!)]| if| when| today| tomorrow|$)|(?:all|the|your|every) (?:\\w+ ){1,3}back\\b(?!,? (?:less|minus)))|(?:devolve\\w*|devolucion d\\w+|regres\\w+) (?:\\w+ ){0,3}(?:dinero|importe|dinheiro|valor|gastos?|precio|coste)|(?:dinero|dinheiro) de vuelta|dinheiro de volta|geld (?:\\w+ ){0,5}(?:zuruck|terug)|(?:soldi|denaro) indietro|(?:rend\\w+|recuper\\w+) (?:\\w+ ){0,2}argent',
  },
  exchange: {
    words: 'exchang\\w*|swap\\w*|\\w*umtausch\\w*|\\w*umgetauscht\\w*|intercambi\\w*|echang\\w*|omruil\\w*|scambi\\w*',
  },
  return: {
    words:
      'return|returns|returned|returning|returnable|devol[uv]\\w*|\\w*retour\\w*|ruckgabe\\w*|rucksend\\w*|zuruckgeb\\w*|zuruckgegeben|zuruckschick\\w*|zurucksend\\w*|restitu\\w*|reso|resi|renvoi\\w*|renvoy\\w*|retourner\\w*|terugstur\\w*|rendere|devoluc\\w*',
    phrases:
      '(?:send|sent|sending|bring|give) (?:\\w+ ){0,3}back|(?:can|may) go back(?= within| until| for| if| as|[.,;]|$)',
  },
  replace: {
    words: 'replac\\w*|\\w*ersatz\\w*|ersetz\\w*|reemplaz\\w*|remplac\\w*|substitu\\w*|sostitu\\w*|vervang\\w*',
    phrases: 'new one',
  },
  repair: {
    phrases:
      'fixed(?! (?:term|rate|price|fee|amount|sum|cost|tariff|interest|date|period|contract|deposit|line|charge)|-)\\b',
    words: 'repair\\w*|restor\\w*|fix|fixes|fixing|\\w*reparatur\\w*|reparier\\w*|repar[ae]\\w*|ripar\\w*|herstel\\w*',
  },
  compensation: {
    words:
      'compensat\\w*|goodwill|entschadig\\w*|schadenersatz|indemn\\w*|compens[ao]\\w*|indenni\\w*|risarc\\w*|schadevergoed\\w*|vergoed\\w*',
    phrases: 'make (?:it )?up (?:to you|for)|make it right|entitled to (?=[$€£])',
  },
  credit: {
    words: 'gutschrift|gutgeschrieben|credited|tegoed',
    phrases:
      '(?:take|taken|took|knock|knocked|remove|removed)\\b[^.,;!?]{0,60} off (?:your|the) (?:\\w+ )?(?:bill|invoice|account|balance)|store credit|account credit|credit(?:ed)? (?:to |on )?your (?:account|card|next)|(?:a|an|in) (?:\\w+ )?credit(?! card)',
  },
  voucher: {
    words: 'voucher\\w*|coupon\\w*|gutschein\\w*|cupon\\w*|cadeaubon\\w*|giftcard|geschenkkarte\\w*|cadeaukaart\\w*',
    phrases:
      'gift cards?|cartes? cadeaux?|tarjetas? (?:de )?regalo|cart[ae] regalo|cart(?:ao|oes)[- ]presente|vales?[- ]presente|bon d.achat|buono|promo code',
  },
  upgrade: {
    words: 'upgrad\\w*',
    phrases: '(?:move|moved|moving|bump|bumped) you (?:up|to a (?:higher|better))',
  },
  discount: {
    words:
      'discount\\w*|rebate\\w*|\\w*rabatt\\w*|nachlass|descuento\\w*|remise\\w*|reduction\\w*|rabais|desconto\\w*|scont[oi]|\\w*korting\\w*|save|saves|saving|savings|lower|lowers|cheaper|reduce|reduces|reduced|spar\\w*|ahorr\\w*|risparmi\\w*|bespa\\w*|kortings\\w*|bogo',
    phrases: '(?:%|percent|half|[\\d]) off|half[ -]price|two for one|buy one|special (?:price|offer|deal)|best price',
  },
  match: {
    phrases:
      'match(?:es|ing)? (?:(?:the|its|their|that|any|your|this) )?prices?|price[ -]match\\w*|(?:match|beat|undercut) (?:any|their|that|the|a|your|every|whatever)|price (?:guarantee|promise)|(?:refund|give you) the difference',
  },
  free: {
    words:
      'complimentary|waive[ds]?|waiving|gratis|kostenlos\\w*|kostenfrei\\w*|umsonst|gratuit\\w*|gratuitement|gebuhrenfrei|erlassen|erlasst|kosteloos|costless|gratuitamente|regal[ao]\\w*|schenken|geschenkt|offerts?|offertes?|omaggio|cadeau',
    phrases:
      "(?<!feel |still |feeling |toll[- ]|are |be |is |am |you're |-|sugar |gluten |contact |hands |duty |problem |worry |hassle |tax |entirely |when |they're |scot )(?<!\\w-)free(?! (?:and \\w+ )?(?:plan|tier|edition|version)s?\\b| (?:\\w+ )?(?:slot|seat|spot|space|appointment|table)s?\\b| and \\w+ ha(?:s|ve)\\b| to (?:ask|contact|call|choose|reach|write|let|use any|decide|pick|send|reply|share|message)| of (?!charge|cost|fee)|dom|ze|ly| time| trade| will)\\b|\\b(?:is|are|be|completely|totally|entirely) free(?= (?:of charge|of cost|for|from|with|when|until|up to|up|within|in|on|and|as well|too|as long|at|every|after|before|if|unless|now|today|only|once|because|over|above|per|through)|[ ,.;!:)]*$|[,.;!])|\\bit(?:'s| is) (?:\\w+ly |always )?free to (?!ask|contact|call|choose|reach|write|let|use any|decide|pick|send|reply|share|message)\\w+|free of (?:charge|cost|fee)s?|waiver (?:is |was )?(?:approved|granted|applied)|nothing (?:\\w+ )?to pay|(?:won.t|will not) be (?:an?|any) (?:\\w+ ){0,3}(?:charges?|costs?|fees?)\\b|(?:isn.t|aren.t|is not|are not) any (?:\\w+ ){0,3}(?:charges?|costs?|fees?)\\b|nothing (?:\\w+ ){0,3}(?:charged|billed|deducted|due\\b)|(?:versand|lieferung|zustellung|portofrei)\\w*(?: [^ .;]+){0,6} frei(?= |[.,;]|$)|(?:at )?(?:no|zero|without(?: any| a| an)?) (?:[\\w-]+ ){0,2}(?:charges?|costs?|fees?|interest|deductible|penalty|obligation|excess|deposit|surcharges?|commission)|(?:not|never|nor) (?:be )?(?:charge[ds]?|billed)|\\w+n't be (?:charged|billed)|avoid\\w* (?:being )?(?:charge[ds]?|billed)|(?:not|\\w*n't|never|nor) (?:cost|costs|incur|incurs|involve|cause|carry) (?:you )?(?:any(?:thing)?|a)\\b(?: (?:\\w+ )?(?:fees?|costs?|charges?))?|(?:interest|commission|charge|cost|fee|surcharge)[- ]free|(?:costs?|pay|cost you|costs you|pays) nothing|(?:do|does|need|will) ?n[o']t (?:have to |need to )?(?:pay(?! back| out)|cost)|won.t (?:have to |need to )?pay(?! back| out)|for nothing(?= |[.,;!]|$)|0 ?% (?:interest|apr)\\b|(?:drop|skip|remove|scrap|forget about|strike) (?:the|your|that|this|any)(?: [^ .,;]+){0,4} (?:fees?|charges?|costs?|surcharges?|penalt(?:y|ies))\\b|on (?:us|the house)(?= |[.,!;]|$)|(?:nobody|no one) (?:will (?:ever )?charge|pays|has to pay|is charged)|(?:paid|borne|covered) by us(?= |[.,!;]|$)|ubernehmen (?:\\w+ ){0,2}kosten|kosten ubernehmen|auf unsere kosten|(?:por|a) (?:nuestra|nossa) (?:cuenta|conta)|a nos frais|prenons en charge|a nostr[eo] (?:spese|carico)|nemen de kosten|voor onze rekening|(?:we|i)(?:'ll| will)? (?:cover|absorb|pay|bear|take care of|pick up) (?:the|all|any|your|every) (?:\\w+ )?(?:costs?|fees?|charges?|shipping|postage|deductible|bill|tab)|at our (?:own )?(?:cost|expense)|(?:sin|no hay) (?:ningun\\w* )?(?:costos?|coste|cargos?|franquicia|fianza|deposito|comision\\w*)|ohne (?:aufpreis|gebuhr\\w*|kosten|zusatzkosten|selbst\\w+|kaution|anzahlung)|keine?n? (?:\\w+ )?(?:gebuhr\\w*|kosten|selbst(?:beteiligung|behalt)|kaution|anzahlung)|(?:sans|pas de|aucune?) (?:frais|surcout|franchise|caution|depot)|sem (?:\\w+ )?(?:custos?|taxas?|franquia|caucao)|(?:senza|nessun\\w*) (?:costi|spese|franchigia|cauzione|commission\\w)|zonder (?:\\w+ )?kosten|geen (?:\\w+ )?kosten",
  },
  deduct: {
    words:
      'deduct(?!ib)\\w*|subtract\\w*|withh[eo]ld\\w*|forfeit\\w*|abgezogen|abzieh\\w*|descont[ae]\\w*|dedu[cz]\\w*|deduit\\w*|detra\\w*|ingehouden',
    phrases: '(?:comes?|taken|take|takes) off (?:the|your) refund',
  },
  trial: {
    words: 'trial|trials|probezeit|probemonat|proefperiode|essai',
    phrases: 'periodo de prueba|periodo di prova|periodo experimental',
  },
  warranty: {
    words:
      'warrant\\w*|guarantee|guarantees|gewahrleistung\\w*|garantie|garanties|garantia|garantias|garanzia|garanzie',
  },
  assured: {
    words:
      'guaranteed|guaranteeing|promis\\w*|assure|assured|assures|pledg\\w*|garant(?!i[ae]s?$)(?!zi)\\w+|gegarandeerd\\w*|garanderen|garandeer|versprech\\w*|versprochen|zugesichert|prometo|prometemos|promets|promettons|prometto|promettiamo|beloof|beloven|beloofd|vow|swear',
    phrases:
      "\\b(?:i|we|can|will|hereby|personally|fully|'ll) guarantee|have my word|my word|(?:won't|will not|never) (?:have to |ever )?(?:pay|be charged)(?: you)? (?:any )?more(?! than)|rest assured|without fail|(?:definitely|certainly|absolutely|surely) (?:will|be|get|going)|(?:will|'ll) (?:definitely|certainly|absolutely|surely)|locked in|(?:price|rate) lock|consider (?:it|this|that|your (?:\\w+ ){1,3}?) ?(?:\\w+ ){0,2}(?:done|gone|handled|sorted|forgotten|confirm\\w+|refunded|waived|approved|settled)|zero risk|no risk|100 ?% (?:sure|certain|safe|guaranteed|satisfaction)|risk[- ]free|ich garantiere|wir garantieren|le garantizo|vous garantis|mein wort|mi palabra|ma parole|minha palavra|mijn woord|mia parola",
  },
  cancel: {
    words:
      'cancel\\w*|anul\\w*|kundig\\w*|gekundigt|stornier\\w*|annul\\w*|resili\\w*|disdi\\w*|opzeg\\w*|opgezegd|rescind\\w*|revoke\\w*|widerruf\\w*',
  },
  delivery: {
    words:
      'deliver\\w*|transit|eta|ship|ships|shipped|shipping|shipment\\w*|arriv\\w*|dispatch\\w*|\\w*liefer\\w*|versand\\w*|versend\\w*|zugestellt|zustell\\w*|envio\\w*|enviar\\w*|enviamos|entreg\\w*|livr[aeo]\\w*|expedi\\w*|conseg\\w*|spedi\\w*|\\w*levering\\w*|levertijd|geleverd|leveren|bezorg\\w*|verzend\\w*|lleg\\w*|cheg\\w*|ankomm\\w*|ankunft',
  },
  extend: { words: 'extend\\w*|extension\\w*|verlanger\\w*|prolong\\w*|prorrog\\w*|proroga\\w*|verleng\\w*' },
  exception: { words: 'exception\\w*|ausnahm\\w*|excepcion\\w*|excecao|eccezion\\w*|uitzondering\\w*' },
  liable: {
    words: 'liable|haftbar|haften|aansprakelijk|legally|lawsuit|sue',
    phrases:
      '(?:accept|acknowledge|admit|assume|take|bear|concede)\\w* (?:(?!no\\b)\\w+ ){0,2}(?:liability|responsibility|fault|blame)|(?:our|the company.s|was our) (?:fault|negligence)|at fault|legal (?:right|obligation|claim)s?|binding|(?:by|under the|consumer) law|statutory|(?:we|company)(?:.re| are| is) (?:legally )?(?:obliged|obligated|bound|required) to|(?:accept|admit)\\w* that we|rechtsverbindlich|rechtlich bindend|responsab(?:les?|ilidad)|legalmente|legalement|wettelijk|por ley|bindend',
  },
  entitled: {
    words: 'entitl\\w*|eligible|qualif\\w*|anspruch|berechtigt|beneficiar\\w*|elegible\\w*|elegivel|ammissibil\\w*',
    phrases:
      '(?:have|has|had|gives? you|grants? you) (?:the|a|every|full) (?:\\w+ )?right to|tiene derecho|(?:avez|a) (?:le )?droit a|tem direito|ha diritto|heeft recht|recht op',
  },
  certified: {
    words:
      'compliant|compliance|certified|accredited|zertifiziert\\w*|konform|certificad[oa]s?|certifiee?s?|gecertificeerd',
  },
  approve: {
    words:
      'approv\\w*|authori[sz]\\w*|granted|accept|accepts|accepted|angenommen|aceptad\\w*|acceptee?|aceit[ao]|accettat[ao]|genehmig\\w*|bewillig\\w*|aprob\\w*|approuv\\w*|aprov\\w*|goedgekeurd|goedkeur\\w*',
  },
  cover: {
    words:
      'cover|covers|covered|coverage|insure|insures|insured|versicher\\w*|abgedeckt|deckt|deckung|gedeckt|cubr\\w*|cubier\\w*|cobert\\w*|cobre|couvr\\w*|couvert\\w*|assure[es]*|copre|copert\\w*|dekt|dekking|gedekt|verzekerd?',
    phrases: '(?<!no )waiting periods?|pays? for|pays? to|(?:got|have) you covered',
  },
  keep: {
    phrases:
      "(?:can|may|get to|'ll|will) keep(?! (?:an eye|track|in touch|in mind|up|going|watching|using))|(?:bring|take) (?:your|the) (?:\\w+ ){0,2}number|(?:need not|no need to|n't (?:have|need) to|not (?:have|need) to) (?:be )?(?:return|send|sent|pay)\\w*",
  },
  /** It stays as it is. */
  stable: {
    phrases:
      "(?:price|rate|premium|fee|tariff|cost)s? (?:\\w+ )?(?:stays?|remains?|is|are|will (?:stay|remain|be)) (?:\\w+ )?(?:the same|fixed|frozen|unchanged|guaranteed|locked)|price[ -]lock|prices? fixed for|lock(?:s|ed)? in a price|(?:won't|will not|never|do(?:es)? not|don't|doesn't) (?:change|go up|rise|increase|push it up)|(?:keep|leave) (?:it|them|you|your \\w+) at (?:that|this|the same) (?:price|rate)|fixed (?:price|rate|tariff|premium)|no (?:price )?increases?\\b",
  },
  /** Whether a price is with it. */
  tax: { words: 'vat|iva|tva|mwst|mehrwertsteuer|umsatzsteuer|btw|tax|taxes|gst|impuestos?|taxes?|steuern?' },
  included: {
    words:
      'included|enthalten|compres[oiae]|comprendid[oa]s?|incluid[oa]s?|inklusive|inbegriffen|inclus|incluses?|inclus[aeio]|inclusive|inbegrepen|incluso',
    phrases:
      'part of (?:your |the )(?=(?:\\w+ )?(?:plan|package|tier|membership|fare|rate|price|subscription|cover)\\b)',
  },
  premium: { words: 'premium|premiums|pramie\\w*|prima|prime|premie|premio' },
  deductible: {
    words: 'deductible\\w*|excess|selbstbeteiligung|selbstbehalt|franquicia|franchise|franquia|franchigia',
    phrases: 'eigen risico',
  },
  fee: { words: 'fee|fees|gebuhr|gebuhren|surcharge\\w*|penalty|tarifa|taxa' },
  deposit: { words: 'deposit\\w*|kaution|anzahlung|deposito|caution|waarborg' },
  full: {
    words:
      'full|fully|entire\\w*|whole|completely|complete|vollstandig\\w*|volle|vollen|voller|vollem|integral\\w*|integro|intero|volledig\\w*|totalidad|moneyback',
    phrases:
      '100 ?%|(?:100|(?:one |a )?hundred) per ?cent|every (?:cent|penny|dollar)|all of (?:it|your|the)\\b(?! (?:kids|children|tickets|guests))|(?:en su )?total(?:idad|ite|ita|mente)|por completo|in full|the full price\\b|(?:refund\\w*|back|return\\w*|repay\\w*) (?:you )?the (?:full |purchase |ticket )?price\\b',
  },
  checkin: { phrases: 'check(?:s|ing)?[- ]?in(?!\\w)' },
  checkout: { phrases: 'check(?:s|ing)?[- ]?out(?!\\w)' },
  anytime: {
    words: 'anytime|jederzeit',
    phrases:
      'whenever (?:you (?:like|want|need|wish|prefer|please)|suits)|whenever(?=[.,;!]|$)|(?<=(?:is|are) )always (?:free|included|covered)|never (?:costs?|charged?|pays?)\\b|at all times|any (?:time(?! (?:between|from)\\b)|point|moment|hour|day of the week(?:end)?)\\b|as long as you (?:like|want|need|wish)|(?:a)?round the clock|day (?:and|or) night|24/7|24 hours a day|right up (?:to|until)|(?:at|until|till|up to) the (?:very )?last minute|en cualquier momento|a tout moment|(?:a|em) qualquer momento|in qualsiasi momento|op elk moment',
  },
  everywhere: {
    words: 'everywhere|wherever|worldwide|weltweit|uberall|partout|ovunque|overal|wereldwijd',
    phrases:
      'anywhere(?! else| between| from| in )|(?:any|every|all) (?:other )?countr(?:y|ies)|(?:all over|around|in) the (?:whole )?(?:world|globe)|todo el mundo|le monde entier|tutto il mondo|mundo (?:todo|inteiro)',
  },
  lifetime: {
    words: 'lifetime|lifelong|forever|permanent\\w*|lebenslang\\w*|vitalici\\w*|levenslang\\w*|indefinite\\w*',
    phrases:
      'never expires?|never runs? out|for life|(?:for )?as long as you(?: are|.re)? (?:stay|remain|keep|with us|a (?:customer|member))|de por vida|a vie\\b|a vita\\b|for ever\\b|(?<!gone )for good\\b|(?:do|does)(?:n.t| not) expire(?! (?:as long|if|unless|until|while|before))|no expiry',
  },
  unlimited: {
    words: 'unlimited|limitless|unbegrenzt\\w*|ilimitad\\w*|illimit\\w*|onbeperkt\\w*',
    phrases:
      'everything in (?:the|our) (?:shop|store|range|catalogue)|(?:everyone|everybody|anybody|anyone)(?! (?:\\d|else|under|over|aged|who|with|from|in|between))|no (?:limit|cap|minimum)s?(?! (?:term|contract|period|duration|stay))|(?<!\\b(?:for|per|of) )(?:all|every|each|any) (?:of our |our )?(?:new )?(?:order|purchase|item|product|flight|stay|guest|customer|patient|member|user|client|passenger|student|resident|driver|ticket|booking|plan|account|outage|delay|fare|rate|tariff|membership|subscription|delivery|course)s?(?! (?:difference|over|above|under|below|with|from|in|of|who|that|which|between|on|for|older|younger)\\b)|(?:alle|todos los|tous les|tutti i|todos os) (?:kunden|gaste|clientes|clients|clienti|hospedes|huespedes|ospiti|klanten|gasten)|without (?:any )?(?:limit|cap)s?|(?:any|every) (?:kind|type|sort) of|all (?:kinds|types|sorts) of|as (?:many|much|often)(?: \\w+)? as you (?:like|want|need|wish)|any \\w+ you (?:like|want|wish|choose)',
  },
  unconditional: {
    words: 'unconditional\\w*|regardless|irrespective|bedingungslos\\w*',
    phrases:
      'no questions(?: asked)?|(?:doesn.t|does not) matter (?:if|that|whether|how|what|when)|(?<=\\w )in (?:any|every|all|each) cases?|whatever happens|whatever (?:the|your) (?:reason|cause)|whatever you (?:pay|spend|order|earn|do|buy|use)\\b|(?:any|whatever|without (?:giving )?(?:a |any )?) ?reason|whatever the (?!(?:weather|case|time)\\b)\\w+(?=[.,;!]|$)|no matter|no strings|under (?:any|all) circumstances|no conditions|sin preguntas|ohne (?:angabe von grunden|wenn und aber|(?:kundigungs)?frist)|sans (?:condition|poser de question)|sem perguntas|senza domande|zonder (?:opgaaf|vragen)|everything (?:is|will be)|even (?:after|if|without|when)|(?:we|i)(?:.ll| will| can)? still (?:refund|give|pay|exchange|replace|cover|return|cancel)\\w*|from (?:day one|the (?:very )?(?:start|first day|beginning))|no waiting|no (?:minimum )?(?:contract(?!or)|commitment|notice)\\w*|without (?:any )?notice|sin permanencia|sin (?:ningun )?preaviso|sans (?:aucun )?preavis|senza preavviso|sem aviso previo|zonder opzegtermijn|ohne vertragsbindung|sans engagement|selbst (?:wenn|nach|ohne)|auch (?:wenn|nach|ohne)|incluso (?:si|despues)|aunque|meme (?:si|apres)|mesmo (?:se|apos|depois)|anche (?:se|dopo)|ook (?:als|na|zonder)',
  },
} satisfies Record<string, Row>;

export type Concept = keyof typeof ROWS;

/** What a sentence that supports a statement must say too, where the statement says it. */
export const REQUIRED: ReadonlySet<Concept> = new Set<Concept>([
  ...[
    'refund',
    'exchange',
    'return',
    'replace',
    'repair',
    'compensation',
    'credit',
    'voucher',
    'upgrade',
    'discount',
    'match',
    'free',
  ],
  ...[
    'trial',
    'warranty',
    'assured',
    'cancel',
    'delivery',
    'extend',
    'stable',
    'exception',
    'liable',
    'everywhere',
    'lifetime',
    'unlimited',
    'unconditional',
    'anytime',
    'certified',
  ],
] as Concept[]);
/** What does as well: a guarantee by another name. */
export const SAME: Partial<Record<Concept, readonly Concept[]>> = {
  warranty: ['assured', 'cover'],
  refund: ['compensation'],
  compensation: ['refund'],
  assured: ['warranty'],
  stable: ['assured', 'warranty'],
  credit: ['voucher', 'deduct'],
  // A trial costs nothing.
  free: ['trial', 'included'],
  cover: ['warranty', 'included'],
  included: ['free', 'cover'],
  voucher: ['credit'],
};

const NAMES = Object.keys(ROWS) as Concept[];
const CONCEPTS: ReadonlySet<string> = new Set(NAMES);

export function isConcept(word: string): word is Concept {
  return CONCEPTS.has(word);
}

const WORDS = NAMES.flatMap((name) => {
  const { words } = ROWS[name] as Row;
  return words === undefined ? [] : [[name, new RegExp(`^(?:${words})$`)] as const];
});
const PHRASES = new Expressions(
  NAMES.flatMap((name) => {
    const { phrases } = ROWS[name] as Row;
    return phrases === undefined ? [] : [{ concept: name, said: new RegExp(`(?<![a-z])(?:${phrases})`, 'g') }];
  }),
);

/** The concepts of a word in lower case without marks. */
export function conceptsOf(word: string): readonly Concept[] {
  return word.length > 40 ? [] : WORDS.flatMap(([name, words]) => (words.test(word) ? [name] : []));
}

export type Phrase = { concept: Concept; start: number; end: number };

/** The phrases of a plain text from a place on that stand for a concept. */
export function phrasesIn(text: string, from = 0): Phrase[] {
  const found: Phrase[] = [];
  for (const { concept, said } of PHRASES.mayMatch(text, from)) {
    said.lastIndex = from;
    for (let phrase = said.exec(text); phrase; phrase = said.exec(text)) {
      found.push({ concept, start: phrase.index, end: said.lastIndex });
    }
  }
  return found;
}
