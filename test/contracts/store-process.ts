import { randomUUID } from 'node:crypto';
import { actionOf, actionStarted, decided, proposal } from './action-events.ts';
import { openTarget, type Target } from './databases.ts';
import { received } from './store-events.ts';

const { target, appendTo }: { target: Target; appendTo?: string } = JSON.parse(process.argv[2] ?? '{}');

try {
  const store = await openTarget(target);
  console.log('open');
  for (let n = 0; appendTo !== undefined; n += 1) {
    const action = randomUUID();
    const { events, ...proposed } = proposal([actionOf(action)]);
    const appended = await store.log.append(appendTo, {
      events: [received(`m${process.pid}-${n}`), ...events, decided(action), actionStarted(action)],
      ...proposed,
    });
    if (appended.ok) console.log(appended.events[0]?.seq);
  }
  setInterval(() => {}, 60_000);
} catch (error) {
  console.log(`${(error as Error).name}: ${(error as Error).message}`);
  process.exit(1);
}
