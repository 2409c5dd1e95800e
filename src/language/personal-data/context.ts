import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** So many characters before a number can say what it is. */
const NEAR = 60;

/** What is said of phones, in the languages of the agent's own sentences. */
export const PHONE = vocabulary(`
  phon* telephon* smartphon* cellphon* tel tels mobile mob cell fax whatsapp viber signal sms call calls called calling caller callers
  callback dial* hotline reach ring rang registered answering voicemail landline extension contact_no contact_number contact_me contact_us
  contact_: text_me text_him text_her text_us text_from texted_me texted_him texted_her texted_us texted_from texts_from
  {my,his,her,their,new,old,work,home,office}_{number,no}
  fon telefon* mobilfon* mobil* handy handys handynummer handynr ruf* durchwahl anruf* anzuruf* erreich*
  {mein,meine,seine,ihre}_{nummer,nr}
  portable appel* joindre joignable fixe {mon,son,votre}_numero
  movil celular* llam* {mi,su}_numero
  cellulare chiam* {mio,suo}_numero
  telemovel ligue ligar liguem liga {meu,seu}_numero
  telefoon* mobiel* bel belt belde bellen bereik* {mijn,zijn,uw}_{nummer,nr}
  ring* na_mig na_oss nas_mig {mitt,min,din}_{nummer,nr}
  zadzwo* dzwoni* komork* {moj,jego,jej}_{numer,nr}
  телефон* звон* позвон*
  电话 電話 手机 致电 携帯 전화`);

/** What is said of other numbers: orders, policies, accounts, parcels. */
const OTHER = vocabulary(`
  order* policy policies claim* invoice* bill ticket* case ref reference track* parcel shipment package account acct contract*
  {customer,client,patient,licence,license}_{id,no,number,plate,plates} number_plate number_plates member* serial sku item product article
  part model isbn ean imei vin booking reservation confirmation transaction payment id code pin otp meter reading mileage odometer zip
  postcode postal version build
  bestell* auftrag* rechnung* vertrag* handyvertr* mobilfunkvertr* police* versicherungs* kunden* sendung* artikel* seriennummer zahler* plz
  aktenzeichen kennzeichen
  pedido poliza factura contrato reserva envio seguimiento codigo cuenta
  commande facture contrat dossier colis suivi compte
  {de,no}_{client,cliente,clients,clientes} {client,cliente}_{est,es,e,:,n}
  ordine polizza fattura contratto spedizione pratica encomenda apolice fatura
  sinistre siniestro sinistro schaden* schade* vat ust* umsatzsteuer* iva tva partita siret siren nip kvk btw
  bestel* factuur* polis* pakket* klant* zamowieni* faktur* umow* przesylk* forsakring* kund*
  заказ* полис*
  订单 保单 注文 주문`);

/** What has two meanings: no call, no ring. */
const NEITHER = vocabulary('call_of');

/** Which was said nearest before a place: one of the names, or a word for other numbers; null for neither. */
export function saidBefore(text: string, at: number, names: Vocabulary): 'named' | 'other' | null {
  const said = wordsBefore(text, at);
  for (let last = said.length - 1; last >= 0; last -= 1) {
    if (NEITHER.has(said, last + 1)) continue;
    if (names.has(said, last)) return 'named';
    if (OTHER.has(said, last)) return 'other';
  }
  return null;
}

/** Whether one of the names was said near before a place. */
export function isCalled(text: string, at: number, names: Vocabulary): boolean {
  return hasName(wordsBefore(text, at), names);
}

/** A clause ends, and no short form such as "No.". */
const CLAUSE_END = /[,;!?\n]|\p{L}{4}\.(?= )/gu;

/** Whether one of the names was said in the clause of a place, whatever else is: "tax ID of the client: …". */
export function isCalledHere(text: string, at: number, names: Vocabulary): boolean {
  const near = text.slice(Math.max(0, at - NEAR), at);
  const ends = [...near.matchAll(CLAUSE_END)].map(({ 0: end, index }) => index + end.length);
  return hasName(wordsBefore(near.slice(ends.at(-1) ?? 0), NEAR), names);
}

function hasName(said: readonly string[], names: Vocabulary): boolean {
  return said.some((_, last) => names.has(said, last));
}

/** The words near before a place, in lower case without marks; a colon is one. */
function wordsBefore(text: string, at: number): string[] {
  const near = text.slice(Math.max(0, at - NEAR), at).toLowerCase();
  return plain(near).match(/[a-z]+|:|[^\P{L}a-z]+/gu) ?? [];
}

function plain(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('ß', 'ss');
}
