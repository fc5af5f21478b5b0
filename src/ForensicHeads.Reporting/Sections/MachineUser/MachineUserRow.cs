using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Sections.MachineUser;

/// <summary>
/// The paper's human task put to the detector: of three sequences (or pictures) of one person, two real and one generated, it picks the one
/// with the highest score; chance is one third. Lower is a better generator. It shares an axis with human raters, never with AUC.
/// </summary>
public sealed record MachineUserRow
{
    /// <summary>What guessing reaches.</summary>
    public const double Guessing = 1 / 3.0;

    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary>The condition applied to all three.</summary>
    public required string Condition { get; init; }

    /// <summary><c>video</c>: three sequences; <c>frame</c>: three pictures.</summary>
    public required Level Level { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Budget of fine-tuning; empty where it plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary>People who have a second real sequence.</summary>
    public int NIdentities { get; init; }

    /// <summary>Triplets.</summary>
    public int NTriplets { get; init; }

    /// <summary>Share of triplets in which the generated one was picked.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower 95 % limit, over people.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>One third.</summary>
    public double Chance { get; init; } = Guessing;

    /// <summary>Rows for each detector, condition, level, mode, arm and shot count.</summary>
    /// <param name="items">Scored items of test people.</param>
    /// <param name="spares">Items of their second real sequences: another video where there is one.</param>
    /// <param name="seed">Decides between equal scores, as a coin would.</param>
    public static IReadOnlyList<MachineUserRow> Of(IReadOnlyList<ScoredItem> items, IReadOnlyList<ScoredItem> spares, long seed)
    {
        var real = items.Where(item => !item.Generated).ToDictionary(Place);
        var second = spares.ToDictionary(item => Place(item) with { Video = "" });
        return [.. items.Where(item => item is { Generated: true, Origin.IsHead: true, Shots: not null })
            .GroupBy(item => (item.Detector, item.Condition, item.Level, Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
            .Select(cell =>
            {
                var triplets = cell.Select(item =>
                    (Made: item, First: real.GetValueOrDefault(Place(item)),
                    Second: second.GetValueOrDefault(Place(item) with { Video = "" })))
                    .Where(triplet => triplet is { First: not null, Second: not null })
                    .Select(triplet => (triplet.Made.Identity, Right: PicksMade(triplet.Made, triplet.First!, triplet.Second!, seed)))
                    .ToArray();
                var share = ClusteredProportion
                    .Share(triplets.GroupBy(triplet => triplet.Identity, StringComparer.Ordinal)
                    .Select(person => (person.Count(triplet => triplet.Right), person.Count())));
                return new MachineUserRow
                {
                    Detector = cell.Key.Detector,
                    Condition = cell.Key.Condition,
                    Level = cell.Key.Level,
                    Mode = cell.Key.Mode,
                    Arm = cell.Key.Arm,
                    Shots = cell.Key.Shots,
                    NIdentities = triplets.Select(triplet => triplet.Identity).Distinct(StringComparer.Ordinal).Count(),
                    NTriplets = triplets.Length,
                    Accuracy = share.Value,
                    CiLow = share.Low,
                    CiHigh = share.High,
                };
            }).Where(row => row.NTriplets > 0).OrderBy(row => row.Detector, StringComparer.Ordinal)
            .ThenBy(row => row.Condition, StringComparer.Ordinal).ThenByDescending(row => row.Level)
            .ThenBy(row => row.Mode).ThenBy(row => row.Arm).ThenBy(row => row.Shots)];
    }

    private static (string Detector, string Condition, Level Level, string Identity, string Video, int Position) Place(ScoredItem item) =>
        (item.Detector, item.Condition, item.Level, item.Identity, item.Video, item.Position);

    private static bool PicksMade(ScoredItem made, ScoredItem first, ScoredItem second, long seed)
    {
        var highest = Math.Max(first.Score, second.Score);
        if (made.Score != highest) return made.Score > highest;
        var equal = 1 + (first.Score == highest ? 1 : 0) + (second.Score == highest ? 1 : 0);
        return new SeededRandom(seed, $"machine-user/{made.Detector}/{made.Condition}/{made.Level.Text()}/{made.Key}").NextInt(equal) == 0;
    }
}
