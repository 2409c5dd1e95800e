export { type ToolContext, ToolProblem } from './agent/tool.ts';
export { type AgentDefinition, defineAgent, defineTool, type ToolDefinition } from './agent-folder/define.ts';
export { defineWorld, type WorldDefinition } from './agent-folder/define-world.ts';
