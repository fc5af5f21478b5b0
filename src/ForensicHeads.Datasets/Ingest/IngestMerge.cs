namespace ForensicHeads.Datasets.Ingest;

/// <summary>Puts the shards of a divided ingest together: the same store, byte for byte, as one run over all files makes.</summary>
public static class IngestMerge
{
    /// <summary>Makes the store. No source is read again; pictures keep their bytes.</summary>
    /// <param name="options">Those of the whole, without a shard.</param>
    /// <param name="shards">The stores of the shards in their order, as folders; null for one that is missing, whose files are listed as
    /// rejected.</param>
    /// <param name="progress">Files done.</param>
    /// <param name="cancellation">Stops between files; nothing is left then.</param>
    /// <exception cref="UserErrorException">A shard holds something else, or the target cannot be written.</exception>
    public static MergedIngest Run(IngestOptions options, IReadOnlyList<string?> shards, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shards);
        var (listing, clips) = Ingestor.List(options);
        IngestInput[] inputs = [.. clips.SelectMany(clip => clip)];
        var names = new VideoNames(listing);
        Shard?[] parts = [.. shards.Select((path, i) => path is null ? null : new Shard(path, i == 0 ? listing.Rejected.Count : 0))];
        using var writer = StoreWriter.Create(options.Out, Ingestor.Describe(options, listing.Layout, inputs));
        foreach (var line in listing.Rejected) writer.Reject(line);
        var records = new SortedDictionary<string, ConsentRecord>(StringComparer.Ordinal);
        var (done, accepted, missing) = (0, 0, 0);
        foreach (var (i, clip) in clips.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            done += clip.Length;
            if (parts[i % parts.Length] is not { } part)
            {
                missing += clip.Length;
                foreach (var input in clip) writer.Reject(new RejectedInput(input.File, input.Identity,
                    FormattableString.Invariant($"shard {(i % parts.Length) + 1} of {parts.Length} was not done ")
                    + "when the shards were merged",
                    "Do the shard, then merge again."));
                continue;
            }

            foreach (var input in clip) foreach (var line in part.Rejected[input.File]) writer.Reject(line);
            var before = writer.Count;
            foreach (var frame in part.Frames[names.Of(clip[0])]) StoreCopy.Frame(part.Store, frame, writer);
            progress?.Report(new StepProgress("merging", done, inputs.Length, "files", clip[0].File));
            // A clip of single frames has a file for each.
            accepted += Math.Min(clip.Length, writer.Count - before);
            if (writer.Count > before)
                foreach (var input in clip.Where(input => input.MayGenerate))
                    records.TryAdd(input.Identity, IngestTally.Consent(input));
        }

        if (records.Count > 0) writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson(records.Values));
        if (listing.Split is { } split) writer.WriteSplit(split);
        var count = writer.Count;
        if (count != parts.OfType<Shard>().Sum(part => part.Store.Count)) throw new UserErrorException(
            $"The shards hold frames of files that are not in {options.Source} now. Merge with the source as it was when they were made.");
        return new MergedIngest(writer.Complete(), inputs.Length + listing.Rejected.Count, accepted, missing);
    }

    // The first lines of the first shard are of manifest rows that could not be followed, whatever its files.
    private sealed class Shard(string path, int ofManifest)
    {
        public FrameStore Store { get; } = FrameStore.Open(path);

        public ILookup<string, FrameRecord> Frames =>
            field ??= Store.Frames.ToLookup(frame => frame.Video, StringComparer.Ordinal);

        public ILookup<string, RejectedInput> Rejected =>
            field ??= Store.ReadRejected().Skip(ofManifest).ToLookup(line => line.File, StringComparer.Ordinal);
    }
}

/// <summary>What a merge of shards gave.</summary>
/// <param name="Store">The store.</param>
/// <param name="Inputs">Files of the whole, manifest rows that could not be followed included.</param>
/// <param name="Accepted">Files that gave frames.</param>
/// <param name="Missing">Files of missing shards.</param>
public sealed record MergedIngest(FrameStore Store, int Inputs, int Accepted, int Missing)
{
    /// <summary>0 when everything went in, 3 when some inputs were rejected or are missing, 1 when nothing was left.</summary>
    public int ExitCode => Store.Count == 0 ? 1 : Accepted < Inputs ? 3 : 0;
}
