import type { Language } from '../../language/languages.ts';
import { stemIn } from '../../language/stem.ts';

/**
 * Words of support talk that say the same, one group a line; after the bar those that say the opposite. Everyday language, no
 * company's. What is in no group is told by its stem.
 */
const ENGLISH = `
cost costs charge charges charged fee fees price priced pay pays paid payment payable subtract subtracted expense | free gratis complimentary waive waived waives
open opens | closed close closes shut
include includes included cover covers covered coverage insure insures insured protect protects protected contain contains pay_for take_care | exclude excludes excluded exclusion exempt
require requires required must mandatory obligatory compulsory necessary need needs needed | optional voluntary unnecessary
allow allows allowed permit permits permitted possible accept accepts accepted welcome eligible
before | after
raise raises increase increases rise rises higher costlier | lower lowers reduce reduces decrease decreases cheaper
legal lawful | illegal unlawful
return returns returned returning
refund refunds refunded reimburse reimbursed reimbursement repay repaid credited
ship ships shipped shipping deliver delivers delivery deliveries dispatch dispatched arrive arrives arrival reach reaches
buy buys bought buying purchase purchased
cancel cancels cancelled canceled cancelling canceling cancellation terminate terminated
start starts begin begins begun commence
phone call calls telephone ring dial hotline
email emails mail
agent colleague staff team employee representative
customer customers client clients
parcel parcels package packages shipment
item items product products goods article articles thing things
voucher vouchers coupon coupons
invoice invoices bill bills
installment installments instalment instalments spread
change changes changed changing update updates updated edit modify amend
replace replaces replaced replacement swap resend resends
repair repairs repaired repairing fix fixes fixed mend
damage damaged broken break breaks defect defective faulty harm
lost missing disappeared
rent rental hire loaner
car cars vehicle vehicles auto automobile
accident accidents crash crashes collision
stolen steal theft thief
contact contacts contacted touch
decide decides decided decision approve approves approved determine
report reports reported notify tell tells inform informs announce
request requests requested ask asks asked apply applies
receive receives received obtain get gets
website site online web internet
account profile
delete deletes deleted remove removes removed erase gone
keep keeps kept retain save saves
valid last lasts run runs expire
home house office workplace
brief short
automatically itself automatic
year annual annually yearly
month monthly
day daily
week weekly
quick fast express
hurt injured injury injuries
discount discounts reduction off
maximum most limit limits limited up_to capped
minimum least
teen teenage teenager teens
kid kids child children
choose chooses chose chosen choice pick picks select prefer prefers
photo photos picture pictures image images photography
administrator administrators admin admins
member members user users people
law legally
unused leftover remaining rest
decline declined refuse refused reject rejected
complete whole entire full
additional further extra another more
interest-free interest
switch switches toggle turn turned
license licence driving
attempt attempts tries entry entries try
machine machines atm atms
renew renews renewal renewed
gas fuel gasoline
spouse husband wife partner
clothes clothing
medical health
severe serious
deductible deduct deducted excess
settlement offer
lend loan borrow
shop shops store stores branch
personalised personalized engraved
adjust adjuster adjusters
tracking track tracked
`;

