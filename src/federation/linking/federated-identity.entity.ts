import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, Ref, References, Text } from '#platform/database/index.js';

/** That somebody at a provider is one of our users, as a row; the same person is linked to one user at most. */
@Entity('federated_identity')
@Index('UQ_federated_identity_identity_key', ['identityKey'], { unique: true })
@Index('IX_federated_identity_provider_id', ['providerId'])
@Index('IX_federated_identity_user_id', ['userId'])
export class FederatedIdentityEntity {
  @Id()
  id!: string;

  /** Digest of issuer and subject, so that they are compared exactly, whatever the database makes of case and spaces. */
  @Digest()
  identityKey!: string;

  @References('UpstreamProviderEntity', { onDelete: 'CASCADE' })
  @Ref()
  providerId!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Text(512)
  issuer!: string;

  @Text(255)
  subject!: string;

  /** By which name the user knows the account there. */
  @Text(255, { nullable: true })
  label!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  lastUsedAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type FederatedIdentityRow = Pick<FederatedIdentityEntity, keyof FederatedIdentityEntity>;
