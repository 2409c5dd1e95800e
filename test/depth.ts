import { eachOf } from '../bench/command.ts';

/** `npm run test:deep` looks at all there is, `npm test` at a part of it. Tests that differ by it are called `.deep.test.ts`. */
export const isDeep = process.env.TEST_DEPTH === 'deep';

/** Each so many-th of the cases, the same each time; all of them where tests go deep. */
export function partOf<Case>(cases: readonly Case[], every: number): readonly Case[] {
  return isDeep ? cases : eachOf(cases, every);
}