const OTHERS: Partial<Record<Language, string>> = {
  es: `
coste cuesta cuestan costar pagar paga pago precio cobra tarifa | gratis gratuito gratuita gratuitos gratuitas
abre abierto abierta abrimos abren | cerrado cerrada cierra cerramos cierran
incluido incluida incluidos incluidas incluye incluyen cubre cubierto | excluido excluida excluidos excluidas
posible permite permiten permitido puede
obligatorio obligatoria | opcional opcionales
usar utilizar uso
devolver devolución devoluciones`,
  de: `
kostet kosten kostenpflichtig gebühr gebühren preis zahlen bezahlen | kostenlos kostenfrei gratis umsonst
geöffnet offen öffnet öffnen | geschlossen schließt schließen
enthalten inklusive inbegriffen eingeschlossen abgedeckt versichert enthält | ausgeschlossen ausgenommen
möglich erlaubt zulässig können kann
erforderlich notwendig pflicht verpflichtend nötig | optional freiwillig unnötig
rückgabe zurückgeben zurücksenden retoure rücksendung
kündigung kündigen kündigungsfrist
mitnehmen mitgenommen mitnahme`,
  fr: `
coûte coûtent coût frais prix payer payant tarif | gratuit gratuite gratuits gratuites gratuitement
ouvert ouverte ouvre ouvrent | fermé fermée ferme ferment
inclus incluse compris comprise couvert couverte | exclu exclue exclus
possible permis autorisé autorisée autorisés peut
obligatoire requis nécessaire | facultatif optionnel
échange échanger échangeable échangeables
remboursement rembourser remboursable remboursables remboursé`,
  pt: `
custa custam custo preço pagar paga taxa taxas | grátis gratuito gratuita
aberto aberta abre abrem | fechado fechada fecha fecham
incluído incluída inclui cobre coberto | excluído excluída
possível permitido permite pode
obrigatório obrigatória | opcional
cancelar cancelada cancelamento`,
  it: `
costa costano costo prezzo pagare paga pagamento tariffa | gratuito gratuita gratuiti gratis gratuitamente
aperto aperta apre aprono | chiuso chiusa chiude chiudono
incluso inclusa compreso compresa coperto copre | escluso esclusa
possibile permesso consentito ammesso ammessi ammesse può
obbligatorio obbligatoria | facoltativo
cancellare cancellazione annullare`,
  nl: `
kost kosten prijs betalen betaalt | gratis kosteloos
open geopend | gesloten dicht sluit
inbegrepen inclusief gedekt omvat | uitgesloten exclusief
mogelijk toegestaan mag
verplicht nodig | optioneel vrijwillig
inleveren inlevert ingeleverd terugbrengen
lenen leent geleend`,
};

/** `sense`: 1 where it says what its group says, -1 for the opposite, 0 where the group has no opposite. */
export type Meaning = { term: string; sense: -1 | 0 | 1 };

const MEANINGS = new Map<Language, ReadonlyMap<string, Meaning>>();

/** What a stem of the language means beyond itself; undefined where it is in no group. */
export function meaningOf(language: Language, stem: string): Meaning | undefined {
  let known = MEANINGS.get(language);
  if (!known) {
    known = read(language, (language === 'en' ? ENGLISH : OTHERS[language]) ?? '');
    MEANINGS.set(language, known);
  }
  return known.get(stem);
}

function read(language: Language, groups: string): ReadonlyMap<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  for (const line of groups.trim().split('\n')) {
    const [same = '', opposite = ''] = line.split('|');
    const term = stemIn(language, same.trim().split(' ')[0] ?? '');
    const add = (words: string, sense: Meaning['sense']) => {
      for (const word of words.trim().split(/\s+/)) {
        const stem = stemIn(language, word);
        if (word !== '' && !meanings.has(stem)) meanings.set(stem, { term, sense });
      }
    };
    add(same, opposite === '' ? 0 : 1);
    add(opposite, -1);
  }
  return meanings;
}

/** Nouns with the stem of a verb: they name a thing and say nothing of it. */
export const NAMED_THINGS: ReadonlySet<string> = new Set([
  'insurance',
  'coverage',
  'permit',
  'permits',
  'charger',
  'charging',
  'payment',
  'payments',
]);

