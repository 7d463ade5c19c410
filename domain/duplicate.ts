/**
 * Why two clients may be one: names that are the same but for spelling, accents, punctuation and legal form (`foyer.name_sketch` in the database);
 * the same external reference in another spelling; a domain that is one's and the other's; the same contact.
 */
export const lookalikeReasons = ['name', 'reference', 'domain', 'contact'] as const;
export type LookalikeReason = (typeof lookalikeReasons)[number];
