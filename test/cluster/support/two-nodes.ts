import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Balancer } from '../../support/balancer.js';
import { basic, BareClient, encoded, post, type Parameters, type SentRequest } from '../../support/bare-client.js';
import { DEPLOYMENT_KEYS, deploymentSeed, LOADED_CLIENT } from '../../support/served-deployment.js';
import { ServiceProcess } from '../../support/service-process.js';
import { freePort } from '../../support/start-service.js';
import type { UserAgent } from '../../support/user-agent.js';
import { GaleraCluster } from './galera-cluster.js';

const AUTOMATION = { id: 'automation', secret: 'k7Qp2mXv9sLr4wTz8bNc3fHj6dGy1aEu' };

/** The application as it meets one process, while browsers know all of them by the issuer. */
class ClientAtNode extends BareClient {
  override request(wish: Parameters = {}): SentRequest {
    const sent = super.request(wish);
    return { ...sent, url: sent.url.replace(this.service.url(''), this.service.issuer) };
  }
}

/** Two processes of one service, each at a node of its own; the third node has none. */
export class TwoNodes {
  private constructor(
    readonly issuer: string,
    readonly cluster: GaleraCluster,
    readonly processes: readonly [ServiceProcess, ServiceProcess],
    readonly ports: readonly [number, number],
    readonly balancer: Balancer,
    private readonly folder: string,
  ) {}

  static async start(users: number): Promise<TwoNodes> {
    const cluster = await GaleraCluster.start();
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cluster-'));
    try {
      await cluster.node(0).query('CREATE DATABASE gatehouse CHARACTER SET utf8mb4');
      writeFileSync(join(folder, 'seed.json'), JSON.stringify(deploymentSeed(users)));
      const [front, first, second] = await Promise.all([freePort(), freePort(), freePort()]);
      const issuer = `http://127.0.0.1:${front}`;
      const start = (port: number, at: number): Promise<ServiceProcess> =>
        ServiceProcess.start(port, {
          ISSUER: issuer,
          DATABASE_URL: cluster.node(at).url('gatehouse'),
          SECRET_KEYS: DEPLOYMENT_KEYS,
          SEED_FILE: join(folder, 'seed.json'),
          ADMIN_CLIENT_ID: AUTOMATION.id,
          ADMIN_CLIENT_SECRET: AUTOMATION.secret,
        });
      // Both at once on an empty database: they migrate, seed and make keys as one.
      const processes = await Promise.all([start(first, 0), start(second, 1)]);
      const balancer = await Balancer.start(front, [first, second]);
      return new TwoNodes(issuer, cluster, processes, [first, second], balancer, folder);
    } catch (error) {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.balancer.stop();
    await Promise.all(this.processes.map((one) => one.stop()));
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The processes in turn. */
  one(index: number): ServiceProcess {
    return this.processes[index % 2 === 0 ? 0 : 1];
  }

  /** The application, as the processes meet it in turn. */
  at(index: number): BareClient {
    return new ClientAtNode(this.one(index), LOADED_CLIENT);
  }

  atBoth<T>(act: (client: BareClient) => Promise<T>): Promise<[T, T]> {
    return Promise.all([act(this.at(0)), act(this.at(1))]);
  }

  /** A browser as another process meets it: the same cookies. */
  elsewhere(browser: UserAgent, index: number): UserAgent {
    const copy = this.one(index).browser();
    const issuer = new URL(this.issuer);
    const cookies = (browser.cookies.header(issuer) ?? '').split('; ').map((pair) => `${pair}; Path=/`);
    copy.cookies.take(issuer, cookies);
    return copy;
  }

  async adminToken(): Promise<string> {
    const body = encoded({ grant_type: 'client_credentials' });
    const authorization = basic(AUTOMATION.id, AUTOMATION.secret);
    const answer = await post(this.one(0), '/oauth2/token', body, { authorization });
    if (answer.status !== 200) throw new Error(answer.text);
    return String(answer.body['access_token']);
  }

  /** Renames the application over REST at a process, if it still is the version that is known. */
  rename(token: string, index: number, name: string, version?: string): Promise<Response> {
    return fetch(this.one(index).url(`/api/v1/clients/${LOADED_CLIENT.clientId}`), {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/merge-patch+json',
        ...(version === undefined ? {} : { 'if-match': version }),
      },
      body: JSON.stringify({ client_name: name }),
    });
  }
}
