import { request as plainRequest, type IncomingMessage } from 'node:http';
import { Agent, type AgentOptions, request } from 'node:https';
import { createSecureContext } from 'node:tls';
import { Injectable } from '@nestjs/common';
import { IssuerSettings, OutboundSettings, trustedCertificates } from '#platform/config/index.js';
import { HostNames } from './host-names.js';
import { addressKind, type HostAddress, OutboundExceptions } from './outbound-addresses.js';
import { answerProblem, formatProblem } from './outbound-answers.js';
import { type Destination, destinationOf, literalAddress, Refused } from './outbound-destination.js';
import { leaving } from './outgoing-channel.js';
import { pinnedTo } from './vetted-addresses.js';

/** What came of asking: the body of a good answer, or why there is none, for the operator's eyes alone. */
export type OutboundAnswer =
  { readonly outcome: 'answered'; readonly body: Buffer } | { readonly outcome: 'failed'; readonly detail: string };

/** What came of sending: the status of whatever was answered, or why nothing was, for the operator's eyes alone. */
export type OutboundReceipt =
  { readonly outcome: 'answered'; readonly status: number } | { readonly outcome: 'failed'; readonly detail: string };

/** What came of an exchange: the status and the body of whatever was answered, or why nothing was, for the operator's eyes alone. */
export type OutboundExchange =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: Buffer }
  | { readonly outcome: 'failed'; readonly detail: string };

/** What is asked of somebody who answers in a format of theirs, refusals included. */
export interface OutboundQuestion {
  readonly url: string;
  /** The media types that are understood, the one that is preferred first. */
  readonly mediaTypes: readonly string[];
  /** Sent by POST; without it, it is a GET. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** Such as the credentials that the other side gave us. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The one way out, for URLs that clients chose: nothing private is reached, and nothing is waited for long (RFC 9700 §4.15). */
export abstract class OutboundHttp {
  /** Asks for a document of one of these media types; anything but 200 with one of them has failed. */
  abstract get(
    url: string,
    mediaTypes: readonly string[],
    headers?: Readonly<Record<string, string>>,
  ): Promise<OutboundAnswer>;

  /** Sends a form; what is answered to it is not read, and a redirect is not followed. */
  abstract post(url: string, form: Readonly<Record<string, string>>): Promise<OutboundReceipt>;

  /** Asks for a page only to learn whether anybody answers; nothing of it is read, and a redirect is not followed. */
  abstract knock(url: string): Promise<OutboundReceipt>;

  /** Sends a message as it is, and else does as `post`. */
  abstract send(url: string, message: OutboundMessage): Promise<OutboundReceipt>;

  /** Asks and reads whatever is answered in one of the media types, whatever its status; a redirect is not followed. */
  abstract exchange(question: OutboundQuestion): Promise<OutboundExchange>;

  /** Why nothing will ever be sent to a URL, as far as it can be told without asking the network; nothing if it may. */
  abstract problem(url: string): string | undefined;
}

/** A message that leaves as it is. */
export interface OutboundMessage {
  readonly body: string;
  readonly mediaType: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long a request that leaves may take in all, and how much it may bring back. */
@Injectable()
export class OutboundLimits {
  readonly milliseconds: number = 5000;
  readonly bytes: number = 64 * 1024;
}

/** What is sent there. */
interface Message {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: Buffer;
}

/** The guarded door: https to addresses that were looked up once, vetted, and are the ones connected to. */
@Injectable()
export class GuardedHttp extends OutboundHttp {
  private readonly exceptions: OutboundExceptions;
  private agent: Agent | undefined;

  constructor(
    private readonly hosts: HostNames,
    private readonly limits: OutboundLimits,
    private readonly settings: OutboundSettings,
    private readonly issuer: IssuerSettings,
  ) {
    super();
    this.exceptions = new OutboundExceptions(settings.allow, issuer.kind !== 'production');
  }

  async get(
    url: string,
    mediaTypes: readonly string[],
    headers: Readonly<Record<string, string>> = {},
  ): Promise<OutboundAnswer> {
    const deadline = AbortSignal.timeout(this.limits.milliseconds);
    const accept = mediaTypes.join(', ');
    try {
      const answer = await this.ask(url, { method: 'GET', headers: { ...headers, accept } }, deadline);
      const body = await before(deadline, this.readAll(answer, answerProblem(answer, mediaTypes)));
      deadline.throwIfAborted(); // an answer without a length looks whole when the connection is cut
      return { outcome: 'answered', body };
    } catch (error) {
      return { outcome: 'failed', detail: deadline.aborted ? 'it took too long' : reason(error) };
    }
  }

  post(url: string, form: Readonly<Record<string, string>>): Promise<OutboundReceipt> {
    const body = new URLSearchParams({ ...form }).toString();
    return this.send(url, { body, mediaType: 'application/x-www-form-urlencoded', headers: {} });
  }

  knock(url: string): Promise<OutboundReceipt> {
    return this.receipt(url, { method: 'GET', headers: { accept: '*/*' } });
  }

  send(url: string, message: OutboundMessage): Promise<OutboundReceipt> {
    const body = Buffer.from(message.body);
    const headers = { ...message.headers, 'content-type': message.mediaType, 'content-length': body.length };
    return this.receipt(url, { method: 'POST', headers, body });
  }

