/** What some work gives, which is done once it is asked for. */
export function once<Value>(work: () => Value): () => Value {
  let done: { value: Value } | null = null;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
