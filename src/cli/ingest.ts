import { defineCommand } from 'citty';
import type { Config } from '../config.ts';
import { explainStart } from './explain.ts';
import { ingestHere } from './ingest-here.ts';
import type { IngestReport } from './ingest-report.ts';
import { printReport } from './ingest-report.ts';
import { ingestThere } from './ingest-there.ts';
import { progressOn } from './progress.ts';

/** Exit codes: 0 all is in, 1 something could not be read, 2 nothing could be done. */
export const NOTHING_POSSIBLE = 2;
const SOME_FAILED = 1;

export type IngestOptions = {
  /** Paths and addresses; empty for all that the agent knows. */
  places: string[];
  agentFolder: string;
  watch: boolean;
  remove: boolean;
};

/** `frontdesk ingest [places…] [--agent FOLDER] [--watch] [--remove] [--json]`: brings the store up to the sources. */
export function ingestCommand(config: Config) {
  return defineCommand({
    meta: { name: 'ingest', description: "Read the agent's knowledge: its folder, its sites, and what is named" },
    args: {
      places: { type: 'positional', required: false, description: 'Files, folders or web addresses to add' },
      agent: { type: 'string', default: config.agentFolder, description: 'Agent folder' },
      watch: { type: 'boolean', default: false, description: 'Go on, and take up changes of files within seconds' },
      remove: { type: 'boolean', default: false, description: 'Forget the places that are named, with all they gave' },
      json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    },
    async run({ args }) {
      const { agent: agentFolder, watch, remove, json } = args;
      const options: IngestOptions = { places: args._, agentFolder, watch, remove };
      const progress = progressOn(process.stderr);
      try {
        const ingest = config.url === null ? ingestHere : ingestThere;
        const report = await ingest(config, options, {
          show: (step) => progress.show(step),
          report(report) {
            progress.end();
            if (!json || watch) printReport(report);
          },
        });
        progress.end();
        if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
        process.exitCode = hasFailures(report) ? SOME_FAILED : 0;
      } catch (error) {
        progress.end();
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exitCode = NOTHING_POSSIBLE;
      }
    },
  });
}

function hasFailures({ failures, problems }: IngestReport): boolean {
  return failures.length + problems.length > 0;
}
