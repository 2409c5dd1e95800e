import type { SettingStore } from '../../conversations/log.ts';
import type { Database } from './dialect.ts';

/** Settings over SQL. */
export function createSettingStore(db: Database): SettingStore {
  return {
    async read(name) {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value ?? null;
    },

    async write(name, value) {
      if (value === null) {
        await db.deleteFrom('settings').where('name', '=', name).execute();
        return;
      }
      await db
        .insertInto('settings')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
