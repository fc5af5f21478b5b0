using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Compare;

/// <summary>compare.json: several experiments side by side. The page of a comparison shows these numbers and no others.</summary>
public sealed record RunComparison
{
    /// <summary>Version of the file's form.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The experiments, in the order given.</summary>
    public IReadOnlyList<RunSummary> Runs { get; init; } = [];

    /// <summary>Their curves: artefact and other detectors, conditions that at least two have, and each one's own headline.</summary>
    public IReadOnlyList<RunPoint> Points { get; init; } = [];

    /// <summary>Paired differences of every two experiments that share people; empty where none do.</summary>
    public IReadOnlyList<RunDifference> Differences { get; init; } = [];

    /// <summary>The quality of their frames.</summary>
    public IReadOnlyList<RunQuality> Quality { get; init; } = [];

    /// <summary>Paired differences of that quality, of every two experiments that share people and measured them by the same
    /// networks.</summary>
    public IReadOnlyList<RunQualityDifference> QualityDifferences { get; init; } = [];

    /// <summary>Why something could not be compared.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Sets experiments side by side.</summary>
    /// <param name="runs">At least two, each name once.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static RunComparison Of(IReadOnlyList<ComparedRun> runs, long seed = 0)
    {
        var shared = runs.SelectMany(run => run.Results.AccuracyPerShot.Select(row => row.Condition).Distinct(StringComparer.Ordinal))
            .GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        var (differences, quality, notes) = (new List<RunDifference>(), new List<RunQualityDifference>(), new List<string>());
        for (var i = 0; i < runs.Count; i++)
        {
            for (var j = i + 1; j < runs.Count; j++)
            {
                var people = SamePeople(runs[i], runs[j]);
                var pair = Paired(runs[i], runs[j], people, seed);
                differences.AddRange(pair.Differences);
                if (pair.Note is not null) notes.Add(pair.Note);
                quality.AddRange(RunQualityDifference.Between(runs[i], runs[j], people, seed));
            }
        }

        return new RunComparison
        {
            Runs = [.. runs.Select(Summary)],
            Points = [.. runs.SelectMany(run => run.Results.AccuracyPerShot.Where(row => shared.Contains(row.Condition)
                || (row.Condition == run.Results.Headline.Condition && row.Level == run.Results.Headline.Level))
                .Select(row => new RunPoint(run.Name, row)))],
            Differences = differences,
            Quality =
                [.. runs.SelectMany(run =>
                    run.Results.Generation.Where(row => row.Mode.IsHead).Select(row => new RunQuality(run.Name, row)))],
            QualityDifferences = quality,
            Notes = notes,
        };
    }

    private static RunSummary Summary(ComparedRun run)
    {
        var (results, gates) = (run.Results, run.Results.Controls.Run().Where(control => control.Result.Bound is not null).ToArray());
        return new RunSummary
        {
            Name = run.Name,
            Title = run.Title,
            Headline = results.Headline,
            NIdentities = results.Headline.NIdentities,
            NVideos = results.Counts.NVideos,
            NGenerators = results.Counts.NGenerators,
            NDetectorSeeds = results.Counts.NDetectorSeeds,
            NGates = gates.Length,
            NGatesHeld = gates.Count(control => control.Result.Passed == true),
            MissedFrom = results.MissedFrom.FirstOrDefault(row => row.Detector == Detectors.Artefact && row.Mode == Method.Ft
                && (row.Arm == results.Headline.Arm || results.Headline.Arm is null))?.Statement,
        };
    }

    private static (IReadOnlyList<RunDifference> Differences, string? Note) Paired(ComparedRun first, ComparedRun second,
        HashSet<string> people, long seed)
    {
        var (a, b) = (Cells(first), Cells(second));
        if (people.Count < 2) return ([],
            $"{first.Name} and {second.Name} share {(people.Count == 0 ? "no person" : "one person")} tested on the same true frames: "
            + "their numbers stand side by side, and no difference between them is paired.");
        var rows = a.Keys.Where(b.ContainsKey).Order().Select(key =>
        {
            IEnumerable<ClusteredScore> Own(ComparedRun run, ScoredItem[] generated) => run.Scores
                .Where(item => !item.Generated && item.Level == Level.Frame && item.Condition == key.Condition
                && item.Detector == key.Detector).Concat(generated).Where(item => people.Contains(item.Identity))
                .Select(item => item.Clustered);
            var (difference, p) = ClusteredAuc.Difference(Own(first, a[key]), Own(second, b[key]), seed);
            return new RunDifference
            {
                First = first.Name,
                Second = second.Name,
                Detector = key.Detector,
                Condition = key.Condition,
                Mode = key.Mode,
                Arm = key.Arm,
                Shots = key.Shots,
                NIdentities = people.Count,
                Difference = difference.Value,
                CiLow = difference.Low,
                CiHigh = difference.High,
                P = p,
            };
        }).ToArray();
        return ([.. rows.Zip(Holm.Adjust([.. rows.Select(row => row.P)]), (row, p) => row with { PHolm = p })], rows.Length == 0
            ? $"{first.Name} and {second.Name} share people, but no detector, condition and shot count." : null);
    }

