import { defineCommand, runMain, type SubCommandsDef } from 'citty';
import { type Config, ConfigError, readConfig, version } from '../config.ts';

/** Runs the command line. Configuration problems end it with their list and exit code 1. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    const commands = commandsOf(readConfig());
    const unknown = await unknownOption(process.argv.slice(2), commands);
    if (unknown) {
      process.stderr.write(`${unknown}\n`);
      process.exitCode = process.argv[2] === 'ingest' ? (await import('./ingest.ts')).NOTHING_POSSIBLE : 1;
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
type Commands = Record<string, () => Promise<Command>>;

/** Only the one that is run is loaded: most need no server. */
function commandsOf(config: Config): Commands {
  return {
    start: async () => (await import('./start.ts')).startCommand(config),
    chat: async () => (await import('./chat.ts')).chatCommand(config),
    ingest: async () => (await import('./ingest.ts')).ingestCommand(config),
    doctor: async () => (await import('./doctor.ts')).doctorCommand(config),
    eval: async () => (await import('./eval.ts')).evalCommand(config),
    insights: async () => (await import('./insights.ts')).insightsCommand(config),
    prompt: async () => (await import('./prompt.ts')).promptCommand(config),
    'pin-tools': async () => (await import('./pin-tools.ts')).pinToolsCommand(config),
    routes: async () => (await import('./routes.ts')).routesCommand(config),
    search: async () => (await import('./search.ts')).searchCommand(config),
    'mock-claude': async () => (await import('./mock-claude.ts')).mockClaudeCommand,
  };
}

/** The option or the folder that the command does not take, in a sentence: what is given must not be passed over in silence. */
async function unknownOption([name = '', ...given]: string[], commands: Commands): Promise<string | null> {
  const command = await commands[name]?.();
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
