import type { ClientConfigurations } from '../../configurations/configurations.js';
import { ObjectListMember, TextMember, type Plain } from '../member.decorators.js';

/** What to put into an application so that it uses a client. */
export class ConfigurationAnswer {
  @TextMember({ about: 'The id of the library, to ask for it alone.', required: true })
  library!: string;

  @TextMember({ about: 'What it is called.', required: true })
  title!: string;

  @TextMember({ about: 'What the text is written in.', required: true })
  language!: string;

  @TextMember({ about: 'What such a file is usually called.', required: true })
  file!: string;

  @TextMember({ about: 'Where the library is described.', required: true, schema: { format: 'uri' } })
  documentation!: string;

  @TextMember({ about: 'The text to copy; the secret comes from a variable of the environment.', required: true })
  text!: string;
}

/** A library that the client cannot be used with. */
export class UnsuitableLibraryAnswer {
  @TextMember({ about: 'The id of the library.', required: true })
  library!: string;

  @TextMember({ about: 'What of the client it does not fit.', required: true })
  reason!: string;
}

/** What can be copied for a client. */
export class ClientConfigurationAnswer {
  @TextMember({ about: 'The id of the client.', required: true })
  client_id!: string;

  @ObjectListMember(ConfigurationAnswer, { about: 'The configurations that suit the client.', required: true })
  configurations!: readonly Plain<ConfigurationAnswer>[];

  @ObjectListMember(UnsuitableLibraryAnswer, { about: 'Libraries that do not, and why.', required: true })
  unsuitable!: readonly Plain<UnsuitableLibraryAnswer>[];
}

/** Configurations as they are answered. */
export function clientConfigurationAnswer(
  clientId: string,
  { configurations, unsuitable }: ClientConfigurations,
): Plain<ClientConfigurationAnswer> {
  const listed = configurations.map(({ id, ...configuration }) => ({ library: id, ...configuration }));
  return { client_id: clientId, configurations: listed, unsuitable };
}
