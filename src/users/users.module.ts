import { Module } from '@nestjs/common';
import { AttributeValuesRepository } from './attributes/attribute-values.repository.js';
import { AttributesRepository } from './attributes/attributes.repository.js';
import { AttributesService } from './attributes/attributes.service.js';
import { UserAttributes } from './attributes/user-attributes.service.js';
import { GroupMemberships } from './group-memberships.js';
import { GroupNesting } from './group-nesting.js';
import { GroupNestingsRepository } from './group-nestings.repository.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';
import { MembershipsRepository } from './memberships.repository.js';
import { PicturePartsRepository } from './pictures/picture-parts.repository.js';
import { UserPictures } from './pictures/user-pictures.service.js';
import { UserDepartures } from './user-departures.service.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Who people are: their names, claims, groups and status. */
@Module({
  providers: [
    UsersRepository,
    GroupsRepository,
    MembershipsRepository,
    GroupNestingsRepository,
    GroupNesting,
    GroupMemberships,
    AttributesRepository,
    AttributeValuesRepository,
    AttributesService,
    UserAttributes,
    PicturePartsRepository,
    UserPictures,
    UsersService,
    GroupsService,
    UserDepartures,
  ],
  exports: [AttributesService, UserAttributes, UserPictures, UsersService, GroupsService, UserDepartures],
})
export class UsersModule {}
