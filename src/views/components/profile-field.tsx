import type { VNode } from 'preact';
import { CATALOGUES } from '../messages/index.js';
import { usePageContext } from '../page-context.js';
import type { ProfileClaim } from './profile-claims.js';
import { plainText } from '../text.js';

/** A standard claim on the profile page. */
export interface ProfileField {
  readonly claim: ProfileClaim;
  readonly value: string;
  readonly editable: boolean;
  readonly fault: boolean;
}

/** An attribute that administrators declared, on the profile page. */
export interface AttributeFieldModel {
  /** The name of its field in the form. */
  readonly field: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** One value on each line. */
  readonly list: boolean;
  readonly required: boolean;
  readonly choices?: readonly string[] | undefined;
  readonly value: string;
  readonly editable: boolean;
  readonly fault: boolean;
}

const AUTOCOMPLETE: Readonly<Record<ProfileClaim, string>> = {
  name: 'name',
  given_name: 'given-name',
  family_name: 'family-name',
  nickname: 'nickname',
  phone_number: 'tel',
  website: 'url',
  zoneinfo: 'off',
  locale: 'off',
};

/** What a claim is, and what it is now; a field where the user may change it. */
export function ClaimField({ field }: { readonly field: ProfileField }): VNode {
  const { profile: words } = usePageContext().messages;
  const { claim, value, editable, fault } = field;
  const control = { id: claim, name: claim, value, autocomplete: AUTOCOMPLETE[claim] };
  return (
    <Labelled
      {...field}
      id={claim}
      label={words.labels[claim]}
      error={fault ? words.faults[claim] : undefined}
      hint={editable ? words.hints[claim] : words.byAdministrator}
    >
      {(notes) =>
        editable && (claim === 'zoneinfo' || claim === 'locale') ? (
          <Choice {...control} {...notes} options={claim === 'locale' ? languages() : timeZones()} />
        ) : (
          <input type="text" dir="auto" maxLength={2048} {...control} {...notes} readOnly={!editable} />
        )
      }
    </Labelled>
  );
}

/** The same for an attribute. */
export function AttributeField({ attribute }: { readonly attribute: AttributeFieldModel }): VNode {
  const { profile: words } = usePageContext().messages;
  const { field, title, description, list, required, choices, value, editable, fault } = attribute;
  const control = { id: field, name: field };
  const yesNo: Readonly<Record<string, string>> = { true: words.yes, false: words.no };
  const options = choices?.map((choice): Option => [choice, yesNo[choice] ?? choice]);
  return (
    <Labelled
      id={field}
      label={plainText(title)}
      error={fault ? words.attributeFault : undefined}
      hint={[description && plainText(description, 400), list && words.onePerLine, !editable && words.byAdministrator]
        .filter(Boolean)
        .join(' ')}
    >
      {(notes) => {
        if (options !== undefined && editable) {
          return <Choice {...control} {...notes} value={value} options={[['', '–'], ...options]} />;
        }
        const shared = { ...control, ...notes, readOnly: !editable, required: required && editable };
        return list ? (
          <textarea rows={3} {...shared}>
            {value}
          </textarea>
        ) : (
          <input type="text" dir="auto" value={yesNo[value] ?? value} {...shared} />
        );
      }}
    </Labelled>
  );
}

type Option = readonly [value: string, words: string];

interface Notes {
  readonly 'aria-invalid'?: true | undefined;
  readonly 'aria-describedby'?: string | undefined;
}

function Labelled(props: {
  readonly id: string;
  readonly label: string;
  readonly error: string | undefined;
  readonly hint: string | undefined;
  readonly children: (notes: Notes) => VNode;
}): VNode {
  const { id, error, hint = '' } = props;
  const described = [error === undefined ? '' : `${id}-error`, hint === '' ? '' : `${id}-hint`].filter(Boolean);
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children({
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': described.join(' ') || undefined,
      })}
      {error === undefined ? null : (
        <p class="fault" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint === '' ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Choice(
  props: Notes & {
    readonly id: string;
    readonly name: string;
    readonly value: string;
    readonly options: readonly Option[];
  },
): VNode {
  const { options, value, ...control } = props;
  // What the list does not have stays as it is until somebody chooses something else
  const all = options.some(([each]) => each === value) ? options : [[value, value] as const, ...options];
  return (
    <select {...control}>
      {all.map(([each, words]) => (
        <option key={each} value={each === words ? undefined : each} selected={each === value}>
          {plainText(words)}
        </option>
      ))}
    </select>
  );
}

function languages(): Option[] {
  const { profile } = usePageContext().messages;
  return [
    ['', profile.asBrowser],
    ...Object.entries(CATALOGUES).map(([tag, { language }]): Option => [tag, language.ownName]),
  ];
}

function timeZones(): Option[] {
  return [['', '–'], ...Intl.supportedValuesOf('timeZone').map((zone): Option => [zone, zone])];
}
