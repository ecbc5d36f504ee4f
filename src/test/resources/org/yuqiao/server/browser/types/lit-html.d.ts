// What the page uses of lit-html, whose WebJar has no types.
declare module 'lit-html' {
  export interface TemplateResult {
    readonly _$litType$: number;
    readonly strings: TemplateStringsArray;
    readonly values: unknown[];
  }
  export interface RenderOptions {
    host?: object;
    renderBefore?: ChildNode | null;
  }
  export const html: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
  export const svg: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
  export const mathml: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
  export const nothing: unique symbol;
  export const noChange: unique symbol;
  export function render(
    value: unknown,
    container: HTMLElement | DocumentFragment | SVGElement,
    options?: RenderOptions,
  ): unknown;
}
declare module 'lit-html/directives/repeat.js' {
  export function repeat<T>(
    items: Iterable<T>,
    key: (item: T, index: number) => unknown,
    template: (item: T, index: number) => unknown,
  ): unknown;
}
declare module 'lit-html/directives/class-map.js' {
  export function classMap(classes: Record<string, boolean | number | string | undefined>): unknown;
}
declare module 'lit-html/directives/live.js' {
  export function live(value: unknown): unknown;
}
declare module 'lit-html/directives/if-defined.js' {
  export function ifDefined<T>(value: T): NonNullable<T>;
}
declare module 'lit-html/directives/keyed.js' {
  export function keyed(key: unknown, value: unknown): unknown;
}
declare module 'lit-html/directives/guard.js' {
  export function guard(dependencies: unknown[], value: () => unknown): unknown;
}
declare module 'lit-html/directives/ref.js' {
  export interface Ref<T = Element> {
    readonly value?: T;
  }
  export function createRef<T = Element>(): Ref<T>;
  export function ref<T extends Element = Element>(
    target: Ref<T> | ((element: T | undefined) => void),
  ): unknown;
}
