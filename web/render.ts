/**
 * What this chat uses of Preact, under Preact's names, in a quarter of its weight: the build puts it in Preact's place
 * (vite.config.ts), whose types the sources keep. One root, drawn from the top each time; a node that is the very same
 * as before is left alone. There are no contexts, classes or hydration.
 */
type Props = Record<string, unknown> & { children?: Child };
type VNode = { type: string | ((props: Props) => Child); props: Props; key: unknown };
type Child = VNode | string | number | boolean | null | undefined | Child[];
type Hook = { value?: unknown; inputs?: readonly unknown[] | undefined; cleanUp?: (() => void) | undefined };

/** A child as it stands in the document: a list and a component have no node of their own. */
type Mounted = { child: Child; dom: Node | null; parts: Mounted[]; hooks: Hook[] };

/** Where the next node belongs: before `next` in `parent`. */
type Place = { parent: Node; next: Node | null; svg: boolean };

const roots = new Map<Element, { child: Child; mounted: Mounted[] }>();
let effects: (() => void)[] = [];
let current: Mounted | null = null;
let nextHook = 0;
let redraws = false;
/** False while a state has changed, which may be anywhere below a node that is the same. */
let skips = true;

export function jsx(type: VNode['type'], props: Props, key?: unknown): VNode {
  return { type, props, key };
}
export function jsxs(type: VNode['type'], props: Props, key?: unknown): VNode {
  return { type, props, key };
}
export const Fragment = ({ children }: Props): Child => children;

export function render(child: Child, root: Element): void {
  const { mounted = [] } = roots.get(root) ?? {};
  roots.set(root, { child, mounted: patchAll({ parent: root, next: root.firstChild, svg: false }, mounted, [child]) });
  if (child === null) roots.delete(root);
  const due = effects;
  effects = [];
  for (const effect of due) effect();
}

export function useState<Value>(first: Value): [Value, (next: Value | ((before: Value) => Value)) => void] {
  const hook = useHook();
  if (!('value' in hook)) hook.value = first;
  const set = (next: Value | ((before: Value) => Value)) => {
    const value = typeof next === 'function' ? (next as (before: Value) => Value)(hook.value as Value) : next;
    if (Object.is(value, hook.value)) return;
    hook.value = value;
    if (!redraws) queueMicrotask(redraw);
    redraws = true;
  };
  return [hook.value as Value, set];
}

export function useRef<Value>(first: Value): { current: Value } {
  return useMemo(() => ({ current: first }), []);
}

export function useMemo<Value>(make: () => Value, inputs: readonly unknown[]): Value {
  const hook = useHook();
  if (changed(hook, inputs)) hook.value = make();
  return hook.value as Value;
}

/** Runs when everything is drawn, before the browser paints. */
export function useLayoutEffect(run: () => unknown, inputs?: readonly unknown[]): void {
  const hook = useHook();
  if (!changed(hook, inputs)) return;
  effects.push(() => {
    hook.cleanUp?.();
    const cleanUp = run();
    hook.cleanUp = typeof cleanUp === 'function' ? (cleanUp as () => void) : undefined;
  });
}
export function useEffect(run: () => unknown, inputs?: readonly unknown[]): void {
  useLayoutEffect(run, inputs);
}

function useHook(): Hook {
  const hooks = current?.hooks ?? [];
  const hook = hooks[nextHook] ?? {};
  hooks[nextHook] = hook;
  nextHook += 1;
  return hook;
}

function changed(hook: Hook, inputs: readonly unknown[] | undefined): boolean {
  const before = hook.inputs;
  hook.inputs = inputs;
  return !inputs || !before || inputs.some((input, index) => !Object.is(input, before[index]));
}

function redraw(): void {
  redraws = false;
  skips = false;
  for (const [root, { child }] of roots) render(child, root);
  skips = true;
}

