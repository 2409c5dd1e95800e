import { fastModelFactCheck } from './adapters/fast-model/fact-check.ts';
import type { AnswerCheck } from './agent/guard.ts';
import type { Config } from './config.ts';
import type { Desk } from './conversations/desk.ts';
import { houseModel } from './conversations/model-calls.ts';
import { claimsIn } from './guards/groundedness/claims.ts';
import { inLanguage, SOURCE_SAYS } from './guards/instead.ts';

/** `desk` is needed with the first call only. `isOpen`: false in a rehearsal, which costs nothing. */
type House = { desk: () => Desk; isOpen: () => boolean };

/** The fast model's check of replies, or null where there is no key. */
export function openFactCheck({ anthropic, fastModel }: Config, { desk, isOpen }: House): AnswerCheck | null {
  if (anthropic.apiKey === null && anthropic.baseUrl === null) return null;
  const check = fastModelFactCheck({
    model: (...call) => houseModel(desk(), 'fact-check')(...call),
    modelId: fastModel,
    claims: claimsIn,
    intro: (language) => inLanguage(SOURCE_SAYS, language),
  });
  return { ...check, check: async (answer, signal) => (isOpen() ? check.check(answer, signal) : null) };
}
