const families = [
  'Passkey',
  'MicrosoftAuthApp',
  'WindowsHello',
  'SoftwareOATH',
  'Phone',
  'Email',
  'PlatformCred',
];

/** One for each kind that is removed: the one for all kinds together would also set passwords. */
export const removeScopes: readonly string[] = families.map((name) => `UserAuthMethod-${name}.ReadWrite.All`);
