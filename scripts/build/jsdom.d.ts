/** The part of jsdom that is used here; the package comes without types. */
declare module "jsdom" {
  export class VirtualConsole {}
  export class JSDOM {
    constructor(html: string, options?: {url?: string; contentType?: string; virtualConsole?: VirtualConsole});
    readonly window: Window & typeof globalThis;
  }
}
