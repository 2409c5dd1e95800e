import { defineTool } from 'frontdesk';
import { z } from 'zod';

/** `taken`: the weekdays on which a standing group has the room, 0 = Sunday. */
const ROOMS = [
  { name: 'Reading Hall', branch: 'Central', seats: 40, projector: true, stepFree: true, taken: [3, 6] },
  { name: 'Atlas Room', branch: 'Central', seats: 12, projector: true, stepFree: true, taken: [2] },
  { name: 'Chart Room', branch: 'Pier', seats: 8, projector: false, stepFree: true, taken: [5] },
  { name: 'Crow’s Nest', branch: 'Pier', seats: 16, projector: true, stepFree: false, taken: [4] },
  { name: 'Garden Room', branch: 'Hillside', seats: 10, projector: false, stepFree: true, taken: [] },
];

const PEOPLE_PROBLEM = 'Please give the number of people as a whole number between 1 and 40.';
const DATE_PROBLEM = 'Please give the date as year-month-day, such as 2027-03-04.';

export default defineTool({
  name: 'check_room_availability',
  description:
    'Checks which meeting rooms of a branch are free on a date. Use it when a patron wants a room for a group. Gives back the free rooms that are large enough; it does not book one.',
  input: z.object({
    branch: z
      .enum(['Central', 'Pier', 'Hillside'], 'Please name a branch: Central, Pier, or Hillside.')
      .describe('The library branch'),
    people: z
      .int(PEOPLE_PROBLEM)
      .min(1, PEOPLE_PROBLEM)
      .max(40, PEOPLE_PROBLEM)
      .describe('The number of people in the group')
      .meta({ examples: [6, 12] }),
    date: z
      .string(DATE_PROBLEM)
      .regex(/^\d{4}-\d{2}-\d{2}$/, { error: DATE_PROBLEM, abort: true })
      .refine(isDay, DATE_PROBLEM)
      .describe('The date of the meeting, written year-month-day')
      .meta({ examples: ['2027-03-04'] }),
    projector: z
      .boolean('Please say whether a projector is needed: yes or no.')
      .describe('Whether the group needs a projector'),
    step_free: z
      .boolean('Please say whether step-free access is needed: yes or no.')
      .optional()
      .describe('Whether the group needs step-free access'),
  }),
  effect: 'read',
  run({ branch, people, date, projector, step_free }) {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (weekday < 2) {
      return { rooms: [], summary: `The library is closed on ${date}, as it is every Sunday and Monday.` };
    }
    const rooms = ROOMS.filter(
      (room) =>
        room.branch === branch &&
        room.seats >= people &&
        (!projector || room.projector) &&
        (!step_free || room.stepFree) &&
        !room.taken.includes(weekday),
    ).map(({ name, seats }) => ({ name, seats }));
    const names = rooms.map(({ name, seats }) => `the ${name}, which seats ${seats}`).join(', and ');
    const summary =
      rooms.length > 0
        ? `On ${date}, ${branch} has ${names}.`
        : `${branch} has no free room for ${people} people on ${date}.`;
    return { rooms, summary };
  },
});

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
