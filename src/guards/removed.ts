import type { PersonalDataKind } from '../language/personal-data/find.ts';
import type { FieldKind } from './record-fields.ts';

/** What may be taken out of a reply: values of a form, values of records, and those that the folder lists. */
export type RemovedKind = PersonalDataKind | FieldKind | 'listed';

const KINDS = [
  ...(['email', 'phone', 'card', 'iban', 'ssn', 'national-id', 'ip'] as const),
  ...(['name', 'address', 'birth-date', 'customer-number', 'number', 'listed'] as const),
] satisfies RemovedKind[];

/** Of each language first the whole, then the kinds in the order above. */
const WORDS: Readonly<Record<string, string>> = {
  en: '[? removed]|e-mail|phone number|card number|account number|social security number|national ID|IP address|name|address|date of birth|customer number|number|information',
  es: '[eliminado: ?]|correo electrónico|teléfono|número de tarjeta|número de cuenta|número de la seguridad social|documento de identidad|dirección IP|nombre|dirección|fecha de nacimiento|número de cliente|número|dato',
  de: '[? entfernt]|E-Mail-Adresse|Telefonnummer|Kartennummer|Kontonummer|Sozialversicherungsnummer|Ausweisnummer|IP-Adresse|Name|Adresse|Geburtsdatum|Kundennummer|Nummer|Angabe',
  fr: '[retiré : ?]|adresse e-mail|numéro de téléphone|numéro de carte|numéro de compte|numéro de sécurité sociale|numéro d’identité|adresse IP|nom|adresse|date de naissance|numéro de client|numéro|information',
  pt: '[removido: ?]|e-mail|telefone|número do cartão|número da conta|número da segurança social|documento de identidade|endereço IP|nome|morada|data de nascimento|número de cliente|número|dado',
  it: '[rimosso: ?]|e-mail|numero di telefono|numero della carta|numero del conto|numero di previdenza sociale|codice personale|indirizzo IP|nome|indirizzo|data di nascita|numero cliente|numero|dato',
  nl: '[? verwijderd]|e-mailadres|telefoonnummer|kaartnummer|rekeningnummer|socialezekerheidsnummer|identiteitsnummer|IP-adres|naam|adres|geboortedatum|klantnummer|nummer|gegeven',
  pl: '[usunięto: ?]|adres e-mail|numer telefonu|numer karty|numer konta|numer ubezpieczenia społecznego|numer dowodu|adres IP|imię i nazwisko|adres|data urodzenia|numer klienta|numer|dane',
  sv: '[? borttaget]|e-postadress|telefonnummer|kortnummer|kontonummer|socialförsäkringsnummer|personnummer|IP-adress|namn|adress|födelsedatum|kundnummer|nummer|uppgift',
  da: '[? fjernet]|e-mailadresse|telefonnummer|kortnummer|kontonummer|socialsikringsnummer|personnummer|IP-adresse|navn|adresse|fødselsdato|kundenummer|nummer|oplysning',
  cs: '[odstraněno: ?]|e-mail|telefonní číslo|číslo karty|číslo účtu|číslo sociálního pojištění|rodné číslo|IP adresa|jméno|adresa|datum narození|číslo zákazníka|číslo|údaj',
  ru: '[удалено: ?]|адрес эл. почты|номер телефона|номер карты|номер счёта|номер социального страхования|номер документа|IP-адрес|имя|адрес|дата рождения|номер клиента|номер|сведения',
  uk: '[вилучено: ?]|адреса ел. пошти|номер телефону|номер картки|номер рахунку|номер соціального страхування|номер документа|IP-адреса|імʼя|адреса|дата народження|номер клієнта|номер|дані',
  tr: '[? kaldırıldı]|e-posta adresi|telefon numarası|kart numarası|hesap numarası|sosyal güvenlik numarası|kimlik numarası|IP adresi|ad|adres|doğum tarihi|müşteri numarası|numara|bilgi',
};

/** What stands in the reply in place of a value: sentences by language, for `inLanguage`. */
export function removed(kind: RemovedKind): Notes {
  const known = NOTES.get(kind) ?? notesOf(kind);
  NOTES.set(kind, known);
  return known;
}

type Notes = Readonly<Record<string, string>> & { en: string };

const NOTES = new Map<RemovedKind, Notes>();

function notesOf(kind: RemovedKind): Notes {
  const at = KINDS.indexOf(kind);
  const notes = Object.entries(WORDS).map(([language, text]) => {
    const [whole = '', ...kinds] = text.split('|');
    return [language, whole.replace('?', kinds[at] ?? kind)];
  });
  return { en: `[${kind} removed]`, ...Object.fromEntries(notes) };
}
