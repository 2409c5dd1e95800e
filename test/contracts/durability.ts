import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { startStoreProcess } from './children.ts';
import { openTarget, type Target } from './databases.ts';
import { newConversation } from './store-helpers.ts';

const KILLS = 10;

/** What was acknowledged is there after the process was killed, however often, and the rows are in step with the log. */
export function itKeepsWhatItAcknowledged(target: () => Target): void {
  it(`has every acknowledged event after ${KILLS} kills at random moments`, { timeout: 180_000 }, async () => {
    let store = await openTarget(target());
    const id = await newConversation(store);
    await store.close();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const child = startStoreProcess(target(), id);
      try {
        await child.printed(2 + randomInt(15));
        await new Promise((resolve) => setTimeout(resolve, randomInt(20)));
      } finally {
        child.kill('SIGKILL');
        await child.ended;
      }
      const acknowledged = child.lines.slice(1).map(Number);
      expect(acknowledged.length).toBeGreaterThan(0);
      store = await openTarget(target());
      try {
        const log = await store.log.events(id);
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
        for (const seq of acknowledged) {
          const event = log[seq - 1];
          expect(event?.type === 'message.received' && event.messageId).toMatch(new RegExp(`^m${child.pid}-`));
        }
        const started = log.flatMap((event) => (event.type === 'action.started' ? event.actionId : []));
        const running = (await store.actions.of(id)).filter(({ state }) => state === 'running');
        expect(running.map((action) => action.id)).toEqual(started);
        expect(await store.conversations.get(id)).toMatchObject({
          lastSeq: log.length,
          pendingActions: started.length,
        });
      } finally {
        await store.close();
      }
    }
  });
}
