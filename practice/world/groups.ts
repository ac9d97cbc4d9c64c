import { directoryPersonByKey } from './reviewed-people.js';

export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly isAssignableToRole: boolean;
  readonly createdDateTime: string;
  readonly ownerKeys: readonly string[];
  readonly memberKeys: readonly string[];
  /** Groups that are members of this group: what makes direct and transitive membership differ. */
  readonly memberGroupIds: readonly string[];
}

const operatorsId = '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b52';

export const chatUsers: Group = {
  id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b51',
  displayName: 'AI Chat Users',
  description: 'May talk to the research assistant.',
  isAssignableToRole: false,
  createdDateTime: '2024-02-05T08:00:00Z',
  ownerKeys: ['appowner'],
  memberKeys: ['finance', 'helpdesk', 'dormant', 'leaver', 'contractor'],
  memberGroupIds: [operatorsId],
};

export const connectorOperators: Group = {
  id: operatorsId,
  displayName: 'AI Retrieval Connector Operators',
  description: 'May connect document stores to the research assistant and start a new index.',
  isAssignableToRole: false,
  createdDateTime: '2024-06-17T09:30:00Z',
  ownerKeys: ['appowner'],
  memberKeys: ['appowner', 'librarian', 'operator'],
  memberGroupIds: [],
};

export const platformAdmins: Group = {
  id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b53',
  displayName: 'AI Platform Admins',
  description: 'Administers the models, keys and quotas of the AI platform.',
  isAssignableToRole: true,
  createdDateTime: '2024-01-22T10:00:00Z',
  ownerKeys: ['manager'],
  memberKeys: ['manager', 'security'],
  memberGroupIds: [],
};

export const stalePilot: Group = {
  id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b54',
  displayName: 'AI Pilot 2025',
  description: null,
  isAssignableToRole: false,
  createdDateTime: '2025-01-13T12:00:00Z',
  ownerKeys: [],
  memberKeys: ['engineer', 'finance', 'guest'],
  memberGroupIds: [],
};

/** Its members are not listed here: there are a thousand of them or more. */
export const researchArchive: Group = {
  id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b55',
  displayName: 'Research Archive',
  description: 'May search the archive of finished research projects.',
  isAssignableToRole: false,
  createdDateTime: '2023-05-08T08:00:00Z',
  ownerKeys: ['appowner'],
  memberKeys: [],
  memberGroupIds: [],
};

/** Membership is governed by Privileged Identity Management. */
export const incidentResponders: Group = {
  id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b56',
  displayName: 'AI Incident Responders',
  description: 'May stop models and revoke keys during an incident.',
  isAssignableToRole: true,
  createdDateTime: '2024-11-04T08:00:00Z',
  ownerKeys: ['security'],
  memberKeys: ['engineer', 'operator', 'dormant'],
  memberGroupIds: [],
};

/** Nobody is in it but through a package. */
export const agentBuilders: Group = {
  id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b57',
  displayName: 'AI Agent Builders',
  description: 'May build agents and run them in the workshop.',
  isAssignableToRole: false,
  createdDateTime: '2024-09-02T07:00:00Z',
  ownerKeys: ['appowner'],
  memberKeys: [],
  memberGroupIds: [],
};

export const groups: readonly Group[] = [
  chatUsers,
  connectorOperators,
  platformAdmins,
  stalePilot,
  researchArchive,
  incidentResponders,
  agentBuilders,
];

export function groupById(id: string): Group | undefined {
  return groups.find((group) => group.id === id.toLowerCase());
}

/** Object ids of the people who are members by hand (not through a package). */
export function listedMembers(group: Group): string[] {
  return idsOf(group.memberKeys);
}

export function ownerIds(group: Group): string[] {
  return idsOf(group.ownerKeys);
}

function idsOf(keys: readonly string[]): string[] {
  return keys.flatMap((key) => directoryPersonByKey(key)?.id ?? []);
}