/** Draws a list over what stood in its place: by key, or by position where there is none. */
function patchAll(place: Place, before: Mounted[], children: Child[]): Mounted[] {
  const byKey = new Map(before.map((mounted) => [keyOf(mounted.child), mounted]));
  const left = new Set(before);
  const matches = children.map((child, index) => {
    const key = keyOf(child);
    const match = key === undefined ? before[index] : byKey.get(key);
    if (!match || kindOf(match.child) !== kindOf(child) || keyOf(match.child) !== key) return undefined;
    return left.delete(match) ? match : undefined;
  });
  for (const mounted of left) {
    if (place.next && nodesOf(mounted).includes(place.next)) place.next = nodeAfter(mounted);
    unmount(mounted, true);
  }
  return children.map((child, index) => patch(place, matches[index], child));
}

function patch(place: Place, before: Mounted | undefined, child: Child): Mounted {
  const mounted = before ?? { child: undefined, dom: null, parts: [], hooks: [] };
  const old = mounted.child;
  mounted.child = child;
  if (before && old === child && skips) {
    for (const node of nodesOf(mounted)) put(place, node);
  } else if (Array.isArray(child)) {
    mounted.parts = patchAll(place, mounted.parts, child);
  } else if (isNode(child)) {
    if (typeof child.type === 'string') patchElement(place, mounted, isNode(old) ? old.props : {});
    else mounted.parts = patchAll(place, mounted.parts, [run(mounted, child)]);
  } else if (kindOf(child) === 'text') {
    mounted.dom ??= document.createTextNode('');
    if ((mounted.dom as Text).data !== String(child)) (mounted.dom as Text).data = String(child);
    put(place, mounted.dom);
  }
  return mounted;
}

function run(mounted: Mounted, { type, props }: VNode): Child {
  [current, nextHook] = [mounted, 0];
  return (type as (props: Props) => Child)(props);
}

function patchElement(place: Place, mounted: Mounted, before: Props): void {
  const { type, props } = mounted.child as VNode & { type: string };
  const svg = place.svg || type === 'svg';
  mounted.dom ??= document.createElementNS(`http://www.w3.org/${svg ? '2000/svg' : '1999/xhtml'}`, type);
  const dom = mounted.dom as Element;
  const { children } = props;
  const inner: Place = { parent: dom, next: dom.firstChild, svg };
  mounted.parts = patchAll(inner, mounted.parts, Array.isArray(children) ? children : [children]);
  for (const name in { ...before, ...props }) setProp(dom, name, before[name], props[name]);
  put(place, dom);
}

function setProp(dom: Element, name: string, before: unknown, value: unknown): void {
  if (name === 'children') return;
  if (name === 'ref') {
    if (value) (value as { current: unknown }).current = dom;
  } else if (name === 'value' || name === 'checked') {
    const field = dom as unknown as Record<string, unknown>;
    if (field[name] !== value) field[name] = value;
  } else if (before === value) {
    return;
  } else if (name.startsWith('on')) {
    const event = name.slice(2).toLowerCase();
    if (before) dom.removeEventListener(event, before as EventListener);
    if (value) dom.addEventListener(event, value as EventListener);
  } else if (value === null || value === undefined || (value === false && !name.includes('-'))) {
    dom.removeAttribute(name);
  } else {
    dom.setAttribute(name, value === true && !name.includes('-') ? '' : String(value));
  }
}

function put(place: Place, node: Node): void {
  if (node === place.next) place.next = node.nextSibling;
  else place.parent.insertBefore(node, place.next);
}

function unmount(mounted: Mounted, top: boolean): void {
  for (const { cleanUp } of mounted.hooks) cleanUp?.();
  if (top && mounted.dom) mounted.dom.parentNode?.removeChild(mounted.dom);
  for (const part of mounted.parts) unmount(part, top && !mounted.dom);
}

function nodesOf({ dom, parts }: Mounted): Node[] {
  return dom ? [dom] : parts.flatMap(nodesOf);
}

function nodeAfter(mounted: Mounted): Node | null {
  return nodesOf(mounted).at(-1)?.nextSibling ?? null;
}

function isNode(child: Child): child is VNode {
  return typeof child === 'object' && child !== null && !Array.isArray(child);
}

function keyOf(child: Child): unknown {
  return isNode(child) ? child.key : undefined;
}

/** Only what is of one kind can be drawn over one another. */
function kindOf(child: Child): unknown {
  if (isNode(child)) return child.type;
  if (Array.isArray(child)) return 'list';
  return typeof child === 'string' || typeof child === 'number' ? 'text' : 'nothing';
}
