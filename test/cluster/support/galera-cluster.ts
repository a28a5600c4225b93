import { existsSync } from 'node:fs';
import { MariadbServer } from '../../support/mariadb-server.js';
import { freePort } from '../../support/start-service.js';

const PROVIDER = '/usr/lib/galera/libgalera_smm.so';
const NODES = [1, 2, 3] as const;
const SYNCED = "SHOW STATUS WHERE Variable_name = 'wsrep_local_state_comment' AND Value = 'Synced'";

interface Ports {
  readonly sql: number;
  readonly group: number;
  readonly increments: number;
  readonly state: number;
}

/** Three database servers on this machine that are one database. */
export class GaleraCluster {
  private constructor(readonly nodes: readonly MariadbServer[]) {}

  /** Starts the cluster; the servers end with this process. */
  static async start(): Promise<GaleraCluster> {
    if (!existsSync(PROVIDER)) throw new Error(`${PROVIDER} is not there: is galera-4 installed?`);
    const ports = await Promise.all(NODES.map(freePorts));
    const members = ports.map(({ group }) => `127.0.0.1:${group}`).join(',');
    const nodes: MariadbServer[] = [];
    for (const [at, own] of ports.entries()) {
      const flags = flagsOf(`node-${at + 1}`, own, members);
      nodes.push(MariadbServer.make(own.sql, flags, nodes[0]));
    }
    const cluster = new GaleraCluster(nodes);
    try {
      await cluster.node(0).start(['--wsrep-new-cluster'], SYNCED);
      await cluster.bringBack(1);
      await cluster.bringBack(2);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  node(at: number): MariadbServer {
    const node = this.nodes[at];
    if (node === undefined) throw new Error(`the cluster has no node ${at}`);
    return node;
  }

  /** Starts a node that does not run, and waits until it has caught up with the others. */
  async bringBack(at: number): Promise<void> {
    await this.node(at).start([], SYNCED);
  }

  /** A counter of a node, by its name. */
  async status(at: number, name: string): Promise<string> {
    const [row] = await this.node(at).query(`SHOW GLOBAL STATUS LIKE '${name}'`);
    return String(row?.['Value']);
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.drop()));
  }
}

async function freePorts(): Promise<Ports> {
  const [sql, group, increments, state] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  return { sql, group, increments, state };
}

/** What Galera needs, and how it is told of the loss of a node within seconds. */
function flagsOf(name: string, { group, increments, state }: Ports, members: string): string[] {
  const options = [
    `base_port=${group}`,
    `gmcast.listen_addr=tcp://127.0.0.1:${group}`,
    `ist.recv_addr=127.0.0.1:${increments}`,
    'gcache.size=64M',
    'evs.suspect_timeout=PT3S',
  ];
  return [
    '--binlog-format=ROW',
    '--default-storage-engine=InnoDB',
    '--innodb-autoinc-lock-mode=2',
    '--wsrep-on=ON',
    `--wsrep-provider=${PROVIDER}`,
    '--wsrep-cluster-name=gatehouse',
    `--wsrep-cluster-address=gcomm://${members}`,
    `--wsrep-node-name=${name}`,
    `--wsrep-node-address=127.0.0.1:${group}`,
    '--wsrep-sst-method=rsync',
    // Whoever gives its state to another one waits meanwhile; nobody is served by the third.
    '--wsrep-sst-donor=node-3,',
    `--wsrep-sst-receive-address=127.0.0.1:${state}`,
    `--wsrep-provider-options=${options.join(';')}`,
  ];
}
