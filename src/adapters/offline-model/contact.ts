import { tokenize } from '../../language/tokens.ts';
import { contentStems } from './concepts.ts';
import { likest, SAME } from './intent.ts';
import type { Phrase } from './phrases.ts';
import { readings, type Scene } from './scene.ts';
import { meets, type Section, type Statement, sectionsOf } from './sections.ts';
import { alike } from './synonyms.ts';

/** A street with its number, as the countries of the chat's languages write it. */
const ADDRESS = [
  String.raw`[\p{L}-]*(?:stra(?:ß|ss)e|str\.|gasse|allee|weg|platz|straat|laan|plein) \d+`,
  String.raw`\b(?:rue|boulevard|via|viale|piazza|calle|avenida|plaza|rua|praça|place) [\p{L} ’'.-]+,? \d+`,
  String.raw`\b\d+[a-z]?,? (?:[\p{L}’'.-]+ ){0,3}(?:st|rd|ave|lane|ln|drive|square|quay|wharf|rue|boulevard)\b`,
].join('|');

/** Facts that every company is asked for, how they are asked for, and what they look like. */
const CONTACTS: { phrase: Phrase; asks: RegExp; form: RegExp }[] = [
  {
    phrase: 'hours',
    asks: /\b(?:opening|business|office|working|your|ur|service) hours\b|^\W*(?:opening |business )?hours\W*$/i,
    form: /\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\b\d{1,2}:\d\d\b/i,
  },
  {
    phrase: 'phone',
    asks: /\b(?:telephone|hotline|phone number|contact (?:info|details|number))\b|^\W*phone\W*$/i,
    form: /\d{3}[\s.-]\d{3}[\s.-]?\d{4}|\+\d[\d\s-]{7,}|\b\d{3}[\s-]\d{4}\b/,
  },
  { phrase: 'email', asks: /\b(?:your|ur) e-?mail\b|^\W*e-?mail\W*$/i, form: /\S@\S/ },
  {
    phrase: 'place',
    asks: /\byour (?:address|location|branch|office)\b|^\W*where (?:are you|(?:can|do) i find you)\W*$|^\W*where (?:is|are) (?:your|the) (?:shop|store|office|branch|place|building)s?\W*$/i,
    form: new RegExp(
      `\\b(?:branch(?:es)?|offices?|located|street|road|avenue|find us)\\b|(?<!mail )\\baddress\\b|${ADDRESS}`,
      'i',
    ),
  },
];

const CONTACT_WORDS = new Set(
  tokenize(
    `hours open opening close closed business office service customer phone telephone number contact call calling ring dial email mail address
     website weekend weekends saturday saturdays sunday sundays monday mondays tuesday wednesday thursday friday fridays holiday holidays
     christmas work team desk support line no ur till until time today tomorrow morning evening late early branch near nearest location place
     located person guys question questions reach speak talk drop`,
  ),
);

