import type { Messages } from './messages/en.js';
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
import { form, client, hostileClient, account, may, sample, type Sample } from './sample-parts.spec-support.js';
import { SAMPLE_ACCOUNT_PAGES } from './sample-account-pages.spec-support.js';

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
  ...SAMPLE_ACCOUNT_PAGES,
  sample('api-docs', ApiDocsPage, { document, documentUrl: '/login/api/openapi.json' }),
];
