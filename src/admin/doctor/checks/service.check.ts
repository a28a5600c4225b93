import type { IssuerSettings } from '#platform/config/index.js';
import { type Check, green, type Judgement, red } from '../check.js';
import type { HttpAnswer, HttpProbe } from '../http-probe.js';

/** Whether the service answers at its issuer, and says that it is ready. */
export class ServiceCheck implements Check {
  readonly name = 'service';
  readonly needs = [];

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly http: HttpProbe,
  ) {}

  async examine(): Promise<Judgement> {
    try {
      return this.judge(await this.http.get(this.issuer.url('/health/ready')));
    } catch (error) {
      return unreachable(error);
    }
  }

  private judge({ status, body }: HttpAnswer): Judgement {
    const url = this.issuer.url('/health/ready');
    if (status === 200) return green('answers and is ready');
    if (status === 503) return red(`is not ready: ${failedChecks(body)}`, 'Look into the log of the service.');
    if (status === 400 && this.issuer.secure) {
      const says = 'a proxy tells the service that this request came over http, though the issuer is https';
      return red(says, 'Let the proxy set X-Forwarded-Proto to the scheme that it was asked with: https.');
    }
    const says = `${url} answers ${status}, as no Gatehouse would`;
    return red(says, 'Look whether ISSUER is the address that leads to this service, its path included.');
  }
}

function failedChecks(body: string): string {
  try {
    const { checks = {} } = JSON.parse(body) as { checks?: Record<string, string> };
    const failed = Object.entries(checks).filter(([, outcome]) => outcome !== 'ok');
    return failed.length === 0 ? 'it does not say why' : failed.map(([name]) => name).join(', ');
  } catch {
    return 'it does not say why';
  }
}

function unreachable(error: unknown): Judgement {
  const { code = '', message } = error as { code?: string; message?: string };
  const says = `cannot be reached: ${code === '' ? (message ?? String(error)) : code}`;
  if (code.includes('CERT') || code.includes('TLS') || code.includes('SIGNATURE') || code.includes('ISSUER')) {
    return red(says, 'Give the service a certificate for the host of ISSUER; name a private CA in OUTBOUND_CA_FILE.');
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return red(says, 'Make the host of ISSUER known to DNS.');
  return red(says, 'Start the service, and look whether ISSUER, PORT, HOST and the proxy agree.');
}
