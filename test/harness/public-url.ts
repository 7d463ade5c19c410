/** Where the outside reaches the Foyer of the tests. */
export const publicUrl = 'https://foyer.example';
