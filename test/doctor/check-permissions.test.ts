import assert from 'node:assert/strict';
import { checkApplication, checkDelegated, checkNoWrite } from '../../scripts/doctor/check-permissions.js';
import { sentences, told } from './told.js';

const need = (permission: string) => ({ permission, usedBy: 'packages.open' });

describe('doctor: permissions', () => {
  describe('the bot itself', () => {
    it('may read, and may install itself for people', () => {
      const held = ['User.Read.All', 'Group.ReadBasic.All', 'TeamsAppInstallation.ReadWriteSelfForUser.All'];
      assert.deepEqual(told(checkNoWrite(held)), ['ok permissions.write']);
    });

    for (const name of [
      'EntitlementManagement.ReadWrite.All',
      'RoleManagement.ReadWrite.Directory',
      'Mail.Send',
      'Sites.FullControl.All',
      'User.RevokeSessions.All',
      'TeamsAppInstallation.ReadWriteForUser.All',
      'AppRoleAssignment.ReadWrite.All',
    ]) {
      it(`must not hold ${name}`, () => {
        const findings = checkNoWrite(['User.Read.All', name]);
        assert.deepEqual(told(findings), ['error permissions.write']);
        assert.match(sentences(findings), /must not be able to approve/);
      });
    }

    it('must not hold a permission of anything but Microsoft Graph', () => {
      assert.deepEqual(told(checkNoWrite([], ['Office 365 Exchange Online'])), ['error permissions.write']);
    });

    it('needs what its flows read, and is warned of more', () => {
      const needs = [need('User.Read.All'), need('GroupMember.Read.All')];
      const enough = ['user.read.all', 'GroupMember.Read.All'];
      assert.deepEqual(told(checkApplication(enough, needs)), ['ok permissions.application']);
      assert.deepEqual(told(checkApplication(['User.Read.All'], needs)), ['error permissions.application']);
      const more = [...enough, 'AuditLog.Read.All'];
      assert.deepEqual(told(checkApplication(more, needs)), ['warning permissions.application']);
    });
  });

  describe('on behalf of people', () => {
    it('needs consent for everybody', () => {
      const needs = [need('EntitlementManagement.ReadWrite.All')];
      const given = ['EntitlementManagement.ReadWrite.All', 'User.Read', 'openid'];
      assert.deepEqual(told(checkDelegated(given, needs)), ['ok permissions.delegated']);
      assert.deepEqual(told(checkDelegated([], needs)), ['error permissions.delegated']);
    });

    it('only warns where each person can consent alone', () => {
      const findings = checkDelegated([], [need('EntitlementMgmt-SubjectAccess.ReadWrite')]);
      assert.deepEqual(told(findings), ['warning permissions.delegated']);
    });

    it('compares what opens Azure with consent for Azure', () => {
      const scope = 'https://management.azure.com/user_impersonation';
      const azure = ['https://management.azure.com'];
      assert.deepEqual(told(checkDelegated([scope], [need(scope)], azure)), ['ok permissions.delegated']);
      const missing = checkDelegated(['user_impersonation'], [need(scope)], azure);
      assert.deepEqual(told(missing), ['warning permissions.delegated', 'warning permissions.delegated']);
      assert.match(
        sentences(missing),
        /no consent for everybody .*management\.azure\.com.*ask each person once/,
      );
    });

    it('says what it could not check, and goes on with the rest', () => {
      const needs = [need('Mail.Read'), need('https://management.azure.com/user_impersonation')];
      const findings = checkDelegated(['Mail.Read'], needs);
      assert.deepEqual(told(findings), ['ok permissions.delegated', 'warning permissions.delegated']);
      assert.match(sentences(findings), /management\.azure\.com\/user_impersonation was not checked/);
    });

    it('warns of consent that no flow uses', () => {
      assert.deepEqual(told(checkDelegated(['Mail.Read'], [])), ['warning permissions.delegated']);
    });
  });
});
