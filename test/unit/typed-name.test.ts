import { describe, expect, test } from 'vitest';
import { isTyped } from '../../domain/typed-name.ts';

describe('a name is typed', () => {
  test.each([
    ['Acme GmbH', 'Acme GmbH'],
    [' Acme GmbH ', 'Acme GmbH'],
    ['Acme GmbH', 'Acme  GmbH'],
    ['Acme GmbH', 'Acme\u00a0GmbH'],
    ['Café', 'Cafe\u0301'],
  ])('%j for %j', (typed, name) => {
    expect(isTyped(typed, name)).toBe(true);
  });

  test.each([
    ['', 'Acme GmbH'],
    ['acme gmbh', 'Acme GmbH'],
    ['AcmeGmbH', 'Acme GmbH'],
    ['Cafe', 'Café'],
    ['Acme', 'Acme GmbH'],
  ])('not by %j for %j', (typed, name) => {
    expect(isTyped(typed, name)).toBe(false);
  });
});
