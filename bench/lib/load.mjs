import { cpuTime, machineCpuTime, memory } from './processes.mjs';

/**
 * A closed loop: each of `workers` does one operation after the other until the time is up or the work is done.
 * Latencies are of whole operations; an operation that throws counts as an error and not as throughput.
 */
export async function measure(operation, { workers, seconds, warmUpSeconds, service, database }) {
  await loop(operation, workers, warmUpSeconds);
  const before = usage(service, database);
  const { latencies, errors, elapsed } = await loop(operation, workers, seconds);
  const after = usage(service, database);
  const used = Object.fromEntries(Object.keys(before).map((key) => [key, after[key] - before[key]]));
  const count = latencies.length;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(count - 1, Math.floor(count * share))];
  return {
    operations: count,
    errors: errors.length,
    messages: [...new Set(errors)].slice(0, 3),
    perSecond: count / (elapsed / 1000),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    serviceCpu: used.service / count,
    databaseCpu: database.pid === undefined ? undefined : used.database / count,
    generatorCpu: used.generator / count,
    // Cores that other programs took: above 0.15 the figures are lower bounds.
    otherCores: Math.max(0, used.machine - used.service - used.database - used.generator) / elapsed,
    memory: memory(service.pid),
  };
}

async function loop(operation, workers, seconds) {
  const latencies = [];
  const errors = [];
  const started = performance.now();
  const deadline = started + seconds * 1000;
  const work = async (worker) => {
    for (let from = performance.now(); from < deadline;) {
      try {
        if ((await operation(worker)) === DONE) return;
        latencies.push(performance.now() - from);
      } catch (error) {
        errors.push(error.message);
      }
      from = performance.now();
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { latencies, errors, elapsed: performance.now() - started };
}

/** Waits until the machine does next to nothing for a second; gives up after `seconds`. */
export async function untilQuiet(seconds) {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const before = machineCpuTime();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (machineCpuTime() - before < QUIET_CORES * 1000) return;
  }
}

const QUIET_CORES = 0.15;

/** What an operation answers when there is nothing left to do. */
export const DONE = Symbol('done');

function usage(service, database) {
  const { user, system } = process.cpuUsage();
  return {
    service: cpuTime(service.pid),
    database: database.pid === undefined ? 0 : cpuTime(database.pid),
    generator: (user + system) / 1000,
    machine: machineCpuTime(),
  };
}
