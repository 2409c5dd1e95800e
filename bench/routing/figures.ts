/** What a classifier said of a message of the test. `label` is null where the message is out of scope. */
export type Said = { label: string | null; predicted: string; confidence: number; rejected: boolean };

/** Shares from 0 to 1; null where the test has nothing to tell them from. */
export type Figures = {
  /** Of the messages in scope, whatever the rejector said. */
  accuracy: number;
  /** Over the labels of the test and those that were predicted, each alike. */
  macro_f1: number;
  oos: {
    /** Right and not rejected, of the messages in scope. */
    in_accuracy: number | null;
    /** Rejected, of the messages out of scope. */
    recall: number | null;
    /** Out of scope, of the messages that were rejected. */
    precision: number | null;
  };
  /** Expected calibration error in ten bins, of the messages in scope. */
  ece: number;
};

const BINS = 10;

export function figuresOf(said: readonly Said[]): Figures {
  const inside = said.filter(({ label }) => label !== null);
  const outside = said.filter(({ label }) => label === null);
  const rejected = said.filter((one) => one.rejected);
  const tells = outside.length > 0;
  return {
    accuracy: share(inside, isRight),
    macro_f1: macroF1(inside),
    oos: {
      in_accuracy: tells ? share(inside, (one) => isRight(one) && !one.rejected) : null,
      recall: tells ? share(outside, (one) => one.rejected) : null,
      precision: tells && rejected.length > 0 ? share(rejected, ({ label }) => label === null) : null,
    },
    ece: calibrationError(inside),
  };
}

function isRight({ label, predicted }: Said): boolean {
  return label === predicted;
}

function share(all: readonly Said[], is: (one: Said) => boolean): number {
  return all.length === 0 ? 0 : all.filter(is).length / all.length;
}

function macroF1(said: readonly Said[]): number {
  const labels = new Set(said.flatMap(({ label, predicted }) => [label, predicted]));
  let sum = 0;
  for (const own of labels) {
    const right = said.filter((one) => one.label === own && isRight(one)).length;
    const either =
      said.filter(({ label }) => label === own).length + said.filter((one) => one.predicted === own).length;
    sum += (2 * right) / either;
  }
  return labels.size === 0 ? 0 : sum / labels.size;
}

function calibrationError(said: readonly Said[]): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inside = said.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    const claimed = inside.reduce((sum, { confidence }) => sum + confidence, 0);
    error += Math.abs(claimed - inside.filter(isRight).length);
  }
  return said.length === 0 ? 0 : error / said.length;
}
