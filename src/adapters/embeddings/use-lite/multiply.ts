/** What `multiply.wat` assembles to (`test/adapters/embeddings/multiply.test.ts` compares them). */
export const MULTIPLY_WASM =
  'AGFzbQEAAAABCwFgB39/f39/f38AAg8BA2VudgZtZW1vcnkCAAEDAgEABwwBCG11bHRpcGx5AAAKzwMBzAMCCX8LeyAFQQJ0IQogBkECdCELIAEhDAJAA0AgCCAGTw0BQQAhBwJAA0AgByAETw0BIAwhDSAAIAcgCmxqIQ4gBSEJIAIgCEECdGr9AAQAIRMgAiAIQQJ0av0ABBAhFCATIRUgFCEWIBMhFyAUIRggEyEZIBQhGgNAIA39AAQAIRAgDf0ABBAhESAO/QkCACESIBMgEiAQ/eYB/eQBIRMgFCASIBH95gH95AEhFCAOIApqIQ8gD/0JAgAhEiAVIBIgEP3mAf3kASEVIBYgEiAR/eYB/eQBIRYgDyAKaiEPIA/9CQIAIRIgFyASIBD95gH95AEhFyAYIBIgEf3mAf3kASEYIA8gCmohDyAP/QkCACESIBkgEiAQ/eYB/eQBIRkgGiASIBH95gH95AEhGiAOQQRqIQ4gDUEgaiENIAlBAWsiCQ0ACyADIAcgC2wgCEECdGpqIQ8gDyAT/QsEACAPIBT9CwQQIA8gC2ohDyAPIBX9CwQAIA8gFv0LBBAgDyALaiEPIA8gF/0LBAAgDyAY/QsEECAPIAtqIQ8gDyAZ/QsEACAPIBr9CwQQIAdBBGohBwwACwsgDCAFQQV0aiEMIAhBCGohCAwACwsL';

/** `out[n x m] = bias[m] + a[n x k] * w`; addresses in bytes; n a multiple of 4, m of 8; w in panels of 8 columns. */
export type Multiply = (a: number, w: number, bias: number, out: number, n: number, k: number, m: number) => void;

export function loadMultiply(memory: WebAssembly.Memory): Multiply {
  const module = new WebAssembly.Module(Buffer.from(MULTIPLY_WASM, 'base64'));
  return new WebAssembly.Instance(module, { env: { memory } }).exports.multiply as Multiply;
}
