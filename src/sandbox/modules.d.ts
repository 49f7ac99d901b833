/** What the modules export that cells may import, by the addresses under which pages import them. */
declare module "sandbox:modules" {
  export const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The part of Framework’s library that modules use. */
declare module "observablehq:stdlib" {
  export function FileAttachment(path: string): {
    /** The address under which the file is published. */
    readonly href: string;
    arrayBuffer(): Promise<ArrayBuffer>;
    json(): Promise<unknown>;
  };
  export const Generators: {
    /** Values as they are told, for the cells that use them. */
    observe<T>(start: (tell: (value: T | Promise<never>) => void) => () => void): AsyncGenerator<T>;
  };
}
