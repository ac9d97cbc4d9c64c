import type { PracticeContext } from '../context.js';
import type { Router } from '../http/router.js';
import { pagesInput } from './inputs.js';

/** Shorter pages, so that a few rows are enough to see whether a client follows the links. */
export function pageRoutes({ tenant: { audits, azure } }: PracticeContext, router: Router): void {
  router.on('POST', '/pages', ({ body }) => {
    const { audits: rows, azure: items } = pagesInput(body);
    if (rows !== undefined) audits.setPageSize(rows);
    if (items !== undefined) azure.setPageSize(items);
    return { status: 200, body: { audits: audits.pageSize(), azure: azure.pageSize() } };
  });
}
