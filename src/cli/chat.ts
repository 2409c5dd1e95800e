import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { defineCommand } from 'citty';
import { compose, type Frontdesk, isOffline } from '../compose.ts';
import type { Config } from '../config.ts';
import { answerMessage, turnEvents } from '../conversations/answer-message.ts';
import { readConversation, startConversation } from '../conversations/conversation.ts';
import type { Citation } from '../protocol/conversation.ts';
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
    await say(frontdesk, id, line);
    if (!ended) terminal.prompt();
  }
  terminal.close();
  process.stdout.write('\n');
}

async function say({ desk, turns }: Frontdesk, conversationId: string, text: string): Promise<void> {
  try {
    const received = await answerMessage({ desk, turns }, { conversationId, text });
    const signal = new AbortController().signal;
    const citations = new Map<number, Citation>();
    for await (const event of turnEvents(desk, { conversationId, ...received, signal })) {
      if (event.type === 'turn.started') process.stdout.write(`\n${desk.defaultAgent.name}: `);
      if (event.type === 'segment.released') process.stdout.write(event.text);
      if (event.type === 'segments.superseded') process.stdout.write('\n(starting again)\n');
      if (event.type === 'notice') process.stdout.write(`\n(${event.text})\n`);
      if (event.type === 'citation.added') citations.set(event.citation.number, event.citation);
    }
    process.stdout.write('\n');
    for (const { number, title, url, location } of citations.values()) {
      const page = location?.page ? `, page ${location.page}` : '';
      process.stdout.write(`  [${number}] ${title}${page}${url ? `  ${url}` : ''}\n`);
    }
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    process.stdout.write(`\n${error.message}\n`);
  }
}
