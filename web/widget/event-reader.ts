type EventReader = {
  onData(data: string): void;
  onComment(): void;
  onRetry(milliseconds: number): void;
};

/**
 * Reads a `text/event-stream` as it comes in. Of an event only its data matters here: the seq is within. The package
 * that the terminal uses knows more, and weighs five times as much.
 */
export function createEventReader({ onData, onComment, onRetry }: EventReader): (part: string) => void {
  let rest = '';
  let data: string[] = [];
  const readLine = (line: string) => {
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) onData(data.join('\n'));
      data = [];
    } else if (name === '') onComment();
    else if (name === 'data') data.push(value);
    else if (name === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  };
  return (part) => {
    // A carriage return at the end may be half of a line's end.
    const lines = (rest + part).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(readLine);
  };
}
