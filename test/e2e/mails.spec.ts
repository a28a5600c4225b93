import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Mails } from '#mails/index.js';
import { OutboxCourier } from '#platform/events/index.js';
import { Database, Transactions } from '#platform/database/index.js';
import { signUpMail } from '../../src/views/mails/sign-up.mail.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, uniqueName } from '../support/given.js';
import { MailServer } from '../support/mail-server.js';
import { privateAuthority, type PrivateAuthority } from '../support/private-authority.js';
import { startService, type TestService } from '../support/start-service.js';

const LINK = { path: '/sign-up?token=secret-of-the-mail', lifetimeSeconds: 1800 };

function send(service: TestService, to: string, locale?: string): Promise<void> {
  const mails = service.app.get(Mails, { strict: false });
  return service.app.get(Transactions, { strict: false }).run(() => mails.send(signUpMail, { to, locale, ...LINK }));
}

async function deliverDue(service: TestService): Promise<void> {
  await service.app.get(OutboxCourier, { strict: false }).deliverDue(new AbortController().signal);
}

/** Waits until the log tells what came of a delivery. */
async function told(service: TestService, text: string): Promise<void> {
  await expect.poll(() => service.logs.text, { timeout: 10_000 }).toContain(text);
}

describe('mails by SMTP', () => {
  let authority: PrivateAuthority;

  beforeAll(async () => {
    authority = await privateAuthority('localhost');
  });

  afterAll(() => {
    authority.remove();
  });

  const certificate = () => ({ key: readFileSync(authority.keyFile), cert: readFileSync(authority.certFile) });

  /** A service that sends by this server, of a company called Acmé. */
  async function withServer(
    server: MailServer,
    env: (port: number) => NodeJS.ProcessEnv,
    story: (service: TestService) => Promise<void>,
  ): Promise<void> {
    const service = await startService({
      env: { COMPANY_NAME: 'Acmé', MAIL_FROM: 'no-reply@acme.example', ...env(server.port) },
    });
    try {
      await story(service);
    } finally {
      await service.close();
      await server.close();
    }
  }

  it('carries text and HTML in the language of its reader, and the links of it stay out of the log', async () => {
    const server = await MailServer.start();
    await withServer(
      server,
      (port) => ({ SMTP_URL: `smtp://127.0.0.1:${port}` }),
      async (service) => {
        await send(service, 'alice@mail.example', 'zh-CN');
        const mail = await server.mailTo('alice@mail.example');
        expect(mail.headers.get('subject')).toBe('创建你的 Acmé 账号');
        expect(mail.text).toContain('想用这个邮箱在 Acmé 创建账号');
        expect(mail.html).toContain('想用这个邮箱在 Acmé 创建账号');
        expect(service.logs.text).not.toContain('secret-of-the-mail');
      },
    );
  });

  it('goes under TLS from the first byte to a server that the operator trusts, and says that no person wrote it (RFC 5322 §3.6, RFC 3834 §5)', async () => {
    const server = await MailServer.start({ secure: true, ...certificate() });
    await withServer(
      server,
      (port) => ({ SMTP_URL: `smtps://localhost:${port}`, OUTBOUND_CA_FILE: authority.caFile }),
      async (service) => {
        await send(service, 'alice@mail.example', 'en-GB');
        const mail = await server.mailTo('alice@mail.example');
        expect(mail.secure).toBe(true);
        expect(mail.from).toBe('no-reply@acme.example');
        expect(mail.headers.get('from')).toBe('Acmé <no-reply@acme.example>');
        expect(mail.headers.get('to')).toBe('alice@mail.example');
        expect(mail.headers.get('subject')).toBe('Make your Acmé account');
        expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
        expect(mail.headers.get('content-language')).toBe('en');
        expect(mail.headers.get('message-id')).toMatch(/^<[0-9a-f-]{36}@127\.0\.0\.1>$/);
        expect(new Date(mail.headers.get('date') ?? '')).toEqual(service.clock.now());
        expect(mail.text).toContain(service.url(LINK.path));
        expect(mail.html).toContain(`href="${service.url(LINK.path)}"`);
      },
    );
  });

  it('turns to TLS with STARTTLS before it signs in (RFC 3207 §4)', async () => {
    const signIns: { secure: boolean; username: string | undefined }[] = [];
    const server = await MailServer.start({
      ...certificate(),
      authOptional: false,
      onAuth: ({ username }, { secure }, done) => {
        signIns.push({ secure, username });
        done(null, { user: username });
      },
    });
    await withServer(
      server,
      (port) => ({ SMTP_URL: `smtp://mailer:pass@localhost:${port}`, OUTBOUND_CA_FILE: authority.caFile }),
      async (service) => {
        await send(service, 'alice@mail.example');
        expect((await server.mailTo('alice@mail.example')).secure).toBe(true);
        expect(signIns).toEqual([{ secure: true, username: 'mailer' }]);
      },
    );
  });

  it('tells nothing to a server whose certificate nobody trusts, and tries again later', async () => {
    const server = await MailServer.start({ secure: true, ...certificate() });
    await withServer(
      server,
      (port) => ({ SMTP_URL: `smtps://localhost:${port}` }),
      async (service) => {
        await send(service, 'alice@mail.example');
        await told(service, 'a delivery is tried again');
        expect(server.attempts).toBe(0);
      },
    );
  });

  describe('refused (RFC 5321 §4.2.1)', () => {
    it.each([
      { at: 'recipient', code: 450 },
      { at: 'data', code: 452 },
    ] as const)('with $code at $at is tried again, as the same message', async (refusal) => {
      const server = await MailServer.start();
      server.refusal = refusal;
      await withServer(
        server,
        (port) => ({ SMTP_URL: `smtp://127.0.0.1:${port}` }),
        async (service) => {
          await send(service, 'alice@mail.example');
          await told(service, 'a delivery is tried again');
          server.refusal = undefined;
          service.clock.advance('10s');
          await deliverDue(service);
          await server.mailTo('alice@mail.example');
          expect(server.received).toHaveLength(1);
        },
      );
    });

    it.each([
      { at: 'recipient', code: 550 },
      { at: 'data', code: 554 },
    ] as const)('with $code at $at is given up, and the address is not in the log', async (refusal) => {
      const server = await MailServer.start();
      server.refusal = refusal;
      await withServer(
        server,
        (port) => ({ SMTP_URL: `smtp://127.0.0.1:${port}` }),
        async (service) => {
          await send(service, 'alice@mail.example');
          await told(service, 'a delivery failed for good');
          service.clock.advance('2h');
          const before = server.attempts;
          await deliverDue(service);
          expect(server.attempts).toBe(before);
          expect(service.logs.text).not.toContain('alice@mail.example');
        },
      );
    });
  });

  it.each(['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', '<a@b.example>', 'a', ''])(
    'is for one mailbox: %j is refused before anything is written',
    async (to) => {
      const service = await startService();
      await expect(send(service, to)).rejects.toThrow('not one mailbox');
      await service.close();
    },
  );
});

