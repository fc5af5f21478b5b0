namespace ForensicHeads.Reporting.Tests.Protocols;

/// <summary>Made-up results of the protocols, for tests of tables, figures and pages.</summary>
internal static class ProtocolSample
{
    internal static GeneralisationResults Unseen()
    {
        Estimate At(double value) => new(value, value - 0.21, Math.Min(1, value + 0.17), 2);
        ScorerResult Scorer(string name, double value) => new(name, $"what {name} <sees>", At(value),
            [new("A", 3, At(value - 0.05)), new("B", 2, At(value + 0.05)), new("C", 1, Estimate.Undefined("1 of at least 2 clips"))], []);
        ScorerResult[] scorers = [Scorer("detector", 0.7), Scorer("container_only", 0.55), Scorer("trivial_pixels", 0.62)];
        MarginRow[] margins =
            [new("container_only", false, new(0.15, -0.05, 0.35, 2)), new("trivial_pixels", true, new(0.08, -0.1, 0.26, 2))];
        return new GeneralisationResults
        {
            Protocol = "leave-one-generator-out",
            Statement = "Macro AUC 0.700 <of> two",
            Options = new ProtocolOptions(),
            Stores = [new string('c', 64)],
            Families = ["npr_stats", "face_tone"],
            RealClips = 1_060,
            RealPeople = 31,
            GeneratedClips = 6,
            LeastTraining = [32, 4],
            LeftOut = ["a/clip: 1 of at least 8 frames", "b/<clip>: 1 of at least 8 frames", "c/clip: no face"],
            Notes = ["With 2 generators the two-way interval is wide by necessity."],
            Scorers = scorers,
            Margins = margins,
            Groups = [
                new("fc1", "A", "x", 1,
                new Dictionary<string, double> { ["detector"] = 1, ["container_only"] = 0.5, ["trivial_pixels"] = 0 })],
            Subset = new SubsetResult("a <rule>", 0.21, 0.83, 12, 9, 5, [.. scorers.Select(scorer => scorer with { Macro = At(0.5) })],
                margins),
        };
    }

    internal static CrossResults Crossed() => new()
    {
        Protocol = "cross-mode",
        Options = new ProtocolOptions(),
        Stores = ["a", "b"],
        Families = ["npr_stats"],
        RealPeople = 12,
        LeftOut = [],
        Slices = ["ff", "ft"],
        Cells =
        [
            new("ff", "ff", new(0.95, 0.8, 0.99, 12), 24, 24), new("ff", "ft", new(0.61, 0.4, 0.8, 12), 24, 23),
                new("ft", "ff", new(0.8, 0.6, 0.9, 12), 24, 24), new("ft", "ft", new(0.9, 0.7, 0.97, 12), 24, 23),
        ],
        Baselines =
        [
            new(
                "trivial_pixels", "seven <statistics>",
                [new("ff", "ff", new(0.55, 0.31, 0.72, 12), 24, 24), new("ff", "ft", new(0.52, 0.33, 0.71, 12), 24, 23),
                    new("ft", "ff", new(0.54, 0.36, 0.74, 12), 24, 24), new("ft", "ft", Estimate.Undefined("none"), 24, 23)]),
        ],
        Notes = ["a <note>"],
    };
}
