import { describe, expect, it } from 'vitest';
import { groupNames } from './group-names.js';

describe('the groups of somebody', () => {
  it('are those they were put into, and with them those that contain these', () => {
    const memberships = [
      { group: 'sales-emea', outer: 'sales' },
      { group: 'sales-emea', outer: 'everybody' },
      { group: 'choir', outer: null },
    ];
    expect(groupNames(memberships)).toEqual({
      direct: ['choir', 'sales-emea'],
      effective: ['choir', 'everybody', 'sales', 'sales-emea'],
    });
  });

  it('are none for somebody in none', () => {
    expect(groupNames([])).toEqual({ direct: [], effective: [] });
  });

  it('never are the administrators by way of another group, whatever the rows say', () => {
    expect(groupNames([{ group: 'staff', outer: 'administrators' }]).effective).toEqual(['staff']);
    expect(groupNames([{ group: 'administrators', outer: 'staff' }])).toEqual({
      direct: ['administrators'],
      effective: ['administrators', 'staff'],
    });
  });
});
