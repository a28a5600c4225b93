import { Entity, Index } from 'typeorm';
import { References, Text } from '#platform/database/index.js';

/** An origin from whose pages a public client calls us; kept so that CORS is one look-up (OIDC Core §5.3). */
@Entity('client_origin')
@Index('IX_client_origin_origin', ['origin'])
export class ClientOriginEntity {
  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Text(255, { primary: true })
  clientId!: string;

  @Text(255, { primary: true })
  origin!: string;
}
