import { Module, type Provider } from '@nestjs/common';
import { AuthenticationModule } from '#authentication/index.js';
import { ClaimsModule } from '#claims/index.js';
import { ClientsModule } from '#clients/index.js';
import { ConsentModule } from '#consent/index.js';
import { ExplanationsModule } from '#explanations/index.js';
import { InteractionModule } from '#interaction/index.js';
import { KeysModule } from '#keys/index.js';
import { OutboxModule } from '#platform/events/index.js';
import { CorsOrigins } from '#platform/http/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SessionsModule } from '#sessions/index.js';
import { TokensModule } from '#tokens/index.js';
import { UsersModule } from '#users/index.js';
import { AccessTokenGuard } from './access-token-guard/access-token.guard.js';
import { MetricsBearers } from './access-token-guard/metrics-bearers.js';
import { ActiveTokens } from './access-token-guard/active-tokens.service.js';
import { AuthorizationRequestValidator } from './authorization-endpoint/authorization-request.validator.js';
import { AuthorizationController } from './authorization-endpoint/authorization.controller.js';
import { PromptStates } from './authorization-endpoint/prompt-states.service.js';
import { RequestJudge } from './authorization-endpoint/request-judge.service.js';
import { AuthorizationService } from './authorization-endpoint/authorization.service.js';
import { AuthorizationAnswers } from './authorization-endpoint/answers.service.js';
import { AuthorizationIssuer } from './authorization-endpoint/authorization-issuer.js';
import { CodeIssuer } from './authorization-endpoint/code-issuer.js';
import { FrontChannelTokens } from './authorization-endpoint/front-channel-tokens.js';
import { IssueTimes } from './authorization-endpoint/issue-times.js';
import { SessionStates } from './authorization-endpoint/session-states.js';
import { OpenIdParameters } from './authorization-endpoint/openid-parameters.service.js';
import { RESPONSE_MODE_HANDLERS, RESPONSE_MODES_IN_USE } from './authorization-endpoint/response-modes/index.js';
import { SIMULATION_PROVIDERS, Simulations } from './authorization-endpoint/simulation/index.js';
import { ClaimRelease } from './claims/claim-release.js';
import { SubjectIdentifiers } from './claims/subject-identifier.js';
import { BrowserOrigins } from './client-authentication/browser-origins.js';
import { AUTHENTICATION_METHODS, ClientAuthenticator } from './client-authentication/client-authenticator.js';
import { ClientFailures } from './client-authentication/client-failures.js';
import { METHODS } from './client-authentication/methods/index.js';
import { ClientRegistrationController } from './client-registration-endpoint/client-registration.controller.js';
import { ClientRegistrationService } from './client-registration-endpoint/client-registration.service.js';
import { RegistrationJudge } from './client-registration-endpoint/registration-judge.service.js';
import { RegistrationRate } from './client-registration-endpoint/registration-rate.js';
import { SoftwareStatements } from './client-registration-endpoint/software-statements.service.js';
import { MetadataController } from './discovery/metadata.controller.js';
import { ServerMetadata } from './discovery/server-metadata.js';
import { IntrospectionController } from './introspection-endpoint/introspection.controller.js';
import { IntrospectionService } from './introspection-endpoint/introspection.service.js';
import { TokenFacts } from './introspection-endpoint/token-facts.js';
import { AccessTokenIssuer } from './issuance/access-token.js';
import { ClientTokenSigner } from './issuance/client-token-signer.js';
import { ClientTokens } from './issuance/client-tokens.js';
import { GrantStanding } from './issuance/grant-standing.js';
import { IssueNotes } from './issuance/issue-notes.js';
import { IdTokenIssuer } from './issuance/id-token.js';
import { IssuedIdTokens } from './issuance/issued-id-tokens.js';
import { TokenMetrics } from './issuance/token-metrics.js';
import { TokenIssuer } from './issuance/token-issuer.js';
import { TokenTargets } from './issuance/token-target.js';
import { BackChannelLogout } from './logout/back-channel-logout.js';
import { BrowserSession } from './logout/browser-session.js';
import { CheckSessionController } from './logout/check-session.controller.js';
import { EndSessionController } from './logout/end-session.controller.js';
import { FrontChannelLogout } from './logout/front-channel-logout.js';
import { LogoutPages } from './logout/logout-pages.js';
import { LogoutRequestValidator } from './logout/logout-request.js';
import { LogoutTokens } from './logout/logout-token.js';
import { SealedLogoutRequests } from './logout/sealed-logout-request.js';
import { RequestObjectVerifier } from './request-object/request-object.verifier.js';
import { RequestObjects } from './request-object/request-objects.service.js';
import { RequestUriRate } from './request-object/request-uri-rate.js';
import { RequestUris } from './request-object/request-uris.service.js';
import { RevocationController } from './revocation-endpoint/revocation.controller.js';
import { GRANT_TYPE_HANDLERS, GRANT_TYPES } from './token-endpoint/grant-types/index.js';
import { OfferedGrantTypes } from './token-endpoint/offered-grant-types.js';
import { RefreshTokenPolicy } from './token-endpoint/grant-types/refresh-token-policy.js';
import { TokenController } from './token-endpoint/token.controller.js';
import { UserinfoController } from './userinfo-endpoint/userinfo.controller.js';

