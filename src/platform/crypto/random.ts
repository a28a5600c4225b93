import { randomBytes, randomFillSync, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';

const SECRET_BYTES = 32;
const BYTES_OF_AN_ID = 10;

/** Where ids and secrets come from; tests may put a predictable source in its place. */
export abstract class Random {
  /** A time-ordered identifier: UUID version 7, lower case, 36 characters (RFC 9562 §5.7). */
  abstract id(): string;

  /** Unguessable bytes in base64url; 32 bytes make 43 characters. */
  abstract secret(bytes?: number): string;

  /** Unguessable decimal digits, for codes that people type. */
  abstract digits(length: number): string;
}

/** The operating system's generator. */
@Injectable()
export class SystemRandom extends Random {
  /** Fetched for many ids at a time, as asking the system for each costs more than the id; secrets never come from here. */
  private readonly forIds = Buffer.alloc(BYTES_OF_AN_ID * 400);
  private used = this.forIds.length;

  constructor(private readonly clock: Clock) {
    super();
  }

  id(): string {
    if (this.used === this.forIds.length) {
      randomFillSync(this.forIds);
      this.used = 0;
    }
    return uuidV7(this.clock.now(), this.forIds.subarray(this.used, (this.used += BYTES_OF_AN_ID)));
  }

  secret(bytes = SECRET_BYTES): string {
    return randomBytes(bytes).toString('base64url');
  }

  digits(length: number): string {
    return Array.from({ length }, () => String(randomInt(10))).join('');
  }
}

/** Lays out an instant and ten random bytes as a UUID of version 7 (RFC 9562 §5.7). */
export function uuidV7(instant: Date, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(instant.getTime(), 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
