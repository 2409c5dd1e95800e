/** Fakes for the tests of whoever builds on Frontdesk. */
export { type Attacked, type AttackOptions, attack, type Breach, FACES, type Face } from './hostile/attack.ts';
export { type HostileCase, type HostileOptions, hostileCases } from './hostile/cases.ts';
export { type HostileModel, startHostileModel } from './hostile/hostile-model.ts';
export { type Leak, leaksIn, type Plant } from './hostile/plants.ts';
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
