import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Field } from './field.js';

/** What is wrong with a password that somebody chose. */
export type NewPasswordProblem = 'missing' | 'too-short' | 'too-long' | 'too-common' | 'too-similar' | 'leaked';

/** The field in which somebody chooses a password. */
export function NewPasswordField(props: {
  readonly minimumLength: number;
  readonly problem?: NewPasswordProblem | undefined;
  readonly autofocus?: boolean;
}): VNode {
  const { setUp } = usePageContext().messages;
  const { problem, minimumLength } = props;
  return (
    <Field
      name="password"
      type="password"
      label={setUp.password}
      hint={setUp.passwordHint(minimumLength)}
      autocomplete="new-password"
      minLength={minimumLength}
      autofocus={props.autofocus}
      error={problem && (problem === 'missing' ? setUp.fields.password.missing : setUp.kinds[problem])}
    />
  );
}
