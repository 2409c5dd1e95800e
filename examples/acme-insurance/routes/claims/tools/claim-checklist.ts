import { defineTool } from 'frontdesk';
import { z } from 'zod';

/** What every claim needs: knowledge/claims/file-a-claim.md. */
const ALWAYS = ['the policy number', 'the date and place of the event', 'a short description of what happened'];

/** What a kind of claim needs besides, and what is special about it. Facts of the articles in knowledge/claims. */
const KINDS = {
  accident: {
    ready: ['photos of all cars and of the damage', "the other driver's name and insurance details"],
    note: 'Names and phone numbers of witnesses help. Fault is decided by the adjusters later.',
  },
  hit_and_run: {
    ready: ['the police report number', 'photos taken before the car is moved'],
    note: 'The police report must be filed within 24 hours.',
  },
  theft: {
    ready: ['the police report number', 'all keys of the car'],
    note: 'Call the police first. Acme waits 14 days for a stolen car to be found before it pays for it.',
  },
  glass: {
    ready: ['a photo of the damage'],
    note: 'Repairing a chip smaller than a quarter costs nothing; replacing a whole windshield costs the comprehensive deductible.',
  },
  other_damage: {
    ready: ['photos of the damage'],
    note: 'Such as hail, flood, fire, vandalism, or an animal. Where the police were called, the report number speeds it up.',
  },
} as const;

const kinds = z.enum(['accident', 'hit_and_run', 'theft', 'glass', 'other_damage']);

export default defineTool({
  name: 'claim_checklist',
  description:
    'Says what a customer should have ready to file a claim of a certain kind, where it is filed, and by when. Use it as soon as you know what happened, before you list papers.',
  input: z.object({
    kind: kinds.describe('`hit_and_run`: the other driver is unknown, also where the car was parked.'),
  }),
  effect: 'read',
  async run({ kind }) {
    const { ready, note } = KINDS[kind];
    const all = [...ALWAYS, ...ready];
    return {
      have_ready: all,
      note,
      file_at: 'https://www.acme-insurance.example/claims',
      within_days: 30,
      summary: `Have ready: ${all.join('; ')}. ${note} Claims are filed at https://www.acme-insurance.example/claims, no later than 30 days after the event.`,
    };
  },
});
