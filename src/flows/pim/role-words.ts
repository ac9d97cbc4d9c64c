/** What well-known roles let somebody do, in words for people who do not administer Entra; others keep their own. */
const words: Readonly<Record<string, string>> = {
  'd2562ede-74db-457e-a7b6-544e236ebb61': 'Change every setting of the AI services, for everybody.',
  '62e90394-69f5-4237-9190-012177145e10':
    'Change anything, read anything and reset anybody. The most powerful role there is.',
  'e8611ab8-c189-46e8-94e1-60213ab1f814':
    'Give people any role, also this one, and change how roles are activated.',
  '194ae4cb-b126-40b2-bd5b-6091b380977d':
    'See all security reports and change how the organisation protects itself.',
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': 'Reset how anybody signs in, administrators too.',
  'c4e39bd9-1100-46d3-8c65-fb160da0071f': 'Reset how people without special roles sign in.',
  '29232cdf-9323-42fd-ade2-1d097af3e4de': 'Change every mailbox and all mail settings.',
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c': 'Change every SharePoint site and all sharing settings.',
  '69091246-20e8-4a56-aa4d-066075b2a7a8': 'Change all settings of Teams, calls and meetings.',
  '11648597-926c-4cf3-9c36-bcebb0ba8dcc': 'Change the environments, connectors and rules of Power Platform.',
  'fdd7a751-b60b-444a-984c-02652fe8fa1c': 'Make, change and delete groups, and say who is in them.',
  'fe930be7-5e62-47db-91af-98c3a49a38b1':
    'Make and change user accounts, and reset passwords of ordinary users.',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8': 'Reset passwords of ordinary users.',
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': 'Change all applications, and what they may do.',
  '158c047a-c907-4556-b7ef-446551a6b5f7': 'Change cloud applications, and what they may do.',
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9': 'Change the rules that decide who may sign in, from where and how.',
  '3a2c62db-5318-420d-8d74-23affee5d9d5': 'Change and wipe managed phones and computers.',
  '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e':
    'Change access packages, access reviews and who gets what for how long.',
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451': 'Read everything an administrator can see, and change nothing.',
  '5d6b6bb7-de71-4623-b4af-96380a352509': 'Read all security reports, and change nothing.',
  '4a5d8f65-41da-4de4-8968-e035b65339cf': 'Read reports about use and sign-ins.',
};

export function roleWords(roleId: string): string | undefined {
  return Object.hasOwn(words, roleId) ? words[roleId] : undefined;
}
