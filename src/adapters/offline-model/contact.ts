import { tokenize } from '../../language/tokens.ts';
import { contentStems } from './concepts.ts';
import type { Scene } from './scene.ts';
import { type Candidate, contextSentences, meets, passageSentences, type Statement, toStatement } from './sources.ts';
import { alike } from './synonyms.ts';

/** Facts that every company is asked for, how they are asked for, and what they look like. */
const CONTACTS: [asks: RegExp, form: RegExp][] = [
  [
    /\b(?:opening|business|office|working|your|ur|service) hours\b|\bwhat time\b.*\b(?:open|close|you)\b|\b(?:till|until) when\b|\bwhen (?:are|do|is|does)\b.*\b(?:open|close|there|work)\b|\b(?:are|is|r)\b.*\bopen\b|\bopen (?:on|at|until|till|today|now|tomorrow|this|sun|sat|mon|tue|wed|thu|fri|\?)|\b(?:you|u)\b.*\b(?:work|open|there|available)\b.*\b(?:weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|holidays?)\b|^\W*(?:opening |business )?hours\W*$/i,
    /\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\b\d{1,2}:\d\d\b/i,
  ],
  [
    /\b(?:phone|telephone|hotline|contact (?:info|details|number|you)|call you|ring you|give you a call)\b|\b(?:your|ur|the|a) (?:\w+ )?(?:number|no\.?)\s*(?:$|[?.!]|please|pls)/i,
    /\d{3}[\s.-]\d{3}[\s.-]?\d{4}|\+\d[\d\s-]{7,}|\b\d{3}[\s-]\d{4}\b/,
  ],
  [/\be-?mail\b.*\b(?:you|address|your)\b|\b(?:your|ur) e-?mail\b|^\W*e-?mail\W*$/i, /@/],
  [/\b(?:your|ur|the) (?:website|web site|homepage|url)\b/i, /https?:\/\//],
];

const CONTACT_WORDS = new Set(
  tokenize(
    'hours open opening close closed business office service customer phone telephone number contact call email mail address website weekend weekends saturday saturdays sunday sundays monday mondays tuesday wednesday thursday friday fridays holiday holidays christmas work team desk support line no ur till until time',
  ),
);

/** The sentence that states an opening hour, a phone number, an address to write to, where that is all that is asked. */
export function contactFact(scene: Scene, question: string): Statement | null {
  const asked = CONTACTS.filter(([asks]) => asks.test(question));
  if (asked.length === 0) return null;
  const rest = contentStems(question).filter((stem) => !CONTACT_WORDS.has(stem));
  const candidates = [...contextSentences(scene), ...passageSentences(scene.passages)];
  const about = candidates.filter(({ tokens, title }) => rest.every((stem) => tokens.has(stem) || title.has(stem)));
  const words = contentStems(question).flatMap((stem) => [...alike(stem)]);
  let best: { found: Candidate; score: number } | null = null;
  for (const found of about) {
    const forms = asked.filter(([, form]) => form.test(found.text)).length;
    if (forms === 0) continue;
    const own = found.passage === null ? 1.5 : 0;
    const score = own + forms * 3 + words.filter((stem) => found.tokens.has(stem)).length - found.tokens.size * 0.03;
    if (score > (best?.score ?? 0)) best = { found, score };
  }
  return best ? toStatement(best.found) : null;
}

/** Where the question is about a day off: the sentence that says when nobody is there. */
export function closedFact(scene: Scene, question: string): Statement | null {
  const day = /\b(?:weekends?|saturdays?|sundays?|holidays?|christmas|easter|thanksgiving|new year)/i.exec(
    question,
  )?.[0];
  if (!day) return null;
  const closed = [...passageSentences(scene.passages), ...contextSentences(scene)].filter(({ text }) =>
    /\bclosed\b/i.test(text),
  );
  const own = new Set(tokenize(day));
  const found = closed.find(({ tokens }) => meets(own, tokens)) ?? closed[0];
  return found ? toStatement(found) : null;
}
