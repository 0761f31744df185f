/** Who in this process listens to which channel. */
export class Listeners {
  private readonly byChannel = new Map<string, Set<(message: string) => void>>();

  add(channel: string, heard: (message: string) => void): () => void {
    const set = this.byChannel.get(channel) ?? new Set();
    this.byChannel.set(channel, set.add(heard));
    return () => {
      set.delete(heard);
      if (set.size === 0 && this.byChannel.get(channel) === set) this.byChannel.delete(channel);
    };
  }

  tell(channel: string, message: string): void {
    for (const heard of [...(this.byChannel.get(channel) ?? [])]) heard(message);
  }
}
