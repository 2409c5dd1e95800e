import { parentPort } from 'node:worker_threads';
import type { SourceDocument } from './documents.ts';
import type { Segment } from './segment.ts';
import { buildSegment } from './segment-builder.ts';
import { mergeSegments, type Part } from './segment-merger.ts';

/** What the worker is asked for, and its answer under the same number. */
export type SegmentTask =
  | { kind: 'build'; documents: readonly SourceDocument[] }
  | { kind: 'merge'; parts: readonly Part[] };
export type SegmentRequest = { number: number; task: SegmentTask };
export type SegmentAnswer = { number: number; segment: Segment } | { number: number; error: unknown };

parentPort?.on('message', ({ number, task }: SegmentRequest) => {
  parentPort?.postMessage(answer(number, task));
});

function answer(number: number, task: SegmentTask): SegmentAnswer {
  try {
    return { number, segment: task.kind === 'build' ? buildSegment(task.documents) : mergeSegments(task.parts) };
  } catch (error) {
    return { number, error };
  }
}
