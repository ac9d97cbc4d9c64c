/** Time that passes is handed in, like the clock. Ends early, without an error, when the signal says so. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Node's own one ends early with an error, whose making was a tenth of the cost of a press. */
export const systemSleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted === true) done();
    else signal?.addEventListener('abort', done);
  });

export type InTime<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'late' };

/** Stops waiting after `ms`; the work itself goes on, and what it throws then goes to `afterwards`. */
export async function within<T>(
  work: Promise<T>,
  limit: { readonly ms: number; readonly sleep: Sleep; readonly afterwards: (error: unknown) => void },
): Promise<InTime<T>> {
  const done = new AbortController();
  const late = limit.sleep(limit.ms, done.signal).then(() => ({ kind: 'late' }) as const);
  const inTime = work.then((value) => ({ kind: 'done', value }) as const);
  try {
    const first = await Promise.race([inTime, late]);
    if (first.kind === 'late') inTime.catch(limit.afterwards);
    return first;
  } finally {
    done.abort('done');
  }
}