    private static Dictionary<(string Detector, string Condition, Method Mode, Arm? Arm, int Shots), ScoredItem[]> Cells(ComparedRun run) =>
        run.Scores.Where(item => item is { Origin.IsHead: true, Shots: not null, Level: Level.Frame })
            .GroupBy(item => (item.Detector, item.Condition, Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
            .ToDictionary(cell => cell.Key, cell => cell.ToArray());

    // The same name alone is not the same person: the true frames, which are the drivers, must be the same too.
    private static HashSet<string> SamePeople(ComparedRun first, ComparedRun second)
    {
        Dictionary<string, HashSet<string>> Frames(ComparedRun run) =>
            run.Scores.Where(item => !item.Generated && item.Level == Level.Frame).GroupBy(item => item.Identity, StringComparer.Ordinal)
            .ToDictionary(person => person.Key, person =>
                person.Select(item => item.Key).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var (a, b) = (Frames(first), Frames(second));
        return [.. a.Keys.Where(person => b.TryGetValue(person, out var keys) && a[person].SetEquals(keys))];
    }
}

/// <summary>A finished experiment on its way into a comparison.</summary>
/// <param name="Name">What it is called in tables and figures; unique among the compared.</param>
/// <param name="Title">The title of its report.</param>
/// <param name="Results">Its results.json.</param>
/// <param name="Scores">Its scored frames; empty where it has none.</param>
public sealed record ComparedRun(string Name, string Title, ExperimentResults Results, IReadOnlyList<ScoredItem> Scores)
{
    /// <summary>Its quality.csv; empty where it has none.</summary>
    public IReadOnlyDictionary<QualityKind, IReadOnlyList<PersonQuality>> Quality { get; init; } =
        new Dictionary<QualityKind, IReadOnlyList<PersonQuality>>();
}

/// <summary>A point of one experiment's curve.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Row">The row of its results.json.</param>
public sealed record RunPoint(string Run, AccuracyRow Row);

/// <summary>The quality of one kind of frames of one experiment.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Row">The row of its results.json.</param>
public sealed record RunQuality(string Run, GenerationRow Row);

/// <summary>One experiment of a comparison.</summary>
public sealed record RunSummary
{
    /// <summary>Its name in the comparison.</summary>
    public required string Name { get; init; }

    /// <summary>The title of its report.</summary>
    public required string Title { get; init; }

    /// <summary>Its own first sentences.</summary>
    public required Headline Headline { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Their videos.</summary>
    public int NVideos { get; init; }

    /// <summary>Meta-trainings of the generator.</summary>
    public int NGenerators { get; init; }

    /// <summary>Seeds of the detector training.</summary>
    public int NDetectorSeeds { get; init; }

    /// <summary>Gates among the controls, and how many hold.</summary>
    public int NGates { get; init; }

    /// <summary>Gates that hold.</summary>
    public int NGatesHeld { get; init; }

    /// <summary>T* of its artefact detector on fine-tuned heads, in words.</summary>
    public string? MissedFrom { get; init; }
}

/// <summary>AUC of one experiment minus that of another at the same point of the curve, on the people whom both tested on the same true
/// frames.</summary>
public sealed record RunDifference
{
    /// <summary>The first experiment.</summary>
    public required string First { get; init; }

    /// <summary>The second one.</summary>
    public required string Second { get; init; }

    /// <summary>The detector of both.</summary>
    public required string Detector { get; init; }

    /// <summary>The condition of both.</summary>
    public required string Condition { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Budget of fine-tuning; empty where it plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary>People whom both tested on the same true frames.</summary>
    public int NIdentities { get; init; }

    /// <summary>First minus second, frame level.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit (jackknife over people, paired).</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Exact sign-flip test over people, two-sided.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm over all differences of the two experiments.</summary>
    public double? PHolm { get; init; }
}
