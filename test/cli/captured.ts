import { vi } from 'vitest';

/** What a command writes and ends with that runs in this process: one of its own takes half a second of a core. */
export async function captured(
  command: () => Promise<unknown>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  const before = process.exitCode;
  process.exitCode = 0;
  await command().finally(() => vi.restoreAllMocks());
  const code = Number(process.exitCode);
  process.exitCode = before;
  return { code, ...written };
}
