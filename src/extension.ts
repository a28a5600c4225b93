/**
 * What the package offers to extensions as `gatehouse/extension` (docs/extensions.md): the two ways to hear of events,
 * and their catalogue. It changes only with a note in CHANGELOG.md.
 */
export { AfterCommit, type EventCatalogue, type EventName, OnEvent } from '#platform/events/index.js';
