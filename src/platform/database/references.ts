import { ForeignKey } from 'typeorm';

/** A column that holds the key of another entity, named by its class so that nothing is imported. */
export function References(entityName: string, choices: { onDelete?: 'CASCADE' } = {}): PropertyDecorator {
  return ForeignKey(entityName, { onDelete: choices.onDelete ?? 'NO ACTION', onUpdate: 'NO ACTION' });
}
