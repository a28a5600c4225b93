import type { VNode } from 'preact';
import { Avatar } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import {
  AttributeField,
  ClaimField,
  type AttributeFieldModel,
  type ProfileField,
} from '../../components/profile-field.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the profile page; the profile posts the claims by name and each attribute as `attribute:<name>`. */
export interface ProfileModel extends FormTarget {
  readonly account: AccountCard;
  /** Where the picture is posted, as the file `picture`; `action=remove` takes it away. */
  readonly picture: FormTarget;
  readonly hasPicture: boolean;
  readonly pictureEditable: boolean;
  readonly emailVerified: boolean;
  readonly fields: readonly ProfileField[];
  readonly attributes: readonly AttributeFieldModel[];
  readonly notice?: 'saved' | 'picture-set' | 'picture-removed' | undefined;
  /** The profile came back with faults, each beside its field. */
  readonly refused?: boolean | undefined;
  readonly pictureProblem?: 'missing' | 'too-large' | 'no-picture' | 'too-many-pixels' | undefined;
}

/** The page at `/account/profile`. */
export const ProfilePage: Page<ProfileModel> = {
  title: (_, { profile }) => profile.title,
  Body: ({ model }) => {
    const { profile: words } = usePageContext().messages;
    const { refused, pictureProblem, notice } = model;
    return (
      <AccountShell section="profile" account={model.account}>
        <h1>{words.title}</h1>
        <p class="soft lead">{words.intro}</p>
        {refused === true ? <FormError>{words.refused}</FormError> : null}
        {pictureProblem === undefined ? null : <FormError>{words.pictureProblems[pictureProblem]}</FormError>}
        {notice === undefined ? null : <Notice kind="done">{words.notices[notice]}</Notice>}
        <PictureCard model={model} />
        <SignInFacts model={model} />
        <Form to={model} class="card" id="profile">
          {model.fields.map((field) => (
            <ClaimField key={field.claim} field={field} />
          ))}
          {model.attributes.map((attribute) => (
            <AttributeField key={attribute.field} attribute={attribute} />
          ))}
          {[...model.fields, ...model.attributes].some(({ editable }) => editable) ? (
            <div class="actions">
              <Button id="save-profile" primary>
                {words.save}
              </Button>
            </div>
          ) : null}
        </Form>
      </AccountShell>
    );
  },
};

function PictureCard({ model }: { readonly model: ProfileModel }): VNode {
  const { profile: words } = usePageContext().messages;
  return (
    <section class="card row-card">
      <Avatar account={model.account} />
      <div class="grow">
        <h2>{words.picture}</h2>
        <p class="soft small" id="picture-hint">
          {model.pictureEditable ? words.pictureHint : words.byAdministrator}
        </p>
        {model.pictureEditable ? <PictureForm model={model} /> : null}
      </div>
    </section>
  );
}

function PictureForm({ model }: { readonly model: ProfileModel }): VNode {
  const { profile: words } = usePageContext().messages;
  return (
    <form method="post" action={model.picture.action} encType="multipart/form-data" class="inline">
      <input type="hidden" name="csrf" value={model.picture.csrf} />
      <input
        type="file"
        id="picture"
        name="picture"
        aria-label={words.pictureFile}
        aria-describedby="picture-hint"
        accept="image/png,image/jpeg,image/webp"
      />
      <Button id="set-picture" name="action" value="set">
        {words.setPicture}
      </Button>
      {model.hasPicture ? (
        <Button id="remove-picture" name="action" value="remove">
          {words.removePicture}
        </Button>
      ) : null}
    </form>
  );
}

function SignInFacts({ model }: { readonly model: ProfileModel }): VNode {
  const { messages, basePath } = usePageContext();
  const { profile: words, account: labels } = messages;
  const { username, email } = model.account;
  return (
    <dl class="card facts-table">
      <div>
        <dt>{labels.username}</dt>
        <dd>
          <Name text={username} />
        </dd>
      </div>
      <div>
        <dt>{labels.email}</dt>
        <dd>
          {email === undefined ? words.noEmail : <Name text={email} />}{' '}
          {email === undefined ? null : (
            <span class="tag">{model.emailVerified ? words.verified : words.unverified}</span>
          )}{' '}
          <a href={`${basePath}/account/email`}>{words.changeEmail}</a>
        </dd>
      </div>
    </dl>
  );
}
