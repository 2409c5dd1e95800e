import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import type { CaseRun } from '../../src/evals/case-run.ts';
import { runCase } from '../../src/evals/run-case.ts';
import { scriptSide } from '../../src/evals/script-side.ts';
import { openStage, type Stage } from '../../src/evals/stage.ts';
import type { Case } from '../../src/evals/suite.ts';

export const SHOP = fileURLToPath(new URL('../../examples/acme-shop', import.meta.url));

/** A folder that is gone after the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evals-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** By words alone, which starts at once. */
export function configFor(agentFolder: string, more: Record<string, string> = {}): Config {
  return readConfig({ FRONTDESK_AGENT: agentFolder, FRONTDESK_ENCODER: 'off', FRONTDESK_LOG: 'silent', ...more });
}

/** The stage of a folder in this process, as a process of evals has it. */
export async function stageOf(agentFolder: string, more: Record<string, string> = {}): Promise<Stage> {
  const data = scratch();
  vi.stubEnv('FRONTDESK_DATA', data);
  const stage = await openStage(configFor(agentFolder, more), data);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await stage.close();
  });
  return stage;
}

/** Has a scripted case. */
export function have(stage: Stage, one: Case, signal = new AbortController().signal): Promise<CaseRun> {
  const turns = one.customerSide.kind === 'script' ? one.customerSide.turns : [];
  return runCase(stage, one, { attempt: 0, key: 'k', side: scriptSide(turns), signal });
}

/** The shop's folder without its suites, to be changed. */
export function shopCopy(): string {
  const folder = join(scratch(), 'acme-shop');
  mkdirSync(folder);
  cpSync(SHOP, folder, { recursive: true });
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  symlinkSync(modules, join(folder, 'node_modules'));
  return folder;
}
