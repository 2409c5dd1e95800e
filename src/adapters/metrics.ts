import type { GuardTime } from '../agent/run-guards.ts';
import { COUNTS, type CountName, type EventCounts } from '../conversations/event-counts.ts';

/** A scrape as a monitoring system takes it. */
export type Scrape = { contentType: string; text: string };

export type Metered = { counts: EventCounts; guardTimes: ReadonlyMap<string, GuardTime>; version: string };

/**
 * The metrics of this process in the text format of Prometheus. The library is loaded, and the process looked at, with the first
 * scrape: a server that nobody scrapes pays a look-up an event.
 */
export function metrics(metered: Metered): () => Promise<Scrape> {
  let opened: ReturnType<typeof open> | null = null;
  return async () => {
    opened ??= open(metered);
    const registry = await opened;
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}

async function open({ counts, guardTimes, version }: Metered) {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const [name, { help, labels }] of Object.entries(COUNTS)) {
    new Counter({
      ...{ name: `frontdesk_${name}_total`, help, labelNames: labels, registers },
      collect() {
        this.reset();
        for (const count of counts.read()) if (count.name === (name as CountName)) this.inc(count.labels, count.value);
      },
    });
  }
  const each = (read: (time: GuardTime) => number) =>
    function collect(this: InstanceType<typeof Counter>) {
      this.reset();
      for (const [guard, time] of guardTimes) this.inc({ guard }, read(time));
    };
  const guard = { labelNames: ['guard'], registers };
  new Counter({
    ...guard,
    name: 'frontdesk_guard_checks_total',
    help: 'Segments that a guard has looked at.',
    collect: each(({ checks }) => checks),
  });
  new Counter({
    ...guard,
    name: 'frontdesk_guard_seconds_total',
    help: 'Seconds of work that a guard has taken.',
    collect: each(({ ms }) => ms / 1_000),
  });
  new Gauge({ name: 'frontdesk_info', help: 'Which version runs.', labelNames: ['version'], registers }).set(
    { version },
    1,
  );
  return registry;
}
