import { defineCommand, runMain } from 'citty';
import { version } from '../compose.ts';
import { ConfigError, readConfig } from '../config.ts';
import { chatCommand } from './chat.ts';
import { doctorCommand } from './doctor.ts';
import { mockClaudeCommand } from './mock-claude.ts';
import { promptCommand } from './prompt.ts';
import { startCommand } from './start.ts';

/** Runs the command line. Configuration problems end it with their list and exit code 1. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    const config = readConfig();
    const command = defineCommand({
      meta: { name: 'frontdesk', version: version(), description: 'A self-hosted customer-support agent on Claude' },
      subCommands: {
        start: startCommand(config),
        chat: chatCommand(config),
        doctor: doctorCommand(config),
        prompt: promptCommand(config.agentFolder, config.model),
        'mock-claude': mockClaudeCommand,
      },
    });
    await runMain(command);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
