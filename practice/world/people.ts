export const tenantId = '3c0b1d52-7f4e-4c86-9a41-5d7e0c2f8b10';
export const outsiderTenantId = 'e91f6a07-2d3c-4b58-8f60-1a4c9d7b3e25';
/** Client id of the bot's app registration. */
export const appId = '7a1e4c90-5b28-4f63-8d0e-93c6b2f1a748';
/** Good for the practice tenant only. */
export const appSecret = 'practice-only-not-a-secret';
export const tenantName = 'Contoso';

export interface Person {
  readonly key: string;
  /** Entra object id; the same after every restart and reset. */
  readonly id: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly userType: 'Member' | 'Guest';
  readonly managerKey?: string;
  readonly sponsorKey?: string;
  readonly accountEnabled: boolean;
  /** Days between the start of the practice world and the first day at work. */
  readonly startsInDays?: number;
}

export const people: readonly Person[] = [
  member('engineer', 1, 'Ayumi Fernqvist', 'AI Platform Engineer', 'AI Platform', { managerKey: 'manager' }),
  member('manager', 2, 'Olumide Castellane', 'Head of AI Platform', 'AI Platform'),
  member('security', 3, 'Ingrid Balasuntharam', 'Security Lead', 'Security'),
  member('helpdesk', 4, 'Tomasz Okonjeva', 'Service Desk Analyst', 'IT Support', { managerKey: 'security' }),
  member('finance', 5, 'Leilani Brandvold', 'Financial Controller', 'Finance', { managerKey: 'manager' }),
  member('starter', 6, 'Noor Achterberg', 'Data Scientist', 'AI Platform', {
    managerKey: 'manager',
    startsInDays: 7,
  }),
  {
    ...member('guest', 7, 'Rafael Dunmore-Tiwari', 'Contractor', 'Fabrikam Consulting', {
      sponsorKey: 'manager',
    }),
    userType: 'Guest',
    userPrincipalName: 'rafael.dunmore-tiwari_fabrikam.example#EXT#@contoso.example',
    mail: 'rafael.dunmore-tiwari@fabrikam.example',
  },
  member('appowner', 8, 'Wanjiru Halvorsen', 'Retrieval Product Owner', 'AI Platform', {
    managerKey: 'manager',
  }),
  {
    ...member('outsider', 9, 'Caspian Vermeulen', 'Analyst', 'Research'),
    tenantId: outsiderTenantId,
    userPrincipalName: 'caspian.vermeulen@northwind.example',
    mail: 'caspian.vermeulen@northwind.example',
  },
];

export function personByKey(key: string): Person | undefined {
  return people.find((person) => person.key === key);
}

export function personById(id: string): Person | undefined {
  return people.find((person) => person.id === id.toLowerCase());
}

function member(
  key: string,
  number: number,
  displayName: string,
  jobTitle: string,
  department: string,
  more: Pick<Person, 'managerKey' | 'sponsorKey' | 'startsInDays'> = {},
): Person {
  const address = `${displayName.toLowerCase().replace(' ', '.')}@contoso.example`;
  return {
    key,
    id: `0e5f3a0${number}-4c7d-4e2b-9b6a-1c8d5e2f700${number}`,
    tenantId,
    displayName,
    userPrincipalName: address,
    mail: address,
    jobTitle,
    department,
    userType: 'Member',
    accountEnabled: true,
    ...more,
  };
}
