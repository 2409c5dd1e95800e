/** So many characters before a number can say what it is. */
const NEAR = 60;

/** What is said of phones, in the languages of the agent's own sentences. */
export const PHONE =
  /(?<!\p{L})(?:(?:tele|smart|cell)?phon\p{L}*|tel|tels|mobile|mob|cell|fax|whatsapp|viber|signal|sms|call(?! of)|calls|called|calling|callers?|callback|dial\p{L}*|hotline|reach(?: (?:me|us|him|her|them))?|text(?:ed|s)? (?:me|him|her|us|from)|ring|rang|registered|answering|voicemail|landline|extension|contact(?: (?:no|number|me|us)| ?(?=:))|(?:my|his|her|their|new|old|work|home|office) (?:number(?! plate)|no)|(?:meine?|seine?|ihre?|mon|son|votre|mi|su|mio|suo|meu|seu|mijn|zijn|uw|mitt|min|din|m[óo]j|jego|jej) n(?:ummer|r|[uú]mer[oa]?|um[ée]ro)|(?:tele|mobil)?fon\p{L}*|mobil\p{L}*|handy(?:s|nummer|nr)?|ruf\p{L}*|durchwahl|an(?:zu)?ruf\p{L}*|erreich\p{L}*|t[ée]l[ée]phon\p{L}*|t[ée]l|portable|appel\p{L}*|joindre|joignable|fixe|tel[ée]fon\p{L}*|m[óo]vil|celular\p{L}*|llam\p{L}*|ll[áa]m\p{L}*|cellulare|chiam\p{L}*|telem[óo]vel|lig(?:ue|ar|uem|a-me)|telefoon\p{L}*|mobiel\p{L}*|bel(?:len|t|de)?|bereik\p{L}*|telefon\p{L}*|zadzwo\p{L}*|dzwoni\p{L}*|kom[óo]rk\p{L}*|ring\p{L}*|n[åa]s? (?:mig|oss)|телефон\p{L}*|звон\p{L}*|позвон\p{L}*)(?!\p{L})|电话|電話|手机|致电|携帯|전화/giu;

/** What is said of other numbers: orders, policies, accounts, parcels. */
const OTHER =
  /(?<!\p{L})(?:order\p{L}*|polic(?:y|ies)|claim\p{L}*|invoice\p{L}*|bill|ticket\p{L}*|case|ref|reference|track\p{L}*|parcel|shipment|package|account|acct|contract\p{L}*|(?:customer|client|patient|number|licence|license) (?:id|no|number|plates?)|member\p{L}*|serial|sku|item|product|article|part|model|isbn|ean|imei|vin|booking|reservation|confirmation|transaction|payment|id|code|pin|otp|meter|reading|mileage|odometer|zip|postcode|postal|version|build|bestell\p{L}*|auftrag\p{L}*|rechnung\p{L}*|vertrag\p{L}*|police\p{L}*|versicherungs\p{L}*|kunden\p{L}*|sendung\p{L}*|artikel\p{L}*|seriennummer|z[äa]hler\p{L}*|plz|aktenzeichen|kennzeichen|handyvertr\p{L}*|mobilfunkvertr\p{L}*|pedido|p[óo]liza|factura|contrato|reserva|env[íi]o|seguimiento|c[óo]digo|cuenta|(?:de|n[o°]) cliente?s?|cliente?s?(?= (?:est|es|é|è|:|n)| ?:)|commande|facture|contrat|dossier|colis|suivi|compte|r[ée]f[ée]rence|ordine|polizza|fattura|contratto|spedizione|pratica|encomenda|ap[óo]lice|fatura|bestel\p{L}*|factuur\p{L}*|polis\p{L}*|pakket\p{L}*|klant\p{L}*|zam[óo]wieni\p{L}*|faktur\p{L}*|umow\p{L}*|przesy[łl]k\p{L}*|order\p{L}*|f[öo]rs[äa]kring\p{L}*|kund\p{L}*|заказ\p{L}*|номер заказа|полис\p{L}*)(?!\p{L})|订单|保单|注文|주문/giu;

/** Which was said nearest before a place: one of the names (a pattern with `g`), or a word for other numbers; null for neither. */
export function saidBefore(text: string, at: number, names: RegExp): 'named' | 'other' | null {
  const before = text.slice(Math.max(0, at - NEAR), at);
  const [named, other] = [lastOf(before, names), lastOf(before, OTHER)];
  if (named === -1 && other === -1) return null;
  return named >= other ? 'named' : 'other';
}

/** Whether one of the names was said near before a place. */
export function isCalled(text: string, at: number, names: RegExp): boolean {
  return names.test(text.slice(Math.max(0, at - NEAR), at));
}

function lastOf(text: string, pattern: RegExp): number {
  let last = -1;
  for (const { 0: found, index } of text.matchAll(pattern)) last = index + found.length;
  return last;
}
