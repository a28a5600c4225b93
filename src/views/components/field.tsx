import type { VNode } from 'preact';

/** What a field is besides an input. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string | undefined;
  readonly autocomplete: 'username' | 'name' | 'current-password' | 'new-password' | 'one-time-code' | 'off';
  /** Brings up the keyboard for digits. */
  readonly digits?: boolean | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autofocus?: boolean | undefined;
  readonly minLength?: number | undefined;
}

/** A required field with its label above it, its fault and its hint below; its id is its name. */
export function Field(props: FieldProps): VNode {
  const { name, hint, error } = props;
  return (
    <div class="field">
      <label for={name}>{props.label}</label>
      <Input {...props} />
      {error === undefined ? null : (
        <p class="fault" id={`${name}-error`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Input(props: FieldProps): VNode {
  const { name, hint, error } = props;
  const notes = [error === undefined ? '' : `${name}-error`, hint === undefined ? '' : `${name}-hint`];
  const attributes = {
    id: name,
    name,
    value: props.value,
    autocomplete: props.autocomplete,
    autocapitalize: props.autocomplete === 'name' ? 'words' : 'none',
    spellcheck: false,
    required: true,
    minLength: props.minLength,
    inputMode: props.digits === true ? 'numeric' : undefined,
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
