import type { VNode } from 'preact';

/** What a field is besides an input. */
export interface FieldProps {
  readonly name: string;
  /** Its name, unless the page has several of that name. */
  readonly id?: string | undefined;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string | undefined;
  readonly autocomplete:
    'username' | 'username webauthn' | 'name' | 'email' | 'current-password' | 'new-password' | 'one-time-code' | 'off';
  /** Brings up the keyboard for digits. */
  readonly digits?: boolean | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autofocus?: boolean | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly optional?: boolean | undefined;
}

/** A field with its label above it, its fault and its hint below; required unless it is said to be optional. */
export function Field(props: FieldProps): VNode {
  const { name, id = name, hint, error } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <Input {...props} />
      {error === undefined ? null : (
        <p class="fault" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Input(props: FieldProps): VNode {
  const { name, id = name, hint, error } = props;
  const notes = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`];
  const attributes = {
    id,
    name,
    value: props.value,
    autocomplete: props.autocomplete,
    autocapitalize: props.autocomplete === 'name' ? 'words' : 'none',
    spellcheck: false,
    required: props.optional !== true,
    minLength: props.minLength,
    inputMode: props.digits === true ? 'numeric' : undefined,
    maxLength: props.maxLength,
    autofocus: props.autofocus,
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
  } as const;
  switch (props.type) {
    case 'password':
      return <input type="password" {...attributes} />;
    case 'email':
      return <input type="email" {...attributes} />;
    default:
      return <input type="text" dir="auto" {...attributes} />;
  }
}
