import { connect as connectPlainly } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Injectable, Logger } from '@nestjs/common';
import { Client } from 'ldapts';
import { type BoundedWork, Overloaded, WorkQueues } from '#platform/crypto/index.js';
import { pinnedTo, VettedAddresses } from '#platform/http/index.js';
import type { Directory } from './directory.js';
import { DirectoriesRepository } from './directories.repository.js';
import { DirectoryUnavailable } from './directory-unavailable.js';

const TIMEOUT_MS = 5000;
const PORTS: Readonly<Record<string, number>> = { 'ldap:': 389, 'ldaps:': 636 };

/** Connections to directories: a few at a time, each for one sign-in, to addresses that may be reached. */
@Injectable()
export class LdapConnections {
  readonly #logger = new Logger('ldap');
  readonly #work: BoundedWork;

  constructor(
    queues: WorkQueues,
    private readonly addresses: VettedAddresses,
    private readonly directories: DirectoriesRepository,
  ) {
    this.#work = queues.open('directory', { what: 'a directory', parallel: 8, waiting: 64, retryAfterSeconds: 5 });
  }

  /** Does something with a connection of whoever searches there. */
  async within<T>(directory: Directory, work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await this.#work.run(() => this.#withClient(directory, work));
    } catch (error) {
      if (error instanceof Overloaded) throw error;
      this.#logger.error(`the directory ${directory.name} cannot be asked: ${reasonOf(error)}`);
      throw new DirectoryUnavailable(directory.name);
    }
  }

  async #withClient<T>(directory: Directory, work: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.#open(directory);
    try {
      return await work(client);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  }

  /** The first of its servers that answers, with whoever searches bound. */
  async #open(directory: Directory): Promise<Client> {
    const password = await this.directories.bindPassword(directory.id);
    let last: unknown = new Error('it has no address');
    for (const url of directory.urls) {
      const client = await this.#connected(directory, url).catch((error: unknown) => {
        last = error;
      });
      if (client === undefined) continue;
      try {
        await client.bind(directory.bindDn ?? '', directory.bindDn === undefined ? '' : (password ?? ''));
        return client;
      } catch (error) {
        last = error;
        await client.unbind().catch(() => undefined);
      }
    }
    throw last;
  }

  async #connected({ startTls, ca }: Directory, text: string): Promise<Client> {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = url.port === '' ? (PORTS[url.protocol] ?? 0) : Number(url.port);
    const lookup = pinnedTo(await this.addresses.of(host, port));
    const tls: ConnectionOptions = {
      minVersion: 'TLSv1.2',
      host,
      lookup,
      ...(ca === undefined ? {} : { ca }),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    };
    const client = new Client({
      url: `${url.protocol}//${url.hostname}:${port}`,
      timeout: TIMEOUT_MS,
      connectTimeout: TIMEOUT_MS,
      strictDN: false,
      ...(url.protocol === 'ldaps:' ? { tlsOptions: tls } : {}),
      createConnection: () => connectPlainly({ host, port, lookup }),
    });
    // RFC 4513 §3.1.1: before anything else is said, so that no password is sent in clear
    if (startTls) await client.startTLS(tls);
    return client;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message}`.slice(0, 300) : 'it failed';
}
