import { DepartedPeopleJob } from './departed-people.job.js';
import { DirectoriesRepository } from './directories.repository.js';
import { DirectoriesService } from './directories.service.js';
import { DirectoryAccountsRepository } from './directory-accounts.repository.js';
import { DirectoryPeople } from './directory-people.service.js';
import { DirectorySearch } from './directory-search.js';
import { DirectorySignIns } from './directory-sign-ins.service.js';
import { LdapConnections } from './ldap-connections.js';

/** What other modules use of directories. */
export const LDAP_SERVICES = [DirectoriesService, DirectorySignIns] as const;

/** Everything that directories are made of. */
export const LDAP_PROVIDERS = [
  DirectoriesRepository,
  DirectoryAccountsRepository,
  LdapConnections,
  DirectorySearch,
  DirectoryPeople,
  DepartedPeopleJob,
  ...LDAP_SERVICES,
] as const;
