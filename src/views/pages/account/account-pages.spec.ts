import { describe, expect, it } from 'vitest';
import { account, acmeViews, client, form } from '../../sample-parts.spec-support.js';
import { ApplicationsPage } from './applications.page.js';
import { SessionsPage } from './sessions.page.js';

const views = acmeViews();

describe('an approval on the applications page', () => {
  const since = new Date('2026-05-03T10:00:00Z');
  const page = (until?: Date) =>
    views.render(
      ApplicationsPage,
      {
        ...form,
        account,
        otherReceipts: [],
        otherReceived: [],
        applications: [
          {
            id: 'one',
            client,
            givenBy: 'user',
            receipts: [],
            received: [],
            scopes: [{ name: 'email', title: 'E-mail', since, until, optional: false }],
          },
        ],
      },
      'en',
    );

  it('says since when and until when, or that it was for one time', () => {
    expect(page().replace(/<[^>]+>/g, '')).toContain('since 3 May 2026');
    expect(page(new Date('2026-06-02T10:00:00Z')).replace(/<[^>]+>/g, '')).toContain(
      'since 3 May 2026 until 2 June 2026',
    );
    expect(page(since).replace(/<[^>]+>/g, '')).toContain('on 3 May 2026, for that time only');
  });
});

describe('what is ended at the account', () => {
  it('ends an approval or a session with a button that says of what', () => {
    const scopes = [{ name: 'email', title: 'E-mail', since: new Date(0), optional: true }];
    const applications = [{ id: 'one', client, scopes, givenBy: 'user' as const, receipts: [], received: [] }];
    const approvals = views.render(
      ApplicationsPage,
      { ...form, account, applications, otherReceipts: [], otherReceived: [] },
      'en',
    );
    expect(approvals).toMatch(/name="id" value="one".*name="action" value="withdraw".*of Travel Desk/);
    expect(approvals).toMatch(/name="scope" value="email" checked.*name="action" value="narrow".*of Travel Desk/);
    const times = { startedAt: new Date(0), lastSeenAt: new Date(0) };
    const sessions = [
      { id: 'one', current: true, ...times },
      { id: 'two', current: false, userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0', ...times },
    ];
    const browsers = views.render(SessionsPage, { ...form, account, sessions }, 'en');
    expect(browsers).toContain('Firefox on Linux');
    expect(browsers.match(/name="action" value="end"/g)).toHaveLength(1);
  });
});