/** A customer speaks to the company, and of themselves; who asks of others names them. */
const ADDRESSED = /\b(?:you|your|u|ur|y'all|i|we|me|us|some(?:body|one)|any(?:body|one))\b/i;

/**
 * The sentences that state opening hours, a phone number, an address, where these are all that is asked; `others` where
 * they are asked of somebody else ("what time does the bakery close").
 */
export function contactFacts(scene: Scene, message: string): Statement[] | 'others' {
  const sections = sectionsOf(scene).filter(({ kind }) => kind !== 'result');
  const asked = CONTACTS.filter((one) => one.asks.test(message) || means(scene, message, { ...one, sections }));
  if (asked.length === 0) return [];
  const part = readings(message).toSorted((a, b) => nearest(scene, b) - nearest(scene, a))[0] ?? message;
  // "… By when must I know?" asks about what was told before it.
  const asking = contentStems(part).length > 0 ? part : message;
  const rest = contentStems(asking).filter((stem) => !CONTACT_WORDS.has(stem));
  // What else was said need not stand beside the fact ("… I hate doing this on the computer"), unless the company writes about it.
  const isAside = isAddressed(message) && (asked.some(({ asks }) => asks.test(message)) || !knowsAny(sections, rest));
  const facts: Statement[] = [];
  for (const { form } of asked) {
    if (facts.some(({ text }) => form.test(text))) continue;
    const wanted = { form, rest, asking, asked: asked.map((one) => one.form) };
    const own = bestFact(scene, sections, wanted);
    const fact = own ?? (isAside ? bestFact(scene, sections, { ...wanted, rest: [] }) : null);
    if (fact) facts.push(fact);
  }
  if (facts.length === 0 && rest.length > 0 && !isAddressed(message) && !isKnown(sections, rest)) return 'others';
  const closed = facts.length > 0 ? closedFact(sections, message) : null;
  return closed && !facts.includes(closed) ? [...facts, closed] : facts;
}

/** "Do you know …?", "can you tell me …": words around a question that may be about anybody. */
const AROUND = /\b(?:do you (?:happen to )?know|(?:can|could) you (?:please )?tell me|any idea|i wonder)\b/gi;

function isAddressed(message: string): boolean {
  return ADDRESSED.test(message.replace(AROUND, ' '));
}

function isKnown(sections: readonly Section[], stems: readonly string[]): boolean {
  return stems.every((stem) => sections.some((one) => one.stems.has(stem) || one.headStems.has(stem)));
}

function knowsAny(sections: readonly Section[], stems: readonly string[]): boolean {
  return stems.some((stem) =>
    sections.some((one) => meets(alike(stem), one.stems) || meets(alike(stem), one.headStems)),
  );
}

/** How much less a message may mean one of these than another and still ask for both. */
const BOTH = 0.1;

/** True where the message, or a part of it, asks for this and for nothing that is nearer, in any company's chat or in what this one writes. */
function means(scene: Scene, message: string, { phrase, form, sections }: Meant): boolean {
  const others = sections.filter(({ statements }) => !statements.some(({ text }) => form.test(text)));
  return readings(message).some((reading) => {
    const like = likest(scene, reading, phrase);
    if (like < SAME || ELSE.some((other) => likest(scene, reading, other) > like)) return false;
    if (others.some((one) => nearestIn(scene, one, reading) > like)) return false;
    return CONTACTS.every((other) => likest(scene, reading, other.phrase) <= like + BOTH);
  });
}

type Meant = { phrase: Phrase; form: RegExp; sections: readonly Section[] };

function nearestIn({ likeness }: Scene, { head, statements }: Section, reading: string): number {
  return Math.max(likeness(reading, head), ...statements.map(({ text }) => likeness(reading, text.trim())));
}

const ELSE: readonly Phrase[] = ['greeting', 'thanks', 'goodbye', 'price', 'offer', 'buy', 'here', 'elsewhere'];

function nearest(scene: Scene, part: string): number {
  return Math.max(...CONTACTS.map(({ phrase }) => likest(scene, part, phrase)));
}

type Wanted = { form: RegExp; rest: readonly string[]; asking: string; asked: readonly RegExp[] };

/** The sentence of that form that is about what is asked, the company's own block first. */
function bestFact({ likeness }: Scene, sections: readonly Section[], wanted: Wanted): Statement | null {
  let best: { statement: Statement; score: number } | null = null;
  for (const { kind, head, headStems, statements } of sections) {
    // Where several ways to reach the company stand together, it is said how to reach it.
    const ways = CONTACTS.filter(({ form }) => statements.some(({ text }) => form.test(text))).length;
    for (const statement of statements) {
      if (!wanted.form.test(statement.text)) continue;
      if (!wanted.rest.every((stem) => statement.stems.has(stem) || headStems.has(stem))) continue;
      const forms = wanted.asked.filter((form) => form.test(statement.text)).length;
      const like = likeness(wanted.asking, statement.text.trim()) + likeness(wanted.asking, head);
      const score = forms + 3 * like + 0.5 * ways + (kind === 'context' ? 0.5 : 0);
      if (score > (best?.score ?? 0)) best = { statement, score };
    }
  }
  return best?.statement ?? null;
}

/** Where the question is about a day: the sentence that says when nobody is there. */
function closedFact(sections: readonly Section[], message: string): Statement | null {
  const day = DAY.exec(message)?.[0] ?? DAY_OFF.exec(message)?.[0];
  if (!day) return null;
  const [stem = ''] = tokenize(day);
  const closed = sections.flatMap(({ statements }) => statements).filter(({ text }) => /\bclosed\b/i.test(text));
  return closed.find(({ stems }) => stems.has(stem)) ?? (DAY_OFF.test(day) ? (closed[0] ?? null) : null);
}

const DAY = /\b(?:mon|tues|wednes|thurs|fri)days?\b/i;
const DAY_OFF = /\b(?:weekends?|saturdays?|sundays?|holidays?|christmas|easter|thanksgiving|new year)/i;
