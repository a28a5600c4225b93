import { BrandingSettings, IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CompanyAssets } from './company-assets.js';
import type { Messages } from './messages/en.js';
import type { Locale } from './messages/index.js';
import type { Page } from './page.js';
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
import { ApiDocsPage } from './pages/admin/api-docs.page.js';
import { NextStepsPage } from './pages/admin/next-steps.page.js';
import { SetUpPage } from './pages/admin/set-up.page.js';
import { ConsentPage, type ConsentModel } from './pages/interaction/consent.page.js';
import { NoAccessPage } from './pages/interaction/no-access.page.js';
import { ReportClientPage } from './pages/interaction/report-client.page.js';
import { SelectAccountPage } from './pages/interaction/select-account.page.js';
import { SignInPage } from './pages/interaction/sign-in.page.js';
import { type ErrorKind, ErrorPage } from './pages/protocol/error.page.js';
import { LogoutConfirmPage } from './pages/protocol/logout-confirm.page.js';
import { SignedOutPage } from './pages/protocol/signed-out.page.js';
import { ViewsService } from './views.service.js';

/** The moment at which sample pages are read. */
export const NOW = new Date('2026-11-22T14:05:00Z');

class StoppedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

/** A views service of a company called Acme, below a path. */
export function acmeViews(color = '#1f5f8c'): ViewsService {
  const issuer = new IssuerSettings({
    issuer: 'https://acme.test/login',
    kind: 'test',
    secure: true,
    origin: 'https://acme.test',
    basePath: '/login',
  });
  const branding = new BrandingSettings({ companyName: 'Acme', color });
  return new ViewsService(issuer, branding, new CompanyAssets(branding), new StoppedClock());
}

export const form = { action: '/login/here?interaction=one', csrf: 'csrf-token' };
export const client = {
  name: 'Travel Desk',
  host: 'travel.acme.example',
  owner: 'Finance IT',
  vetted: true,
  clientUri: 'https://travel.acme.example/',
  policyUri: 'https://travel.acme.example/privacy',
  tosUri: 'https://travel.acme.example/terms',
};
export const hostileClient = {
  name: '\u202E<script>alert(1)</script>',
  host: '"><img src=x>',
  owner: "' onload='x",
  logoUri: 'https://elsewhere.example/x.png',
  clientUri: 'javascript:alert(1)',
  policyUri: 'http://insecure.example/',
  tosUri: 'data:text/html,x',
  vetted: false,
};
export const account = { name: 'Alice Liddell', username: 'alice', email: 'alice@acme.example', pictureInitials: 'AL' };

const may = new Date('2026-05-03T10:00:00Z');
const scope = { required: false, ticked: true, isNew: false };

const report = {
  ...form,
  client,
  reasons: ['impersonation', 'excessive', 'unexpected', 'other'] as const,
  mostWords: 500,
  backUrl: '/login/consent?interaction=1',
};

export const consent: ConsentModel = {
  digest: 'digest',
  ...form,
  client,
  account,
  groups: [
    {
      kind: 'identity',
      scopes: [
        { ...scope, name: 'openid', title: 'User ID', required: true },
        { ...scope, name: 'email', title: 'E-mail', value: 'alice@acme.example', isNew: true },
      ],
    },
    {
      kind: 'resource',
      resourceName: 'Expenses',
      scopes: [
        {
          ...scope,
          name: 'read',
          title: 'Read',
          ticked: false,
          icon: 'money',
          sensitive: true,
          example: 'Oslo, 412 EUR',
        },
      ],
    },
    { kind: 'act', scopes: [{ ...scope, name: 'send', title: 'Send', description: 'In your name.' }] },
    { kind: 'offline', scopes: [{ ...scope, name: 'offline_access', title: 'Stay' }] },
  ],
  alreadyApproved: [{ title: 'Postal address', since: may }],
  durations: [
    { value: 'days:30', kind: 'days', days: 30, checked: true },
    { value: 'once', kind: 'once', checked: false },
    { value: 'forever', kind: 'forever', checked: false },
  ],
};

const attribute = { list: false, required: false, editable: true, fault: false };