onEveryDatabase('mails of a developer without a mail server', (running) => {
  let to: string;

  beforeEach(async () => {
    to = `${uniqueName('dev')}@mail.example`;
    await send(running.service, to);
  });

  it('are on a page, the newest first, with their HTML in a frame of its own', async () => {
    const browser = aBrowser(running.service);
    const page = await browser.visit(running.service.url('/dev/mails'));
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.html.words).toContain(to);
    expect(page.html.words.indexOf(to)).toBeLessThan(400);
    expect(page.html.words).toContain(running.service.url(LINK.path));
    const frame = page.html.tags.find(({ name }) => name === 'iframe');
    expect(frame?.attributes.get('sandbox')).not.toMatch(/allow-scripts|allow-same-origin|top-navigation/);
    const document = await browser.visit(new URL(frame?.attributes.get('src') ?? '', running.service.issuer).href);
    expect(document.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(document.html.words).toContain('Go on');
  });

  it('are in the log', async () => {
    await told(running.service, to);
    expect(running.service.logs.text).toContain(LINK.path);
  });

  it('leave no secret in a table', async () => {
    const rows: unknown = await running.service.app
      .get(Database, { strict: false })
      .dataSource.query('SELECT payload FROM outbox');
    expect(JSON.stringify(rows)).not.toContain('secret-of-the-mail');
    expect(JSON.stringify(rows)).not.toContain(to);
  });

  it('are not shown through a proxy', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect((await fetch(running.service.url('/dev/mails'), { headers })).status).toBe(404);
  });

  it('are bounded: fifty at most', async () => {
    for (let count = 0; count < 52; count++) await send(running.service, to);
    const page = await aBrowser(running.service).visit(running.service.url('/dev/mails'));
    expect(page.html.tags.filter(({ name }) => name === 'iframe')).toHaveLength(50);
  });
});

describe('mails of a service that cannot send any', () => {
  it('are not written, and there is no page of them', async () => {
    const service = await startService({ env: { ISSUER: 'https://login.corp.test', SECRET_KEYS: 'a'.repeat(43) } });
    const port = service.settings.server.port;
    expect(service.app.get(Mails, { strict: false }).available).toBe(false);
    await send(service, 'alice@mail.example');
    const local = `http://127.0.0.1:${port}`;
    expect((await fetch(`${local}/dev/mails`)).status).toBe(404);
    const ready = (await (await fetch(`${local}/health/ready`)).json()) as { notes: string[] };
    expect(ready.notes).toEqual([expect.stringContaining('SMTP_URL')]);
    await service.close();
  });

  it('are not shown when a mail server is set, on a development issuer either', async () => {
    const service = await startService({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
    expect((await fetch(service.url('/dev/mails'))).status).toBe(404);
    await service.close();
  });
});
