import { CLIENT_TEMPLATES, type ClientTemplateName, type SettledTemplate } from '#clients/index.js';
import { wireName } from '#platform/http/index.js';
import { ChoiceMember, ObjectMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { clientRecord } from './client-wire.js';
import { ClientMembers } from './client.dto.js';

/** A kind of application to register a client for. */
export class ClientTemplateAnswer {
  @ChoiceMember(CLIENT_TEMPLATES, { about: 'What to send as template.', required: true })
  name!: ClientTemplateName;

  @TextMember({ about: 'What is built, in a few words.', required: true })
  title!: string;

  @TextMember({ about: 'What its clients are like, and what this service cannot do for them yet.', required: true })
  description!: string;

  @ObjectMember(ClientMembers, { about: 'What it fills in where nothing else is said.', required: true })
  members!: Plain<ClientMembers>;

  @TextListMember({ about: 'Which members have to be given beside it.', required: true })
  needs!: readonly string[];

  @TextListMember({ about: 'Grant types that belong to it and that this service does not offer.', required: true })
  awaits!: readonly string[];
}

/** A template as it is answered. */
export function clientTemplateAnswer(template: SettledTemplate): Plain<ClientTemplateAnswer> {
  const { name, title, description, members, needs, awaits } = template;
  return { name, title, description, members: clientRecord(members), needs: needs.map(wireName), awaits };
}
