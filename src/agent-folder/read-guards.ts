import { z } from 'zod';
import { GUARDS_FILE } from './folder-files.ts';
import { DEFAULT_GUARDS, type Groundedness, type GuardSettings } from './guard-settings.ts';
import type { Report } from './problems.ts';
import { checkFields } from './yaml/tool-fields.ts';
import { readYaml } from './yaml/yaml-file.ts';

const LONGEST_SENTENCE = 300;
const HOST = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

const text = z.string().trim().min(1);
// What other YAML takes for true and false, this one leaves as it is written.
const onOff = z.enum(['on', 'off']);
const action = z.enum(['replace', 'hand_off', 'stop']);
const sentenceGuard = z.union([onOff, z.strictObject({ action })]);

const GUARDS = z.strictObject({
  'personal-data': onOff.optional(),
  competitors: z
    .strictObject({
      names: z
        .record(z.string(), z.array(text))
        .refine((names) => Object.keys(names).length > 0, 'expected at least one name'),
      say: text.max(LONGEST_SENTENCE).optional(),
      action: action.optional(),
    })
    .optional(),
  links: z
    .union([
      onOff,
      z.strictObject({ hosts: z.array(z.string().regex(HOST, 'expected hosts such as help.acme.com')).min(1) }),
    ])
    .optional(),
  leaks: sentenceGuard.optional(),
  character: sentenceGuard.optional(),
  groundedness: z
    .union([
      onOff,
      z.strictObject({
        action: z.enum(['mark', 'replace', 'hand_off', 'stop']).optional(),
        threshold: z
          .number()
          .refine((share) => share >= 0 && share <= 1, 'expected a number from 0 to 1')
          .optional(),
        say: text.max(LONGEST_SENTENCE).optional(),
      }),
    ])
    .optional(),
  'fact-check': onOff.optional(),
});

/** `guards.yaml`: which guards the agent has, and how they act. The defaults, and problems in the report, where it is not sound. */
export async function readGuards(root: string, report: Report): Promise<GuardSettings> {
  const file = await readYaml(root, GUARDS_FILE, report);
  const fields = file && checkFields({ file, schema: GUARDS }, file.value ?? {});
  if (!fields) return DEFAULT_GUARDS;
  const { competitors, links } = fields;
  const hosts = typeof links === 'object' ? links.hosts.map((host) => host.toLowerCase()) : [];
  return {
    personalData: fields['personal-data'] !== 'off',
    competitors: competitors ? { ...competitors, action: competitors.action ?? 'replace' } : null,
    links: links === 'off' ? null : { hosts },
    leaks: setting(fields.leaks),
    character: setting(fields.character),
    groundedness: groundedness(fields.groundedness),
    factCheck: fields['fact-check'] === 'on',
  };
}

function groundedness(said: z.output<typeof GUARDS>['groundedness']): GuardSettings['groundedness'] {
  if (said === 'off') return null;
  const set = typeof said === 'object' ? said : {};
  const { action, threshold } = { ...DEFAULT_GUARDS.groundedness, ...set } as Groundedness;
  return { action, threshold, ...(set.say !== undefined && { say: set.say }) };
}

function setting(said: z.output<typeof sentenceGuard> | undefined): GuardSettings['leaks'] {
  if (said === 'off') return null;
  return typeof said === 'object' ? said : { action: 'replace' };
}
