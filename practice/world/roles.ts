export interface Role {
  /** The template id, which is the same in every tenant. */
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly holderKeys: readonly string[];
}

export const roles: readonly Role[] = [
  {
    id: 'd2562ede-74db-457e-a7b6-544e236ebb61',
    displayName: 'AI Administrator',
    description: 'Manage all aspects of AI services in Microsoft 365.',
    holderKeys: [],
  },
  {
    id: '194ae4cb-b126-40b2-bd5b-6091b380977d',
    displayName: 'Security Administrator',
    description: 'Read security information and reports, and manage security configuration.',
    holderKeys: ['security'],
  },
  {
    id: '29232cdf-9323-42fd-ade2-1d097af3e4de',
    displayName: 'Exchange Administrator',
    description: 'Manage all aspects of Exchange.',
    holderKeys: [],
  },
  {
    id: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    displayName: 'Privileged Authentication Administrator',
    description: 'Reset the sign-in methods of any user, administrators too.',
    holderKeys: ['security'],
  },
  {
    id: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    displayName: 'Authentication Administrator',
    description: 'Reset the sign-in methods of users who hold no privileged role.',
    holderKeys: ['helpdesk'],
  },
];
