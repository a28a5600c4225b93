import { UpstreamFlowEntity } from './flows/upstream-flow.entity.js';
import { FederatedIdentityEntity } from './linking/federated-identity.entity.js';
import { PendingLinkEntity } from './linking/pending-link.entity.js';
import { UpstreamProviderEntity } from './providers/upstream-provider.entity.js';

export { ProviderConnections } from './engine/provider-connections.service.js';
export { FederationModule } from './federation.module.js';
export type { FlowGoal } from './flows/upstream-flow.js';
export { labelOf, type UpstreamIdentity } from './identity/upstream-identity.js';
export { FederatedIdentities, type FederatedIdentity } from './linking/federated-identities.service.js';
export { PendingLinks, type PendingLink } from './linking/pending-links.service.js';
export { PRESET_NAMES } from './presets/index.js';
export {
  CLAIM_UPDATES,
  CLIENT_AUTHENTICATIONS,
  PROVIDER_ICONS,
  type ProviderChoices,
} from './providers/provider-choices.js';
export type { ProviderProblem } from './providers/provider-rules.js';
export { choicesOf } from './providers/provider-row.js';
export {
  authenticationAt,
  PROVIDER_STATUSES,
  titleOf,
  type ProviderInput,
  type UpstreamProvider,
} from './providers/upstream-provider.js';
export {
  UpstreamProvidersService,
  type ProviderCreation,
  type ProviderUpdate,
} from './providers/upstream-providers.service.js';
export { UpstreamSignIns, type ReturnOutcome, type UpstreamRefusal } from './upstream-sign-ins.service.js';

/** The tables of this module. */
export const FEDERATION_ENTITIES = [
  UpstreamProviderEntity,
  FederatedIdentityEntity,
  UpstreamFlowEntity,
  PendingLinkEntity,
] as const;
