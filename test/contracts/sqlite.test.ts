import { afterAll, describe } from 'vitest';
import { itKeepsActionsStraight } from './action-histories.ts';
import { itSurvivesCuts } from './cuts.ts';
import { createTargets, openTarget } from './databases.ts';
import { itKeepsWhatItAcknowledged } from './durability.ts';
import { itKeepsActions } from './reopening.ts';
import { describeStore } from './store-contract.ts';

const targets = createTargets();
afterAll(() => targets.cleanUp());

describeStore('SQLite store', () => openTarget(targets.folder()));

describe('SQLite store, opened again', () => itKeepsActions(() => targets.folder()));

describe('SQLite store under trouble', () => {
  itSurvivesCuts('one node', async () => {
    const store = await openTarget(targets.folder());
    return [{ store, done: () => store.close() }];
  });
  itKeepsActionsStraight('one node', async () => [await openTarget(targets.folder())]);
  const target = targets.folder();
  itKeepsWhatItAcknowledged(() => target);
});
