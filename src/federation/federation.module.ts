import { Module } from '@nestjs/common';
import { KeysModule } from '#keys/index.js';
import { UsersModule } from '#users/index.js';
import { DiscoveryDocuments } from './engine/discovery-documents.service.js';
import { FlowStateStore } from './engine/flow-state-store.js';
import { Profiles } from './engine/profiles.service.js';
import { ProviderConnections } from './engine/provider-connections.service.js';
import { TokenExchange } from './engine/token-exchange.service.js';
import { UpstreamAnswers } from './engine/upstream-answers.service.js';
import { UpstreamEngine } from './engine/upstream-engine.service.js';
import { UpstreamStrategy } from './engine/upstream.strategy.js';
import { PurgeFederationJob } from './flows/purge-federation.job.js';
import { UpstreamFlowsRepository } from './flows/upstream-flows.repository.js';
import { UpstreamFlows } from './flows/upstream-flows.service.js';
import { IdTokens } from './identity/id-tokens.service.js';
import { FederatedIdentitiesRepository } from './linking/federated-identities.repository.js';
import { DoubtedLinks } from './linking/doubted-links.js';
import { FederatedIdentities } from './linking/federated-identities.service.js';
import { IdentityLinking } from './linking/identity-linking.service.js';
import { JustInTime } from './linking/just-in-time.service.js';
import { LinkTools } from './linking/link-tools.js';
import { PendingLinksRepository } from './linking/pending-links.repository.js';
import { PendingLinks } from './linking/pending-links.service.js';
import { ProfileRefresh } from './linking/profile-refresh.service.js';
import { ProviderSecretsService } from './providers/provider-secrets.service.js';
import { Surroundings } from './providers/surroundings.js';
import { UpstreamProvidersRepository } from './providers/upstream-providers.repository.js';
import { UpstreamProvidersService } from './providers/upstream-providers.service.js';
import { UpstreamSignIns } from './upstream-sign-ins.service.js';

/** Signing in through upstream providers, and who there is whom here. */
@Module({
  imports: [KeysModule, UsersModule],
  providers: [
    UpstreamProvidersRepository,
    ProviderSecretsService,
    Surroundings,
    UpstreamProvidersService,
    UpstreamFlowsRepository,
    UpstreamFlows,
    PurgeFederationJob,
    DiscoveryDocuments,
    ProviderConnections,
    TokenExchange,
    Profiles,
    FlowStateStore,
    UpstreamStrategy,
    UpstreamEngine,
    IdTokens,
    UpstreamAnswers,
    FederatedIdentitiesRepository,
    FederatedIdentities,
    DoubtedLinks,
    PendingLinksRepository,
    LinkTools,
    PendingLinks,
    JustInTime,
    ProfileRefresh,
    IdentityLinking,
    UpstreamSignIns,
  ],
  exports: [UpstreamProvidersService, UpstreamSignIns, ProviderConnections, FederatedIdentities, PendingLinks],
})
export class FederationModule {}
