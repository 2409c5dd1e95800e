import type { CommitmentKind } from '../../../protocol/events.ts';
import type { Concept } from '../reading/concepts.ts';

/** Forms of speech over plain text (`tokens.ts`), each linear: what turns a mention into a promise, and what keeps it from being one. */

const any = (flags: string, ...parts: readonly string[]) => new RegExp(parts.join('|'), flags);

/** The agent says what it, or the company, does not do or may not. What is not charged, raised or shared is no refusal. */
export const REFUSAL = any(
  'g',
  "\\b(?:i|we)(?:'m| am|'re| are)? (?:\\w+ ){0,2}?(?:can't|cannot|can not|couldn't|could not|won't|will not|wouldn't|would not|not|unable|don't|do not|never|haven't|have no|aren't|nothing)\\b(?! (?:\\w+ ){0,2}(?:charg\\w*|bill\\w*|disconnect|cut|interrupt|increas\\w*|rais\\w*|wait|forget|deny|reject|stop|los\\w+|mind|need|hesitate|shar\\w*|sell|only)\\b)",
  '\\bneither i nor we\\b',
  '\\b(?:unable to|not (?:able|allowed|authori[sz]ed|permitted|in a position) to)\\b',
  '\\bnobody (?:here )?can\\b',
  '\\bno (?:puedo|podemos|ofrecemos|estoy autorizad[oa]|me es posible|puede)\\b',
  '\\bnao (?:posso|podemos|oferecemos|consigo)\\b',
  '\\b(?:je|nous) ne (?:peux|pouvons|suis|sommes|proposons|puis)\\b',
  '\\bnon (?:posso|possiamo|offriamo|sono in grado)\\b',
  '\\b(?:ich|wir) (?:kann|konnen|darf|durfen|bieten|biete) (?:\\w+ ){0,4}(?:nicht|kein\\w*|nichts)\\b',
  '\\b(?:kann|konnen|darf|durfen) (?:ich|wir) (?:\\w+ ){0,5}(?:nicht|kein\\w*|nichts)\\b',
  '\\b(?:ik|we|wij) (?:kan|kunnen|mag|mogen|bieden) (?:\\w+ ){0,4}(?:niet|geen)\\b',
);

