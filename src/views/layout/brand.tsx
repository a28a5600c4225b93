import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';

/** The company's logo and name. */
export function Brand(): VNode {
  const { companyName, iconPath } = usePageContext();
  return (
    <p class="brand">
      <img src={iconPath} alt="" height={32} />
      <bdi>{companyName}</bdi>
    </p>
  );
}
