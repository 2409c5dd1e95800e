import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { loadAgent } from '../agent-folder/load-agent.ts';
import { AgentFolderError, formatProblems } from '../agent-folder/problems.ts';
import type { ToolServer } from '../agent-folder/yaml/mcp-tools.ts';
import type { Config } from '../config.ts';
import { pinOf } from '../tools/mcp/tool-definition.ts';

/**
 * `frontdesk pin-tools [folder]`: writes down what the chosen tools of every MCP server are now, beside the files that
 * name them. Exit code 1 where a server does not answer.
 */
export function pinToolsCommand({ agentFolder, secrets, path }: Pick<Config, 'agentFolder' | 'secrets' | 'path'>) {
  return defineCommand({
    meta: { name: 'pin-tools', description: 'Write down what the tools of the MCP servers of an agent folder are now' },
    args: {
      folder: { type: 'positional', required: false, default: agentFolder, description: 'Agent folder' },
    },
    async run({ args }) {
      try {
        const { agent, warnings } = await loadAgent(args.folder, secrets, path === null ? {} : { path });
        if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings)}\n`);
        for (const server of agent.toolServers) await pin(server, args.folder);
        await agent.closeTools();
      } catch (error) {
        if (!(error instanceof AgentFolderError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    },
  });
}

async function pin({ file, pinned, definitions }: ToolServer, folder: string): Promise<void> {
  try {
    const tools = await definitions();
    await writeFile(join(folder, pinned.file), `${JSON.stringify({ tools }, null, 2)}\n`);
    process.stdout.write(`${pinned.file}: ${tools.length} tools of ${file}, pin: ${pinOf(tools)}\n`);
  } catch (error) {
    process.stderr.write(`${file}: not pinned. ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
