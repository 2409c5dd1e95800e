/** A request that did not succeed. `code` is the server's, or `network` where no answer came. */
export class ApiError extends Error {
  readonly code: string;
  /** HTTP status, 0 where no answer came. */
  readonly status: number;
  constructor(code: string, status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
  }
  /** True where the same request may well succeed a moment later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
  /** True where the server does not know the conversation or its token any more. */
  get gone(): boolean {
    return this.status === 401 || this.status === 404;
  }
}

/** The error that an answer other than 2xx stands for. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  const field = (name: 'code' | 'message') =>
    typeof error === 'object' && error !== null && name in error
      ? String((error as Record<string, unknown>)[name])
      : '';
  return new ApiError(field('code') || 'unknown', response.status, field('message'));
}

/** Whatever was thrown, as an ApiError. */
export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('network', 0, '');
}
