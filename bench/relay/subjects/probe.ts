/**
 * Loaded before a process under test: says what it has used when its parent asks. `begin` clears the figures of the
 * event loop.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export type Probe = { cpuUs: number; rss: number; loopP99: number; loopMax: number };

const RESOLUTION_MS = 10;
const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
loop.enable();

process.on('message', (question) => {
  if (question !== 'begin' && question !== 'tell') return;
  const { user, system } = process.cpuUsage();
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  const probe: Probe = {
    cpuUs: user + system,
    rss: process.memoryUsage.rss(),
    loopP99: delay(loop.percentile(99)),
    loopMax: delay(loop.max),
  };
  if (question === 'begin') loop.reset();
  process.send?.(probe);
});
// The channel alone must not keep a server alive that wants to end.
process.channel?.unref();
