/** Who comes in, and how. */
export const signInTexts = {
  signIn: {
    title: 'Sign in to Foyer',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    signUp: 'New here? Sign up',
    forgotten: 'Password forgotten?',
    or: 'or',
    singleSignOn: 'Use single sign-on',
    /** By what single sign-on says of itself. */
    notSignedOn: {
      access_denied: 'Single sign-on was broken off.',
      account_not_linked: 'Somebody signs in here with this address by password, and the address is not confirmed on both sides.',
      email_not_verified: 'The identity provider has not confirmed your address.',
      other: 'Single sign-on did not work.',
    } as Record<string, string> & { other: string },
    signInOtherwise: 'Sign in by e-mail and password, or try again.',
  },
  signUp: {
    title: 'Sign up to Foyer',
    name: 'Your name',
    passwordRule: 'At least ten characters; nothing else is asked of it.',
    submit: 'Sign up',
    signIn: 'Sign in instead',
    sent: 'Look into your mailbox',
    sentDetail: 'A mail is on its way, with a link that confirms your address. It is valid for one hour.',
    sendAgain: 'Send the mail again',
  },
  verify: { title: 'Confirming your address' },
  reset: {
    title: 'Set a new password',
    submit: 'Send the mail',
    sent: 'Look into your mailbox',
    sentDetail: 'If somebody signs in with this address, a mail with a link for a new password is on its way.',
    newTitle: 'Choose a new password',
    newPassword: 'New password',
    save: 'Save the password',
  },
  invitation: {
    title: 'You are invited',
    first: 'Sign in with the address that was invited, or sign up with it; then you come back here.',
    signedInAs: (email: string) => `You are signed in as ${email}.`,
    accept: 'Accept the invitation',
  },
  openAccount: {
    title: 'Open an account',
    first: 'You belong to no account yet. Open one here, or ask an owner for an invitation.',
    another: 'One more account beside those you belong to. You become its owner, and can switch between them at any time.',
    kind: 'Kind of account',
    kinds: [
      { value: 'agency', label: 'Agency' },
      { value: 'direct', label: 'Direct' },
    ],
    kindExplained: {
      agency: 'For those who serve clients: client accounts, their projects and what is shared with them.',
      direct: 'For your own sites alone: no client accounts.',
    },
    name: 'Name of the account',
    open: 'Open account',
    back: 'Back',
  },
};
