import { onTestFinished } from 'vitest';
import { claudeModel } from '../../../src/adapters/claude.ts';
import type { Model } from '../../../src/agent/model.ts';
import { type MockClaude, type MockTurn, startMockClaude } from '../../../src/testing/mock-claude.ts';

/** No error and no request may name it. */
export const KEY = 'sk-ant-canary-0123456789';
export const MODEL_ID = 'claude-haiku-4-5';

/** Mock Claude for one test, and the model that asks it. */
export async function mockModel(...turns: MockTurn[]): Promise<{ claude: MockClaude; model: Model }> {
  const claude = await startMockClaude({ script: { turns } });
  onTestFinished(() => claude.close());
  return { claude, model: claudeModel({ apiKey: KEY, baseUrl: claude.url, backoffMs: 2 }) };
}
