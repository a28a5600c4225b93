import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Change, Client, Attribute } from 'ldapts';
import { freePort } from './start-service.js';

const SLAPD = '/usr/sbin/slapd';
const certificate = (name: string): string => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

/** What an entry has, by the names of its attributes. */
export type LdapAttributes = Readonly<Record<string, string | string[]>>;

/** An OpenLDAP server of Debian on ports of this machine, with data of its own, thrown away at the end. */
export class LdapServer {
  static readonly baseDn = 'dc=example,dc=test';
  static readonly admin = { dn: `cn=admin,${LdapServer.baseDn}`, password: 'the directory is mine' };
  static readonly isInstalled: boolean = existsSync(SLAPD);
  /** The authority that its certificate is from. */
  static readonly caFile = certificate('ca.pem');

  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    readonly securePort: number,
  ) {}

  static async start(): Promise<LdapServer> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-slapd-'));
    const server = new LdapServer(folder, await freePort(), await freePort());
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'slapd.conf'), configuration(folder));
    await server.resume();
    await server.add(LdapServer.baseDn, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' });
    for (const ou of ['people', 'groups']) {
      await server.add(`ou=${ou},${LdapServer.baseDn}`, { objectClass: 'organizationalUnit', ou });
    }
    return server;
  }

  get url(): string {
    return `ldap://localhost:${this.port}`;
  }

  get secureUrl(): string {
    return `ldaps://localhost:${this.securePort}`;
  }

  /** What a service needs to reach this server. */
  get allowed(): string {
    return `localhost:${this.port},localhost:${this.securePort}`;
  }

  /** Adds somebody who can bind with the password. */
  async addPerson(uid: string, password: string, more: LdapAttributes = {}): Promise<string> {
    const dn = `uid=${uid},ou=people,${LdapServer.baseDn}`;
    const names = { uid, cn: `${uid} Example`, sn: 'Example', givenName: uid, mail: `${uid}@example.test` };
    await this.add(dn, { objectClass: 'inetOrgPerson', userPassword: password, ...names, ...more });
    return dn;
  }

  async addGroup(cn: string, ...members: string[]): Promise<string> {
    const dn = `cn=${cn},ou=groups,${LdapServer.baseDn}`;
    await this.add(dn, { objectClass: 'groupOfNames', cn, member: members });
    return dn;
  }

  add(dn: string, attributes: LdapAttributes): Promise<void> {
    return this.asAdmin((client) => client.add(dn, { ...attributes }));
  }

  remove(dn: string): Promise<void> {
    return this.asAdmin((client) => client.del(dn));
  }

  rename(dn: string, rdn: string): Promise<void> {
    return this.asAdmin((client) => client.modifyDN(dn, rdn));
  }

  replace(dn: string, type: string, ...values: string[]): Promise<void> {
    const change = new Change({ operation: 'replace', modification: new Attribute({ type, values }) });
    return this.asAdmin((client) => client.modify(dn, change));
  }

  /** Stops answering; its data stay. */
  async pause(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** Answers, again if it was paused. */
  async resume(): Promise<void> {
    const urls = `ldap://127.0.0.1:${this.port} ldaps://127.0.0.1:${this.securePort}`;
    this.child = spawn(SLAPD, ['-f', join(this.folder, 'slapd.conf'), '-h', urls, '-d', '0'], { stdio: 'ignore' });
    await this.answers();
  }

  async close(): Promise<void> {
    await this.pause();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.asAdmin(() => Promise.resolve());
        return;
      } catch (error) {
        if (attempt > 100 || this.child?.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  private async asAdmin(work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ url: `ldap://127.0.0.1:${this.port}`, connectTimeout: 5000 });
    try {
      await client.bind(LdapServer.admin.dn, LdapServer.admin.password);
      await work(client);
    } finally {
      await client.unbind();
    }
  }
}

/** What people of Active Directory have, as Microsoft documents it. */
const ACTIVE_DIRECTORY = [
  "attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )",
  "attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )",
  "attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )",
  "attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )",
  "objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL MAY ( sAMAccountName $ userPrincipalName $ objectGUID $ userAccountControl ) )",
];

function configuration(folder: string): string {
  const schemas = ['core', 'cosine', 'inetorgperson'];
  return [
    ...schemas.map((name) => `include /etc/ldap/schema/${name}.schema`),
    ...ACTIVE_DIRECTORY,
    `pidfile ${join(folder, 'slapd.pid')}`,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    'moduleload memberof',
    `TLSCACertificateFile ${certificate('ca.pem')}`,
    `TLSCertificateFile ${certificate('localhost.pem')}`,
    `TLSCertificateKeyFile ${certificate('localhost.key.pem')}`,
    'database mdb',
    `suffix "${LdapServer.baseDn}"`,
    `rootdn "${LdapServer.admin.dn}"`,
    `rootpw "${LdapServer.admin.password}"`,
    `directory ${join(folder, 'data')}`,
    'access to attrs=userPassword by anonymous auth by * none',
    'access to * by users read by anonymous auth',
    'overlay memberof',
    '',
  ].join('\n');
}
