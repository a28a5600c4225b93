import { GroupEntity } from './group.entity.js';
import { AttributeValueEntity } from './attributes/attribute-value.entity.js';
import { AttributeEntity } from './attributes/attribute.entity.js';
import { GroupNestingEntity } from './group-nesting.entity.js';
import { MembershipEntity } from './membership.entity.js';
import { PicturePartEntity } from './pictures/picture-part.entity.js';
import { UserEntity } from './user.entity.js';

export {
  ATTRIBUTE_AUDIENCES,
  ATTRIBUTE_TYPES,
  attributeWords,
  type Attribute,
  type AttributeChanges,
  type AttributeDeclaration,
  type AttributeValue,
  type AttributeValues,
} from './attributes/attribute.js';
export { AttributesService, type AttributeCreation, type AttributeUpdate } from './attributes/attributes.service.js';
export { UserAttributes, type AttributeReader, type AttributesChange } from './attributes/user-attributes.service.js';
export type { Picture, PictureProblem } from './pictures/picture.js';
export { UserPictures } from './pictures/user-pictures.service.js';
export type { UserProblem } from './claim-rules.js';
export {
  GroupsService,
  type GroupChanges,
  type GroupCreation,
  type GroupInput,
  type GroupUpdate,
} from './groups.service.js';
export { claimsNamed, standardClaims, type AddressClaim, type StandardClaims } from './standard-claims.js';
export {
  ADMIN_ROLES,
  ADMINISTRATORS_GROUP,
  type AdminRole,
  REQUIRED_ACTIONS,
  USER_STATUSES,
  type AcceptedTerms,
  type Group,
  type RequiredAction,
  type User,
} from './user.js';
export { canonicalName, isEmailAddress, typedName } from './username.js';
export { UserDepartures, type Departure } from './user-departures.service.js';
export { UsersModule } from './users.module.js';
export type { UserChanges, UserInput } from './user-input.js';
export { UsersService, type UserCreation, type UserRefusal, type UserUpdate } from './users.service.js';

/** The tables of this module. */
export const USER_ENTITIES = [
  UserEntity,
  GroupEntity,
  MembershipEntity,
  GroupNestingEntity,
  AttributeEntity,
  AttributeValueEntity,
  PicturePartEntity,
] as const;
