import { stem } from '../../language/stem.ts';
import { words } from '../../language/tokens.ts';

/** Everyday words for the same thing. Plain English, no company's wording. */
const GROUPS = [
  'hours open opening close closing schedule',
  'phone telephone call number contact reach hotline',
  'email mail',
  'price cost fee charge expensive pricey pricier rate',
  'ev electric',
  'car vehicle auto automobile truck van suv pickup',
  'cancel terminate quit stop end',
  'charger charging wallbox charge juice',
  'motorcycle motorbike bike scooter wheeler moped',
  'accident crash collision wreck crashed',
  'stolen steal theft thief thieves rob stole',
  'pay payment billing bill installment paypal',
  'autopay automatic auto-pay',
  'teen teenager son daughter kid child young student teenage',
  'damage broken break crack broke ruin dent ding dinged scratch',
  'rent rental loaner hire',
  'tow towing roadside breakdown stranded',
  'buy purchase sign start enroll signup',
  'doc document paperwork proof certificate',
  'abroad overseas foreign canada mexico',
  'move moved relocate moving relocation',
  'complain complaint unhappy dissatisfied dispute disagree',
  'mechanic garage repair fix',
  'save discount cheaper lower reduce off deal',
  'cover coverage insure protect include insurance insured',
  'hail storm flood lightning',
  'windshield windscreen glass window',
  'person human agent representative someone',
  'friend borrow lend buddy neighbor roommate',
  'money refund back',
  'home house apartments apartment flat condo homeowners',
  'pet dog cat animal',
  'business commercial store shop bakery restaurant landlord',
  'boat yacht ship jet',
  'police cop officer',
  'belongings laptop luggage possessions stuff',
  'wifi internet wireless wi-fi',
  'food eat drink coffee snack meal',
  'breakfast morning',
  'loan lend borrow checkout keep',
  'lost lose missing',
  'late overdue missed',
  'renew renewal extend',
  'deductible excess',
  'quote estimate quotation price',
  'room space hall',
  'address location where branch office',
  'parking park',
  'join member membership sign',
  'old older age aged',
  'found founded founder establish established',
];

const BY_STEM = new Map<string, Set<string>>();
const WORDS_BY_STEM = new Map<string, string[]>();
for (const group of GROUPS) {
  const spelled = words(group.replaceAll('-', ''));
  const stems = spelled.map(stem);
  for (const one of stems) {
    BY_STEM.set(one, new Set([...(BY_STEM.get(one) ?? []), ...stems]));
    WORDS_BY_STEM.set(one, [...(WORDS_BY_STEM.get(one) ?? []), ...spelled]);
  }
}

/** A stem and the stems of other words for the same thing, itself first. */
export function alike(token: string): Set<string> {
  return new Set([token, ...(BY_STEM.get(token) ?? [])]);
}

/** The same, spelled out, for a search. */
export function otherWords(token: string): string[] {
  return WORDS_BY_STEM.get(token) ?? [];
}
