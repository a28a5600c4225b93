import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import type { HostAddress } from './outbound-addresses.js';

/** Which addresses a host name has. */
export abstract class HostNames {
  abstract addressesOf(host: string): Promise<readonly HostAddress[]>;
}

/** The resolver of the machine. */
@Injectable()
export class SystemHostNames extends HostNames {
  addressesOf(host: string): Promise<readonly HostAddress[]> {
    return lookup(host, { all: true });
  }
}
