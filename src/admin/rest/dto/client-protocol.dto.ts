import { ID_TOKEN_ALGORITHMS, REQUEST_OBJECT_ALGORITHMS, SUBJECT_TYPES, type ClientMetadata } from '#clients/index.js';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';
import { ChoiceMember, FlagMember, TextListMember, TextMember } from '../member.decorators.js';

type Member<K extends keyof ClientMetadata> = NonNullable<ClientMetadata[K]>;

const uri = { format: 'uri', maxLength: 2048 };

/** The members of a client that choose among the options of OpenID Connect (OIDC Registration §2). */
export class ClientProtocolMembers {
  @ChoiceMember(SUBJECT_TYPES, {
    about: 'How the client knows users: by the same id as every other client, or by ids of its own.',
    default: 'public',
  })
  subject_type?: Member<'subjectType'>;

  @TextMember({ about: 'The https document that joins the hosts of a client with pairwise subjects.', schema: uri })
  sector_identifier_uri?: string;

  @ChoiceMember(ID_TOKEN_ALGORITHMS, { about: 'What ID tokens are signed with.', default: 'RS256' })
  id_token_signed_response_alg?: Member<'idTokenSignedResponseAlg'>;

  @ChoiceMember(KEY_ENCRYPTION_ALGORITHMS, { about: 'How the key of encrypted ID tokens is wrapped; none by default.' })
  id_token_encrypted_response_alg?: Member<'idTokenEncryptedResponseAlg'>;

  @ChoiceMember(CONTENT_ENCRYPTION_ALGORITHMS, { about: 'What ID tokens are encrypted with.' })
  id_token_encrypted_response_enc?: Member<'idTokenEncryptedResponseEnc'>;

  @ChoiceMember(ID_TOKEN_ALGORITHMS, { about: 'What userinfo is signed with; plain JSON by default.' })
  userinfo_signed_response_alg?: Member<'userinfoSignedResponseAlg'>;

  @ChoiceMember(KEY_ENCRYPTION_ALGORITHMS, { about: 'How the key of encrypted userinfo is wrapped; none by default.' })
  userinfo_encrypted_response_alg?: Member<'userinfoEncryptedResponseAlg'>;

  @ChoiceMember(CONTENT_ENCRYPTION_ALGORITHMS, { about: 'What userinfo is encrypted with.' })
  userinfo_encrypted_response_enc?: Member<'userinfoEncryptedResponseEnc'>;

  @ChoiceMember(REQUEST_OBJECT_ALGORITHMS, { about: 'The only algorithm the client signs request objects with.' })
  request_object_signing_alg?: Member<'requestObjectSigningAlg'>;

  @ChoiceMember(KEY_ENCRYPTION_ALGORITHMS, { about: 'How the client wraps the key of encrypted request objects.' })
  request_object_encryption_alg?: Member<'requestObjectEncryptionAlg'>;

  @ChoiceMember(CONTENT_ENCRYPTION_ALGORITHMS, { about: 'What the client encrypts request objects with.' })
  request_object_encryption_enc?: Member<'requestObjectEncryptionEnc'>;

  @TextListMember({ about: 'Where the client publishes request objects; only these are fetched.' })
  request_uris?: readonly string[];

  @FlagMember({ about: 'Whether plain authorization requests are refused.' })
  require_signed_request_object?: boolean;

  @TextListMember({ about: 'The acr values asked for when a request names none, the preferred first.' })
  default_acr_values?: readonly string[];

  @TextMember({ about: 'Where logout tokens are posted to.', schema: uri })
  backchannel_logout_uri?: string;

  @FlagMember({ about: 'Whether logout tokens must have sid.' })
  backchannel_logout_session_required?: boolean;

  @TextMember({ about: 'The page of the client that signs its users out, shown in a frame.', schema: uri })
  frontchannel_logout_uri?: string;

  @FlagMember({ about: 'Whether that page is told iss and sid.' })
  frontchannel_logout_session_required?: boolean;

  @TextMember({ about: 'The id of the software that the client is an installation of.', schema: { maxLength: 200 } })
  software_id?: string;

  @TextMember({ about: 'The version of that software.', schema: { maxLength: 200 } })
  software_version?: string;
}
