import { defineCommand, runMain, type SubCommandsDef } from 'citty';
import { version } from '../compose.ts';
import { ConfigError, readConfig } from '../config.ts';
import { chatCommand } from './chat.ts';
import { doctorCommand } from './doctor.ts';
import { evalCommand } from './eval.ts';
import { ingestCommand, NOTHING_POSSIBLE } from './ingest.ts';
import { insightsCommand } from './insights.ts';
import { mockClaudeCommand } from './mock-claude.ts';
import { pinToolsCommand } from './pin-tools.ts';
import { promptCommand } from './prompt.ts';
import { routesCommand } from './routes.ts';
import { searchCommand } from './search.ts';
import { startCommand } from './start.ts';

/** Runs the command line. Configuration problems end it with their list and exit code 1. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    const config = readConfig();
    const commands: Record<string, Command> = {
      start: startCommand(config),
      chat: chatCommand(config),
      ingest: ingestCommand(config),
      doctor: doctorCommand(config),
      eval: evalCommand(config),
      insights: insightsCommand(config),
      prompt: promptCommand(config),
      'pin-tools': pinToolsCommand(config),
      routes: routesCommand(config),
      search: searchCommand(config),
      'mock-claude': mockClaudeCommand,
    };
    const unknown = unknownOption(process.argv.slice(2), commands);
    if (unknown) {
      process.stderr.write(`${unknown}\n`);
      process.exitCode = process.argv[2] === 'ingest' ? NOTHING_POSSIBLE : 1;
      return;
    }
    const meta = {
      name: 'frontdesk',
      version: version(),
      description: 'A self-hosted customer-support agent on Claude',
    };
    await runMain(defineCommand({ meta, subCommands: commands as SubCommandsDef }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** A command as far as its options go. */
type Command = { args?: unknown };

/** The option or the folder that the command does not take, in a sentence: what is given must not be passed over in silence. */
function unknownOption([name = '', ...given]: string[], commands: Record<string, Command>): string | null {
  const command = commands[name];
  if (!command) return null;
  const [first = ''] = given;
  const takesOne = Object.values(command.args ?? {}).some((one: { type?: string }) => one.type === 'positional');
  if (first !== '' && !first.startsWith('-') && !takesOne) {
    return `frontdesk ${name} does not take "${first}". Where it is an agent folder, set FRONTDESK_AGENT to it.`;
  }
  const known = [...Object.keys(command.args ?? {}), 'help', 'version'];
  const options = given.slice(0, given.includes('--') ? given.indexOf('--') : given.length);
  for (const option of options.filter((text) => /^--[a-z]/i.test(text))) {
    const [said = ''] = option.slice(2).split('=');
    if (known.includes(said) || known.includes(said.replace(/^no-/, ''))) continue;
    const has = known.map((one) => `--${one}`).join(', ');
    return `frontdesk ${name} has no option --${said}. It has ${has}.`;
  }
  return null;
}
