import { money, nameOf } from './money.ts';
import { HANDED_OVER } from './person.ts';
import { type PastCall, safeJson } from './scene.ts';

/** A tool's result in words: its own sentence where it has one, else its fields. */
export function verbalise(call: PastCall): string {
  const data = safeJson(call.result);
  if (typeof data !== 'object' || data === null) return ensureStop(String(data ?? call.result));
  const record = data as Record<string, unknown>;
  const sentences = ['summary', 'message', 'text', 'sentence', 'description', 'terms', 'next_step', 'next_steps']
    .map((key) => record[key])
    .filter((value) => typeof value === 'string' && value !== '');
  if (sentences.length > 0) return sentences.join(' ');
  const facts = Object.entries(record).filter(([, value]) => value !== null && typeof value !== 'object');
  const lists = Object.entries(record).filter(([, value]) => Array.isArray(value));
  const lines = [...facts.map(([key, value]) => fact(key, value, record)), ...listLines(lists)];
  return lines.length > 0 ? `Here is what I found:\n${lines.join('\n')}` : 'That is done.';
}

function listLines(lists: [string, unknown][]): string[] {
  return lists.map(([key, value]) => `- ${humanise(key)}: ${(value as unknown[]).map(oneLine).join(', ') || 'none'}`);
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, part]) => typeof part !== 'object')
    .map(([key, part]) => money(key, part, value as Record<string, unknown>) ?? String(part))
    .join(' ');
}

function fact(key: string, value: unknown, beside: Readonly<Record<string, unknown>>): string {
  const amount = money(key, value, beside);
  const plain = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  return `- ${humanise(key, amount !== null)}: ${amount ?? plain}`;
}

function humanise(key: string, isAmount = false): string {
  const spaced = nameOf(key, isAmount);
  return (spaced[0] ?? '').toUpperCase() + spaced.slice(1);
}

function ensureStop(sentence: string): string {
  return /[.!?]$/.test(sentence.trim()) ? sentence.trim() : `${sentence.trim()}.`;
}

/** What to say after a person was asked for, in the language in which that was done. */
export function handedOff(call: PastCall, language: string | null): string {
  if (call.failed) return 'I am sorry, I could not reach a colleague just now. Please try again in a moment.';
  const joins = !/nobody can join/.test(call.result);
  const reach = /reach us at: (.+?)\. Tell the customer/.exec(call.result)?.[1];
  const also = reach ? ` ${directWays(reach)}` : '';
  const own = HANDED_OVER[language ?? 'en'];
  if (own) return joins ? own.joins : own.noted;
  if (!joins)
    return `I have noted that you would like to talk to a person, but nobody can join this chat right now.${also}`;
  return `Of course. I have asked a human colleague to join this conversation; they will answer here when they are free.${also}`;
}

/** "hours: …; phone: …" as a sentence. */
function directWays(pairs: string): string {
  const ways = new Map(
    pairs.split('; ').map((pair) => [pair.split(': ')[0], pair.slice(pair.indexOf(': ') + 2)] as const),
  );
  const by = [
    ['phone', 'by phone at'],
    ['email', 'by e-mail at'],
    ['url', 'on'],
  ].flatMap(([way, words]) => (ways.has(way) ? [`${words} ${ways.get(way)}`] : []));
  const hours = ways.has('hours') ? ` Our hours are ${ways.get('hours')}.` : '';
  return `${by.length > 0 ? `You can also reach us ${join(by)}.` : ''}${hours}`.trim();
}

/** "the make, the model and the year of the vehicle": what the fields share is said once. */
export function joinLabels(labels: string[]): string {
  const groups: { heads: string[]; tail: string }[] = [];
  for (const label of labels) {
    const [head = label, ...rest] = label.split(/(?= of )/);
    const tail = rest.join('');
    const last = groups.at(-1);
    if (last && tail !== '' && last.tail === tail) last.heads.push(head.replace(/^the /, ''));
    else groups.push({ heads: [head], tail });
  }
  return join(groups.map(({ heads, tail }) => join(heads) + tail));
}

/** "a, b, and c". */
export function join(items: string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')}${items.length > 2 ? ',' : ''} and ${items.at(-1)}`;
}
