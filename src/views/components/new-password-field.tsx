import type { VNode } from 'preact';
import type { Messages } from '../messages/en.js';
import { usePageContext } from '../page-context.js';
import { Field } from './field.js';

/** What is wrong with a password that somebody chose. */
export type NewPasswordProblem =
  'missing' | 'too-short' | 'too-long' | 'too-common' | 'too-similar' | 'leaked' | 'same';

/** The field in which somebody chooses a password. */
export function NewPasswordField(props: {
  readonly minimumLength: number;
  readonly problem?: NewPasswordProblem | undefined;
  readonly autofocus?: boolean;
}): VNode {
  const { messages } = usePageContext();
  const { setUp } = messages;
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
      error={problem && problemText(problem, messages)}
    />
  );
}

function problemText(problem: NewPasswordProblem, { setUp, resetPassword }: Messages): string {
  if (problem === 'same') return resetPassword.same;
  return problem === 'missing' ? setUp.fields.password.missing : setUp.kinds[problem];
}
