/** Where a syslog server is, and how it is spoken to. */
export interface SyslogTarget {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly host: string;
  readonly port: number;
}

/** Where the record of what happened is told, beside the database. */
export class AuditStreamSettings {
  declare readonly file?: string;
  declare readonly syslog?: SyslogTarget;

  constructor(values: { readonly file?: string; readonly syslog?: SyslogTarget }) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}
