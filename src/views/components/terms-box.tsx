import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { ExternalLink } from './external-link.js';

/** The box with which somebody accepts the terms of the company. */
export function TermsBox(props: { readonly uri: string; readonly error?: boolean }): VNode {
  const { terms } = usePageContext().messages;
  return (
    <div>
      <label class="option">
        <input
          type="checkbox"
          id="accept-terms"
          name="accept_terms"
          value="yes"
          required
          aria-invalid={props.error === true ? true : undefined}
          aria-describedby={props.error === true ? 'accept-terms-error' : undefined}
        />
        <span class="grow">{terms.accept}</span>
      </label>
      {props.error === true ? (
        <p class="fault" id="accept-terms-error">
          {terms.missing}
        </p>
      ) : null}
      <p class="small">
        <ExternalLink href={props.uri}>{terms.read}</ExternalLink>
      </p>
    </div>
  );
}
