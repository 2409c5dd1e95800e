/** Of what kind a value of a person's record is. */
export type FieldKind = 'customer-number' | 'email' | 'phone' | 'name' | 'address' | 'birth-date' | 'number';

/** Whose an object or a field is, as its name says: of who has bought or signed up, of another person, of the company. */
export type Role = 'owner' | 'person' | 'company';

/** Words of the names of fields, in seven languages, without marks; a word's plural is understood. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const OWNERS = words(
  `customer client user owner holder accountholder cardholder policyholder buyer purchaser payer subscriber member insured claimant patient
  guest passenger tenant borrower requester reporter submitter applicant debtor donor student profile
  kunde kunden kundin kaufer besteller besitzer inhaber versicherter versicherten versicherungsnehmer benutzer nutzer mitglied mitglieds mieter
  cliente titular usuario comprador propietario asegurado tomador socio inquilino
  acheteur titulaire utilisateur proprietaire assure adherent locataire abonne
  acquirente intestatario utente proprietario assicurato iscritto
  utilizador assinante segurado proprietaria klant koper gebruiker eigenaar verzekerde lid huurder`,
);
/** Of a person who need not be the owner; then what stands beside the word for a thing of theirs: `shipping_address`. */
const OTHERS = words(
  `person recipient consignee addressee beneficiary dependent spouse relative traveler traveller sender
  empfanger destinatario beneficiario beneficiaire destinataire ontvanger begunstigde pessoa persona personne persoon`,
);
const ABOUT_PEOPLE = words(
  `account shipping billing delivery ship bill deliver konto liefer rechnungs cuenta envio facturacion compte livraison facturation
  spedizione fatturazione consegna conta entrega faturacao rekening bezorg factuur`,
);
const COMPANIES = words(
  `store shop branch office location place agent support service staff seller merchant vendor supplier carrier courier driver warehouse company
  business organization organisation technician dealer partner hotel restaurant garage workshop clinic doctor product item brand manufacturer
  producer organizer organiser venue publisher instructor speaker plan category desk team department manager operator hub depot pickup station airline provider insurer bank
  filiale laden geschaft standort mitarbeiter handler versand lieferant firma unternehmen hersteller produkt artikel werkstatt
  tienda sucursal oficina agente vendedor proveedor transportista empresa producto fabricante taller
  magasin agence bureau vendeur fournisseur transporteur entreprise societe produit fabricant atelier
  negozio ufficio venditore fornitore corriere azienda prodotto produttore officina
  loja agencia fornecedor transportadora produto winkel kantoor verkoper leverancier bedrijf product fabrikant`,
);
/** Only what is open to the public has them. */
const PUBLIC = words(
  'hours opening openinghours website latitude longitude lat lng lon rating capacity offnungszeiten horario horarios horaires orari openingstijden',
);

const KINDS: readonly (readonly [FieldKind, ReadonlySet<string>])[] = [
  ['email', words('email mail correo courriel')],
  [
    'phone',
    words(
      'phone telephone tel mobile cell cellphone fax whatsapp telefon handy mobil telefono movil celular telefone telemovel portable cellulare telefoon mobiel',
    ),
  ],
  [
    'birth-date',
    words('birthdate birthday birth dob geburtsdatum geburtstag nacimiento naissance nascita nascimento geboortedatum'),
  ],
  [
    'number',
    words(
      'ssn passport iban licence license taxid ausweis reisepass fuhrerschein steuer pasaporte dni passeport passaporto passaporte paspoort bsn cpf nif pesel',
    ),
  ],
  [
    'address',
    words(
      'address addr street addressline adresse anschrift strasse direccion calle domicilio rue indirizzo endereco morada rua adres straat',
    ),
  ],
  [
    'name',
    words(
      'name fullname firstname lastname surname forename givenname familyname vorname nachname familienname nombre apellido nom prenom cognome nome sobrenome apelido naam voornaam achternaam',
    ),
  ],
];
/** What stands beside the word for a name where it is a person's. */
const NAMED_SO = words(
  'first last full middle given family display legal maiden sur complete de del du di van der 1 2 voll ganzer completo complet',
);
const IDS = words('id ids uid uuid guid number no nr num nummer numero nº code ref reference key');
const HOUSE = /^(?:house|hausnummer|housenumber|huisnummer|civico|streetnumber)/;

/** What a word may be written together with: `customerid`, `Kundennummer`. */
const SUFFIX = /^(.{3,}?)(id|number|nummer|nr|name|email|mail|phone|address|adresse)$/;

/** A field or object by its name. */
export type Field = {
  kind: FieldKind | null;
  role: Role | null;
  /** Where the name is a word for a person: its text may be theirs. */
  isPerson: boolean;
  isPublic: boolean;
  isHouse: boolean;
  isId: boolean;
};

const FIELDS = new Map<string, Field>();
const MOST_FIELDS = 5_000;

/** What the name of a field, an object or a tool tells: `customerEmail`, `shipping_address`, `Kundennummer`. */
export function fieldOf(key: string): Field {
  const known = FIELDS.get(key);
  if (known) return known;
  if (FIELDS.size > MOST_FIELDS) FIELDS.clear();
  const field = readField(wordsOf(key).flatMap(apart));
  FIELDS.set(key, field);
  return field;
}

function readField(all: readonly string[]): Field {
  const has = (set: ReadonlySet<string>) => all.some((word) => isIn(set, word));
  const role = has(COMPANIES) ? 'company' : has(OWNERS) ? 'owner' : has(OTHERS) || has(ABOUT_PEOPLE) ? 'person' : null;
  const kind = KINDS.find(([, set]) => has(set))?.[0] ?? null;
  const isId = has(IDS);
  const isPerson = role !== 'company' && (has(OWNERS) || has(OTHERS));
  const rest = { role, isPerson, isPublic: has(PUBLIC), isHouse: all.some((word) => HOUSE.test(word)), isId } as const;
  if (kind === 'name') return { ...rest, kind: isPersons(all) ? 'name' : null };
  const isNumber = kind === null && isId && (role === 'owner' || all.some((word) => word === 'account'));
  // `email_verified`, `phone_type`, `address_id`: of the value, not the value.
  const isAbout = /^(?:verified|type|status|count|valid|preference|consent|optin|confirmed|label|kind)$/.test(
    all.at(-1) ?? '',
  );
  if (isAbout || (isId && (kind === 'email' || kind === 'address'))) return { ...rest, kind: null };
  return { ...rest, kind: isNumber ? 'customer-number' : kind };
}

/** No name of a product, a file, a plan. */
function isPersons(all: readonly string[]): boolean {
  const [, names] = KINDS.find(([kind]) => kind === 'name') ?? [];
  return all.every((word) => [OWNERS, OTHERS, ABOUT_PEOPLE, NAMED_SO, names].some((set) => set && isIn(set, word)));
}

function isIn(set: ReadonlySet<string>, word: string): boolean {
  return set.has(word) || (word.endsWith('s') && set.has(word.slice(0, -1))) || set.has(word.replace(/ies$/, 'y'));
}

function apart(word: string): string[] {
  const [, before = '', suffix = ''] = SUFFIX.exec(word) ?? [];
  return [OWNERS, OTHERS, ABOUT_PEOPLE, COMPANIES, NAMED_SO].some((set) => isIn(set, before))
    ? [before, suffix]
    : [word];
}

function wordsOf(key: string): string[] {
  return key
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/\be[- ]mail/g, 'email')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/(?<=\p{L})\d+$/u, ''))
    .filter((word) => word !== '');
}
