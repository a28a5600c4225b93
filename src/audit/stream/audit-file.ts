import { open, type FileHandle } from 'node:fs/promises';
import { auditMembers } from '../audit-members.js';
import type { AuditDestination, SealedEvent } from './audit-destination.js';

/** Nobody but the service's own user reads what happened. */
const MODE = 0o600;
const NEWLINE = 0x0a;

/** A file of JSON lines; it is opened anew for each delivery, so that one that was moved away is followed by a new one. */
export class AuditFile implements AuditDestination {
  readonly name = 'file';

  constructor(private readonly path: string) {}

  async deliver(events: readonly SealedEvent[]): Promise<void> {
    const file = await open(this.path, 'a+', MODE);
    try {
      const lines = events.map((event) => `${JSON.stringify(auditMembers(event))}\n`).join('');
      await file.appendFile((await endsInALine(file)) ? lines : `\n${lines}`);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

/** A process that died while it wrote left a part of a line, whose event comes again on a line of its own. */
async function endsInALine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}
