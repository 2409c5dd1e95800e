/** What some work comes to, where it does so within `ms`. Rejects as it does or throws, and where it takes longer. */
export async function inTime<Value>(work: () => Promise<Value>, ms: number): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Nothing came in ${ms} ms.`)), ms);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
