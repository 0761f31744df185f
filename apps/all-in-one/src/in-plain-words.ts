/**
 * inPlainWords tells the person at the terminal why Concordat cannot start and what to do. Messages of ours are written
 * for them already; what the operating system says is not.
 */
export function inPlainWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program, perhaps by another Concordat. Stop that one, or choose a port: PORT=${(port ?? 3000) + 1} npm start`;
  if (code === 'EACCES' && port !== undefined)
    return `This user may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`;
  if (code === 'ENOSPC') return 'The disk is full. Make room, or choose another data folder with CONCORDAT_DATA';
  return error.message;
}
