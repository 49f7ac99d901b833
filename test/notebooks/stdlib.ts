/** What a notebook takes from Framework’s library, for tests: they give cells their own. */
export const FileAttachment = null;
export const Generators = null;
