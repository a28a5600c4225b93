import type { DeclaredKind } from './declared-kind.js';
import { ClaimMappingsKind } from './kinds/claim-mappings.kind.js';
import { ClientsKind } from './kinds/clients.kind.js';
import { DirectoriesKind } from './kinds/directories.kind.js';
import { GroupsKind } from './kinds/groups.kind.js';
import { IdentityProvidersKind } from './kinds/identity-providers.kind.js';
import { ResourcesKind } from './kinds/resources.kind.js';
import { ScopesKind } from './kinds/scopes.kind.js';
import { SettingsKind } from './kinds/settings.kind.js';
import { UserAttributesKind } from './kinds/user-attributes.kind.js';

/** The kinds of records that files can describe, each after those that it refers to. */
export const DECLARED_KINDS = [
  SettingsKind,
  UserAttributesKind,
  GroupsKind,
  ResourcesKind,
  ScopesKind,
  ClientsKind,
  ClaimMappingsKind,
  IdentityProvidersKind,
  DirectoriesKind,
] as const;

/** One of each, in that order. */
export class DeclaredKinds {
  constructor(readonly all: readonly DeclaredKind[]) {}
}
