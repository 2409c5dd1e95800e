import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What a benchmark was given and cannot use, in one sentence. */
export class DataError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The options of the command line. Throws `DataError` for one that there is not; `usage` says which there are. */
export function optionsOf<Given extends Options>(options: Given, usage: string) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new DataError(`${error instanceof Error ? error.message : error} The options: ${usage}`);
  }
}

/** Runs a benchmark. A `DataError` is printed and ends it with `code`; anything else is thrown on. */
export async function command(run: () => Promise<void>, code = 2): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    console.error(error.message);
    process.exitCode = code;
  }
}

/** Each so many-th of the rows, the first among them. */
export function eachOf<Row>(rows: readonly Row[], every: number): Row[] {
  return rows.filter((_, at) => at % every === 0);
}
