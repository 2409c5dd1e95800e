import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import type { Claim } from '../claims/claims.ts';
import { wordOf } from '../reading/words.ts';
import { type Ground, groundsOf } from './grounds.ts';

/**
 * Kinds of one thing, of which a customer has one: fares, rates, plans. A source tells them apart by the word before what they are
 * kinds of (`Flexible rate`, `Advance rate`) or behind the same preposition (`99.95% on Pro, 99.5% on Lite`); which one the customer
 * has, the answer or the result of a tool says.
 */

/** What comes in kinds, beside the names of fields that tell one. */
const COMES_IN_KINDS =
  /^(?:plan|policy|tier|class|fare|rate|ticket|service|tariff|package|membership|edition|level|category|product|contract|subscription|account|server|customer|delivery|shipping|parcel|room|licen[cs]e)s?$/;
const FIELD = /"(\w*?)"\s*:\s*"([\p{L} ]{2,30})"/gu;
const LIKE = /\b(on|with|bei|mit|avec|con|com|bij|met) (?:the |le |la |el |il |o |de |dem |der )?([a-z][a-z0-9]+)/g;

/** Begins a line or sentence on one of them. */
const LABEL = /^[\s*_-]*([a-z][a-z0-9-]*)[*_]*(?: ([a-z][a-z0-9]*))?[*_]*:/;

/** Before what comes in kinds, they name none. */
export const PLAIN: ReadonlySet<string> = new Set(
  'free new replacement current old entire regular usual own original'.split(' ').map((word) => wordOf(word).key),
);

const KINDS = new WeakMap<readonly Source[], ReadonlyMap<string, ReadonlySet<string>>>();
const GROUPS = new BySource<ReadonlyMap<string, ReadonlySet<string>>>();
const HELD = new WeakMap<Source, ReadonlySet<string>>();

/** Whether a clause is of another kind than the one that a claim is about. */
export function isOfAnotherKind({ sentence, scope }: Claim, ground: Ground, sources: readonly Source[]) {
  const kinds = kindsOf(sources);
  if (kinds.size === 0) return false;
  const has = (word: string) => ground.sentence.has(word) || ground.heads.has(word);
  const isNamed = (word: string) => sentence.has(word) || scope.has(word);
  for (const [kind, others] of kinds) {
    const isHere = ground.clause.words.has(kind);
    if (isHere || !(isNamed(kind) || sources.some((one) => one.kind === 'tool' && heldIn(one).has(kind)))) continue;
    for (const other of others)
      if ((ground.clause.words.has(other) || (has(other) && !has(kind))) && !isNamed(other)) return true;
  }
  return false;
}

/** Of each kind that the sources name, the others of the same thing. */
function kindsOf(sources: readonly Source[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = KINDS.get(sources);
  if (known) return known;
  const kinds = new Map<string, Set<string>>();
  const groups = new Map<string, Set<string>>();
  for (const source of sources)
    for (const [group, own] of GROUPS.get(source, groupsIn))
      groups.set(group, new Set([...(groups.get(group) ?? []), ...own]));
  for (const group of groups.values()) {
    for (const kind of group) {
      const others = kinds.get(kind) ?? new Set<string>();
      for (const other of group) if (other !== kind) others.add(other);
      if (others.size > 0) kinds.set(kind, others);
    }
  }
  KINDS.set(sources, kinds);
  return kinds;
}

/** The kinds of each thing that a source names. */
function groupsIn(source: Source): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  const add = (group: string, kind: string) =>
    PLAIN.has(kind) ? groups : groups.set(group, (groups.get(group) ?? new Set()).add(kind));
  const texts = new Set<string>();
  if (source.kind !== 'tool') {
    for (const { clause, text } of groundsOf(source).all) {
      for (const [word, kind] of clause.before) if (THINGS.has(word)) add(word, kind);
      texts.add(text);
    }
    for (const text of texts) {
      const [, first = '', last = ''] = LABEL.exec(text) ?? [];
      // `Web M:` is one of several with the same name, `Flex fares:` are not.
      const label = wordOf(last).content && !COMES_IN_KINDS.test(last) ? last : first;
      if (label !== '' && wordOf(label).content) add(`label of ${source.text}`, wordOf(label).key);
      for (const [, preposition = '', word = ''] of text.matchAll(LIKE)) {
        const { key, content } = wordOf(word);
        if (content) add(`${preposition} ${text}`, key);
      }
    }
  }
  return groups;
}

const THINGS: ReadonlySet<string> = new Set(
  'plan policy tier class fare rate ticket tariff package pass bundle membership edition contract subscription account server customer parcel license rat tarif abo'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** The kinds that the result of a tool says the customer has. */
function heldIn(source: Source): ReadonlySet<string> {
  const known = HELD.get(source);
  if (known) return known;
  const held = new Set<string>();
  for (const [, name = '', value = ''] of source.text.slice(0, 20_000).matchAll(FIELD)) {
    if (!COMES_IN_KINDS.test(name.replace(/^.*_/, '').toLowerCase())) continue;
    for (const word of value.toLowerCase().split(' ')) if (wordOf(word).content) held.add(wordOf(word).key);
  }
  HELD.set(source, held);
  return held;
}
