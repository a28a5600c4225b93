import { AppsPage } from './pages/account/apps.page.js';
import { ReceiptPage } from './pages/account/receipt.page.js';
import { ProfilePage } from './pages/account/profile.page.js';
import { AccountPage } from './pages/account/overview.page.js';
import { ApplicationsPage } from './pages/account/applications.page.js';
import { OwnPasswordPage } from './pages/account/password.page.js';
import { HISTORY_KINDS } from './history-kinds.js';
import { IDENTITY_PROBLEMS, IdentitiesPage } from './pages/account/identities.page.js';
import { DeleteAccountPage } from './pages/account/delete-account.page.js';
import { OwnDataPage } from './pages/account/own-data.page.js';
import { HistoryPage } from './pages/account/history.page.js';
import { SessionsPage } from './pages/account/sessions.page.js';
import { NOW, form, client, hostileClient, account, may, sample, type Sample } from './sample-parts.spec-support.js';

const attribute = { list: false, required: false, editable: true, fault: false };

/** The pages where users look after themselves, in more than one state where it has them. */
export const SAMPLE_ACCOUNT_PAGES: readonly Sample[] = [
  sample('account', AccountPage, {
    account,
    apps: [
      { id: 'travel', client, href: 'https://travel.acme.example/login?iss=x', lastUsed: NOW },
      { id: 'wiki', client: { name: 'Wiki', vetted: true } },
    ],
    allApps: 12,
    attention: [{ kind: 'email-unverified' }],
    applications: 0,
    sessions: 1,
    administrator: true,
  }),
  sample('a new account', AccountPage, {
    account,
    apps: [],
    allApps: 0,
    attention: [],
    applications: 0,
    sessions: 1,
  }),
  sample('profile', ProfilePage, {
    ...form,
    account: { ...account, picture: 'https://acme.test/login/pictures/abc' },
    picture: form,
    hasPicture: true,
    pictureEditable: true,
    emailVerified: false,
    fields: (['name', 'phone_number', 'zoneinfo', 'locale'] as const).map((claim) => ({
      claim,
      value: claim === 'locale' ? 'de' : '"><script>',
      editable: true,
      fault: true,
    })),
    attributes: [
      { ...attribute, field: 'attribute:badge', title: 'Badge', description: 'On the door.', value: '12' },
      { ...attribute, field: 'attribute:shifts', title: 'Shifts', list: true, value: 'a\nb', fault: true },
      { ...attribute, field: 'attribute:remote', title: 'Remote', choices: ['true', 'false'], value: 'true' },
      { ...attribute, field: 'attribute:site', title: 'Site', value: 'North', editable: false },
    ],
    refused: true,
  }),
  sample('apps', AppsPage, {
    account,
    searchAction: '/login/account/apps',
    search: 'tr',
    apps: [
      { id: 'travel', client, href: 'https://travel.acme.example/login?iss=x', lastUsed: NOW },
      { id: 'bad', client: hostileClient, href: 'javascript:alert(1)' },
    ],
    found: 61,
    all: 90,
  }),
  sample('apps not found', AppsPage, {
    account,
    searchAction: '/login/account/apps',
    search: '"><script>',
    apps: [],
    found: 0,
    all: 90,
  }),
  sample('applications', ApplicationsPage, {
    ...form,
    account,
    applications: [
      {
        id: 'one',
        client,
        scopes: [
          { name: 'email', title: 'E-mail', since: may, until: NOW, lastUsed: may, optional: true, unusedSince: may },
          { name: 'openid', title: 'User ID', since: may, optional: false },
        ],
        givenBy: 'user',
        lastUsed: may,
        receipts: [{ id: 'receipt', at: may, decision: 'allow' }],
        received: [{ title: 'E-mail', first: may, last: NOW }],
      },
      { id: 'two', client: hostileClient, scopes: [], givenBy: 'company', receipts: [], received: [] },
      {
        id: 'three',
        client: hostileClient,
        scopes: [{ name: 'openid', title: 'User ID', since: may, optional: false }],
        givenBy: 'user',
        receipts: [],
        received: [],
        unusedSince: may,
        removedOn: NOW,
      },
    ],
    otherReceipts: [{ id: 'other', at: may, decision: 'deny', clientName: hostileClient.name }],
    otherReceived: [{ clientName: hostileClient.name, claims: [{ title: 'User ID', first: may, last: may }] }],
    notice: { kind: 'withdrawn', name: 'Wiki' },
  }),
  sample('no applications', ApplicationsPage, {
    ...form,
    account,
    applications: [],
    otherReceipts: [],
    otherReceived: [],
  }),
  ...[['User ID required', 'Allow'], undefined].map((text) =>
    sample(`receipt ${text === undefined ? 'that was changed' : ''}`.trim(), ReceiptPage, {
      id: 'receipt',
      at: may,
      decision: 'allow',
      clientName: 'Travel Desk',
      language: 'en',
      text,
      scopes: [
        { name: 'openid', decision: 'allowed' },
        { name: 'email', decision: 'denied' },
        { name: 'profile', decision: 'allowed_earlier' },
      ],
      jws: 'eyJhbGciOiJFUzI1NiJ9.eyJ0ZXh0IjpbXX0.c2lnbmF0dXJl',
    }),
  ),
  sample('own password', OwnPasswordPage, {
    ...form,
    account,
    username: 'alice',
    minimumPasswordLength: 15,
    hasPassword: true,
    problem: 'leaked',
    endsOthers: true,
  }),
  sample('sessions', SessionsPage, {
    ...form,
    account,
    sessions: ['one', 'two', 'three'].map((id) => ({
      id,
      current: id === 'one',
      startedAt: may,
      lastSeenAt: NOW,
      address: '203.0.113.7',
      place: 'Paris, France',
      applications: ['Travel Desk', hostileClient.name],
    })),
    notice: { kind: 'ended' },
  }),
  ...IDENTITY_PROBLEMS.map((problem) =>
    sample(`identities ${problem}`, IdentitiesPage, {
      ...form,
      account,
      identities: [{ id: 'one', title: 'Google', icon: 'google', label: hostileClient.name, createdAt: may }],
      offers: [{ id: 'idp-x', title: hostileClient.name, icon: 'x', path: '/login/account/identities/x' }],
      waiting: { title: 'GitHub', label: 'alice' },
      problem,
    }),
  ),
  sample('no identities', IdentitiesPage, { ...form, account, identities: [], offers: [], notice: 'unlinked' }),
  sample('history', HistoryPage, {
    account,
    entries: HISTORY_KINDS.map((kind) => ({
      id: kind,
      kind,
      at: may,
      by: 'administrator' as const,
      subject: hostileClient.name,
      userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/130.0',
      address: '203.0.113.7',
      place: 'Paris, France',
      factor: 'totp' as const,
    })),
    older: '/login/account/history?after=x',
    newest: '/login/account/history',
  }),
  sample('own data', OwnDataPage, { ...form, account, deletePath: '/login/account/delete' }),
  sample('delete account', DeleteAccountPage, { ...form, account, problem: 'missing' }),
  sample('delete the last administrator', DeleteAccountPage, { ...form, account, problem: 'lastAdministrator' }),
  sample('no history', HistoryPage, { account, entries: [] }),
];
