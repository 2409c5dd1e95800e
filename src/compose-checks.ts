import { fastModelFindings } from './adapters/fast-model/commitment-opinion.ts';
import { fastModelFactCheck } from './adapters/fast-model/fact-check.ts';
import { fastModelOpinion } from './adapters/fast-model/injection-opinion.ts';
import type { AnswerCheck, Opinion } from './agent/guard.ts';
import type { SecondOpinion } from './agent/screen.ts';
import type { Config } from './config.ts';
import type { Desk } from './conversations/desk.ts';
import { houseModel } from './conversations/model-calls.ts';
import { claimsIn } from './guards/groundedness/claims.ts';
import { SOURCE_SAYS } from './guards/instead.ts';
import { inLanguage } from './language/wording.ts';

/** `desk` is needed with the first call only. `isOpen`: false in a rehearsal, which costs nothing. */
type House = { desk: () => Desk; isOpen: () => boolean };

/** What the fast model is asked of messages and replies, where their folder wants it. */
export type FastChecks = { factCheck: AnswerCheck; opinion: SecondOpinion; findings: Opinion };

/** The checks of the fast model, or null where there is no key. */
export function openFastChecks({ anthropic, fastModel: modelId }: Config, { desk, isOpen }: House): FastChecks | null {
  if (anthropic.apiKey === null && anthropic.baseUrl === null) return null;
  const factCheck = fastModelFactCheck({
    model: (...call) => houseModel(desk(), 'fact-check')(...call),
    modelId,
    claims: claimsIn,
    intro: (language) => inLanguage(SOURCE_SAYS, language),
  });
  const opinion = fastModelOpinion({ model: (...call) => houseModel(desk(), 'screen')(...call), modelId });
  const findings = fastModelFindings(modelId);
  return {
    findings: (...asked) => (isOpen() ? findings(...asked).catch(noted(desk, asked[2])) : refused()),
    factCheck: { ...factCheck, check: async (answer, signal) => (isOpen() ? factCheck.check(answer, signal) : null) },
    opinion: (text, signal) => (isOpen() ? opinion(text, signal) : refused()),
  };
}

function refused(): Promise<never> {
  return Promise.reject(new Error('This is a rehearsal.'));
}

/** Says that nobody gave a second opinion in time, unless the customer has stopped waiting. */
function noted(desk: House['desk'], signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    if (signal.reason?.name !== 'AbortError') {
      desk().counts?.add('check_failures', 'commitments');
      desk().logger.error({ check: 'commitments', error: String(error) }, 'a second opinion failed');
    }
    throw error;
  };
}