/** A registry as one provider: its members are made by Nest and injected as an array in their order. */
function registry(token: symbol, members: readonly (new (...dependencies: never[]) => unknown)[]): Provider[] {
  return [...members, { provide: token, inject: [...members], useFactory: (...made: unknown[]) => made }];
}

/** The endpoints that OAuth and OpenID Connect define. */
@Module({
  imports: [
    AuthenticationModule,
    ExplanationsModule,
    InteractionModule,
    ClaimsModule,
    ClientsModule,
    ResourcesModule,
    UsersModule,
    SessionsModule,
    ConsentModule,
    TokensModule,
    KeysModule,
    OutboxModule,
  ],
  controllers: [
    AuthorizationController,
    TokenController,
    UserinfoController,
    IntrospectionController,
    RevocationController,
    EndSessionController,
    CheckSessionController,
    ClientRegistrationController,
    MetadataController,
  ],
  providers: [
    RequestObjectVerifier,
    RequestObjects,
    RequestUriRate,
    RequestUris,
    AuthorizationRequestValidator,
    PromptStates,
    RequestJudge,
    ...SIMULATION_PROVIDERS,
    AuthorizationService,
    OpenIdParameters,
    AuthorizationIssuer,
    CodeIssuer,
    FrontChannelTokens,
    ...registry(RESPONSE_MODES_IN_USE, RESPONSE_MODE_HANDLERS),
    AuthorizationAnswers,
    SessionStates,
    IssueTimes,
    ...registry(AUTHENTICATION_METHODS, METHODS),
    ClientAuthenticator,
    ClientFailures,
    { provide: CorsOrigins, useClass: BrowserOrigins },
    ...registry(GRANT_TYPE_HANDLERS, GRANT_TYPES),
    OfferedGrantTypes,
    ClaimRelease,
    SubjectIdentifiers,
    GrantStanding,
    RefreshTokenPolicy,
    TokenTargets,
    TokenIssuer,
    TokenMetrics,
    IssueNotes,
    AccessTokenIssuer,
    IdTokenIssuer,
    ClientTokenSigner,
    ClientTokens,
    IssuedIdTokens,
    ActiveTokens,
    AccessTokenGuard,
    MetricsBearers,
    IntrospectionService,
    TokenFacts,
    LogoutRequestValidator,
    SealedLogoutRequests,
    LogoutPages,
    BrowserSession,
    FrontChannelLogout,
    BackChannelLogout,
    LogoutTokens,
    ClientRegistrationService,
    RegistrationJudge,
    SoftwareStatements,
    RegistrationRate,
    ServerMetadata,
  ],
  exports: [ActiveTokens, AccessTokenGuard, AccessTokenIssuer, OfferedGrantTypes, Simulations],
})
export class ProtocolModule {}
