import { DefaultNamingStrategy } from 'typeorm';
import type { NamingStrategyInterface, Table } from 'typeorm';

/** `expiresAt` here is `expires_at` there, and what is not named by hand gets a name that can be read. */
export class SnakeCaseNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(targetName: string, userSpecifiedName: string | undefined): string {
    return userSpecifiedName ?? snakeCase(targetName.replace(/Entity$/, ''));
  }

  override columnName(propertyName: string, customName: string | undefined, embeddedPrefixes: string[]): string {
    return [...embeddedPrefixes, customName ?? propertyName].map(snakeCase).join('_');
  }

  override foreignKeyName(tableOrName: Table | string, columnNames: string[]): string {
    return foreignKeyName(this.getTableName(tableOrName), columnNames);
  }

  override indexName(tableOrName: Table | string, columnNames: string[]): string {
    return `IX_${this.getTableName(tableOrName)}_${columnNames.join('_')}`;
  }
}

/** The one name of a foreign key, in entities as in migrations. */
export function foreignKeyName(table: string, columns: readonly string[]): string {
  return `FK_${table}_${columns.join('_')}`;
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
