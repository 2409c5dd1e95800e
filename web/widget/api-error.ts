/** What went wrong, as it is kept and shown. `code` is the server's, or `network` where no answer came. */
export type Problem = { code: string /** Seconds after which it may work. */; wait: number | null };

/** A request that did not succeed. */
export class ApiError extends Error {
  readonly code: string;
  /** HTTP status, 0 where no answer came. */
  readonly status: number;
  /** Seconds after which the server wants to be asked again, where it said so. */
  readonly wait: number | null;
  constructor(code: string, status: number, wait: number | null = null) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.wait = wait;
  }
  /** True where the same request may well succeed a moment later, and nobody asked us to wait longer. */
  get passing(): boolean {
    return this.wait === null && this.code !== 'paused' && (this.status === 0 || this.status >= 500);
  }
  /** True where the server does not know the conversation or its token any more. */
  get gone(): boolean {
    return this.status === 401 || this.status === 404;
  }
  get problem(): Problem {
    return { code: this.code, wait: this.wait };
  }
}

/** The error that an answer other than 2xx stands for. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { error?: { code?: unknown } } | null;
  const wait = response.headers.get('Retry-After') ?? '';
  const code = String(body?.error?.code ?? 'unknown');
  return new ApiError(code, response.status, /^\d+$/.test(wait) ? Number(wait) : null);
}

/** Whatever was thrown, as an ApiError. */
export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('network', 0);
}
