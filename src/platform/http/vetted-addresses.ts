import type { LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { IssuerSettings, OutboundSettings } from '#platform/config/index.js';
import { HostNames } from './host-names.js';
import { type HostAddress, OutboundExceptions } from './outbound-addresses.js';
import { Refused } from './outbound-destination.js';

/** Looks a host up once, for what is not HTTP: nothing private is reached that OUTBOUND_ALLOW does not name (RFC 9700 §4.15). */
@Injectable()
export class VettedAddresses {
  private readonly exceptions: OutboundExceptions;

  constructor(
    private readonly hosts: HostNames,
    settings: OutboundSettings,
    issuer: IssuerSettings,
  ) {
    this.exceptions = new OutboundExceptions(settings.allow, issuer.kind !== 'production');
  }

  /** All addresses of the host or none: one bad among them shows that the name cannot be trusted. */
  async of(host: string, port: number): Promise<readonly HostAddress[]> {
    const addresses = await this.hosts.addressesOf(host);
    if (addresses.length === 0) throw new Refused('the host has no address');
    const bad = addresses.find(({ address }) => !this.exceptions.allows(host, port, address));
    if (bad === undefined) return addresses;
    throw new Refused(`${bad.address} is not a public address, nor in OUTBOUND_ALLOW`);
  }
}

/** A look-up that knows the answer already, so that no second one can differ from what was vetted. */
export function pinnedTo(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
