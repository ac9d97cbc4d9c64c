import type { PracticeResponse } from '../http/router.js';
import { type ArmCall, badArmRequest } from './arm-call.js';
import { armCollection } from './arm-ids.js';

/** A page of a list. Its link names the real host, as Azure's does. */
export function armPage(
  { ctx, req, scope }: ArmCall,
  type: string,
  items: readonly unknown[],
): PracticeResponse {
  const start = startOf(req.query.get('$skiptoken'));
  const end = start + ctx.tenant.azure.pageSize();
  const query = new URLSearchParams(req.query);
  query.set('$skiptoken', Buffer.from(`from ${end}`).toString('base64url'));
  const next =
    end < items.length
      ? { nextLink: `https://management.azure.com${armCollection(scope, type)}?${query}` }
      : {};
  return { status: 200, body: { value: items.slice(start, end), ...next } };
}

function startOf(token: string | null): number {
  if (token === null) return 0;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  return /^from \d+$/.test(text) ? Number(text.slice('from '.length)) : badArmRequest('Invalid skip token.');
}
