import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { RETURN_DAYS } from '../../../tools/shop/rules.ts';

/** For how long after its delivery damaged or wrong goods can be reported: knowledge/returns/damaged.md. */
const REPORT_DAYS = 14;

const DAY = 86_400_000;

export default defineTool({
  name: 'return_window',
  description:
    'Says until which day something can be sent back, and until when damage can be reported, from the day on which it was delivered. Use it with the day of delivery that `get_order_details` gives, or that the customer says, before you say whether it is still in time.',
  input: z.object({
    delivered_on: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .refine(isDay, 'must be a day of the calendar')
      .describe('The day of delivery, as year-month-day.')
      .meta({ examples: ['2026-11-20'] }),
  }),
  effect: 'read',
  async run({ delivered_on }) {
    const delivered = Date.parse(delivered_on);
    const today = Date.now();
    if (delivered > today) return { summary: `${delivered_on} lies ahead: the time runs from the delivery on.` };
    const sendBackUntil = dayAfter(delivered, RETURN_DAYS);
    const reportUntil = dayAfter(delivered, REPORT_DAYS);
    // A day counts until it ends.
    const open = today < Date.parse(sendBackUntil) + DAY;
    const verb = open ? 'can' : 'could';
    return {
      send_back_until: sendBackUntil,
      report_damage_until: reportUntil,
      in_time_to_send_back: open,
      in_time_to_report_damage: today < Date.parse(reportUntil) + DAY,
      summary: `What was delivered on ${delivered_on} ${verb} be sent back until ${sendBackUntil}, and damage to it ${verb} be reported until ${reportUntil}.`,
    };
  },
});

/** Year-month-day. */
function dayAfter(start: number, days: number): string {
  return new Date(start + days * DAY).toISOString().slice(0, 10);
}

function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && dayAfter(time, 0) === text;
}
