export interface Alarm {
  /** Ends a sleep, or the next one if nobody sleeps: a call just before it must not be missed. */
  ring(): void;
  /** Forgets calls from before, which were for work that is taken now. */
  quiet(): void;
  sleep(ms: number): Promise<void>;
}

export function createAlarm(): Alarm {
  let rung = false;
  let wakeUp: () => void = () => undefined;
  return {
    ring: () => {
      rung = true;
      wakeUp();
    },
    quiet: () => {
      rung = false;
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        if (rung) return resolve();
        const timer = setTimeout(resolve, ms);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
