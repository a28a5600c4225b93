import { membersOf, type JsonSchema, type MemberFacts, type MessageClass } from '../member.decorators.js';

type Members = Readonly<Record<string, unknown>>;

/** What examples show beside the members that must be there, by the name of the member. */
const BY_MEMBER: Members = {
  id: '01980000-0000-7000-8000-000000000001',
  client_id: 'travel-desk',
  client_name: 'Travel desk',
  client_id_issued_at: 1_798_761_599,
  client_secret_expires_at: 0,
  redirect_uris: ['https://travel.example.com/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile email',
  optional_scope: 'email',
  username: 'bob',
  email: 'bob@example.com',
  email_verified: true,
  groups: ['travellers'],
  name: 'Expenses',
  identifier: 'https://api.example.com/expenses',
  resource: 'https://api.example.com/expenses',
  title: 'Read your expense reports',
  description: 'Amounts, dates and receipts.',
  user_id: '01980000-0000-7000-8000-000000000002',
  given_by: 'user',
  counts: { created: 1 },
  facts: { differs_at: 31 },
  urls: ['ldaps://directory.example.com'],
  base_dn: 'dc=example,dc=com',
  max_uses: 5,
  uses: 0,
  expires_at: '2027-01-31T00:00:00.000Z',
  created_at: '2026-12-31T23:59:59.000Z',
  updated_at: '2026-12-31T23:59:59.000Z',
  auth_time: '2026-12-31T23:59:59.000Z',
  user_agent: 'Mozilla/5.0',
  address: '192.0.2.1',
  details: { amr: ['pwd'] },
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwyEXAMPLEONLY',
  events: ['user.registered', 'user.signed_in'],
  event: 'user.signed_in',
  url: 'https://hooks.example.com/gatehouse',
  kid: 'b0kXWJg2yWzOYgEiK8jDgqGoOwCVSC5qZ9DzDHVWNZI',
};

const COST_CENTRE = { name: 'cost_centre', title: 'Cost centre', description: 'Who pays.', visible_to: 'user' };

const GROUPS = { claim: 'groups', scope: 'openid', source: 'groups', groups: 'assigned' };

const ASKED = { rule: 'approval.expired', basis: 'expires_at of the consent' };

/** What is said otherwise in one message. */
const BY_MESSAGE: Readonly<Record<string, Members>> = {
  NewGroup: { name: 'travellers', description: 'May book.', member_groups: ['sales'] },
  GroupAnswer: { name: 'travellers', description: 'May book.', member_groups: ['sales'] },
  NewUser: { name: 'Bob Example', address: { locality: 'Oxford' } },
  UserAnswer: { name: 'Bob Example', address: { locality: 'Oxford' } },
  NewScope: { name: 'expenses.read' },
  ScopeAnswer: { name: 'expenses.read' },
  NewUserAttribute: COST_CENTRE,
  UserAttributeAnswer: COST_CENTRE,
  AuditEventAnswer: { name: 'user.signed_in' },
  JobAnswer: { kind: 'revocation', result: { counted: { sessions: 2, grants: 3, opaque_tokens: 0 } }, errors: [] },
  NewRevocation: { address: '198.51.100.0/24' },
  NewClaimMapping: GROUPS,
  NewClientClaimMapping: GROUPS,
  ClaimMappingAnswer: GROUPS,
  ConfigurationAnswer: {
    ...{ library: 'curl', title: 'curl', language: 'shell', file: 'token.sh' },
    text: `curl --user 'travel-desk'":$GATEHOUSE_CLIENT_SECRET" …`,
  },
  UnsuitableLibraryAnswer: { library: 'appauth-ios', reason: 'is for native applications, and this is a machine one' },
  SimulationRequest: { user: 'bob', time: '2027-01-31T00:00:00.000Z', resource: ['https://api.example.com/expenses'] },
  SimulationAnswer: { consent: undefined },
  SimulatedPageAnswer: { page: 'consent', ...ASKED },
  SimulatedQuestionAnswer: {
    name: 'email',
    mark: 'new',
    required: false,
    choice_rule: 'client.optional_scope',
    choice_basis: 'optional_scope of the client',
    ...ASKED,
  },
  SimulatedSettledAnswer: { name: 'openid' },
  SimulatedConsentAnswer: {
    durations: ['once', 'days:30', 'forever'],
    suggested_duration: 'days:30',
    duration_rule: 'consent.durations',
    duration_basis: 'as for every client',
  },
  SimulatedDecisionAnswer: { name: 'email', ...ASKED },
  TokenAnswer: { from: 'token_endpoint', access_token: undefined, id_token: undefined, userinfo: undefined },
  SimulatedAccessTokenAnswer: { audience: ['http://localhost:3000/oauth2/userinfo'], expires_in: 600 },
  SimulatedClaimAnswer: {
    name: 'email',
    value: 'bob@example.com',
    scope: 'email',
    rule: 'claim.scope',
    basis: 'OIDC Core §5.4',
  },
  LintFindingAnswer: {
    ...{ rule: 'pkce-not-required', severity: 'warning', clause: 'RFC 9700 §2.1.1', pointer: '#/require_pkce' },
    advice: 'Set it to true once the application sends a code challenge.',
  },
  ClientTemplateAnswer: { name: 'web', title: 'A web application', needs: ['redirect_uris'], awaits: [] },
  ChangeRequestAnswer: { changes: [{ pointer: '#/client_name', from: 'Travel', to: 'Travel desk' }] },
  ApprovedScopeAnswer: { scope: 'email' },
  NewIdentityProvider: { client_secret_expires_at: '2027-01-31T00:00:00.000Z' },
  IdentityProviderAnswer: { client_secret_expires_at: '2027-01-31T00:00:00.000Z' },
};

/** An example of a message: the members that must be there, and those that are worth showing. */
export function exampleOf(type: MessageClass): Members {
  const own = BY_MESSAGE[type.name] ?? {};
  const shown = membersOf(type).filter(({ name, required }) => required || name in own || name in BY_MEMBER);
  return Object.fromEntries(shown.map((facts) => [facts.name, own[facts.name] ?? valueOf(facts)]));
}

function valueOf({ name, schema, type, list }: MemberFacts): unknown {
  if (type !== undefined) return list === true ? [exampleOf(type)] : exampleOf(type);
  return name in BY_MEMBER ? BY_MEMBER[name] : plainValue(schema);
}

function plainValue(schema: JsonSchema): unknown {
  const [choice] = (schema['enum'] as readonly unknown[] | undefined) ?? [];
  if (schema['default'] !== undefined || choice !== undefined) return schema['default'] ?? choice;
  const type = [schema['type']].flat()[0];
  if (type === 'array') return [plainValue(schema['items'] as JsonSchema)];
  if (type === 'integer') return schema['minimum'] ?? 1;
  if (type === 'boolean') return true;
  return textOf(schema['format']);
}

function textOf(format: unknown): string {
  if (format === 'date-time') return '2026-12-31T23:59:59.000Z';
  return format === 'uri' ? 'https://app.example.com/' : 'example';
}
