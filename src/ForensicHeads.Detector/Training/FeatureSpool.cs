namespace ForensicHeads.Detector.Training;

/// <summary>Measures the frames of a training piece by piece and keeps each piece on disk, so that a training that was killed goes on from
/// there.</summary>
/// <remarks>A piece is found by its content: pictures, families, size and code. A damaged one is measured again.</remarks>
internal sealed class FeatureSpool
{
    /// <summary>Changes whenever the same frames would give other features.</summary>
    private const string CodeVersion = "2";

    private const string Values = "features";
    private const int FramesAPiece = 512;

    private readonly ChosenPath folder;
    private readonly ContentCache cache;

    /// <summary>Opens the spool of a detector that is to lie at <paramref name="detector"/>.</summary>
    public FeatureSpool(string detector)
    {
        var beside = ChosenPath.Of(detector);
        folder = beside with { Name = beside.Name + ".features" };
        cache = new ContentCache(folder.Full, log: null);
        Leftovers.RemoveIn(folder.Full);
    }

    /// <summary>The features of each frame, in order.</summary>
    public float[][] Extract(FeatureLayout layout, IReadOnlyList<StoreFrame> frames, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var rows = new List<float[]>(frames.Count);
        var before = layout.HasPairs ? frames.Select(frame => frame.Store).Distinct().ToDictionary(store => store,
            store => new FrameBefore(store.Frames)) : null;
        foreach (var piece in frames.Chunk(FramesAPiece))
        {
            var key = Key(layout, piece);
            rows.AddRange(Kept(layout, key, piece.Length) ?? Measure(layout, key, piece, before, cancellation));
            progress?.Report(new StepProgress("features", rows.Count, frames.Count, "frames"));
        }

        return [.. rows];
    }

    /// <summary>Removes it, once the detector is written.</summary>
    public void Remove()
    {
        OwnFiles.Delete(folder.Folder, folder.Name);
    }

    private static string NameOf(string key) => Hashes.OfText(key) + ".cached";

    private static string Key(FeatureLayout layout, StoreFrame[] piece) => string.Join(
        '\n', [CodeVersion, $"{layout.Size}", string.Join(',', layout.Families),
            .. piece.Select(frame => $"{frame.Store.ContentHash} {frame.Record.Key}")]);

    private float[][]? Kept(FeatureLayout layout, string key, int count)
    {
        if (cache.Find(NameOf(key), key) is not { } bytes) return null;
        try
        {
            var values = NetworkFile.Find(SafetensorsFile.Parse(bytes, Values), Values, [count, layout.Length], Values).Values;
            return [.. values.Chunk(layout.Length)];
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private float[][] Measure(FeatureLayout layout, string key, StoreFrame[] piece, Dictionary<FrameStore, FrameBefore>? before,
        CancellationToken cancellation)
    {
        var rows = FeatureExtractor.Extract(piece.Length, i => piece[i].Read(layout.Size),
            before is null ? null : i => before[piece[i].Store].Of(piece[i].Record) is { } earlier
                ? (piece[i] with { Record = earlier }).Read(layout.Size) : null, layout, null, cancellation);
        cache.Keep(NameOf(key), key,
            SafetensorsFile.ToBytes([new NamedTensor(Values, [rows.Length, layout.Length], [.. rows.SelectMany(row => row)])],
            new Dictionary<string, string>()));
        return rows;
    }
}
