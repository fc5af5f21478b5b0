using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Detection;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Experiments.Results;

/// <summary>Everything measured, before it becomes results.json.</summary>
internal sealed record Measurements
{
    public required IReadOnlyList<ScoredItem> Items { get; init; }

    public required IReadOnlyList<(string Condition, double? Auc)> ValidationReconstruct { get; init; }

    public required IReadOnlyList<CrossShotRow> CrossShot { get; init; }

    public required Controls Controls { get; init; }

    public required QualityTable Quality { get; init; }

    public required IReadOnlyList<FamilyImportance> Importance { get; init; }

    public required SplitSummary Split { get; init; }

    public required IReadOnlyDictionary<string, float> NearestShotDistances { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Attributes { get; init; }

    public required EmbeddingSwap? Swap { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Limitations { get; init; }

    public required int Generators { get; init; }
}

/// <summary>From measurements to results.json.</summary>
internal static class ResultBuilder
{
    private const string DetectorName = "aware";

    public static ExperimentResults Build(ExperimentConfig config, Measurements measured)
    {
        var items = measured.Items;
        var (condition, warning) = HeadlineCondition.Choose(measured.ValidationReconstruct);
        var level = TwoVideosEach(items) ? "video" : "frame";
        var arm = config.Adapt.Arm.ToString().ToLowerInvariant();
        // Scores are stored relative to their thresholds, which were fixed on validation people: the threshold is 0.
        var rows = ShotCurve.Rows(items, 0, DetectorName);
        var curve = rows.Where(row => row.Mode is "ff" or "ft").ToArray();
        var anchors = ShotCurve.Anchors(items, 0);
        var people = items.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        var results = new ExperimentResults
        {
            Headline = new Headline { Statement = "", Condition = condition, Level = level },
            AccuracyPerShot = curve,
            Anchors = anchors,
            CrossShot = measured.CrossShot,
            Controls = measured.Controls,
            Generation = measured.Quality.Rows(),
            Split = measured.Split,
            Seeds = [config.Seed],
            Detector = $"{DetectorName}: {config.Detector.Model}, features {string.Join(", ", config.Families)}, trained on all shot counts and both modes in equal shares",
            Threshold = 0,
            Conditions = config.Conditions,
            Counts = new Counts
            {
                NIdentities = people,
                NVideos = items.Select(item => (item.Identity, item.Video)).Distinct().Count(),
                NRealFrames = items.Count(item => item is { Generated: false, Level: "frame", Condition: "clean" }),
                NGeneratedFrames = items.Count(item => item is { Generated: true, Level: "frame", Condition: "clean" }),
                NGenerators = measured.Generators,
                NDetectorSeeds = 1,
            },
            Comparisons = [.. ShotComparisons.Compute(items, arm, config.Seed), .. measured.Quality.Comparisons(config.Shots, config.Seed)],
            MissedFrom = HeadlineBuilder.MissedFrom(curve, condition, level, arm),
            Waterfall = Waterfall.Build(anchors, curve, condition, level, "ft", arm),
            Importance = measured.Importance.GroupBy(item => item.Family).Select(group => new ImportanceRow(group.Key, group.Average(item => item.AucDrop))).OrderByDescending(row => row.Importance).ToArray(),
            EmbeddingSwap = measured.Swap,
            Terciles = Terciles(items, condition, measured.NearestShotDistances),
            Groups = Groups(items, condition, measured.Attributes),
            Warnings = [.. measured.Warnings, .. warning is null ? [] : new[] { warning }],
            Limitations = measured.Limitations,
        };
        return results with { Headline = HeadlineBuilder.Build(results, condition, level, "ft", arm) };
    }

    private static bool TwoVideosEach(IReadOnlyList<ScoredItem> items) =>
        items.Where(item => item.Level == "video" && item is { Generated: false, Condition: "clean" }).GroupBy(item => item.Identity, StringComparer.Ordinal).All(person => person.Count() >= 2);

    private static TercileRow[] Terciles(IReadOnlyList<ScoredItem> items, string condition, IReadOnlyDictionary<string, float> distances)
    {
        var frames = items.Where(item => item.Level == "frame" && item.Condition == condition).ToArray();
        var real = frames.Where(item => !item.Generated).ToArray();
        return frames.Where(item => item.Mode is "ff" or "ft" && distances.ContainsKey(item.Key)).GroupBy(item => (item.Mode, item.Shots)).OrderBy(group => group.Key.Mode, StringComparer.Ordinal).ThenBy(group => group.Key.Shots)
            .SelectMany(group =>
            {
                var sorted = group.OrderBy(item => distances[item.Key]).ThenBy(item => item.Key, StringComparer.Ordinal).ToArray();
                return Enumerable.Range(0, 3).Select(third =>
                {
                    var part = sorted[(third * sorted.Length / 3)..((third + 1) * sorted.Length / 3)];
                    var auc = ClusteredAuc.Interval(real.Concat(part).Select(item => new ClusteredScore(item.Identity, item.Generated, item.Score)));
                    return new TercileRow(third + 1, group.Key.Mode!, group.Key.Shots!.Value, auc.Value, auc.Low, auc.High, part.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count());
                });
            }).ToArray();
    }

    private static GroupRow[] Groups(IReadOnlyList<ScoredItem> items, string condition, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> attributes)
    {
        var real = items.Where(item => item is { Generated: false, Level: "frame" } && item.Condition == condition && attributes.ContainsKey(item.Identity)).ToArray();
        if (real.Length == 0) return [];
        return attributes[real[0].Identity].Keys.SelectMany(attribute => real.GroupBy(item => attributes[item.Identity][attribute]).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var share = ClusteredProportion.Share(group.GroupBy(item => item.Identity, StringComparer.Ordinal).Select(person => (person.Count(item => item.Score < 0), person.Count())));
            return new GroupRow(attribute, group.Key, group.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(), share.Value, share.Low, share.High);
        })).ToArray();
    }
}
