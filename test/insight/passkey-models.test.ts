import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { modelOf } from '../../src/insight/passkey-models.js';
import models from '../../src/insight/passkey-models.json' with { type: 'json' };

const row = z.strictObject({
  name: z.string().trim().min(1),
  maker: z.string().trim().min(1),
  firmware: z.string(),
  advisory: z.boolean(),
  aaguids: z.array(z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)).min(1),
});

describe('the models of passkeys', () => {
  const all = models.flatMap(({ aaguids }) => aaguids);

  it('have well-formed identifiers, in small letters, and say what they are', () => {
    for (const model of models) assert.ok(row.safeParse(model).success, JSON.stringify(model));
  });

  it('have each identifier once', () => {
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.length >= 12);
  });

  it('are found however the identifier is written', () => {
    for (const aaguid of all) {
      assert.ok(modelOf(aaguid) !== undefined);
      assert.equal(modelOf(aaguid.toUpperCase()), modelOf(aaguid));
    }
    assert.equal(modelOf('de1e552d-db1d-4423-a619-566b625cdc84')?.name, 'Microsoft Authenticator on Android');
  });

  it('are warned about where the firmware of a YubiKey is before 5.7, and nowhere else', () => {
    for (const { maker, firmware, advisory } of models) {
      assert.equal(advisory, maker === 'Yubico' && Number.parseFloat(firmware) < 5.7, firmware);
    }
  });

  it('are not guessed', () => {
    const unknown = [
      '',
      '00000000-0000-0000-0000-000000000000',
      'a02167b9-ae71-4ac7-9a07-06432ebbf1c',
      'a02167b9-ae71-4ac7-9a07-06432ebbf1c0',
      'constructor',
    ];
    for (const aaguid of unknown) assert.equal(modelOf(aaguid), undefined, aaguid);
  });
});
