import { afterAll, describe } from 'vitest';
import { itSurvivesCuts } from './cuts.ts';
import { createTargets, openTarget } from './databases.ts';
import { itKeepsWhatItAcknowledged } from './durability.ts';
import { describeStore } from './store-contract.ts';

const targets = createTargets();
afterAll(() => targets.cleanUp());

describeStore('SQLite store', () => openTarget(targets.folder()));

describe('SQLite store under trouble', () => {
  itSurvivesCuts('one node', async () => {
    const store = await openTarget(targets.folder());
    return [{ store, done: () => store.close() }];
  });
  const target = targets.folder();
  itKeepsWhatItAcknowledged(() => target);
});
