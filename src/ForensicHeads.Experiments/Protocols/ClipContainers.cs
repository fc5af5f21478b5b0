namespace ForensicHeads.Experiments.Protocols;

/// <summary>What the files of clips say without being decoded: the whole of what <c>container_only</c> sees.</summary>
public static class ClipContainers
{
    /// <summary>The facts of every clip: from the source files where they are found by their SHA-256, else what the store kept (no bit
    /// rate, frames up to the last sampled one).</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="sources">Folders with the source files, searched whole; may be empty.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>Facts by clip, and how many clips had no source file.</returns>
    public static (IReadOnlyDictionary<string, ContainerFacts> Facts, int Missing) Read(IReadOnlyList<Clip> clips,
        IReadOnlyList<string> sources, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(sources);
        var wanted = clips.Where(clip => clip.Container is null).Select(clip => clip.SourceSha256)
            .Where(hash => hash.Length > 0).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, MediaFacts>(StringComparer.Ordinal);
        foreach (var folder in sources)
        {
            if (!Directory.Exists(folder)) throw new UserErrorException(
                $"There is no folder {folder}; --sources names folders with the files that were ingested.", exitCode: 2);
            foreach (var file in FolderEntry.Below(folder).Where(entry => entry.Kind == FileKind.Plain)
                .Select(entry => Path.Combine(folder, entry.Name)))
            {
                cancellation.ThrowIfCancellationRequested();
                var hash = Hashes.OfFile(file);
                if (!wanted.Contains(hash) || found.ContainsKey(hash)) continue;
                try
                {
                    found.Add(hash, MediaProbe.Inspect(file, cancellation: cancellation));
                }
                catch (MediaRejectedException)
                {
                    // As if the file were not there: the clip counts as missing.
                }
            }
        }

        var facts = clips.ToDictionary(clip => clip.Id, clip =>
            clip.Container ?? (found.TryGetValue(clip.SourceSha256, out var media) ? ContainerFacts.Of(media) : Of(clip)),
            StringComparer.Ordinal);
        return (facts, clips.Count(clip => clip.Container is null && !found.ContainsKey(clip.SourceSha256)));
    }

    private static ContainerFacts Of(Clip clip)
    {
        FrameRecord last = clip.Frames[^1].Record;
        // Without the length in bytes there is no bit rate.
        return new("video", "", last.SourceCodec, last.SourceWidth, last.SourceHeight, last.TimeS > 0 ? last.FrameNumber / last.TimeS : 0,
            0, 0, last.FrameNumber + 1, 0, 0);
    }
}
