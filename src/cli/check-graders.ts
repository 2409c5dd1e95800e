import { claudeModel } from '../adapters/claude.ts';
import { openEmbedder } from '../compose-knowledge.ts';
import type { Config } from '../config.ts';
import type { RunReport } from '../evals/graded.ts';
import { agreementOfStandIns } from '../evals/graders/agreement.ts';
import { modelAgreement } from '../evals/graders/agreement-of-models.ts';
import { keepAgreement } from '../evals/graders/kept-agreement.ts';

/** `frontdesk eval --check-graders`: lines of a table of how far the graders agree with people; the models' where there is a key, which costs and is kept for later reports. */
export async function checkGraders(config: Config, signal: AbortSignal): Promise<string[]> {
  const embedder = config.encoder === 'local' ? openEmbedder(config, {}) : null;
  try {
    const standIns = await agreementOfStandIns(embedder);
    if (!config.anthropic.apiKey)
      return [...table(standIns), '', 'The graders that are models are checked where ANTHROPIC_API_KEY is set.'];
    const model = claudeModel(config.anthropic);
    const models = await modelAgreement({ model, modelId: config.fastModel, signal });
    await keepAgreement(config.dataFolder, models);
    return table([...standIns, ...models]);
  } finally {
    await embedder?.close();
  }
}

function table(graders: RunReport['graders']): string[] {
  const width = Math.max(...graders.map(({ grader }) => grader.length));
  const line = (cells: readonly [string, string, string, string]) =>
    `${cells[0].padEnd(width)}  ${cells[1].padStart(4)}  ${cells[2].padStart(9)}  ${cells[3].padStart(5)}`;
  return [
    'How often the graders agree with people on rows that they were not fitted to; kappa: beyond chance.',
    '',
    line(['grader', 'rows', 'agreement', 'kappa']),
    ...graders.map(({ grader, n, agreement, kappa }) =>
      line([grader, String(n), `${Math.round(100 * (agreement ?? 0))} %`, kappa === null ? '-' : kappa.toFixed(2)]),
    ),
  ];
}
