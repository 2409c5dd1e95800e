import type { Desk } from '../conversations/desk.ts';

const LONGEST_MS = 2_000;

/** True where the store answers a ping within two seconds. Never throws. */
export async function storeAnswers(desk: Desk): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, LONGEST_MS, false);
  });
  const answered = desk.store.ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