  async exchange({ url, mediaTypes, form, headers = {} }: OutboundQuestion): Promise<OutboundExchange> {
    const deadline = AbortSignal.timeout(this.limits.milliseconds);
    try {
      const answer = await this.ask(url, messageOf(form, { accept: mediaTypes.join(', '), ...headers }), deadline);
      const body = await before(deadline, this.readAll(answer, formatProblem(answer, mediaTypes)));
      deadline.throwIfAborted();
      return { outcome: 'answered', status: answer.statusCode ?? 0, body };
    } catch (error) {
      return { outcome: 'failed', detail: deadline.aborted ? 'it took too long' : reason(error) };
    }
  }

  problem(url: string): string | undefined {
    try {
      const destination = destinationOf(url, this.issuer.kind === 'development');
      const address = literalAddress(destination.host);
      if (address !== undefined) this.vet(destination, [address]);
      return undefined;
    } catch (error) {
      return reason(error);
    }
  }

  private async receipt(url: string, message: Message): Promise<OutboundReceipt> {
    const deadline = AbortSignal.timeout(this.limits.milliseconds);
    try {
      const answer = await this.ask(url, message, deadline);
      answer.destroy();
      return { outcome: 'answered', status: answer.statusCode ?? 0 };
    } catch (error) {
      return { outcome: 'failed', detail: deadline.aborted ? 'it took too long' : reason(error) };
    }
  }

  /** The beginning of what is answered. */
  private async ask(url: string, message: Message, deadline: AbortSignal): Promise<IncomingMessage> {
    const destination = destinationOf(url, this.issuer.kind === 'development');
    const addresses = await before(deadline, this.vettedAddresses(destination));
    const { method } = message;
    const send = (added: Readonly<Record<string, string>>): Promise<IncomingMessage> =>
      this.leave(destination, addresses, { ...message, headers: { ...added, ...message.headers } }, deadline);
    return before(deadline, leaving({ ...destination, method }, send));
  }

  private async vettedAddresses(destination: Destination): Promise<readonly HostAddress[]> {
    const addresses = await this.hosts.addressesOf(destination.host);
    this.vet(destination, addresses);
    return addresses;
  }

  /** All addresses of the host or none: one bad among them shows that the name cannot be trusted. */
  private vet({ secure, host, port }: Destination, addresses: readonly HostAddress[]): void {
    if (addresses.length === 0) throw new Refused('the host has no address');
    const bad = addresses.find(({ address }) => !this.exceptions.allows(host, port, address));
    if (bad !== undefined) throw new Refused(`${bad.address} is not a public address, nor in OUTBOUND_ALLOW`);
    // RFC 8252 §8.3: what stays on this machine needs no TLS
    if (!secure && addresses.some(({ address }) => addressKind(address) !== 'loopback')) {
      throw new Refused('it is not an https URL, and does not lead to this very machine');
    }
  }

  private leave(
    { secure, host, port, path }: Destination,
    addresses: readonly HostAddress[],
    { method, headers: own, body }: Message,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const headers = { ...own, 'accept-encoding': 'identity', 'user-agent': 'Gatehouse' };
    return new Promise((resolve, reject) => {
      // A host that is an address is connected to without a look-up, and was vetted itself.
      const lookup = pinnedTo(addresses);
      const options = { host, port, path, method, headers, signal, lookup };
      const sent = secure
        ? request({ ...options, agent: this.trusting() }, resolve)
        : plainRequest({ ...options, agent: false }, resolve);
      sent.on('error', reject).end(body);
    });
  }

  private async readAll(answer: IncomingMessage, problem: string | undefined): Promise<Buffer> {
    try {
      if (problem !== undefined) throw new Refused(problem);
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const part of answer as AsyncIterable<Buffer>) {
        bytes += part.length;
        if (bytes > this.limits.bytes) throw new Refused(`the answer is longer than ${this.limits.bytes} bytes`);
        parts.push(part);
      }
      return Buffer.concat(parts);
    } finally {
      answer.destroy();
    }
  }

  /** Made at the first use: reading the authorities takes a while. Connections and TLS sessions are not kept. */
  private trusting(): Agent {
    this.agent ??= new Agent({ keepAlive: false, maxCachedSessions: 0, ...trust(this.settings) });
    return this.agent;
  }
}

function trust(settings: OutboundSettings): AgentOptions {
  const ca = trustedCertificates(settings);
  return ca === undefined ? {} : { secureContext: createSecureContext({ ca }) };
}

function messageOf(
  form: Readonly<Record<string, string>> | undefined,
  headers: Readonly<Record<string, string>>,
): Message {
  if (form === undefined) return { method: 'GET', headers };
  const body = Buffer.from(new URLSearchParams({ ...form }).toString());
  const own = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  return { method: 'POST', headers: { ...headers, ...own }, body };
}

function before<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  const passed = new Promise<never>((_resolve, reject) => {
    deadline.addEventListener('abort', () => {
      reject(new Refused('it took too long'));
    });
  });
  return Promise.race([work, passed]);
}

function reason(error: unknown): string {
  if (error instanceof Refused) return error.message;
  return error instanceof Error && 'code' in error
    ? `the request failed with ${String(error.code)}`
    : 'the request failed';
}
