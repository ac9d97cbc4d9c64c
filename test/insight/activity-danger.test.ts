import assert from 'node:assert/strict';
import { dangerOf } from '../../src/insight/activity-danger.js';

const never = () => false;
const of = (activity: string, ok = true) => dangerOf({ activity, ok, targets: [] }, never);

describe('how dangerous a line of the audit log is', () => {
  const high: Readonly<Record<string, readonly string[]>> = {
    'secrets of applications': [
      'Add service principal credentials',
      'Remove service principal credentials',
      'Update application – Certificates and secrets management ',
      'Update external secrets',
      'Add owner to application',
      'Add owner to service principal',
    ],
    'what applications may do': [
      'Consent to application',
      'Add delegated permission grant',
      'Add OAuth2PermissionGrant',
      'Add app role assignment to service principal',
      'Update permission grant policy',
    ],
    'roles and eligibility': [
      'Add member to role',
      'Add scoped member to role',
      'Add eligible member to role in PIM completed (permanent)',
      'Add member to role in PIM completed (timebound)',
      'Add member to role outside of PIM (permanent)',
      'Add EligibleRoleAssignment to RoleDefinition',
      'Update role definition',
      'Update role setting in PIM',
      'Update member in PIM approved by admin (extend/renew)',
      'Disable PIM alert',
    ],
    policies: [
      'Update policy',
      'Delete Conditional Access policy',
      'Add named location',
      'Update security defaults',
      'Update authorization policy',
      'Authentication Methods Policy Update',
      'Authentication Strength Combination Configuration Update',
      'Delete AuthenticationContextClassReference',
      'Add a partner to cross-tenant access setting',
    ],
    'domains and federation': [
      'Set federation settings on domain',
      'Set domain authentication',
      'Add verified domain',
      'Set DirSyncEnabled flag',
      'Add partner to company',
      'Create Identity Provider',
    ],
    'ways to sign in': [
      'Reset password (by admin)',
      'Reset user password',
      'Admin registered security info',
      'Admin deleted security info',
      'User registered security info',
      'Disable Strong Authentication',
      'Add FIDO2 security key',
      'Create application password for user',
    ],
  };
  for (const [what, activities] of Object.entries(high)) {
    it(`is high for ${what}`, () => {
      assert.deepEqual(
        activities.filter((activity) => of(activity) !== 'high'),
        [],
      );
    });
  }

  it('is something for what is deleted, and for groups and access of others', () => {
    const some = [
      'Delete user',
      'Hard Delete application',
      'Remove service principal',
      'Delete group',
      'Delete device',
      'Add member to group',
      'Remove member from group',
      'Add owner to group',
      'Bulk import group members - finished (bulk)',
      'Add member to restricted management administrative unit',
      'Add app role assignment grant to user',
      'Add app role assignment to group',
      'Create access package assignment policy',
      'Add member to role request denied (PIM activation)',
    ];
    assert.deepEqual(
      some.filter((activity) => of(activity) !== 'some'),
      [],
    );
  });

  it('is nothing for daily work, for looking, and for words that nobody knows', () => {
    const plain = [
      'Update user',
      'Add user',
      'Change user license',
      'Update group',
      'Add device',
      'Download role assignments - finished (bulk)',
      'User reviewed security info',
      'Rotate the moon',
      'constructor',
      '',
    ];
    assert.deepEqual(
      plain.filter((activity) => of(activity) !== 'plain'),
      [],
    );
  });

  it('is never nothing for what failed', () => {
    assert.equal(of('Update user', false), 'some');
    assert.equal(of('Delete user', false), 'some');
    assert.equal(of('Add member to role', false), 'high');
  });

  it('is high for who is in a group that matters, and only there', () => {
    const targets = [
      { id: 'someone', name: '', type: 'User' },
      { id: 'admins', name: '', type: 'Group' },
    ];
    const at = (activity: string, id: string) =>
      dangerOf({ activity, ok: true, targets }, (group) => group === id);
    assert.equal(at('Add member to group', 'admins'), 'high');
    assert.equal(at('Remove owner from group', 'admins'), 'high');
    assert.equal(at('Add member to group', 'someone'), 'some', 'the id of a person is none of a group');
    assert.equal(at('Update group', 'admins'), 'plain');
  });
});
