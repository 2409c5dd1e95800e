import { sql } from 'kysely';
import type { Tally, TallyStore, Use } from '../../conversations/log.ts';
import type { Database } from './dialect.ts';

/** Milliseconds between the times that lapsed tallies are thrown away. */
const SWEEP_MS = 60_000;

/** Thrown inside to roll back what was added. */
class Refused extends Error {
  readonly refusal: { key: string; tally: Tally };
  constructor(refusal: { key: string; tally: Tally }) {
    super('refused');
    this.refusal = refusal;
  }
}

/** Tallies over SQL. */
export function createTallyStore(db: Database): TallyStore {
  let sweptAt = 0;

  return {
    async take(uses, now) {
      if (uses.length === 0) return null;
      const reached = findReached(uses, await read(db, keysOf(uses), now));
      // Most of a flood ends here, without a write.
      if (reached) return reached;
      if (now - sweptAt > SWEEP_MS) {
        sweptAt = now;
        await db.deleteFrom('tallies').where('until', '<=', now).execute();
      }
      return await addAll(db, uses, now);
    },

    async add(keys, amount, now) {
      await db.transaction().execute(async (trx) => {
        for (const key of keys.toSorted()) {
          await trx
            .updateTable('tallies')
            .set((eb) => ({ value: eb('value', '+', amount) }))
            .where('name', '=', key)
            .where('until', '>', now)
            .execute();
        }
      });
    },

    read: (keys, now) => read(db, keys, now),
  };
}

async function read(db: Database, keys: readonly string[], now: number): Promise<Map<string, Tally>> {
  if (keys.length === 0) return new Map();
  const rows = await db.selectFrom('tallies').selectAll().where('name', 'in', keys).where('until', '>', now).execute();
  return new Map(rows.map(({ name, value, until }) => [name, { value, until }]));
}

/** Adds first and looks then: the rows are locked by the adding, so that what is seen is what others will see. */
async function addAll(db: Database, uses: readonly Use[], now: number) {
  // In the order of keys: two nodes that add to the same ones wait for each other, never in a ring.
  const rows = uses
    .map(({ key, amount, windowMs }) => ({ name: key, value: amount, until: now + windowMs }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  try {
    await db.transaction().execute(async (trx) => {
      const added = await trx
        .insertInto('tallies')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({
            value: sql`case when tallies.until <= ${now} then excluded.value else tallies.value + excluded.value end`,
            until: sql`case when tallies.until <= ${now} then excluded.until else tallies.until end`,
          }),
        )
        .returning(['name', 'value', 'until'])
        .execute();
      const amounts = new Map(uses.map(({ key, amount }) => [key, amount]));
      const before = added.map(({ name, value, until }): [string, Tally] => {
        return [name, { value: value - (amounts.get(name) ?? 0), until }];
      });
      const reached = findReached(uses, new Map(before));
      if (reached) throw new Refused(reached);
    });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function findReached(uses: readonly Use[], tallies: ReadonlyMap<string, Tally>) {
  for (const { key, most, amount, strict } of uses) {
    const tally = tallies.get(key) ?? { value: 0, until: 0 };
    if (most !== null && (strict ? most < tally.value + amount : most <= tally.value)) return { key, tally };
  }
  return null;
}

function keysOf(uses: readonly Use[]): string[] {
  return uses.map(({ key }) => key);
}
