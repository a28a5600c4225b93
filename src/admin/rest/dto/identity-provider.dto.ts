import {
  authenticationAt,
  CLAIM_UPDATES,
  CLIENT_AUTHENTICATIONS,
  PRESET_NAMES,
  PROVIDER_ICONS,
  PROVIDER_STATUSES,
  titleOf,
  type ProviderChoices,
  type ProviderInput,
  type UpstreamProvider,
} from '#federation/index.js';
import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  ObjectMapMember,
  TextListMember,
  TextMapMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { camelMembers, snakeMembers } from '../wire-names.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

/** A provider through which people may sign in. */
export class NewIdentityProvider {
  @ChoiceMember(PRESET_NAMES, { about: 'Which provider it is, or what it speaks; it stays.', required: true })
  preset!: ProviderInput['preset'];

  @TextMember({
    about: 'Its name in addresses, by default the preset; it stays, as the redirect URI has it.',
    schema: { maxLength: 64, pattern: '^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$' },
  })
  slug?: string;

  @ChoiceMember(PROVIDER_STATUSES, { about: 'Whether people can sign in through it.', default: 'active' })
  status?: UpstreamProvider['status'];

  @TextMember({ about: 'The name on its button, by default that of the preset.', schema: { maxLength: 100 } })
  title?: string;

  @ChoiceMember(PROVIDER_ICONS, { about: 'The drawing on its button, by default that of the preset.' })
  icon?: NonNullable<ProviderChoices['icon']>;

  @TextMember({ about: 'Who this service is there.', required: true, schema: { maxLength: 512 } })
  client_id!: string;

  @TextMember({
    about: 'The secret that the provider gave; kept sealed, never answered.',
    writeOnly: true,
    schema: { maxLength: 2048 },
  })
  client_secret?: string;

  @InstantMember({ about: 'When the secret runs out at the provider; administrators are warned before.' })
  client_secret_expires_at?: string;

  @ChoiceMember(CLIENT_AUTHENTICATIONS, {
    about: 'How this service proves who it is there. With private_key_jwt it makes a key; register public_key there.',
  })
  client_authentication?: NonNullable<ProviderChoices['clientAuthentication']>;

  @TextMember({
    about: 'Microsoft Entra: the id or a domain of the tenant, or common, organizations, consumers.',
    schema: { maxLength: 253 },
  })
  tenant?: string;

  @TextMember({
    about: 'The issuer of the provider, whose discovery document is read. For Microsoft: the host of another cloud.',
    schema: { maxLength: 512 },
  })
  issuer?: string;

  @TextMember({ about: 'Where browsers are sent to, instead of what is discovered.', schema: { maxLength: 512 } })
  authorization_endpoint?: string;

  @TextMember({ about: 'Where codes are redeemed, instead of what is discovered.', schema: { maxLength: 512 } })
  token_endpoint?: string;

  @TextMember({ about: 'Where the provider tells who the user is.', schema: { maxLength: 512 } })
  userinfo_endpoint?: string;

  @TextMember({ about: 'Where the keys are that sign ID tokens.', schema: { maxLength: 512 } })
  jwks_uri?: string;

  @TextMember({ about: 'The scope that is asked for, by default that of the preset.', schema: { maxLength: 1000 } })
  scope?: string;

  @TextMapMember({
    about:
      'Where claims are in what the provider says, as dotted paths: sub is who it is, organisation the tenant; beside or instead of what the preset has.',
  })
  claim_mapping?: ProviderChoices['claimMapping'];

  @TextListMember({ about: 'Domains whose accounts may come in; empty for all.' })
  allowed_domains?: readonly string[];

  @TextListMember({ about: 'Organisations at the provider whose accounts may come in; empty for all.' })
  allowed_tenants?: readonly string[];

  @TextListMember({
    about: 'Domains for whose verified addresses the provider speaks: such an address alone leads to the user here.',
  })
  authoritative_domains?: readonly string[];

  @FlagMember({ about: 'Every address that it states counts as verified.', default: false })
  trust_email?: boolean;

  @FlagMember({ about: 'Whoever comes in and has no account gets one.', default: false })
  just_in_time?: boolean;

  @ChoiceMember(CLAIM_UPDATES, {
    about: 'When its claims are written to the user: when an account is made, or at each sign-in.',
    default: 'first',
  })
  update_claims?: ProviderChoices['updateClaims'];

  @TextMember({ about: 'Where the names of groups are in what it says.', schema: { maxLength: 255 } })
  groups_claim?: string;

  @TextMapMember({ about: 'The group here that stands for a group there; others come and go as they did.' })
  groups_mapping?: ProviderChoices['groupsMapping'];

  @FlagMember({ about: 'A second factor that was proven there (RFC 8176) counts here.', default: false })
  trust_amr?: boolean;
}

/** A provider as it is answered. */
export class IdentityProviderAnswer extends NewIdentityProvider {
  @TextMember({ about: 'The id of the provider.', required: true, readOnly: true })
  id!: string;

  @TextMember({ about: 'The redirect URI to register there.', required: true, readOnly: true })
  redirect_uri!: string;

  @ObjectMapMember({ about: 'The public key to register there (RFC 7517), where one is used.', readOnly: true })
  public_key?: object;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a provider that only the service sets, or that stay as they were first given. */
export const FIXED_PROVIDER_MEMBERS = {
  fixed: ['id', 'redirect_uri', 'public_key', ...STAMP_MEMBERS],
  kept: ['preset', 'slug'],
};

/** Reads a message as what it says about a provider. */
export function providerInput(message: Plain<NewIdentityProvider>): ProviderInput {
  return camelMembers({ ...message });
}

/** A provider as it is answered: what was chosen, and what follows from the preset. */
export function providerAnswer(provider: UpstreamProvider, redirectUri: string): Plain<IdentityProviderAnswer> {
  const { publicKey, createdAt, updatedAt, ...chosen } = provider;
  return {
    ...snakeMembers(chosen),
    title: titleOf(provider),
    client_authentication: authenticationAt(provider),
    redirect_uri: redirectUri,
    ...(publicKey === undefined ? {} : { public_key: publicKey }),
    ...stampsOf({ createdAt, updatedAt }),
  };
}