/** Where a sentence that has refused something turns. */
export const CONTRAST =
  /\b(?:but|however|instead|though|although|so|still|yet|aber|jedoch|sondern|dafur|pero|sin embargo|mais|cependant|mas|porem|ma|pero|maar|echter|what (?:i|we) can)\b|[;—]|\b(?:i|we|you)(?:'ll| will)\b/g;

/** Words of the customer, told back to them. */
export const SAID_BY_CUSTOMER = any(
  '',
  "(?<!\\b(?:if|when|once|unless|before|until|as (?:long|much|many|often) as|whenever|wherever|whatever) )\\byou(?:'ve| have(?! (?:up )?to)|'re| are|'d| had)?(?:(?<='d) (?:like|prefer|rather)| (?!(?:\\w+ ){0,1}(?:can|may|will|must|should|need|to)\\b)(?:(?!the\\b|an?\\b|your\\b)\\w+ ){0,2}?(?:said|say|saying|told|tell|mention\\w*|ask|asked|asking|wrote|ordered|order|bought|purchased|paid|request\\w*|want|wanted|waited|waiting|called|report\\w*|placed|wish|would like|quoted|describe\\w*|signed up|were (?:told|promised)|was (?:told|promised)|been (?:told|promised)))\\b",
  '\\byour (?:\\w+ ){0,2}(?:request|question|message|demand|wish) (?:for|about|of|from|on|regarding)\\b(?!.*\\b(?:will|is|has|was|can)\\b)',
  "\\byou(?:'re| are|'ve been| were)? (?:hop(?:e|ed|ing) for|expect\\w*|thought)\\b|\\byou(?:'ve| have) (?:heard|been told)\\b|\\b(?:someone|somebody|colleague|agent)\\b[^.;]{0,40}\\b(?:said|told you|promised you)\\b",
  '\\b(?:customer|caller) (?:said|asked|wants)\\b',
  '\\b(?:usted )?(?:ha|has) (?:dicho|pedido|solicitado|mencionado|pagado|comprado)|\\b(?:dijo|pidio|solicito|menciono|pago|compro|mencionaste|dijiste|pediste)\\b',
  '\\bsie (?:haben|hatten|sagten|wollten|mochten|schrieben|erwahnten)\\b (?:\\w+ ){0,6}(?:gesagt|geschrieben|bestellt|erwahnt|gebeten|bezahlt|gekauft|haben|verlangt)',
  '\\bvous (?:avez|aviez) (?:\\w+ )?(?:dit|mentionne|demande|commande|paye|ecrit|achete)',
  // The wish, told back.
  '\\bvous (?:souhait|voul|voudr|aimeri|desir|prefer)\\w+|\\b(?:quiere|desea|querria|desearia|gustaria|quer|deseja|gostaria|vuole|desidera|vorrebbe)\\b|\\bsie (?:\\w+ ){0,6}(?:mochten|wollen|wunschen)\\b|\\bu (?:\\w+ ){0,6}(?:wilt|wenst)\\b',
  '\\bvoce (?:disse|mencionou|pediu|pagou|comprou)|\\bha (?:detto|chiesto|menzionato|pagato|ordinato)\\b',
  '\\bu (?:zei|vroeg|schreef|bestelde|betaalde|heeft (?:\\w+ ){0,4}(?:gezegd|gevraagd|besteld|betaald))',
);

/** Questions that offer something. */
export const OFFER =
  /\b(?:would you (?:like|prefer|accept|take)|shall (?:i|we)|how about|what if (?:i|we)|(?:can|may|could) (?:i|we) offer|do you want|deal\?|will you (?:take|accept))/;

/** A condition, a purpose, a question within a sentence: nothing is promised in it. */
export const CONDITION =
  /^\W*(?:(?:and|or|but|only|even|then|so) )*(?:if|once|when|whenever|after|as soon as|whether|unless|in case|before|until|how|where|what|which|why|who|should|wenn|falls|ob|si|se|als|indien|to (?:see|find|check|learn|get|ask|request|claim|receive|apply|qualify))\b|\b(?:whether|if (?:you|your|it|the|a|an|we)|see if|depends? on|would (?:be(?! (?:happy|glad|pleased|delighted))|have|need|depend)|only (?:if|when|once|due)|case by case|subject to)\b/;

/** Says that a thing holds whatever else is so. */
export const OVERRIDES =
  /\b(?:even (?:if|when|after|with (?:an?|one|just|only|no|the|your)|without|though you)|no matter|regardless|irrespective|whether or not|selbst (?:wenn|nach|ohne)|auch (?:wenn|ohne)|aunque|incluso (?:si|sin|despues)|meme (?:si|sans|apres)|mesmo (?:que|se|sem|apos|depois)|anche (?:se|senza|dopo)|ook (?:als|na|zonder))\b/;

/** Talk about a thing rather than of giving it. */
export const NEUTRAL =
  /\b(?:go to|choose|select|tap|click|was|were|requests?|requested|requesting|questions?|help|assist|check|checks|checking|look|ask|asks|asking|about|regarding|concerning|decide[sd]?|decision|reviews?|reviewed|status|explain\w*|guide|form|forms|contact|call|visit|how|please|apply for|want\w*|needs?|would like|understand|sorry|let me|seek|looking|interested|options?|policy|policies|terms|conditions|process|steps?|team|department|colleague|person|link|page|here|track|read|learn|(?<!in (?:any|every|all|each) )cases?|eligib\w*|possible|up to (?:a|the)|ayuda\w*|consult\w*|pregunt\w*|informacion|solicit\w*|hilfe|helfen|frage\w*|antrag|prufen|aide\w*|demande\w*|verifi\w*|question|ajud\w*|pergunt\w*|pedido|aiut\w*|domand\w*|richiest\w*|help\w*|vraag|vragen|aanvraag|controleren|politica|richtlinie|politique|beleid|verify|confirm whether|find out)\b/;

/** Talk about whether a thing is so. */
export const SEEKS =
  /\b(?:check|checks|ask|see|explain|help|look|tell|know|find|questions?|what|which|learn|why|about)\b/;

/** What grants a thing, whatever else the clause speaks of. */
export const GRANT = any(
  '',
  '\\b(?:approved|granted|issued|issuing|credited|waived|applied|authori[sz]ed|entitled|certainly|definitely|absolutely|automatically|processed|hereby|guarantee\\w*)\\b',
  "(?:'ll|\\bwill|\\bshall|\\bgoing to|\\bwould be happy to|\\b(?:happy|glad|pleased|delighted) to|\\bcan) (?:\\w+ ){0,2}?(?:refund|reimburse|collect|replace|compensate|credit|upgrade|extend|waive|cover|get|receive|give|offer|issue|pay|have|provide|add|apply|match|beat|knock|throw|take|be (?:\\w+ )?(?:refunded|reimbursed|replaced|compensated|credited|upgraded|extended|waived|covered|approved|free))\\b",
  "(?:'ve|\\bhave|\\bhas) (?:\\w+ ){0,3}?(?:refunded|reimbursed|replaced|compensated|credited|upgraded|extended|waived|added|reduced|given|been (?:refunded|credited|approved|upgraded))\\b",
  '\\b(?:recibira|recibiras|obtendra|tendra|le damos|le daremos|le ofrecemos|ofreceremos|hemos aprobado|sera|le devolveremos|devolveremos)\\b',
  '\\b(?:bekommen sie|erhalten sie|sie (?:bekommen|erhalten)|gewahren|ubernehmen wir|wir (?:ubernehmen|erstatten|ersetzen|schenken)|werden (?:wir )?|wird )',
  '\\b(?:recevrez|obtiendrez|aurez|vous offrons|offrirons|accordons|sera|serez|vous (?:rembours|remplac)\\w+)\\b',
  '\\b(?:recebera|tera|oferecemos|sera|vamos|daremos)\\b|\\b(?:ricevera|avra|sara|offriamo|daremo)\\b|\\b(?:krijgt u|u krijgt|ontvangt|wordt|zullen|zal|geven wij|wij geven|betalen wij)\\b',
  '\\w(?:aremos|eremos|iremos|erons|eremo|iremo|aremo)\\b',
);

/** What somebody pays, loses or waits for: not to have to is a promise. */
export const BURDEN =
  /\b(?:charge[ds]?|bill(?:ed)?|pay|fees?|costs?|increase[ds]?|raise[ds]?|los[es]|expires?|wait|cancel(?:led|ed)?|penalt\w+)\b/;

/** What the company will do. */
export const WILL =
  /\b(?:i|we|they|someone|somebody|(?:(?:a|an|the|our|my) (?:\w+ )?)(?:technician|engineer|driver|manager|team|colleague|specialist|supervisor|company)s?)(?:'ll| will| shall|'m going to|'re going to| am going to| are going to|'ve decided to| promise to| guarantee to| commit to| undertake to) (?:(?:\w+ly|also|then|now|just|even|always|of course|make sure to|be sure to|make (?:a )?note|go ahead and|be happy to|be glad to) )*(?<verb>[a-z]+)/;

/** What the agent says that it or the company is doing just now, as a thing done: `I'm holding them for you`. */
export const DOING =
  /\b(?:i'm|i am|we're|we are) (?:now |already |currently |just |also )?(?<verb>holding|reserving|refunding|waiving|crediting|upgrading|issuing|applying|extending|cancelling|canceling|booking|shipping|dispatching|replacing|reimbursing|removing|deducting|adding)\b(?! (?:for|about|up|information)\b)/;

/** Gives one's word for what follows. */
export const ASSURES =
  /\b(?:guaranteed?|promise|assure|assured|word|garanti\w+|garant\w+|versprech\w+|promet\w+|garandeer|beloof|beloven)\b,? (?:not|never|you|that|it|there|no|your|this|we|they|que|dass|che|dat|ihnen)\b/;

/** What the agent says that it or the company has done. */
export const DONE =
  /\b(?:(?:i|we)(?:'ve| have)|(?:has|have|'s) (?:\w+ )?been) (?:(?:\w+ly|already|just|now|also|gone ahead and|successfully) )*(?<verb>[a-z]+(?:ed|en|ut|ld|nt|id)|set|made)\b/;

/** Of money and orders it need not be said by whom. */
export const WAS_DONE =
  /(?<!\b(?:day|date|time|moment|when|since|after|once) (?:it|they|you) )\b(?:was|were) (?:\w+ly )?(?<verb>refunded|paid|credited|issued|transferred|approved|cancell?ed|waived)\b|\b(?:is|are) (?:now |already )?(?<verb>approved|confirmed|booked|reserved|on (?:its|their) way)\b/;

/** The same in other languages: `ho annullato`, `habe ich storniert`. */
export const DONE_ABROAD =
  /\b(?:(?:ha sido|han sido|e (?:gia )?stat[oaie]|sono (?:gia )?stat[ie]|foi|foram|a ete|ont ete) |(?:ich habe|wir haben|habe ich|haben wir|ik heb|heb ik|we hebben|wij hebben) (?:\p{L}+ ){0,6}?|(?:ho|abbiamo|he|hemos|j'ai|nous avons) (?:(?:gia|appena|ya|deja|bien|soeben) )*)(?<verb>\p{L}+(?:iert|eerd|ato|uto|ito|ado|ido|e|ge\p{L}+|etragen|ebucht|ndert|ndigt|stellt|dert|zet|zegd|boekt|bucht|fugt|oben|schickt|sendet|stuurd|voegd|wijzigd))(?=\P{L}|$)/u;

/** What will be done, by whomever. */
export const WILL_BE = /(?:\bwill|\bshall|'ll|\bgoing to) (?:\w+ )?be (?:\w+ly )?(?<verb>[a-z]+(?:ed|en|id|ut|lt))\b/;

/** Words of a source for what was done. */
export const IS_DONE =
  /\b(?:done|complete[d]?|processed|applied|issued|succe\w+|paid|confirmed|settled|true|closed|finished)\b/;

/** It will have something in a certain state. */
export const WILL_HAVE = /(?:'ll|\bwill) have (?:this|that|it|them|everything|your \w+) /;

/** Gives one's word for how something will go. */
export const ENSURES =
  /\b(?:i|we)(?:'ll| will|'m going to|'re going to) (?:\w+ )?(?:make (?:absolutely )?sure|ensure|see to it)\b(?! to\b)/;

/** What it will not do to the customer. */
export const WILL_NOT =
  /\b(?:will|shall|'ll) never (?!ask|contact|call|know|recommend|suggest|send)\w+|\b(?:will|shall|'ll) not(?: be)? (?:charg|bill|increas|rais|los|expir|shar|sell|cancel|drop|chang|go up|disconnect|cut|interrupt|block|close)|\bwon't(?: be)? (?:charg|bill|increas|rais|los|expir|shar|sell|cancel|chang|go up)|\b(?:we|prices?|rates?|premiums?|i) (?:\w+ )?(?:will )?(?:never|always) (?!ask|recommend|suggest|send card|feel|contact|call)\w+|\b(?:won't|will not|never) (?:take|pursue|start|bring) (?:any )?(?:legal|court)/;

/** What the chat itself does, and what a colleague does in it. */
export const SERVICE: ReadonlySet<string> = new Set(
  `look check ask hand pass forward connect transfer explain help assist join decide inspect assess handle visit tell show walk guide be need see try note summarize summarise escalate find search let get do stay
  wait start leave open review contact point list share go gather put take keep follow email mail write send update inform notify answer reply respond reach follow
  describe describe create file log register record report investigate verify confirm consult read repeat continue resume say give have come speak talk message
  remember use break know understand bring add clarify collect prepare route flag raise mention request submit translate outline
  verified completed tried located identified confirmed gathered waited moved learned enjoyed
  contacted notified shown displayed redirected reviewed answered prompted taken directed emailed called handled considered decided based
  passed forwarded noted asked looked checked found sent escalated connected put received handed opened created updated added shared logged
  registered recorded reported written listed attached included informed notified transferred read seen understood been had started saved told`.split(
    /\s+/,
  ),
);

type Trigger = {
  concept: Concept;
  kind: CommitmentKind;
  /** What must be said as well. */
  said?: RegExp;
  /** What keeps it from being one, unless it is granted in so many words; nothing does where this is null. */
  unless?: RegExp | null;
};

const COVERED =
  /\b(?:is|are|you're|(?<!can )(?<!may )be|being|been|fully|was|will) (?:\w+ ){0,2}(?:covered|insured)\b|\bcovers\b(?! (?:up to )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:people|persons|adults|children|family|members|guests)\b)|\b(?:we|policy|insurance|plan|plans|will|'ll|also|warranty) (?:\w+ )?cover\b|\bpays for (?=\w)|\bwe(?:'ll)? pay for |\b(?:cubre|cubiert[oa]s?|abgedeckt|gedeckt|versichert|deckt|couverte?s?|couvre|copert[oae]|copre|cobert[oa]s?|cobre|gedekt|dekt|verzekerd)\b/;

/** A discount by a noun, and that it is given: what lowers a price may be anything. */
const DISCOUNT_GIVEN =
  /^(?=.*(?:discount|rebate|rabatt|nachlass|descuento|remise|rabais|reduction|desconto|sconto|korting|half|for one|deal|offer|price))(?=.*\b(?:get|gets|give|offer|offers|receive|have|has|take|knock|appl|add|save|off|all|every|i|we|you|half|erhalten|bekommen|recib|obten|ofrec|tiene|recev|offr|avez|ricev|receb|oferec|krijg|ontvang|avra))/;
const GIVEN =
  /\b(?:get|gets|give|gives|giving|offer|offers|offering|receive|receives|have|has|take|knock|appl(?:y|ies|ied)|add|added|save|off|all|every|with|send|sends|do|credit|include|includes|lasts?|under|we|i|your next|lifetime|erhalten|bekommen|geben|hat|haben|recib\w+|obten\w+|ofrec\w+|tiene|recev\w+|offr\w+|avez|ricev\w+|receb\w+|oferec\w+|krijg\w*|ontvang\w*|bieden)\b/;
const APPROVED =
  /\b(?:we|they)(?: do| also| will)? (?:also )?accept\b|\b(?:i|we|'ve|been|is|are|be|have|has|will|get|gets|got|hereby) (?:\w+ ){0,2}(?:approved?|authori[sz]ed?|granted)\b|\b(?:application|claim|request|appeal|return|offer|case)s? (?:is|are|has been|will be|gets?) (?:\w+ )?accepted\b|\b(?:genehmigt|bewilligt|aprobad[oa]|aprobaremos|approuvee?|aprovad[oa]|approvat[oa]|goedgekeurd)\b/;
const ENTITLED =
  /\b(?:you|customers?|everyone|anyone|he|she|they|it)(?:'re| are| is| will be| do| automatically| would be)? (?:\w+ ){0,2}(?:entitled|eligible|qualify|qualifies|qualified)\b|\bha(?:ve|s) (?:\w+ )?(?:\w+ )?right to\b|\b(?:tiene derecho|anspruch|avez droit|tem direito|ha diritto|recht op|elegible|berechtigt)\b/;

const ANY = /^/;
const MAY_RETURN =
  /\b(?:can|may|are free to|able to) (?:\w+ ){0,2}(?:return(?:ed)?|exchanged?|swap(?:ped)?)\b|\b(?:konnen|kann|kunt|kunnen|puede|pueden|pouvez|peut|peuvent|pode|podem|puo|possono)\b/;
/** What anybody may do whenever they like. */
const SERVICES =
  /\b(?:contact|call|ask|reach|write|visit|message|questions?|chat|help|colleague|support|let me|tell|talk|speak|come back|get in touch|here for you)\b/;

/** Concepts that make a clause a promise, the plainest first. */
export const TRIGGERS: readonly Trigger[] = [
  { concept: 'assured', kind: 'guarantee', unless: null },
  { concept: 'liable', kind: 'legal', unless: null },
  { concept: 'entitled', kind: 'legal', said: ENTITLED, unless: SEEKS },
  {
    concept: 'certified',
    kind: 'legal',
    said: /\b(?:is|are|we're|it's|fully|100 ?%) (?:\w+ ){0,2}(?:compliant|certified|accredited|konform|zertifiziert)/,
    unless: SEEKS,
  },
  { concept: 'match', kind: 'promise' },
  { concept: 'refund', kind: 'refund' },
  { concept: 'compensation', kind: 'refund' },
  { concept: 'free', kind: 'price', unless: null },
  {
    concept: 'exception',
    kind: 'promise',
    said: /\b(?:make|making|made|grant\w*|hacer|haremos|machen|faire|ferons|fazer|fare|maken)\b/,
  },
  { concept: 'approve', kind: 'promise', said: APPROVED, unless: SEEKS },
  { concept: 'cover', kind: 'promise', said: COVERED, unless: SEEKS },
  { concept: 'discount', kind: 'percentage', said: DISCOUNT_GIVEN },
  { concept: 'voucher', kind: 'promise', said: GIVEN },
  { concept: 'credit', kind: 'promise', said: GIVEN },
  { concept: 'upgrade', kind: 'promise', said: GIVEN },
  { concept: 'exchange', kind: 'promise', said: GIVEN },
  { concept: 'replace', kind: 'promise', said: GIVEN },
  { concept: 'return', kind: 'promise', said: MAY_RETURN, unless: SEEKS },
  { concept: 'exchange', kind: 'promise', said: MAY_RETURN, unless: SEEKS },
  { concept: 'extend', kind: 'deadline', unless: ANY },
  { concept: 'warranty', kind: 'guarantee', said: GIVEN },
  { concept: 'keep', kind: 'promise' },
  { concept: 'stable', kind: 'promise', unless: null },
  { concept: 'included', kind: 'price' },
  { concept: 'anytime', kind: 'promise', unless: SERVICES },
  { concept: 'everywhere', kind: 'promise', unless: SERVICES },
  { concept: 'lifetime', kind: 'guarantee' },
  { concept: 'unlimited', kind: 'promise' },
  { concept: 'unconditional', kind: 'promise' },
];
