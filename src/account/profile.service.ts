import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import type { PostedForm } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UserAttributes, UsersService, attributeWords, type Attribute, type AttributeValue } from '#users/index.js';
import type { AttributeFieldModel, ProfileModel } from '#views/index.js';
import { attributeChanges, attributeField, claimChanges, claimFields } from './profile-form.js';
import type { Visit } from './visit.js';

/** What the page says of a user, whichever form it holds. */
type ProfileFacts = Pick<ProfileModel, 'fields' | 'attributes' | 'pictureEditable'>;

class Refused extends Error {
  constructor(readonly pointers: readonly string[]) {
    super('the profile cannot be like this');
  }
}

/** Reads and changes what users say of themselves, as far as the company lets them. */
@Injectable()
export class Profile {
  constructor(
    private readonly users: UsersService,
    private readonly attributes: UserAttributes,
    private readonly settings: CompanySettingsService,
    private readonly transactions: Transactions,
  ) {}

  /** Changes what the form says; the places of what cannot be so, or nothing once all of it is done. */
  async change({ user }: Visit, form: PostedForm): Promise<readonly string[] | undefined> {
    const { editableClaims } = await this.settings.current();
    const claims = claimChanges(form, user.claims, editableClaims);
    const given = attributeChanges(form, await this.attributes.editableBy('user'));
    try {
      await this.transactions.run(async () => {
        const attributes =
          Object.keys(given).length === 0 ? undefined : await this.attributes.change(user.id, given, 'user');
        const update = await this.users.update(user.id, { claims });
        const refused = [attributes, update].flatMap((result) => pointersOf(result));
        if (refused.length > 0) throw new Refused(refused);
      });
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.pointers;
      throw error;
    }
  }

  async facts({ user, locale }: Visit, form?: PostedForm, faults: readonly string[] = []): Promise<ProfileFacts> {
    const { editableClaims } = await this.settings.current();
    const editable = await this.attributes.editableBy('user');
    const visible = await this.attributes.visibleTo('user');
    const values = (await this.attributes.seenBy('user', [user.id])).get(user.id) ?? {};
    return {
      fields: claimFields(user.claims, editableClaims, { form, faults }),
      attributes: visible.map((attribute) => ({
        ...fieldOf(attribute, values[attribute.name], form),
        ...attributeWords(attribute, locale),
        editable: editable.includes(attribute),
        fault: faults.includes(`#/attributes/${attribute.name}`),
      })),
      pictureEditable: editableClaims.includes('picture'),
    };
  }
}

function fieldOf(
  { name, type, list, required, constraints }: Attribute,
  value: AttributeValue | undefined,
  form: PostedForm | undefined,
): Pick<AttributeFieldModel, 'field' | 'list' | 'required' | 'choices' | 'value'> {
  const field = attributeField(name);
  const written = value === undefined ? '' : [value].flat().map(String).join('\n');
  const choices = type === 'boolean' ? ['true', 'false'] : constraints.choices;
  return { field, list, required, choices: list ? undefined : choices, value: form?.get(field) ?? written };
}

function pointersOf(
  result: { outcome: string; problems?: readonly { pointer: string }[]; pointer?: string } | undefined,
): string[] {
  if (result === undefined || ['updated', 'changed'].includes(result.outcome)) return [];
  return result.problems?.map(({ pointer }) => pointer) ?? [result.pointer ?? '#'];
}
