// What processes use, as Linux counts it: /proc/<pid>/stat in ticks of 10 ms, /proc/<pid>/status in KiB.
import { readdirSync, readFileSync } from 'node:fs';

const TICK_MILLISECONDS = 10;

/** CPU time that a process and its children have used, in milliseconds. */
export function cpuTime(pid) {
  return tree(pid).reduce((sum, member) => sum + ownCpuTime(member), 0);
}

/** Memory that a process and its children hold now, in MiB. */
export function memory(pid) {
  const kib = tree(pid).reduce(
    (sum, member) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(read(member, 'status'))?.[1] ?? 0),
    0,
  );
  return kib / 1024;
}

/** CPU time that the whole machine has spent on anything, in milliseconds. */
export function machineCpuTime() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_MILLISECONDS;
}

/** The database server of this machine, when it runs here. */
export function findDatabaseServer() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => ['mariadbd', 'mysqld'].includes(read(pid, 'comm').trim()));
}

function ownCpuTime(pid) {
  // The name in brackets may hold spaces; utime and stime are the 12th and 13th fields after it.
  const fields = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.length > 12 ? (Number(fields[11]) + Number(fields[12])) * TICK_MILLISECONDS : 0;
}

function tree(pid) {
  const children = read(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(tree)];
}

function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
