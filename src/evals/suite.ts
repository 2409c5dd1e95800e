import type { Decision, Status } from '../protocol/conversation.ts';
import type { CriterionName } from './criteria.ts';

/** One file of `evals/`, read and checked, its variables filled in and its tables unfolded. */
export type Suite = { file: string; name: string; cases: Case[] };

/** A conversation, and what a good one is. What each field means to whoever writes it: docs/evals.md. */
export type Case = {
  /** `contact/opening hours`: the suite's name and the case's own; unique in an agent folder, and the same from run to run. */
  id: string;
  suite: string;
  name: string;
  /** Where it stands: relative to the agent folder, and the line of its first key, from 1. */
  file: string;
  line: number;
  /** For filters and for charts, such as `guide-A5`, `adversarial`. */
  tags: string[];
  /** Why the offline model cannot do it; null where it can. Such a case is left out of an offline run, and listed. */
  needsClaude: string | null;
  /** What the page says the customer's language is (BCP 47). */
  language: string | null;
  /** Who is signed in from the start; null for an anonymous visitor. */
  customer: SignedIn | null;
  /** How often it is run, 1 or more. */
  repeat: number;
  /** What the customer does; empty where the case only looks at the prompt. */
  customerSide: { kind: 'script'; turns: Turn[] } | { kind: 'simulated'; simulation: Simulation };
  /** Over the whole conversation. */
  expect: Expectations & EndExpectations;
  /** Counts the case's checks for these criteria in place of those that they belong to by their kind. */
  measures: CriterionName[];
};

export type SignedIn = { id: string; email: string | null; name: string | null };

/** What the customer does once, and what the reply to it must be. */
export type Turn = {
  line: number;
  act: Act;
  /** Put in place of the model's own words in this turn; null where the model answers. For the guards: what they let through. */
  modelSays: string | null;
  expect: Expectations;
};

/** `sign_in`: the page shows the token. `decide`: the newest open card, by whom it waits for. */
export type Act =
  | { kind: 'say'; text: string }
  | { kind: 'decide'; decision: Decision; by: 'customer' | 'operator' }
  | { kind: 'sign_in'; customer: SignedIn };

/** A text that must occur: compared without regard to case, white space, typography, or Markdown; or an expression. */
export type Pattern = { kind: 'text'; text: string } | { kind: 'expression'; expression: RegExp };

/** What a reply must be like; with a case, all replies of it together. Missing: nothing is asked. */
export type Expectations = {
  /** All of them occur. */
  says?: Pattern[];
  /** At least one occurs. */
  saysOne?: Pattern[];
  never?: Pattern[];
  /** A reference answer: the reply must say the same. */
  answer?: string;
  /** What a grader with understanding must find true. */
  rubric?: string[];
  /** At least one of these sources is cited; empty: nothing is. An article below `knowledge/`, an address, or a title. */
  cites?: string[];
  /** These are called, with at least these arguments, and no other tool that writes; empty: none of the folder's tools is. */
  calls?: ExpectedCall[];
  /** The desk that answers is one of these. */
  route?: string[];
  /** Each of these guards acts; empty: none does. */
  guards?: string[];
};

/** Of text: the same but for case and white space, or an expression that matches; of anything else: the same. Of a list, all; of an object, at least these. */
export type ExpectedCall = { tool: string; with: Record<string, unknown> };

/** `escalated`: a person was asked for. `declined`: it was turned down. `resolved`: neither, and the last turn came to its end. */
export type Ending = 'resolved' | 'escalated' | 'declined';

export type EndExpectations = {
  ends?: Ending;
  status?: Status;
  /** What is different in the world, and nothing else: path to its new value (`null`: it is gone). Missing counts as empty. */
  changes?: Record<string, unknown>;
  /** What the compiled prompt tells the model. */
  prompt?: Pattern[];
};

/** A customer whom somebody plays: a model, or offline an engine that answers what it is asked. */
export type Simulation = {
  persona: string;
  goal: string;
  /** The first message, word for word; null where whoever plays makes it of the goal. */
  opening: string | null;
  /** What the customer knows, by what it is: `{ 'order number': 'A-1042' }`. */
  facts: Record<string, string>;
  mood: 'calm' | 'annoyed' | 'worried' | 'confused';
  /** BCP 47. */
  language: string;
  /** What the customer does with a card. */
  decides: Decision;
  /** Once the agent has said one of these the goal is reached; empty where whoever plays has to tell. */
  done: Pattern[];
  /** What the customer does, at most: messages and decisions. */
  most: number;
};
