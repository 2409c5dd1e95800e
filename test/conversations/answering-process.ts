import type { Model } from '../../src/agent/model.ts';
import { answerMessage } from '../../src/conversations/answer-message.ts';
import { startConversation } from '../../src/conversations/conversation.ts';
import { RunningTurns } from '../../src/conversations/running-turns.ts';
import { closed, opened } from '../agent/play-turn.ts';
import { openTarget, type Target } from '../contracts/databases.ts';
import { makeDesk } from './make-desk.ts';

/*
 * A server that answers one message, slowly, until it is killed. Prints the conversation's id, then every event as a
 * follower of the log sees it.
 */
const target = JSON.parse(process.argv[2] ?? '{}') as Target;

const slow: Model = async function* () {
  yield* opened();
  for (let n = 1; n <= 1_000; n++) {
    await new Promise((resolve) => setTimeout(resolve, 15));
    yield { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: `Sentence number ${n}. ` } };
  }
  yield* closed();
};

const store = await openTarget(target);
const { desk } = makeDesk(store, { model: slow });
const turns = new RunningTurns(desk, `child ${process.pid}`);
const { id } = await startConversation(desk, {});
console.log(JSON.stringify({ id }));
await answerMessage({ desk, turns }, { conversationId: id, text: 'Tell me everything' });
for await (const event of store.log.follow(id, 0, new AbortController().signal)) console.log(JSON.stringify(event));
