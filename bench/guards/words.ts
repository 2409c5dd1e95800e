import { join } from 'node:path';
import { ALLOW, type Guard, type Seen, type Verdict } from '../../src/agent/guard.ts';
import { characterGuard } from '../../src/guards/character.ts';
import { competitorsGuard } from '../../src/guards/competitors.ts';
import { leaksGuard } from '../../src/guards/leaks.ts';
import { linksGuard } from '../../src/guards/links.ts';
import { eachOf } from '../command.ts';
import { type LabelledRow, labelledRows, ownBenign, readLines } from './sets.ts';

/** A sentence, and whether the guard is to act on it. */
export type Labelled = { text: string; label: boolean; names?: Names; seen?: Seen };
type Names = Record<string, string[]>;

/** Shares; null where there is nothing to divide by. `false_alarms`: of sentences that are to be left as they are. */
export type WordFigures = {
  recall: number | null;
  precision: number | null;
  false_alarms: number | null;
  sentences: number;
  missed: string[];
  alarmed: string[];
};

const NAMES: Names = {
  ...{
    Globex: ['GBX', 'Globex Inc'],
    Initech: [],
    Hooli: [],
    'Vandelay Insurance': ['Vandelay'],
    Progress: [],
    Beacon: [],
  },
};

/** Of other trades than ours; ten of them are ordinary words. */
const OTHER_NAMES: Names = {
  ...{ Orvanta: [], Telvio: [], Klyrio: [], Payvora: [], Nubelia: [], Brindly: [], Corvexa: [], Zephona: [] },
  ...{ 'Wexley Mutual': ['Wexley'], Domuvia: [], Trizenta: [], Heron: [], Ladle: [], Anvil: [], Thimble: [] },
  ...{ Meadow: [], Lantern: [], 'Blue Finch': [], 'Stone Gate': [], Faro: [], Brisa: [] },
};

const LATER_NAMES: Names = {
  ...{ Orchard: [], Summit: [], Pilot: [], 'Velvet Crow': [], Fonexa: [], Vodaris: [], Seguralia: [], Kwotify: [] },
  ...{ Hostaro: [], Vela: [], Gopher: [], Copperleaf: [], Haven: [], Cobalt: ['Cobalt Mutual'], Brava: [] },
  ...{ Wayfinder: [], Plover: [], 'North Pier': [], Sunzeta: [], Ridenza: [], Quobit: [], Amplica: [], Tablero: [] },
  ...{ Spindle: [], Otter: [], Mosaic: [], Lyric: [], Kolibri: [], Zentiva: [], Havello: [] },
};

const SETS = join(import.meta.dirname, 'sets');

/** What the sets of this folder are about: a company, its prompt, and what a conversation has shown. */
export const SEEN: Seen = {
  released: '',
  question: '',
  said: [],
  customer: null,
  language: null,
  company: 'Acme Insurance',
  contact: {
    hours: 'Monday to Friday, 9 AM to 5 PM EST',
    phone: '1-800-123-4567',
    email: 'help@acme-insurance.example',
    url: 'https://www.acme-insurance.example',
  },
  sources: [
    {
      kind: 'context',
      from: 'company',
      version: '1',
      text: 'Acme sells car, electric car, and two-wheeler insurance, and nothing else.',
    },
    { kind: 'passage', from: 'https://docs.partner.example/guide/start', version: '1', text: 'How to start.' },
    {
      kind: 'tool',
      from: 'track',
      version: '1',
      text: '{"link":"https://carrier.example/t/4839201","policy":"AC48392011"}',
    },
  ],
  prompt: readLines(join(SETS, 'leaks-prompt.txt')),
};

export const GUARDS: Record<string, Guard> = {
  competitors: competitorsGuard({ names: NAMES }),
  'competitors-general': competitorsGuard({ names: OTHER_NAMES }),
  'competitors-later': competitorsGuard({ names: LATER_NAMES }),
  links: linksGuard({ hosts: ['friends.example'] }),
  leaks: leaksGuard({ name: 'Eva', tools: ['get_quote', 'hand_off', 'resolve', 'search_knowledge', 'switch_route'] }),
  character: characterGuard({ name: 'Eva' }),
};

export const WORD_GUARDS = Object.keys(GUARDS);

/** The figures of a guard on its own set; `half`: only the lines that nobody looked at while tuning, or only the others. */
export function ownFigures(name: string, half?: 'tuned' | 'kept'): WordFigures {
  const own = readLines(join(SETS, `${name}.txt`)).map(labelled);
  const shared = [...readLines(join(SETS, 'answers.txt')), ...ownBenign()].map((text) => ({ text, label: false }));
  const all = [...own, ...shared].filter((_, at) => half === undefined || (at % 2 === 0) === (half === 'tuned'));
  return figuresOf(all, (row) => verdictOf(GUARDS[name] as Guard, row));
}

