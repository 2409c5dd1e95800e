import { basename, resolve } from 'node:path';
import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import type { Config } from '../config.ts';
import { priceTable } from '../conversations/prices.ts';
import { CRITERIA, type CriterionName } from '../evals/criteria.ts';
import type { Criterion } from '../evals/graded.ts';
import { type Insights, insightsOf, lastDays } from '../evals/insights.ts';
import { openStored } from '../evals/open-stored.ts';
import { amount, counted, dollars, duration, oneLine, percent } from '../evals/report/format.ts';
import { explainStart } from './explain.ts';
import { progressOn } from './progress.ts';

const MOST_DAYS = 3_650;
const BAR = 24;
const DAY_MS = 86_400_000;
/** So many days are shown; `--json` has all. */
const SHOWN_DAYS = 31;

/** `frontdesk insights`: what only stored conversations tell, such as ratings and who needed a person. */
export function insightsCommand(config: Config) {
  return defineCommand({
    meta: {
      name: 'insights',
      description: 'Say how the agent does with real customers: ratings, deflection, time, cost',
    },
    args: {
      days: { type: 'string', default: '30', description: 'Conversations that began in so many days' },
      'human-seconds': { type: 'string', description: 'What a person takes for a conversation, to compare with' },
      json: { type: 'boolean', default: false, description: 'Print one JSON object in one line' },
    },
    async run({ args }) {
      try {
        const days = numberIn(args.days, { name: 'days', most: MOST_DAYS });
        const human = args['human-seconds'];
        const humanSeconds = human === undefined ? null : numberIn(human, { name: 'human-seconds', most: 86_400 });
        const insights = await readInsights(config, { days, humanSeconds });
        process.stdout.write(`${args.json ? JSON.stringify(insights) : insightLines(insights).join('\n')}\n`);
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exitCode = 1;
      }
    },
  });
}

function numberIn(text: string, { name, most }: { name: string; most: number }): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${name} is a whole number from 1 to ${most}, not "${text}".`);
}

type Wish = { days: number; humanSeconds: number | null };

async function readInsights(config: Config, { days, humanSeconds }: Wish): Promise<Insights> {
  const store = await openStored(config);
  const progress = progressOn(process.stderr);
  const time = lastDays(days, Date.now());
  let left = days;
  try {
    return await insightsOf(store, {
      agent: basename(resolve(config.agentFolder)),
      ...time,
      humanSeconds,
      prices: priceTable(config.limits?.prices ?? {}),
      onProgress(conversations, reached) {
        left = Math.max(0, Math.min(left, Math.ceil((reached - time.from) / DAY_MS)));
        progress.show({ what: 'days', done: days - left, of: days, note: counted(conversations, 'conversation') });
      },
    });
  } finally {
    progress.end();
    await store.close();
  }
}

/** For people. */
export function insightLines({ agent, conversations, from, to, criteria, figures, days, routes }: Insights): string[] {
  const { escalated, cited, messages, costUsd, firstReply, gaps } = figures;
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  const title = `${styleText('bold', oneLine(agent))}  ${counted(conversations, 'conversation')}, ${dayText(from)} to ${dayText(to)}`;
  if (conversations === 0) {
    return [title, 'No customer began one. --days names a longer time, FRONTDESK_AGENT the folder of another agent.'];
  }
  return [
    title,
    '',
    ...Object.entries(criteria).map(([name, criterion]) => criterionLine(name as CriterionName, criterion)),
    '',
    `  a person was asked for or took over   ${share(escalated)}`,
    `  with a source that can be opened      ${share(cited)}`,
    `  messages of the customer              ${messages === null ? '–' : messages.toFixed(1)}`,
    `  cost of a conversation                ${costUsd === null ? '–' : dollars(costUsd)}`,
    `  to the first words, p50 and p95       ${firstReply ? `${duration(firstReply.p50 * 1_000)}, ${duration(firstReply.p95 * 1_000)}` : '–'}`,
    `  questions that no article answers     ${gaps}`,
    ...chart(
      days.length > SHOWN_DAYS ? `Days, the last ${SHOWN_DAYS} of ${days.length}` : 'Days',
      days.slice(-SHOWN_DAYS).map(({ day, ...rest }) => ({ name: day, ...rest })),
    ),
    ...(routes.length > 1
      ? chart(
          'Desks',
          routes.map(({ route, ...rest }) => ({ name: oneLine(route), ...rest })),
        )
      : []),
  ];
}

function criterionLine(name: CriterionName, { value, low, high, target, n, pass, reason }: Criterion): string {
  const title = CRITERIA[name].title.padEnd(22);
  if (value === null) return styleText('dim', `– ${title} no value: ${reason ?? ''}`);
  const sign = pass === null ? '?' : pass ? '✓' : '✗';
  const interval = low === null || high === null ? '' : `${amount(name, low)} – ${amount(name, high)}`;
  const wanted = target === null ? '' : `${CRITERIA[name].higherIsBetter ? '≥' : '<'} ${amount(name, target)}`;
  const text = `${sign} ${title} ${amount(name, value).padStart(9)}   ${interval.padEnd(22)} ${wanted.padEnd(9)} n ${n}`;
  const line = styleText(pass === null ? 'yellow' : pass ? 'green' : 'red', text);
  return reason === undefined ? line : `${line}\n  ${styleText('dim', reason)}`;
}

type Group = { name: string; conversations: number; withHuman: number; csat: number | null };

/** A bar a group: full where the agent did it alone, light where a person was needed. */
function chart(title: string, groups: readonly Group[]): string[] {
  const most = Math.max(1, ...groups.map(({ conversations }) => conversations));
  const width = Math.max(...groups.map(({ name }) => name.length), 0);
  const bars = groups.map(({ name, conversations, withHuman, csat }) => {
    const cells = (count: number) => Math.round((BAR * count) / most);
    const alone = cells(conversations - withHuman);
    const bar = `${'█'.repeat(alone)}${'░'.repeat(Math.max(0, cells(conversations) - alone))}`;
    const rated = csat === null ? '' : `, rated ${csat.toFixed(1)}`;
    return `  ${name.padEnd(width)}  ${bar.padEnd(BAR)}  ${conversations}, ${withHuman} with a person${rated}`;
  });
  return groups.length === 0 ? [] : ['', styleText('bold', title), ...bars];
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
