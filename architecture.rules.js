/**
 * Who may import whom (docs/architecture.md), as data: dependency-cruiser makes its rules from this table,
 * and a test holds it against the table in the document.
 */
const PLATFORM = [
  'platform/config',
  'platform/crypto',
  'platform/database',
  'platform/events',
  'platform/http',
  'platform/jobs',
  'platform/observability',
];

export const MAY_IMPORT = {
  standards: [],
  'platform/config': [],
  'platform/crypto': ['platform/config'],
  'platform/database': ['platform/config', 'platform/crypto'],
  'platform/events': ['platform/config', 'platform/crypto', 'platform/database'],
  'platform/jobs': ['platform/config', 'platform/crypto', 'platform/database'],
  'platform/http': ['platform/config', 'platform/crypto', 'platform/database'],
  'platform/observability': ['platform/config', 'platform/crypto', 'platform/database', 'platform/http'],
  views: ['platform/config', 'platform/crypto', 'platform/http'],
  keys: PLATFORM,
  clients: ['keys', ...PLATFORM],
  resources: ['keys', ...PLATFORM],
  users: ['keys', ...PLATFORM],
  sessions: ['keys', ...PLATFORM],
  consent: ['keys', ...PLATFORM],
  tokens: ['keys', ...PLATFORM],
  authentication: ['users', 'views', ...PLATFORM],
  interaction: ['authentication', 'clients', 'resources', 'users', 'sessions', 'consent', 'views', ...PLATFORM],
  protocol: [
    'interaction',
    'authentication',
    'clients',
    'resources',
    'users',
    'sessions',
    'consent',
    'tokens',
    'keys',
    'views',
    ...PLATFORM,
  ],
  account: ['authentication', 'clients', 'resources', 'users', 'sessions', 'consent', 'tokens', 'views', ...PLATFORM],
  admin: [
    'protocol',
    'authentication',
    'clients',
    'resources',
    'users',
    'sessions',
    'consent',
    'tokens',
    'keys',
    'views',
    ...PLATFORM,
  ],
};

/** Inside `protocol/` the endpoints share these folders and import no other endpoint. */
export const SHARED_IN_PROTOCOL = [
  'parameters',
  'errors',
  'claims',
  'issuance',
  'client-authentication',
  'access-token-guard',
  'discovery',
];