/**
 * The figures of the guard of competitors on a JSON file: `[{ text, names?, label }]`, `names` as in `guards.yaml` or a list; those
 * of this folder's set where there are none. Throws `DataError`.
 */
export function competitorFigures(file: string): WordFigures {
  return competitorsOf(labelledRows(file).map(competitorRow));
}

function competitorsOf(rows: readonly Labelled[]): WordFigures {
  const guards = new Map<string, Guard>();
  return figuresOf(rows, (row) => {
    const { names = NAMES } = row;
    const key = JSON.stringify(names);
    const guard = guards.get(key) ?? competitorsGuard({ names });
    guards.set(key, guard);
    return verdictOf(guard, row);
  });
}

/**
 * The figures on the competitors of other companies, in blocks: `=` their names, as in `guards.yaml`, then the lines. `every`: of the lines
 * each so many-th.
 */
export function othersCompetitors(every = 1): WordFigures {
  const rows: Labelled[] = [];
  let names: Names = {};
  for (const line of readLines(join(SETS, 'competitors-others.txt'))) {
    if (line.startsWith('=')) names = JSON.parse(line.slice(1));
    else if (!line.startsWith('#')) rows.push({ ...labelled(line), names });
  }
  return competitorsOf(eachOf(rows, every));
}

/** The same of authors who came later and knew no rule: rows of JSON, the `names` of a company before its lines. */
export function strangersCompetitors(every = 1): WordFigures {
  let names: Names = {};
  const rows = strangersRows().flatMap((row): Labelled[] => {
    if (row.names) names = row.names;
    return row.names ? [] : [{ ...row, names }];
  });
  return competitorsOf(eachOf(rows, every));
}

/** The names of their companies. */
export function strangersNames(): string[] {
  return [...new Set(strangersRows().flatMap(({ names = {} }) => Object.keys(names)))];
}

function strangersRows(): Labelled[] {
  return readLines(join(SETS, 'competitors-strangers.jsonl')).map((line) => JSON.parse(line) as Labelled);
}

/** The verdict of a guard on a row, with what the row's conversation has shown. */
export function verdictOf(guard: Guard, { text, seen = SEEN }: Labelled): Verdict {
  return guard.check(text, seen);
}

/** The same where it takes time to say whether a guard acts on a row. */
export async function figuresOfAll<Row extends { text: string; label: boolean }>(
  all: readonly Row[],
  acts: (row: Row) => Promise<boolean>,
): Promise<WordFigures> {
  const acted = new Set<Row>();
  for (const row of all) if (await acts(row)) acted.add(row);
  return figuresOf(all, (row) => (acted.has(row) ? { action: 'stop', reason: 'acted' } : ALLOW));
}

/** How often a guard is right, by what it says of each row. */
export function figuresOf<Row extends { text: string; label: boolean }>(
  all: readonly Row[],
  look: (row: Row) => Verdict,
): WordFigures {
  const [missed, alarmed]: [string[], string[]] = [[], []];
  let caught = 0;
  for (const row of all) {
    const verdict = look(row);
    const acts = verdict.action !== 'allow';
    if (row.label && acts) caught += 1;
    else if (row.label) missed.push(row.text);
    else if (acts) alarmed.push(verdict.evidence ? `${row.text} (${verdict.evidence})` : row.text);
  }
  const positive = caught + missed.length;
  return {
    recall: share(caught, positive),
    precision: share(caught, caught + alarmed.length),
    false_alarms: share(alarmed.length, all.length - positive),
    sentences: all.length,
    ...{ missed, alarmed },
  };
}

function labelled(line: string): Labelled {
  return { text: line.slice(2).replaceAll('⏎', '\n'), label: line.startsWith('+') };
}

/** The names of a row, as in `guards.yaml` or a list: its `names`, or an `evidence` that is no longer than names are. */
function competitorRow({ text, label, row }: LabelledRow): Labelled {
  const told = [row.names, row.evidence].find((one) => typeof one === 'object' && one !== null && areNames(one));
  const names = Array.isArray(told) ? Object.fromEntries(told.map((name) => [String(name), []])) : (told as Names);
  return { text, label, ...(names && { names }) };
}

const LONGEST_NAME = 60;

function areNames(told: object): boolean {
  return (Array.isArray(told) ? told : Object.keys(told)).every((name) => String(name).length <= LONGEST_NAME);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