const document = {
  openapi: '3.1.0',
  info: { title: 'Admin API', version: '1', description: 'Send `Authorization`.' },
  tags: [{ name: 'clients' }],
  paths: {
    '/clients': {
      get: {
        operationId: 'listClients',
        tags: ['clients'],
        summary: 'List clients',
        security: [{ bearer: ['clients:read'] }],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 50 } }],
        responses: {
          200: { description: 'A page.', content: { 'application/json': { schema: { $ref: '#/c/Client' } } } },
        },
      },
    },
  },
  components: { schemas: { Client: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } } },
};

/** A page by its name, and how it is rendered. */
export type Sample = readonly [name: string, html: (views: ViewsService, locale: Locale) => string];

/** A page with its data. */
export function sample<M>(name: string, page: Page<M>, model: M): Sample {
  return [name, (views, locale) => views.render(page, model, locale)];
}

const ERROR_KINDS: readonly (ErrorKind & keyof Messages['error']['kinds'])[] = [
  ...(['client', 'expired', 'finished', 'foreign', 'form', 'invalid', 'set-up-link'] as const),
  ...(['unvetted', 'not-found', 'method', 'forbidden', 'busy', 'server'] as const),
];

/** Every page, in more than one state where it has them. */
export const SAMPLE_PAGES: readonly Sample[] = [
  sample('sign-in', SignInPage, { ...form, client, canCancel: true }),
  sample('sign-in without a client', SignInPage, { ...form, canCancel: false }),
  ...(['again', 'switch'] as const).map((reason) =>
    sample(`sign-in ${reason}`, SignInPage, { ...form, canCancel: false, username: 'alice', reason }),
  ),
  ...(['refused', 'missing', 'expired'] as const).map((kind) =>
    sample(`sign-in ${kind}`, SignInPage, { ...form, canCancel: true, error: { kind } }),
  ),
  sample('sign-in throttled', SignInPage, {
    ...form,
    canCancel: true,
    error: { kind: 'throttled', retryAfterSeconds: 61 },
  }),
  sample('consent', ConsentPage, consent),
  sample('consent of a hostile client', ConsentPage, {
    ...consent,
    client: hostileClient,
    lookalike: 'Travel Desk',
    error: { kind: 'expired' },
  }),
  sample('select-account', SelectAccountPage, {
    ...form,
    client,
    account,
    canCancel: true,
    error: { kind: 'missing' },
  }),
  ...(['group', 'scope'] as const).map((because) =>
    sample(`no access ${because}`, NoAccessPage, {
      ...form,
      client,
      account,
      because,
      contacts: [],
      supportCode: 'support-1',
    }),
  ),
  sample('no access to a hostile client', NoAccessPage, {
    ...form,
    client: hostileClient,
    account,
    because: 'group',
    contacts: ['it@acme.example', 'javascript:alert(1)', 'a"onload="x@acme.example', '+44 20 7946 0000'],
    supportCode: 'support-1',
  }),
  ...(['ask', 'done'] as const).map((step) => sample(`report ${step}`, ReportClientPage, { ...report, step })),
  sample('report of a hostile client', ReportClientPage, {
    ...report,
    client: hostileClient,
    step: 'ask',
    words: '</textarea><script>alert(1)</script>',
    error: { kind: 'missing' },
  }),
  sample('logout', LogoutConfirmPage, { ...form, client, account, error: { kind: 'expired' } }),
  sample('signed-out', SignedOutPage, { client, signInUrl: '/login/sign-in' }),
  ...ERROR_KINDS.map((kind) => sample(`error ${kind}`, ErrorPage, { kind, supportCode: 'support-1' })),
  sample('set-up', SetUpPage, { ...form, minimumPasswordLength: 12 }),
  sample('set-up with faults', SetUpPage, {
    ...form,
    email: 'alex',
    error: [
      { field: 'email', kind: 'invalid' },
      { field: 'password', kind: 'too-short' },
    ],
  }),
  sample('next-steps', NextStepsPage, {
    issuer: 'https://acme.test/login',
    discoveryUrl: 'https://acme.test/login/.well-known/openid-configuration',
    docsUrl: '/login/api/docs',
    accountUrl: '/login/account',
  }),
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
  sample('api-docs', ApiDocsPage, { document, documentUrl: '/login/api/openapi.json' }),
];
