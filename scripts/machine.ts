/** What the machine lacks, in one sentence with what to do; null when an error is about something else. */
export function machineProblem(error: unknown): string | null {
  const {code, path, port, syscall, message = ""} = (error ?? {}) as NodeJS.ErrnoException & {port?: number};
  const place = path ?? "a file of the project";
  if (syscall === "watch" && code === "ENOSPC") {
    return "The system watches no more files: raise fs.inotify.max_user_watches, or set CHOKIDAR_USEPOLLING=1.";
  }
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return `The disk is full, so ${place} could not be written: free 100 MB and run it again.`;
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return `${place} cannot be written: give yourself the right to write there, or copy the project to a folder of your own.`;
    case "EADDRINUSE":
      return `Port ${port} is taken: end what uses it, or choose another with “-- --port 4000”.`;
    case "EMFILE":
      return "Too many files are open: raise the limit with “ulimit -n 4096” and run it again.";
  }
  // What the launchers of browsers say when there is none, or its libraries are missing.
  if (/browserType\.launch|Executable doesn't exist|shared libraries|spawn .*chrom/i.test(message)) {
    return "No browser could be started: install Chromium or Chrome, or name one in CHROME_PATH.";
  }
  return null;
}
