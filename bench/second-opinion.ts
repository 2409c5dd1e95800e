/**
 * How much later a reply comes for the second opinions on it: a whole server with a key against mock Claude, whose reply has a
 * promise in each sentence, and whose fast model takes its time for each. Beside the same reply with nobody asked (the floor).
 *
 *   npm run bench:second-opinion -- [--sentences 8] [--delta-ms 60] [--answer-ms 700] [--rounds 5] [--json]
 *
 * `answers_waited`: by how much the reply ends later than the floor, in times of one answer; 1 is the least there can be,
 * and as many as there are sentences where each is asked of once the one before it is out.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { median } from '../src/evals/statistics.ts';
import { type MockRequest, type MockTurn, startMockClaude } from '../src/testing/mock-claude.ts';
import { customer, readEvents, startOne } from '../test/http/requests.ts';

const { values } = parseArgs({
  options: {
    sentences: { type: 'string', default: '8' },
    'delta-ms': { type: 'string', default: '60' },
    'answer-ms': { type: 'string', default: '700' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const deltaMs = Number(values['delta-ms']);
const answerMs = Number(values['answer-ms']);
const rounds = Number(values.rounds);
const LIBRARY = fileURLToPath(new URL('../test/agents/harbor-library', import.meta.url));
const QUOTE = 'Each passenger hands over a fare to the skipper of the island ferry.';
const SENTENCES = Array.from({ length: Number(values.sentences) }, (_, n) => `Crossing number ${n + 1} is £${n + 7}. `);

type Way = 'nobody' | 'each';
/** Milliseconds from the customer's message; `gap`: the longest time between two pieces of text. */
type Figures = { first: number; last: number; gap: number };

const floor = await measure('nobody');
const asked = await measure('each');
report();

async function measure(way: Way): Promise<Figures> {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
  const agent = join(root, 'library');
  cpSync(LIBRARY, agent, { recursive: true });
  writeFileSync(join(agent, 'knowledge', 'ferry.md'), `# The ferry\n\n${QUOTE}\n`);
  const commitments = way === 'nobody' ? 'off' : '{ second-opinion: decides }';
  writeFileSync(join(agent, 'guards.yaml'), `commitments: ${commitments}\ngroundedness: off\n`);
  const claude = await startMockClaude({ script: twoModels });
  const frontdesk = await compose(
    readConfig({
      ...{ FRONTDESK_AGENT: agent, FRONTDESK_DATA: join(root, 'data'), FRONTDESK_ENCODER: 'off' },
      ...{ FRONTDESK_LOG: 'silent', FRONTDESK_REHEARSAL: 'off' },
      ...{ ANTHROPIC_API_KEY: 'sk-of-the-bench', ANTHROPIC_BASE_URL: claude.url },
    }),
  );
  try {
    frontdesk.begin();
    const all: Figures[] = [];
    // The first is not counted: everything is read for the first time.
    for (let round = 0; round <= rounds; round++) all.push(await oneReply(frontdesk));
    const of = (name: keyof Figures) => Math.round(median(all.slice(1).map((figures) => figures[name])) ?? 0);
    return { first: of('first'), last: of('last'), gap: of('gap') };
  } finally {
    await frontdesk.close();
    await claude.close();
    rmSync(root, { recursive: true });
  }
}

/** The model of the reply, and the fast one, which takes every sentence for true. */
async function twoModels({ tool_choice: choice, messages }: MockRequest): Promise<MockTurn> {
  if (!choice) return { text: SENTENCES.join(''), deltaMs };
  const source = Number(
    /<source number="(\d+)">(?:(?!<\/source>)[\s\S])*skipper/.exec(String(messages[0]?.content))?.[1],
  );
  const supported = [{ sentence: 1, quotes: [{ source, quote: QUOTE }], sums: [] }];
  return { tools: [{ name: 'report_supported', input: { supported } }], delayMs: answerMs };
}

async function oneReply(frontdesk: Awaited<ReturnType<typeof compose>>): Promise<Figures> {
  const started = await startOne(frontdesk);
  const ask = customer(started, { text: 'What do the crossings of the ferry cost?' }, { Accept: 'text/event-stream' });
  const begun = performance.now();
  const at: number[] = [];
  let text = '';
  await readEvents(await frontdesk.app.request(...ask.at('/messages')), (events) => {
    const now = events.flatMap((event) => (event.type === 'segment.released' ? [event.text] : [])).join('');
    if (now !== text) at.push(performance.now() - begun);
    text = now;
    return false;
  });
  if (!text.includes(SENTENCES.join('').trim())) throw new Error(`the reply is another one: ${text}`);
  const gaps = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
  return { first: at[0] ?? 0, last: at.at(-1) ?? 0, gap: Math.max(0, ...gaps) };
}

function report(): void {
  const answers_waited = Math.round((100 * (asked.last - floor.last)) / answerMs) / 100;
  if (values.json) {
    const of = { sentences: SENTENCES.length, delta_ms: deltaMs, answer_ms: answerMs, rounds };
    console.log(JSON.stringify({ ...of, floor, asked, answers_waited }));
    return;
  }
  console.log(`${SENTENCES.length} sentences, ${answerMs} ms an answer; medians of ${rounds} replies\n`);
  console.log('                 first text   last text    longest gap');
  for (const [name, { first, last, gap }] of Object.entries({ 'nobody is asked': floor, 'of each': asked })) {
    console.log(`${name.padEnd(17)}${[first, last, gap].map((ms) => `${ms} ms`.padEnd(12)).join(' ')}`);
  }
  console.log(`\nIt ends ${answers_waited} answers later; asked one after the other, ${SENTENCES.length}.`);
}
