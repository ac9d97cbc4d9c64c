export interface Role {
  /** The template id, which is the same in every tenant. */
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly holderKeys: readonly string[];
  /** Service principals that hold it too. */
  readonly holderAppIds?: readonly string[];
}

/** The app behind the connectors: it holds a role, and people are assigned to it. */
export const retrievalApp = {
  id: '6e8b2d47-1f90-4c3a-9d5e-7a0c4b81f263',
  appId: 'b3f7a6c1-08d4-4e29-8b5f-914d2c6e70a5',
  displayName: 'AI Retrieval Connector',
  ownerKeys: ['appowner'],
  /** The app role that lets people use it. */
  roleId: 'f2c90d18-7b35-4a6e-92c4-3e1d805b7f46',
  roleName: 'Connector.Use',
  assignedKeys: ['engineer', 'finance', 'librarian', 'contractor'],
};

export const roles: readonly Role[] = [
  {
    id: 'd2562ede-74db-457e-a7b6-544e236ebb61',
    displayName: 'AI Administrator',
    description: 'Manage all aspects of AI services in Microsoft 365.',
    holderKeys: ['operator', 'dormant'],
    holderAppIds: [retrievalApp.id],
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
    id: '62e90394-69f5-4237-9190-012177145e10',
    displayName: 'Global Administrator',
    description: 'Manage everything in the directory. Nobody here stands in it.',
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
  {
    id: '11648597-926c-4cf3-9c36-bcebb0ba8dcc',
    displayName: 'Power Platform Administrator',
    description: 'Manage all aspects of Microsoft Dynamics 365, Power Apps and Power Automate.',
    holderKeys: [],
  },
  {
    id: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    displayName: 'Groups Administrator',
    description: 'Manage groups, their settings, and their naming and expiration policies.',
    holderKeys: [],
  },
  {
    id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    displayName: 'Global Reader',
    description: 'Read everything that a Global Administrator can read, and change nothing.',
    holderKeys: [],
  },
  {
    id: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
    displayName: 'Privileged Role Administrator',
    description: 'Manage role assignments, and all aspects of Privileged Identity Management.',
    holderKeys: ['security'],
  },
  {
    id: '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e',
    displayName: 'Identity Governance Administrator',
    description: 'Manage access reviews, access packages and the terms of use.',
    holderKeys: ['security'],
  },
];
