/** Days after which a link ends, as people are offered them; a link may also have no end. */
export const expiryDays = [30, 90, 365] as const;
