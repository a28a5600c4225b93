import { AuditEventExportsController, AuditEventsController } from './audit-events.controller.js';
import { ChangeRequestsController } from './change-requests.controller.js';
import { ClientAccessController } from './client-access.controller.js';
import { ClientClaimMappingsController } from './client-claim-mappings.controller.js';
import { ClientConfigurationController } from './client-configuration.controller.js';
import { ClientLintController } from './client-lint.controller.js';
import { ClientSecretsController } from './client-secrets.controller.js';
import { ClientVersionsController } from './client-versions.controller.js';
import { ClientTemplatesController } from './client-templates.controller.js';
import { ClientsController } from './clients.controller.js';
import { ClaimDisclosuresController } from './claim-disclosures.controller.js';
import { ConsentExportsController } from './consent-exports.controller.js';
import { ConsentReceiptsController } from './consent-receipts.controller.js';
import { ConsentsController } from './consents.controller.js';
import { DirectoriesController } from './directories.controller.js';
import { ExplanationsController } from './explanations.controller.js';
import { GroupsController } from './groups.controller.js';
import { IdentityProvidersController } from './identity-providers.controller.js';
import { InitialAccessTokensController } from './initial-access-tokens.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { JobsController } from './jobs.controller.js';
import { KeysController } from './keys.controller.js';
import { LogoutDeliveriesController } from './logout-deliveries.controller.js';
import { ReportsController } from './reports.controller.js';
import { ResourcesController } from './resources.controller.js';
import { ScopeClaimMappingsController } from './scope-claim-mappings.controller.js';
import { ScopesController } from './scopes.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SettingsController } from './settings.controller.js';
import { SimulationsController } from './simulations.controller.js';
import { StorageController } from './storage.controller.js';
import { UserAttributesController } from './user-attributes.controller.js';
import { UserExportsController, UserImportsController } from './user-transfers.controller.js';
import { UserFactorsController } from './user-factors.controller.js';
import { UserLocksController } from './user-locks.controller.js';
import { UsersController } from './users.controller.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookSecretsController } from './webhook-secrets.controller.js';
import { WebhooksController } from './webhooks.controller.js';

/** Every part of the admin API, in the order in which its description lists them. */
export const ADMIN_CONTROLLERS = [
  ClientsController,
  ClientVersionsController,
  ChangeRequestsController,
  ClientTemplatesController,
  ClientSecretsController,
  ClientAccessController,
  ClientLintController,
  ClientConfigurationController,
  ClientClaimMappingsController,
  LogoutDeliveriesController,
  InitialAccessTokensController,
  UsersController,
  UserFactorsController,
  UserLocksController,
  UserImportsController,
  UserExportsController,
  UserAttributesController,
  DirectoriesController,
  GroupsController,
  InvitationsController,
  ResourcesController,
  ScopesController,
  ScopeClaimMappingsController,
  ConsentsController,
  ConsentExportsController,
  ConsentReceiptsController,
  ClaimDisclosuresController,
  ReportsController,
  SessionsController,
  AuditEventsController,
  AuditEventExportsController,
  ExplanationsController,
  WebhooksController,
  WebhookSecretsController,
  WebhookDeliveriesController,
  KeysController,
  IdentityProvidersController,
  SimulationsController,
  SettingsController,
  JobsController,
  StorageController,
] as const;
