import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { defineCommand } from 'citty';
import { compose, type Frontdesk } from '../compose.ts';
import { type Config, isOffline } from '../config.ts';
import { answerMessage, type ReceivedMessage, turnEvents } from '../conversations/answer-message.ts';
import { readConversation, startConversation } from '../conversations/conversation.ts';
import { decideAction } from '../conversations/decide-action.ts';
import { cleanText } from '../language/invisible.ts';
import type { Citation, ProposedAction } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { explainStart } from './explain.ts';

/** `frontdesk chat`: the same conversation in a terminal, over the same use cases; nothing of it is kept. */
export function chatCommand(config: Config) {
  return defineCommand({
    meta: { name: 'chat', description: 'Talk to the agent in the terminal' },
    async run() {
      const dataFolder = await mkdtemp(join(tmpdir(), 'frontdesk-chat-'));
      try {
        // Nobody is called for a conversation that ends with the terminal.
        const local = { dataFolder, databaseUrl: null, webhook: null, rehearsal: false, logLevel: 'silent' } as const;
        const frontdesk = await compose({ ...config, ...local });
        await chat(frontdesk, isOffline(config)).finally(() => frontdesk.close());
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exitCode = 1;
      } finally {
        await rm(dataFolder, { recursive: true, force: true });
      }
    },
  });
}

async function chat(frontdesk: Frontdesk, offline: boolean): Promise<void> {
  const { desk } = frontdesk;
  const { name } = desk.defaultAgent;
  const { id } = await startConversation(desk, {});
  const greeting = (await readConversation(desk, id)).messages[0]?.text;
  const model = offline ? 'The offline model answers, which is not Claude.' : `Model: ${desk.defaultAgent.modelId}.`;
  process.stdout.write(`${model} An empty line or Ctrl+D ends the chat.\n\n${name}: ${greeting}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '\nYou: ' });
  let ended = false;
  terminal.once('close', () => {
    ended = true;
  });
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() === '') break;
    await hear(frontdesk, id, await take(frontdesk, id, line));
    if (!ended) terminal.setPrompt((await openAction(frontdesk, id)) ? '\nConfirm? y/n, or a message: ' : '\nYou: ');
    if (!ended) terminal.prompt();
  }
  terminal.close();
  process.stdout.write('\n');
}

/** What the customer has to decide, oldest first. */
async function openAction({ desk }: Frontdesk, conversationId: string) {
  const { actions } = await readConversation(desk, conversationId);
  return actions.find(({ state, by }) => state === 'proposed' && by === 'customer');
}

/** Takes a line: y or n decides what is open, anything else is a message. Null where it was refused. */
async function take(frontdesk: Frontdesk, conversationId: string, text: string): Promise<ReceivedMessage | null> {
  const { desk, turns } = frontdesk;
  const answer = /^\s*(?:(y|yes)|n|no)\s*$/i.exec(text);
  try {
    const action = answer && (await openAction(frontdesk, conversationId));
    if (!action) return await answerMessage({ desk, turns }, { conversationId, text });
    const { id: actionId, hash } = action;
    const decision = answer[1] ? 'confirm' : 'decline';
    const decided = await decideAction({ desk, turns }, { conversationId, actionId, hash, decision, by: 'customer' });
    return { messageId: actionId, seq: decided.seq };
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    process.stdout.write(`\n${error.message}\n`);
    return null;
  }
}

async function hear({ desk }: Frontdesk, conversationId: string, received: ReceivedMessage | null): Promise<void> {
  if (!received) return;
  const signal = new AbortController().signal;
  const citations = new Map<number, Citation>();
  for await (const event of turnEvents(desk, { conversationId, ...received, signal })) {
    if (event.type === 'turn.started') process.stdout.write(`\n${desk.defaultAgent.name}: `);
    if (event.type === 'segment.released') process.stdout.write(event.text);
    if (event.type === 'segments.superseded') process.stdout.write('\n(starting again)\n');
    if (event.type === 'notice') process.stdout.write(`\n(${event.text})\n`);
    if (event.type === 'action.proposed') process.stdout.write(`\n\n${card(event.action)}\n\n`);
    if (event.type === 'action.finished') process.stdout.write(`\n(${OUTCOMES[event.outcome]})\n`);
    if (event.type === 'sign_in.requested') process.stdout.write('\n(Nobody can sign in here.)\n');
    if (event.type === 'citation.added') citations.set(event.citation.number, event.citation);
  }
  process.stdout.write('\n');
  for (const { number, title, url, location } of citations.values()) {
    const page = location?.page ? `, page ${location.page}` : '';
    process.stdout.write(`  [${number}] ${title}${page}${url ? `  ${url}` : ''}\n`);
  }
}

const OUTCOMES = {
  done: 'Done.',
  failed: 'This was not done.',
  unknown: 'It is not known whether this was done.',
};

/** JSON writes what a terminal would obey as escapes. */
function card({ summary, input, by }: ProposedAction): string {
  const asks = by === 'operator' ? 'A colleague has to approve' : 'Please confirm';
  const facts = Object.entries(input).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return [`  ${asks}: ${JSON.stringify(cleanText(summary)).slice(1, -1)}`, ...facts].join('\n');
}
