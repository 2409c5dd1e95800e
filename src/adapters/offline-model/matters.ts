import { contentStems } from './concepts.ts';
import { clauses } from './scene.ts';

/** Trouble of a kind: how a company's rule names it, and how a customer tells of it. Plain English, no company's wording. */
const TROUBLES: { named: RegExp; told: RegExp }[] = [
  {
    named: /\b(?:complain\w*|complaints?|disputes?|disagree\w*|objections?|errors? (?:in|on)|wrong)\b/i,
    told: /\b(?:wrong|incorrect|mistakes?|errors?|too (?:high|much)|overcharged|unfair|not (?:right|correct|what)|complain\w*|disagree|dispute|never (?:ordered|agreed|asked))\b/i,
  },
  {
    named: /\b(?:damaged?|broken|faulty|defects?|defective|unsafe|dangerous|burning|smoking|hot)\b/i,
    told: /\b(?:smok(?:e|es|ing|ed)|burn(?:s|t|ed|ing)?|fire|flames?|sparks?|leak(?:s|ing|ed)?|swollen|swelling|bulging|overheat(?:s|ed|ing)?|hot|melt(?:s|ed|ing)?|smells?|crack(?:s|ed)?|broken|broke|damaged|dented|explod\w*)\b/i,
  },
  {
    named: /\b(?:accidents?|crash(?:es|ed)?|collisions?)\b/i,
    told: /\b(?:crash(?:ed)?|accident|collision|collided|fell|fallen|hit)\b/i,
  },
  { named: /\b(?:lost|missing|stolen)\b/i, told: /\b(?:lost|missing|gone|stolen|disappeared|vanished)\b/i },
];

/** A rule that says for what a person is called in: what is before it, and what is behind. */
const FOR_PERSON =
  /\b(?:call in|bring in|get|involve|hand(?:ed)? (?:it |them )?over|hand off|pass(?:ed)? (?:it |them )?(?:on|over)?|refer(?:red)?|transfer(?:red)?|escalate[ds]?|goes?|belongs?)\b[^.:;]{0,20}\b(?:person|people|humans?|colleagues?|team|operator|employee)\b/i;
const SPLIT = /[,;]\s*|\s+(?:and|or)\s+/i;

/** What the rules say is for a person: a trouble, and the things that it is a trouble with. */
function matters(rules: string): { trouble: (typeof TROUBLES)[number]; things: string[] }[] {
  const lines = rules.split('\n').filter((line) => FOR_PERSON.test(line));
  return lines.flatMap((line) =>
    line
      .replace(FOR_PERSON, ', ')
      .split(SPLIT)
      .flatMap((part) =>
        TROUBLES.filter(({ named }) => named.test(part)).map((trouble) => ({
          trouble,
          things: contentStems(part.replace(new RegExp(trouble.named, 'gi'), ' ')),
        })),
      ),
  );
}

const ASKS =
  /\?|^\W*(?:(?:and|so|but|ok|okay|also|hi|hello)\W+)?(?:what|how|which|when|where|why|who|do|does|can|could|is|are|should|will|would|may|if)\b/i;

/** True where a message tells of a trouble for which the rules call in a person: what it asks, or supposes, is none. */
export function isForPerson(rules: string, message: string): boolean {
  const told = clauses(message).filter((clause) => !ASKS.test(clause));
  const said = new Set(contentStems(message));
  return matters(rules).some(
    ({ trouble, things }) =>
      things.some((thing) => said.has(thing)) && told.some((clause) => trouble.told.test(clause)),
  );
}
