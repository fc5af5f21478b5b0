namespace ForensicHeads.Experiments.Protocols;

/// <summary>The detector that the protocols measure: candidates fixed beforehand, the choice among them made inside each training side.</summary>
/// <param name="Families">Its families.</param>
/// <param name="Candidates">The candidates, the preferred one first.</param>
internal sealed record DetectorRecipe(IReadOnlyList<string> Families, IReadOnlyList<ClipCandidate> Candidates)
{
    /// <summary>The families when nothing else is asked for.</summary>
    public static readonly IReadOnlyList<string> Default = ["npr_stats", FaceRegions.Detail, FaceRegions.Tone];

    private static readonly double[] Penalties = [3, 1, 10];
    private static readonly DetectorOptions Trees = new() { Trees = 60, Leaves = 4, RowsPerLeaf = 5, LearningRate = 0.1, ColumnShare = 1 };

    /// <summary>The scorer for leave-one-generator-out.</summary>
    public IClipScorer Detector => new NestedScorer("detector", $"{string.Join(", ", Families)}: a linear model each on means over the clip's frames (face_tone: deviations too), scores averaged; the penalty chosen by leaving out one more generator inside the training side", Candidates);

    /// <summary>The families that can be measured on single frames without being taught first: <c>landmarks</c> looks at all frames of a face, <c>cnn</c> learns.</summary>
    public static readonly IReadOnlyList<string> Measurable = [.. FeatureFamilies.Names.Concat([FaceRegions.Detail, FaceRegions.Tone]).Order(StringComparer.Ordinal)];

    /// <summary>The families that were asked for, or the default ones.</summary>
    /// <exception cref="UserErrorException">A family that is not among <see cref="Measurable"/>, or one that is named twice.</exception>
    public static IReadOnlyList<string> Chosen(IReadOnlyList<string> families)
    {
        if (families.FirstOrDefault(family => !Measurable.Contains(family)) is { } other)
            throw new UserErrorException($"Family '{other}' cannot be measured here; choose from {string.Join(", ", Measurable)}.", exitCode: 2);
        if (Twice(families) is { } twice) throw new UserErrorException($"Family '{twice}' is named twice and would count twice; name it once.", exitCode: 2);
        return families.Count > 0 ? families : Default;
    }

    /// <summary>The first name that is there more than once; null where none is.</summary>
    public static string? Twice(IReadOnlyList<string> names) => names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;

    /// <summary>Measures all families and lists the candidates.</summary>
    public static DetectorRecipe Of(ClipSet set, IReadOnlyList<string> families, ISequenceCondition condition, ContentCache? cache, long seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var names = Chosen(families);
        var tables = names.Select(family => Table(family)).ToArray();
        ClipCandidate[] candidates = [.. Penalties.Select(penalty => new ClipCandidate(FormattableString.Invariant($"penalty {penalty}"), tables, penalty))];
        var resized = IsResized(set);
        return new DetectorRecipe([.. names.Select(name => FeatureFamilies.NameOf(name, resized))], candidates);

        // How the tone changes over a clip tells of the light on a head that really turns; elsewhere the means alone carry further.
        ClipTable Table(string family)
        {
            var table = ClipTable.Measure(set.Clips, family, set.Size, condition, cache, seed, progress, cancellation);
            return family == FaceRegions.Tone ? table : table.Means();
        }
    }

    // Crops that were cut at another size than they are stored at went through a filter.
    private static bool IsResized(ClipSet set) => set.Clips.Any(clip => clip.Frames.Any(frame => frame.Record.CropW is > 0 and var side && Math.Abs(side - set.Size) > 0.5));

    /// <summary>The trainers on one table: what a baseline may choose from.</summary>
    public static IReadOnlyList<ClipCandidate> Trainers(ClipTable table) =>
        [.. Penalties.Select(penalty => new ClipCandidate(FormattableString.Invariant($"linear, penalty {penalty}"), [table], penalty)), new ClipCandidate("trees", [table], 1, Trees)];
}
