using System.Text.Json;
using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;

namespace ForensicHeads.Experiments.Detection;

/// <summary>Teaches the networks of family <c>cnn</c> in a fold: one for each kind of detector, condition and seed, on the frames that this detector may know. Kept on disk.</summary>
/// <param name="config">The experiment.</param>
/// <param name="detection">Who has which role.</param>
/// <param name="frames">All frames of the fold.</param>
/// <param name="size">Side of the frames in pixels.</param>
/// <param name="cache">Where networks are kept.</param>
internal sealed class FoldNetworks(ExperimentConfig config, FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, int size, ContentCache cache)
{
    private const string CodeVersion = "cnn-1";
    private static readonly int Columns = CnnFamily.Columns.Count;

    /// <summary>The network of a kind of detector.</summary>
    /// <param name="kind">Which frames of training people it learns from, and of validation people chooses its step by.</param>
    /// <param name="conditions">What the frames undergo; of several, each frame is learnt under each.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="progress">Steps.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public FoldNetwork Teach(DetectorKind kind, IReadOnlyList<ISequenceCondition> conditions, long seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var options = config.Network with { Seed = seed };
        var (train, validation) = (detection.Of(SplitRole.Train, kind.Learns), detection.Of(SplitRole.Validation, kind.Judges));
        var name = $"cnn-{kind.Name}-{string.Join('_', conditions.Select(condition => condition.Name))}-{seed}";
        var key = string.Join('\n', [
            CodeVersion, CanonicalJson.ToLine(options), config.NetworkFolds.ToString(System.Globalization.CultureInfo.InvariantCulture), name, config.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture), string.Join(',', train), string.Join(',', validation),
            .. frames.Select(frame => frame.Record.Key), .. frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal)]);
        var slots = (Model: cache.Slot(name + ".onnx.cached"), Table: cache.Slot(name + ".cached"), Curve: cache.Slot(name + ".curve.cached"));
        if (Kept(slots, key, conditions.Count) is { } kept) return kept;

        var (learnt, judged) = (new List<TrainingFrame>(), new List<TrainingFrame>());
        foreach (var condition in conditions)
        {
            learnt.AddRange(Pictures(train, condition, cancellation));
            judged.AddRange(Pictures(validation, condition, cancellation));
        }

        var result = CnnFeatures.OutOfFold(learnt, judged, options, config.NetworkFolds, progress, cancellation);
        var network = new FoldNetwork(CnnFamily.FromBytes(result.Network.Model.Bytes), []);
        var rows = new List<float[][]>();
        for (var c = 0; c < conditions.Count; c++)
        {
            // Frames of training people that it did not learn from are measured by a network that knows the person: no detector learns from those rows.
            var measured = network.Measure(frames, conditions[c], size, cancellation);
            for (var i = 0; i < train.Count; i++) measured[train[i]] = result.Rows[(c * train.Count) + i];
            rows.Add(measured);
        }

        slots.Curve.Keep(key, JsonSerializer.SerializeToUtf8Bytes(result.Network.Curve, CanonicalJson.Line));
        slots.Model.Keep(key, result.Network.Model.Bytes);
        slots.Table.Keep(key, SafetensorsFile.ToBytes(
            [new NamedTensor("features", [conditions.Count * frames.Count, Columns], [.. rows.SelectMany(part => part).SelectMany(row => row)])],
            new Dictionary<string, string> { ["network"] = network.Family.Sha256 }));
        return network with { Rows = rows, Curve = result.Network.Curve };
    }

    private FoldNetwork? Kept((CacheSlot Model, CacheSlot Table, CacheSlot Curve) slots, string key, int conditions)
    {
        if (slots.Model.Find(key) is not { } model || slots.Table.Find(key) is not { } table || slots.Curve.Find(key) is not { } curve) return null;
        try
        {
            var content = SafetensorsFile.Parse(table, slots.Table.Name);
            if (content.Metadata.GetValueOrDefault("network") != Hashes.Of(model.Span)) return null;
            var rows = NetworkFile.Find(content, "features", [conditions * frames.Count, Columns], slots.Table.Name).Values.Chunk(Columns).ToArray();
            var looks = JsonSerializer.Deserialize<TrainingPoint[]>(curve.Span, CanonicalJson.Line) ?? [];
            return new FoldNetwork(CnnFamily.FromBytes(model.ToArray()), [.. rows.Chunk(frames.Count)]) { Curve = looks };
        }
        catch (Exception error) when (error is UserErrorException or JsonException)
        {
            // A damaged entry is taught again, not used.
            return null;
        }
    }

    private IEnumerable<TrainingFrame> Pictures(IReadOnlyList<int> chosen, ISequenceCondition condition, CancellationToken cancellation)
    {
        ExperimentFrame[] own = [.. chosen.Select(i => frames[i])];
        var pictures = ConditionedFrames.Pictures(own, condition, size, cancellation);
        // Each generator of several, and each kind without a mode of its own, has a share of its own, as in the detector's rows.
        return own.Select((frame, i) => TrainingFrame.Of(frame.Record, () => pictures[i]) with { Mode = $"{frame.Record.Mode ?? frame.Record.Generator}@{frame.Weights}{frame.Arm}" });
    }
}
