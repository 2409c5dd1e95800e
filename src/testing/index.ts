/** Fakes for the tests of whoever builds on Frontdesk. */
export {
  type MockAnswer,
  type MockClaude,
  type MockClaudeOptions,
  type MockHandler,
  type MockRequest,
  type MockScript,
  type MockTurn,
  type RecordedBatch,
  type RecordedRequest,
  startMockClaude,
} from './mock-claude.ts';
export { type ScriptedModel, type ScriptedStep, scriptedModel } from './scripted-model.ts';
