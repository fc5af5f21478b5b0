using System.Text.Json;

namespace ForensicHeads.Experiments.Detection;

/// <summary>The network of one detector of a fold.</summary>
/// <param name="Family">The network that measures everybody but the training people.</param>
/// <param name="Tables">Its columns of all frames, by condition that it was taught under; those of the frames it was taught on are out of
/// fold.</param>
internal sealed record FoldNetwork(IFileFamily Family, IReadOnlyList<FeatureTable> Tables) : IDisposable
{
    /// <summary>Its looks at the validation people while it was taught; empty where a cache of an earlier version kept none.</summary>
    public IReadOnlyList<TrainingPoint> Curve { get; init; } = [];

    /// <summary>Features of frames that it was not taught on.</summary>
    public FeatureTable Measure(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, int size,
        CancellationToken cancellation)
    {
        var layout = FeatureLayout.Of([Family], size);
        return new FeatureTable(frames, layout.ColumnNames, frames.Count == 0
            ? new FeatureValues([])
            : ConditionedFrames.Measure(frames, condition, layout, null, null, decibels: false, null, cancellation));
    }

    public void Dispose() => Family.Dispose();
}

/// <summary>
/// Teaches the networks of a trained family in a fold: one for each detector, condition and seed, on the frames that this detector may
/// know. Kept on disk.
/// </summary>
/// <param name="config">The experiment.</param>
/// <param name="trained">The family.</param>
/// <param name="detection">Who has which role.</param>
/// <param name="size">Side of the frames in pixels.</param>
/// <param name="cache">Where networks are kept.</param>
internal sealed class FoldNetworks(ExperimentConfig config, TrainedFamilyEntry trained, FoldDetection detection, int size,
    ContentCache cache)
{
    /// <summary>Where, and in which numbers, the networks learn.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    private string CodeVersion => trained.Name + "-1";
    private int Columns => trained.Columns.Count;
    private readonly IReadOnlyList<ExperimentFrame> frames = detection.Frames;

    /// <summary>The network of a detector.</summary>
    /// <param name="entry">Which frames of training people it learns from, and of validation people chooses its step by.</param>
    /// <param name="conditions">What the frames undergo; of several, each frame is learnt under each.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="progress">Steps.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public FoldNetwork Teach(
        DetectorEntry entry, IReadOnlyList<ISequenceCondition> conditions, long seed, IProgress<StepProgress>? progress,
            CancellationToken cancellation)
    {
        var options = config.Network with { Seed = seed };
        var (train, validation) = (detection.Learnt(entry), detection.Judged(entry, SplitRole.Validation));
        var name = $"{trained.Name}-{entry.Name}-{string.Join('_', conditions.Select(condition => condition.Name))}-{seed}";
        var key = string.Join('\n', [
            CodeVersion, CanonicalJson.ToLine(options), FormattableString.Invariant($"{config.NetworkFolds}"), name,
                FormattableString.Invariant($"{config.Seed}"),
            Keys(train), Keys(validation), Keys(frames),
                .. frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal)]);
        var slots =
            (Model: cache.Slot(name + ".onnx.cached"), Table: cache.Slot(name + ".cached"), Curve: cache.Slot(name + ".curve.cached"));
        if (Kept(slots, key, conditions.Count) is { } kept) return kept;

        var (learnt, judged) = (new List<TrainingFrame>(), new List<TrainingFrame>());
        foreach (var condition in conditions)
        {
            learnt.AddRange(Pictures(train, condition, cancellation));
            judged.AddRange(Pictures(validation, condition, cancellation));
        }

        var result = trained.Teach(learnt, judged, options, config.NetworkFolds, Compute, progress, cancellation);
        var network = new FoldNetwork(trained.Open(result.Network.Model.Bytes, trained.FileName), []);
        var rows = new List<float[][]>();
        for (var c = 0; c < conditions.Count; c++)
        {
            // Frames of training people that it did not learn from are measured by a network that knows the person: no detector learns from
            // those rows.
            var measured = network.Measure(frames, conditions[c], size, cancellation);
            var outOfFold = new Dictionary<ExperimentFrame, float[]>(ReferenceEqualityComparer.Instance);
            for (var i = 0; i < train.Count; i++) outOfFold.Add(train[i], result.Rows[(c * train.Count) + i]);
            rows.Add([.. frames.Select(frame => outOfFold.GetValueOrDefault(frame) ?? measured[frame])]);
        }

        slots.Curve.Keep(key, JsonSerializer.SerializeToUtf8Bytes(result.Network.Curve, CanonicalJson.Line));
        slots.Model.Keep(key, result.Network.Model.Bytes);
        slots.Table.Keep(key, SafetensorsFile.ToBytes(
            [new NamedTensor("features", [conditions.Count * frames.Count, Columns],
                [.. rows.SelectMany(part => part).SelectMany(row => row)])],
            new Dictionary<string, string> { ["network"] = network.Family.Sha256 }));
        return network with { Tables = Tables(network.Family, rows), Curve = result.Network.Curve };
    }

    private FoldNetwork? Kept((CacheSlot Model, CacheSlot Table, CacheSlot Curve) slots, string key, int conditions)
    {
        if (slots.Model.Find(key) is not { } model || slots.Table.Find(key) is not { } table || slots.Curve.Find(key) is not { } curve)
            return null;
        try
        {
            var content = SafetensorsFile.Parse(table, slots.Table.Name);
            if (content.Metadata.GetValueOrDefault("network") != Hashes.Of(model.Span)) return null;
            var rows = NetworkFile.Find(content, "features", [conditions * frames.Count, Columns], slots.Table.Name).Values.Chunk(Columns)
                .ToArray();
            var looks = JsonSerializer.Deserialize<TrainingPoint[]>(curve.Span, CanonicalJson.Line) ?? [];
            var family = trained.Open(model.ToArray(), trained.FileName);
            return new FoldNetwork(family, Tables(family, rows.Chunk(frames.Count))) { Curve = looks };
        }
        catch (Exception error) when (error is UserErrorException or JsonException)
        {
            // A damaged entry is taught again, not used.
            return null;
        }
    }

    private FeatureTable[] Tables(IFileFamily family, IEnumerable<float[][]> rows)
    {
        var columns = FeatureLayout.Of([family], size).ColumnNames;
        return [.. rows.Select(part => new FeatureTable(frames, columns, new FeatureValues(part)))];
    }

    private IEnumerable<TrainingFrame> Pictures(IReadOnlyList<ExperimentFrame> own, ISequenceCondition condition,
        CancellationToken cancellation)
    {
        var pictures = ConditionedFrames.Pictures(own, condition, size, cancellation);
        // Each generator of several, and each kind without a mode of its own, has a share of its own, as in the detector's rows.
        return own.Select((frame, i) => TrainingFrame.Of(frame.Record, () => pictures[i]) with
        {
            Share = $"{frame.Origin.Method}@{frame.Origin.Weights}{frame.Origin.Arm.Text()}",
        });
    }

    private static string Keys(IEnumerable<ExperimentFrame> of) => Hashes.OfText(string.Join('\n', of.Select(frame => frame.Record.Key)));
}