/** What is read as one word of the groups. */
export const PHRASES: readonly (readonly [said: RegExp, read: string])[] = [
  [
    /\b(?:free of (?:any )?charge|(?:at )?no (?:extra |additional |further )?(?:charge|cost)s?|for nothing|costs? (?:you )?nothing|for free)\b/g,
    'free',
  ],
  [
    /\b(?:send|sends|sent|sending|hand|give|gives|bring|brings|brought) (?:(?:it|them|this|that|these|something|anything|the [a-z]+|an item) )?back\b/g,
    'return',
  ],
  [/\bmoney back\b/g, 'refund'],
  [/\bwithout (?:having to |needing to |the need to )/g, 'without '],
  [/\b(?:get|gets) in touch\b/g, 'contact'],
  [/\blet (?:us|them|acme) know\b/g, 'report'],
  [/\b(?:have|has|had|need|needs) to\b/g, 'must'],
  [/\bno (?:later|less|fewer|earlier|matter|problem|doubt|worries|more than)\b|\bnot (?:only|just)\b/g, ' '],
  [/\b(?:up to|at most|as many as|a maximum of)\b/g, 'maximum'],
  [/\b(?:fill(?:ed)? (?:in|out))\b/g, 'complete'],
  [/\bthat (?:is|are) not an?\b/g, 'other than'],
  [/\bnot (?=[a-z]{3,}ing\b)/g, 'without '],
  [/\bvat\b/g, 'value added tax'],
  [/\bdoesn't (?:affect|change)\b/g, 'unaffected'],
];

/** Words that turn what a clause says into its opposite, in the languages of the search. */
export const NEGATORS: ReadonlySet<string> = new Set(
  `no not never nor nothing impossible unable forbidden prohibited banned imposible prohibido prohibida unmöglich verboten unzulässig
 interdit interdite interdits impossível proibido proibida impossibile vietato vietata onmogelijk
 nobody neither cannot can't don't doesn't didn't won't wouldn't isn't aren't wasn't weren't
 couldn't shouldn't hasn't haven't hadn't mustn't needn't dont doesnt cant wont isnt arent
 nunca jamás ningún ninguna ninguno tampoco nada
 nicht kein keine keinen keinem keiner keines nie niemals nichts weder
 pas jamais aucun aucune rien
 não nem nenhum nenhuma
 non mai nessun nessuno nessuna niente né
 niet geen nooit niets`.split(/\s+/),
);

/** Words that take away what follows them: of what is "without a fee", only the fee is denied. */
export const WITHOUT: ReadonlySet<string> = new Set(['without', 'sin', 'ohne', 'sans', 'sem', 'senza', 'zonder']);

/** Words that say little of what a sentence is about. */
export const LIGHT: ReadonlySet<string> = new Set(
  `usually normally simply just also please make makes made take takes took go goes come comes use uses used using want wants sure able way ways case cases
  time times currently additionally however unfortunately sadly directly easily once already still yet even well good great happy glad help helps note
  remember mind example instance various several certain general generally typically often sometimes always ever soon possible possibly kind kindly
  afraid let know see look find like right away here there yes no ok okay course sorry thank thanks everything anything something someone anyone
  available offer offers offered provide provides provided give gives given need needs needed within per each every roughly about around approximately
  own following information details simply quickly easily exactly actually basically really fully completely entirely overall best first next
  along bring brings brought half remember sure pull different whenever before after say says said check checks checked payment payments business working may might mentioned depend depends depending regardless otherwise instead meanwhile throughout according regarding count counts put set
  add adds added appear appears become becomes began bit bring brings call called carry change come comes different do done each end ends ended enjoy
  enough entire especially everything exact except fall falls far fast figure final finally follow follows free fresh generous handle handles happen happens happening
  hear held high higher hold holds however inside instance invite issue keep keeps kept large last lead least leave leaves left less level line list little live long
  longer look low mean means meet meets might move moves much name near nearly new nice number occur occurs old option options particular
  people person place places plain plan plus point pop portion present problem proceed process purpose quite rate reach reason reasons refer refresh regular
  related remain remains require result rough same second secure see seem select separate serve serves share short show shows side similar single
  sit small special specific spend spends start state stay stays step steps straightforward subject sum supported tell thanks thing things think third
  thus today together total tried try turn turns under understand unit until updates visit whole wish wonder word words work works would write year
  shortly beforehand afterward currently initially immediately instantly promptly quick soonest additionally likewise similarly respectively strictly solely merely
  commonly mostly mainly primarily particularly specifically separately individually personally jointly partly partially nothing nobody matter situation situations
  ensure ensures ensured avoid avoids arrange arranges arranged entitle entitled qualify qualifies qualified remain fully expect expected plan planned aware
  responsible required ready complete completed finish finished previous previously current existing relevant respective appropriate necessary proper correct
  important main key typical common usual ordinary extra spare upfront backward forward anytime anywhere everywhere somewhere elsewhere nowadays
  whatsoever normal usual straight back afterwards later kinds type types allow allows allowed accept accepts accepted welcome wait
  siempre también solo puede pueden además normalmente bereits auch jederzeit immer nur normalerweise toujours aussi seulement normalement
  sempre também apenas normalmente anche solo già purtroppo leider lamentablemente malheureusement infelizmente ook altijd helaas zijn liegt beträgt beläuft
  máximo maximal maximum massimo periodo período período plazo périodo periode durata délai passé partir frist`.split(
    /\s+/,
  ),
);
